/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session's jobs: the one that runs, what became of its rows, and the list of all. */

#include "job/answer.h"
#include "job/decide.h"
#include "session/session_private.h"
#include "store/store.h"

/* Asks the reader what became of the rows of the job; where they are not known, of all. */
static void session_look(Session *session)
{
    json_t *rows = json_array();
    guint count = session->any_row ? session->rows->len : session->job_rows->len;
    for (guint i = 0; i < count; i++) {
        guint n = session->any_row ? i : g_array_index(session->job_rows, guint, i);
        const Held *held = session_held(session, n);
        if (held)
            json_array_append_new(rows, json_pack("{s:i, s:o, s:o, s:o}", "n", (int)n, "id",
                                                  frame_bytes(held->row->id), "file",
                                                  frame_bytes(held->row->file), "tags",
                                                  frame_bytes(held->row->tags)));
    }
    g_array_set_size(session->job_rows, 0);
    session->any_row = false;
    if (json_array_size(rows) && session->reader) {
        session->looking++;
        session_send(session, json_pack("{s:o}", "look", rows));
    } else
        json_decref(rows);
}

static void job_tell(Session *session, const JobStatus *status)
{
    if (status->recovered && !status->running && session->events.word)
        session->events.word(status->recovered, session->data);
    if (session->events.job_changed)
        session->events.job_changed(status, session->data);
}

/* Nothing more is heard of @client, which is forgotten. */
static void client_end(Session *session, SessionClient *client)
{
    session_watch(session, &client->source, -1, false, NULL);
    g_clear_pointer(&client->job, job_client_free);
}

static void client_watch(Session *session, SessionClient *client)
{
    session_watch(session, &client->source, job_client_fd(client->job),
                  job_client_wants_write(client->job), client->ready);
}

/* Takes over @job, which @ready is called for; false: NULL, it could not be started. */
static bool client_begin(Session *session, SessionClient *client, JobClient *job,
                         GUnixFDSourceFunc ready)
{
    client->job = job;
    client->ready = ready;
    if (job)
        client_watch(session, client);
    return job != NULL;
}

/* A job that could not be done is told as one that did nothing. */
static void job_failed(Session *session, const GError *error)
{
    g_autoptr(JobStatus) status = job_status_new();
    status->message = g_strdup(error ? error->message : "the process that changes the mail died");
    job_tell(session, status);
}

static gboolean job_ready(gint fd, GIOCondition condition, gpointer data)
{
    (void)fd;
    (void)condition;
    Session *session = data;
    g_autoptr(GError) error = NULL;
    bool ended = false;
    g_autoptr(JobStatus) status = job_client_poll(session->job.job, &ended, &error);
    if (!ended) {
        client_watch(session, &session->job);
        if (status)
            job_tell(session, status);
        return G_SOURCE_REMOVE;
    }
    client_end(session, &session->job);
    if (status) {
        status->running = false;
        if (status->job)
            g_hash_table_add(session->own_jobs, GUINT_TO_POINTER(status->job));
        if (status->job && !session->any_row)
            g_hash_table_insert(session->rows_of, GUINT_TO_POINTER(status->job),
                                g_array_copy(session->job_rows));
    }
    session_look(session); /* first: who is told may begin the next job */
    if (status)
        job_tell(session, status);
    else
        job_failed(session, error);
    return G_SOURCE_REMOVE;
}

static bool job_start(Session *session, const JobRequest *request, GError **error)
{
    JobClient *job = job_client_start(session->config, request, error);
    return client_begin(session, &session->job, job, job_ready);
}

static bool job_may_start(const Session *session, GError **error)
{
    if (!session->job.job)
        return true;
    g_set_error_literal(error, STORE_ERROR, STORE_ERROR_FAILED,
                        "a job is running; wait until it is done, or stop it");
    return false;
}

bool session_answer(Session *session, const char *file, const char *question, bool yes,
                    GError **error)
{
    g_autoptr(JobRequest) request = job_request_new(JOB_ANSWER);
    if (!job_may_start(session, error))
        return false;
    answer_request(request, file, question, yes);
    g_array_set_size(session->job_rows, 0);
    session->any_row = false;
    return job_start(session, request, error);
}

bool session_decide(Session *session, const char *file, const char *campaign, const char *word,
                    GError **error)
{
    g_autoptr(JobRequest) request = job_request_new(JOB_DECIDE);
    if (!job_may_start(session, error))
        return false;
    decide_request(request, file, campaign, word);
    g_array_set_size(session->job_rows, 0);
    session->any_row = false;
    return job_start(session, request, error);
}

bool session_carry_out(Session *session, const char *campaign, const guint *rows, guint count,
                       GError **error)
{
    g_autoptr(JobRequest) request = decide_carry_out(session->config, campaign, false);
    if (!job_may_start(session, error))
        return false;
    g_array_set_size(session->job_rows, 0);
    for (guint i = 0; i < count; i++) {
        const Held *held = session_held(session, rows[i]);
        if (!held || held->gone || !held->row->id)
            continue;
        g_ptr_array_add(request->items, job_item_new(held->row->id, held->row->file,
                                                     held->row->verdict, held->row->kind));
        g_array_append_val(session->job_rows, rows[i]);
    }
    return job_start(session, request, error);
}

bool session_act(Session *session, JobAction action, const guint *rows, guint count,
                 const SessionWish *wish, GError **error)
{
    g_autoptr(JobRequest) request = job_request_new(action);
    const SessionWish asked = wish ? *wish : (SessionWish){0};
    if (!job_may_start(session, error))
        return false;
    request->query = asked.group ? g_strdup_printf("%s" JOB_GROUP "%s", session->query, asked.group)
                                 : g_strdup(session->query);
    request->options = (JobOptions){.to = g_strdup(asked.network ? "network" : NULL),
                                    .yes = asked.yes,
                                    .old = asked.old,
                                    .dns = asked.dns,
                                    .ask_dns = asked.ask_dns};
    g_array_set_size(session->job_rows, 0);
    for (guint i = 0; i < count; i++) {
        const Held *held = session_held(session, rows[i]);
        if (!held || held->gone || !held->row->id)
            continue;
        VerdictValue verdict =
            action == JOB_VERDICT && asked.verdict ? asked.verdict : held->row->verdict;
        g_ptr_array_add(request->items,
                        job_item_new(held->row->id, held->row->file, verdict, held->row->kind));
        g_array_append_val(session->job_rows, rows[i]);
    }
    if (!request->items->len) {
        g_set_error_literal(error, STORE_ERROR, STORE_ERROR_FAILED, "there is nothing to do it on");
        return false;
    }
    return job_start(session, request, error);
}

/* Takes back, or does again, what job @job did. */
static bool job_again(Session *session, JobAction action, guint job, GError **error)
{
    g_autoptr(JobRequest) request = job_request_new(action);
    const GArray *rows = g_hash_table_lookup(session->rows_of, GUINT_TO_POINTER(job));
    if (!job_may_start(session, error))
        return false;
    request->undo = job;
    request->query = g_strdup(session->query);
    g_array_set_size(session->job_rows, 0);
    if (rows)
        g_array_append_vals(session->job_rows, rows->data, rows->len);
    session->any_row = !rows;
    return job_start(session, request, error);
}

bool session_undo(Session *session, guint job, GError **error)
{
    return job_again(session, JOB_UNDO, job, error);
}

bool session_redo(Session *session, guint job, GError **error)
{
    return job_again(session, JOB_REDO, job, error);
}

void session_stop_job(Session *session)
{
    if (session->job.job) {
        job_client_stop(session->job.job);
        client_watch(session, &session->job);
    }
}

bool session_busy(const Session *session)
{
    return session->job.job != NULL;
}

bool session_owns_job(const Session *session, guint job)
{
    return g_hash_table_contains(session->own_jobs, GUINT_TO_POINTER(job));
}

bool session_holds_job(const Session *session, guint job)
{
    return g_hash_table_contains(session->rows_of, GUINT_TO_POINTER(job));
}

/* --- the list of jobs ------------------------------------------------------------------------- */

/* Once: a job was left open when its writer was killed. */
static void tell_open_job(Session *session, const JobListing *listing)
{
    for (guint i = listing->jobs->len; i-- > 0;) {
        const JobStatus *status = listing->jobs->pdata[i];
        if (status->state != JOB_OPEN || status->running || !session->events.word)
            continue;
        g_autofree char *text = g_strdup_printf(
            "job %u was interrupted; the next action, or undo, finishes it first", status->job);
        session->events.word(text, session->data);
        return;
    }
}

static void list_tell(Session *session, const JobListing *listing)
{
    if (session->events.jobs_listed)
        session->events.jobs_listed(listing, session->data);
}

static gboolean lister_ready(gint fd, GIOCondition condition, gpointer data)
{
    (void)fd;
    (void)condition;
    Session *session = data;
    bool ended = false;
    JobListing *listing = job_client_take_list(session->lister.job, &ended);
    if (!ended) {
        client_watch(session, &session->lister);
        return G_SOURCE_REMOVE;
    }
    client_end(session, &session->lister);
    if (session->list_again) { /* it may say what an undo would have taken before */
        job_listing_free(listing);
        session_list_jobs(session);
        return G_SOURCE_REMOVE;
    }
    if (listing && !session->listing)
        tell_open_job(session, listing);
    if (listing) {
        job_listing_free(session->listing);
        session->listing = listing;
    }
    list_tell(session, listing);
    return G_SOURCE_REMOVE;
}

void session_list_jobs(Session *session)
{
    session->list_again = session->lister.job != NULL;
    if (!session->list_again && !client_begin(session, &session->lister,
                                              job_client_list(session->config, NULL), lister_ready))
        list_tell(session, NULL);
}

/* --- the drafts of a job ---------------------------------------------------------------------- */

static gboolean drafter_ready(gint fd, GIOCondition condition, gpointer data)
{
    (void)fd;
    (void)condition;
    Session *session = data;
    bool ended = false;
    g_autoptr(GPtrArray) drafts = job_client_take_drafts(session->drafter.job, &ended);
    if (!ended) {
        client_watch(session, &session->drafter);
        return G_SOURCE_REMOVE;
    }
    client_end(session, &session->drafter);
    if (session->events.drafts_listed)
        session->events.drafts_listed(session->drafts_of, drafts, session->data);
    return G_SOURCE_REMOVE;
}

void session_list_drafts(Session *session, guint job)
{
    client_end(session, &session->drafter);
    session->drafts_of = job;
    JobClient *drafter = job_client_drafts(session->config, job, NULL);
    if (!client_begin(session, &session->drafter, drafter, drafter_ready) &&
        session->events.drafts_listed)
        session->events.drafts_listed(job, NULL, session->data);
}

const JobListing *session_listing(const Session *session)
{
    return session->listing;
}

void session_leave_jobs(Session *session)
{
    client_end(session, &session->job);
    client_end(session, &session->lister);
    client_end(session, &session->drafter);
    g_clear_pointer(&session->listing, job_listing_free);
}
