/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session: rows, the reader process, the job that runs. Everything comes in as frames on the
 * main context; nothing here waits. */
#include "session/session.h"

#include "job/job_client.h"
#include "store/store.h"
#include "work/process.h"
#include <glib-unix.h>

/* A row and whether a job took it out of the query. */
typedef struct Held {
    Row *row;
    bool gone;
} Held;

struct Session {
    const Config *config;
    SessionEvents events;
    gpointer data;
    GMainContext *context;
    Worker *reader;
    bool fresh;   /* the reader was given no query yet */
    bool greeted; /* ... and has the configuration */
    GSource *reader_source;
    char *query;
    GArray *rows; /* of Held */
    ReadingState reading;
    gint64 case_asked, case_wanted; /* rows; -1: none. One question at a time is on its way */
    bool open_told;                 /* of a job that was left open */
    JobClient *job;
    GSource *job_source;
    GArray *job_rows; /* guint: of the running job */
    guint looking;    /* questions on their way: what became of rows */
    bool undoing;     /* the job takes back another: any row may come back or change */
};

static void held_clear(gpointer data)
{
    Held *held = data;
    row_free(held->row);
}

static Held *session_held(const Session *session, guint i)
{
    return i < session->rows->len ? &g_array_index(session->rows, Held, i) : NULL;
}

/* --- what came from the reader ------------------------------------------------------------- */

/* A case that came with its row. */
static void session_take_ahead(Session *session, guint n, const json_t *json)
{
    g_autoptr(Finding) finding = json ? finding_from_wire(json) : NULL;
    if (finding && session->events.case_ready)
        session->events.case_ready(n, finding, NULL, session->data);
}

static void session_take_rows(Session *session, const json_t *rows)
{
    guint first = session->rows->len;
    for (gsize i = 0; i < json_array_size(rows); i++) {
        Held held = {.row = row_from_json(json_array_get(rows, i))};
        if (held.row)
            g_array_append_val(session->rows, held);
    }
    guint count = session->rows->len - first;
    if (count && session->events.rows_added)
        session->events.rows_added(first, count, session->data);
    for (gsize i = 0; i < count && count == json_array_size(rows); i++)
        session_take_ahead(session, first + (guint)i,
                           json_object_get(json_array_get(rows, i), "finding"));
}

static void session_tell_reading(Session *session)
{
    if (session->events.reading)
        session->events.reading(&session->reading, session->data);
}

static void session_take_state(Session *session, const json_t *frame)
{
    session->reading.candidates = (guint)json_integer_value(json_object_get(frame, "candidates"));
    session->reading.read = (guint)json_integer_value(json_object_get(frame, "read"));
    session->reading.done = json_is_true(json_object_get(frame, "done"));
    session_tell_reading(session);
}

static void session_fail_reading(Session *session, const char *why)
{
    g_free(session->reading.error);
    session->reading.error = g_strdup(why);
    session->reading.done = true;
    session_tell_reading(session);
}

static void session_ask_case(Session *session);

static void session_take_case(Session *session, const json_t *frame)
{
    json_int_t n = json_integer_value(json_object_get(frame, "case"));
    const json_t *json = json_object_get(frame, "finding");
    g_autoptr(Finding) finding = json ? finding_from_wire(json) : NULL;
    g_autofree char *error = frame_bytes_text(json_object_get(frame, "error"));
    session->case_asked = -1;
    if (session->case_wanted != n) {
        session_ask_case(session);
        return;
    }
    session->case_wanted = -1;
    if (session->events.case_ready)
        session->events.case_ready((guint)n, finding,
                                   finding ? NULL
                                   : error ? error
                                           : "the process that read it sent rubbish",
                                   session->data);
}

static void session_take_text(Session *session, const json_t *frame)
{
    g_autofree char *content = frame_bytes_text(json_object_get(frame, "content"));
    g_autofree char *error = frame_bytes_text(json_object_get(frame, "error"));
    if (session->events.text_ready)
        session->events.text_ready((guint)json_integer_value(json_object_get(frame, "text")),
                                   (TextWanted)json_integer_value(json_object_get(frame, "what")),
                                   content, error, session->data);
}

static void session_take_word(Session *session, const json_t *word)
{
    g_autofree char *text = frame_bytes_text(word);
    if (text && session->events.word)
        session->events.word(text, session->data);
}

/* One row after a job: {"n": N, "gone": true} or {"n": N, "row": ROW}. */
static void session_take_look(Session *session, const json_t *look)
{
    json_int_t n = json_integer_value(json_object_get(look, "n"));
    Held *held = n >= 0 && n < G_MAXINT ? session_held(session, (guint)n) : NULL;
    if (!held)
        return;
    bool gone = json_is_true(json_object_get(look, "gone"));
    Row *row = gone ? NULL : row_from_json(json_object_get(look, "row"));
    if (!gone && !row)
        return;
    if (gone && held->gone)
        return;
    held->gone = gone;
    if (row) {
        row_free(held->row);
        held->row = row;
    }
    if (session->events.row_changed)
        session->events.row_changed((guint)n, session->data);
}

static void session_take(Session *session, const json_t *frame)
{
    const json_t *value;
    if ((value = json_object_get(frame, "rows")))
        session_take_rows(session, value);
    else if (json_object_get(frame, "candidates"))
        session_take_state(session, frame);
    else if (json_object_get(frame, "case"))
        session_take_case(session, frame);
    else if (json_object_get(frame, "text"))
        session_take_text(session, frame);
    else if ((value = json_object_get(frame, "look")))
        session_take_look(session, value);
    else if (json_object_get(frame, "looked"))
        session->looking -= MIN(session->looking, 1);
    else if ((value = json_object_get(frame, "word")))
        session_take_word(session, value);
    else if ((value = json_object_get(frame, "error"))) {
        g_autofree char *why = frame_bytes_text(value);
        session_fail_reading(session, why ? why : "the mail cannot be read");
    } else if (json_object_get(frame, "new_mail") && session->events.new_mail)
        session->events.new_mail(session->data);
}

/* --- the reader process --------------------------------------------------------------------- */

static gboolean reader_ready(gint fd, GIOCondition condition, gpointer data);

/* Watches for what can be done now: reading always, writing while something is queued. */
static void reader_watch(Session *session)
{
    if (session->reader_source) {
        g_source_destroy(session->reader_source);
        g_source_unref(session->reader_source);
        session->reader_source = NULL;
    }
    if (!session->reader)
        return;
    GIOCondition what = G_IO_IN | G_IO_HUP | G_IO_ERR;
    if (frame_wants_write(session->reader->link))
        what |= G_IO_OUT;
    session->reader_source = g_unix_fd_source_new(frame_link_fd(session->reader->link), what);
    g_source_set_callback(session->reader_source, G_SOURCE_FUNC(reader_ready), session, NULL);
    g_source_attach(session->reader_source, session->context);
}

static void reader_end(Session *session)
{
    Worker *worker = session->reader;
    session->reader = NULL;
    session->greeted = false;
    reader_watch(session);
    worker_stop(worker);
    session->case_asked = -1;
    session->looking = 0;
}

static void reader_died(Session *session)
{
    reader_end(session);
    if (session->case_wanted >= 0) {
        guint n = (guint)session->case_wanted;
        session->case_wanted = -1;
        if (session->events.case_ready)
            session->events.case_ready(n, NULL, "the process that reads the mail died",
                                       session->data);
    }
    if (!session->reading.done)
        session_fail_reading(session, "the process that reads the mail died; look again");
}

static gboolean reader_ready(gint fd, GIOCondition condition, gpointer data)
{
    (void)fd;
    (void)condition;
    Session *session = data;
    Worker *worker = session->reader;
    bool closed = false;
    json_t *frame;
    frame_flush(worker->link);
    /* what a frame brings about may replace the reader */
    while (session->reader == worker && (frame = frame_receive(worker->link, &closed))) {
        session_take(session, frame);
        json_decref(frame);
    }
    if (session->reader != worker)
        return G_SOURCE_REMOVE;
    if (closed) {
        reader_died(session);
        return G_SOURCE_REMOVE;
    }
    reader_watch(session);
    return G_SOURCE_REMOVE;
}

static void reader_send(Session *session, json_t *frame)
{
    frame_send(session->reader->link, frame);
    reader_watch(session);
}

static bool reader_start(Session *session)
{
    g_autoptr(GError) error = NULL;
    if (session->reader && session->greeted)
        return true;
    if (!session->reader)
        session->reader = worker_start("reader", &error);
    if (!session->reader) {
        session_fail_reading(session, error->message);
        return false;
    }
    session->greeted = true;
    reader_send(session, json_pack("{s:o}", "config", config_to_json(session->config)));
    return true;
}

/* --- questions ------------------------------------------------------------------------------ */

/* Once: a job was left open when its writer was killed. */
static void tell_open_job(Session *session)
{
    guint number = session->open_told ? 0 : job_open_one(session->config);
    session->open_told = true;
    if (!number || !session->events.word)
        return;
    g_autofree char *text = g_strdup_printf(
        "job %u was interrupted; the next action, or undo, finishes it first", number);
    session->events.word(text, session->data);
}

void session_query(Session *session, const char *query)
{
    char *wanted = g_strdup(query);
    if (!session->fresh)
        reader_end(session);
    session->fresh = false;
    g_free(session->query);
    session->query = wanted;
    g_array_set_size(session->rows, 0);
    g_free(session->reading.error);
    session->reading = (ReadingState){0};
    session->case_wanted = -1;
    if (session->job_rows)
        g_array_set_size(session->job_rows, 0);
    if (session->events.rows_reset)
        session->events.rows_reset(session->data);
    if (reader_start(session))
        reader_send(session, json_pack("{s:o}", "query", frame_bytes(session->query)));
    tell_open_job(session);
}

void session_cancel(Session *session)
{
    if (session->reading.done)
        return;
    reader_end(session);
    session->reading.done = true;
    session_tell_reading(session);
    session_ask_case(session);
}

const char *session_current_query(const Session *session)
{
    return session->query;
}

guint session_row_count(const Session *session)
{
    return session->rows->len;
}

const Row *session_row(const Session *session, guint i)
{
    const Held *held = session_held(session, i);
    return held ? held->row : NULL;
}

bool session_row_gone(const Session *session, guint i)
{
    const Held *held = session_held(session, i);
    return held && held->gone;
}

/* Rows come in the order of the query, newest first, so that what is on the screen was read
 * before; cases are asked for by the screen itself. */
void session_visible(Session *session, guint first, guint count)
{
    (void)session;
    (void)first;
    (void)count;
}

static void session_ask_case(Session *session)
{
    const Row *row =
        session->case_wanted >= 0 ? session_row(session, (guint)session->case_wanted) : NULL;
    if (!row || session->case_asked >= 0 || !reader_start(session))
        return;
    session->case_asked = session->case_wanted;
    reader_send(session, json_pack("{s:I, s:o, s:o}", "case", (json_int_t)session->case_asked, "id",
                                   frame_bytes(row->id), "file", frame_bytes(row->file)));
}

void session_case(Session *session, guint row)
{
    session->case_wanted = row;
    session_ask_case(session);
}

void session_text(Session *session, guint row, TextWanted what)
{
    const Row *it = session_row(session, row);
    if (it && reader_start(session))
        reader_send(session, json_pack("{s:i, s:i, s:o}", "text", (int)row, "what", (int)what,
                                       "file", frame_bytes(it->file)));
}

/* --- jobs ----------------------------------------------------------------------------------- */

/* Asks the reader what became of the rows of the job, and of those that earlier jobs took out. */
static void session_look(Session *session)
{
    json_t *rows = json_array();
    g_autoptr(GHashTable) asked = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < session->job_rows->len; i++)
        g_hash_table_add(asked, GUINT_TO_POINTER(g_array_index(session->job_rows, guint, i)));
    for (guint i = 0; i < session->rows->len; i++) {
        const Held *held = session_held(session, i);
        if (!held->gone && !g_hash_table_contains(asked, GUINT_TO_POINTER(i)) && !session->undoing)
            continue;
        json_array_append_new(rows, json_pack("{s:i, s:o, s:o, s:o}", "n", (int)i, "id",
                                              frame_bytes(held->row->id), "file",
                                              frame_bytes(held->row->file), "tags",
                                              frame_bytes(held->row->tags)));
    }
    g_array_set_size(session->job_rows, 0);
    if (json_array_size(rows) && session->reader) {
        session->looking++;
        reader_send(session, json_pack("{s:o}", "look", rows));
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

static void job_end(Session *session)
{
    if (session->job_source) {
        g_source_destroy(session->job_source);
        g_source_unref(session->job_source);
        session->job_source = NULL;
    }
    g_clear_pointer(&session->job, job_client_free);
}

/* A job that could not be done is told as one that did nothing. */
static void job_failed(Session *session, const GError *error)
{
    g_autoptr(JobStatus) status = job_status_new();
    status->message = g_strdup(error ? error->message : "the process that changes the mail died");
    job_tell(session, status);
}

static gboolean job_ready(gint fd, GIOCondition condition, gpointer data);

static void job_watch(Session *session)
{
    if (session->job_source) {
        g_source_destroy(session->job_source);
        g_source_unref(session->job_source);
    }
    GIOCondition what = G_IO_IN | G_IO_HUP | G_IO_ERR;
    if (job_client_wants_write(session->job))
        what |= G_IO_OUT;
    session->job_source = g_unix_fd_source_new(job_client_fd(session->job), what);
    g_source_set_callback(session->job_source, G_SOURCE_FUNC(job_ready), session, NULL);
    g_source_attach(session->job_source, session->context);
}

static gboolean job_ready(gint fd, GIOCondition condition, gpointer data)
{
    (void)fd;
    (void)condition;
    Session *session = data;
    g_autoptr(GError) error = NULL;
    bool ended = false;
    g_autoptr(JobStatus) status = job_client_poll(session->job, &ended, &error);
    if (!ended) {
        job_watch(session);
        if (status)
            job_tell(session, status);
        return G_SOURCE_REMOVE;
    }
    job_end(session);
    if (status) {
        status->running = false;
        job_tell(session, status);
    } else
        job_failed(session, error);
    session_look(session);
    session->undoing = false;
    return G_SOURCE_REMOVE;
}

static bool job_start(Session *session, const JobRequest *request, GError **error)
{
    session->job = job_client_start(session->config, request, error);
    if (!session->job)
        return false;
    job_watch(session);
    return true;
}

static bool job_may_start(const Session *session, GError **error)
{
    if (!session->job)
        return true;
    g_set_error_literal(error, STORE_ERROR, STORE_ERROR_FAILED,
                        "a job is running; wait until it is done, or stop it");
    return false;
}

bool session_act(Session *session, JobAction action, const guint *rows, guint count,
                 json_t *options, GError **error)
{
    g_autoptr(JobRequest) request = job_request_new(action);
    int word = verdict_from_name(json_string_value(json_object_get(options, "verdict")));
    if (!job_may_start(session, error))
        return false;
    request->query = g_strdup(session->query);
    request->options = options ? json_incref(options) : NULL;
    g_array_set_size(session->job_rows, 0);
    for (guint i = 0; i < count; i++) {
        const Held *held = session_held(session, rows[i]);
        if (!held || held->gone || !held->row->id)
            continue;
        VerdictValue verdict =
            action == JOB_VERDICT && word > 0 ? (VerdictValue)word : held->row->verdict;
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

bool session_undo(Session *session, guint job, GError **error)
{
    g_autoptr(JobRequest) request = job_request_new(JOB_UNDO);
    if (!job_may_start(session, error))
        return false;
    request->undo = job;
    request->query = g_strdup(session->query);
    session->undoing = true;
    return job_start(session, request, error);
}

void session_stop_job(Session *session)
{
    if (session->job) {
        job_client_stop(session->job);
        job_watch(session);
    }
}

bool session_busy(const Session *session)
{
    return session->job != NULL;
}

bool session_settled(const Session *session)
{
    return session->reading.done && !session->job && !session->looking;
}

GPtrArray *session_jobs(const Session *session)
{
    GPtrArray *jobs = job_list(session->config, NULL);
    return jobs ? jobs : g_ptr_array_new_with_free_func((GDestroyNotify)job_status_free);
}

/* --- the object ----------------------------------------------------------------------------- */

Session *session_new(const Config *config, const SessionEvents *events, gpointer data)
{
    Session *session = g_new0(Session, 1);
    session->config = config;
    session->events = *events;
    session->data = data;
    session->context = g_main_context_ref_thread_default();
    session->rows = g_array_new(FALSE, TRUE, sizeof(Held));
    g_array_set_clear_func(session->rows, held_clear);
    session->job_rows = g_array_new(FALSE, FALSE, sizeof(guint));
    session->case_asked = session->case_wanted = -1;
    session->reading.done = true;
    /* it is ready when the first query comes; what is wrong is told then */
    session->reader = worker_start("reader", NULL);
    session->fresh = session->reader != NULL;
    return session;
}

void session_free(Session *session)
{
    if (!session)
        return;
    reader_end(session);
    job_end(session);
    g_array_unref(session->rows);
    g_array_unref(session->job_rows);
    g_free(session->query);
    g_free(session->reading.error);
    g_main_context_unref(session->context);
    g_free(session);
}
