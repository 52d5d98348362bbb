/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session: rows, the reader process, the job that runs. Everything comes in as frames on the
 * main context; nothing here waits. */
#include "reading/reader_wire.h"
#include "session/session_private.h"

/* Within this a reader says that it begins with another query; else it is killed. */
enum { BEGIN_MS = 200 };

static void held_clear(gpointer data)
{
    Held *held = data;
    row_unref(held->row);
}

Held *session_held(const Session *session, guint i)
{
    return i < session->rows->len ? &g_array_index(session->rows, Held, i) : NULL;
}

/* --- the reader process ----------------------------------------------------------------------- */

void session_begun(Session *session)
{
    if (!session->begin_timer)
        return;
    g_source_destroy(session->begin_timer);
    g_source_unref(session->begin_timer);
    session->begin_timer = NULL;
}

static gboolean reader_ready(gint fd, GIOCondition condition, gpointer data);

static void reader_watch(Session *session)
{
    FrameLink *link = session->reader ? session->reader->link : NULL;
    session_watch(session, &session->reader_source, link ? frame_link_fd(link) : -1,
                  link && frame_wants_write(link), reader_ready);
}

/* Who asked is told, or would wait for ever. */
static void session_match_failed(Session *session, const char *why)
{
    session->matching = false;
    if (session->events.matched)
        session->events.matched(NULL, why, session->data);
}

static void reader_end(Session *session)
{
    Worker *worker = session->reader;
    session->reader = NULL;
    session->greeted = false;
    session_begun(session);
    reader_watch(session);
    worker_stop(worker);
    session->case_asked = -1;
    session->looking = 0;
    session->answered = false;
    if (session->matching)
        session_match_failed(session, "the mail is looked at anew; ask once more");
    gint64 text = session->text_asked;
    session->text_asked = -1;
    if (text >= 0 && session->events.text_ready)
        session->events.text_ready((guint)text, session->text_what, NULL,
                                   "the mail is looked at anew; ask once more", session->data);
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
    Frame frame;
    frame_flush(worker->link);
    /* what a frame brings about may replace the reader */
    while (session->reader == worker && frame_receive_bytes(worker->link, &frame, &closed))
        session_take_frame(session, &frame);
    if (session->reader != worker)
        return G_SOURCE_REMOVE;
    if (closed) {
        reader_died(session);
        return G_SOURCE_REMOVE;
    }
    reader_watch(session);
    return G_SOURCE_REMOVE;
}

void session_send(Session *session, json_t *frame)
{
    json_object_set_new(frame, "q", json_integer(session->number));
    frame_send(session->reader->link, frame);
    reader_watch(session);
}

static void session_send_config(Session *session)
{
    GByteArray *frame = g_byte_array_new();
    pack_number(frame, READER_CONFIG);
    pack_number(frame, (guint64)session->number);
    config_pack(frame, session->config);
    frame_send_bytes(session->reader->link, frame, NULL, 0);
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
    session_send_config(session);
    return true;
}

/* --- questions -------------------------------------------------------------------------------- */

static void session_ask(Session *session);

/* The reader does not answer: it hangs, in a disk or in the database. A new one is asked. */
static gboolean begin_late(gpointer data)
{
    Session *session = data;
    reader_end(session);
    session_ask(session);
    return G_SOURCE_REMOVE;
}

/* Asks the reader for the query; it says at once that it begins. */
static void session_ask(Session *session)
{
    if (!reader_start(session))
        return;
    bool busy = session->case_asked >= 0 || session->looking; /* with one answer, which it ends */
    session->case_asked = -1;
    session->looking = 0;
    session_send(session, json_pack("{s:o}", "query", frame_bytes(session->query)));
    session_begun(session);
    if (!session->answered)
        return; /* it starts, and opens the database: that may take longer */
    session->begin_timer = g_timeout_source_new(busy ? 10 * BEGIN_MS : BEGIN_MS);
    g_source_set_callback(session->begin_timer, begin_late, session, NULL);
    g_source_attach(session->begin_timer, session->context);
}

/* Reads the current query from its beginning. */
void session_read(Session *session)
{
    session->number++;
    g_array_set_size(session->rows, 0);
    g_free(session->reading.error);
    session->reading = (ReadingState){0};
    session->case_wanted = -1;
    g_array_set_size(session->job_rows, 0);
    g_hash_table_remove_all(session->rows_of);
    if (session->events.rows_reset)
        session->events.rows_reset(session->data);
    session_ask(session);
}

void session_query(Session *session, const char *query)
{
    char *wanted = g_strdup(query);
    g_free(session->query);
    session->query = wanted;
    session_read(session);
}

/* The rows are there, and so is the reader that sent them. */
static bool session_is_known(const Session *session)
{
    return session->query && session->reading.done && !session->reading.error && session->reader &&
           session->greeted;
}

void session_again(Session *session)
{
    if (!session_is_known(session)) {
        session_read(session);
        return;
    }
    session->reading.done = false;
    session_send(session, json_pack("{s:b}", "again", 1));
}

void session_configure(Session *session, const Config *config)
{
    bool known = session_is_known(session);
    config_unref(session->config);
    session->config = config_ref(config);
    if (session->reader && session->greeted)
        session_send_config(session);
    if (known) {
        session->reading.done = false;
        session_send(session, json_pack("{s:b}", "judge", 1));
    } else if (session->query)
        session_read(session);
}

void session_cancel(Session *session)
{
    if (session->reading.done)
        return;
    if (session->reader && session->greeted)
        session_send(session, json_pack("{s:b}", "cancel", 1));
    session->number++;
    session->looking = 0; /* their answers are passed over, too */
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

void session_ask_case(Session *session)
{
    const Row *row =
        session->case_wanted >= 0 ? session_row(session, (guint)session->case_wanted) : NULL;
    if (!row || session->case_asked >= 0 || !reader_start(session))
        return;
    session->case_asked = session->case_wanted;
    session_send(session, json_pack("{s:I, s:o, s:o}", "case", (json_int_t)session->case_asked,
                                    "id", frame_bytes(row->id), "file", frame_bytes(row->file)));
}

void session_case(Session *session, guint row)
{
    session->case_wanted = row;
    session_ask_case(session);
}

void session_text(Session *session, guint row, TextWanted what)
{
    const Row *it = session_row(session, row);
    if (!it || !reader_start(session))
        return;
    session->text_asked = row;
    session->text_what = what;
    session_send(session, json_pack("{s:i, s:i, s:o}", "text", (int)row, "what", (int)what, "file",
                                    frame_bytes(it->file)));
}

void session_match(Session *session, const GPtrArray *queries)
{
    json_t *list = json_array();
    for (guint i = 0; i < queries->len; i++)
        json_array_append_new(list, frame_bytes(queries->pdata[i]));
    session->match_asked++;
    session->matching = reader_start(session);
    if (session->matching)
        session_send(session,
                     json_pack("{s:i, s:o}", "match", (int)session->match_asked, "queries", list));
    else {
        json_decref(list);
        session_match_failed(session, "the process that reads the mail cannot be started");
    }
}

const char *session_promise(const Session *session, const char *question)
{
    return g_hash_table_lookup(session->promises, question);
}

const char *const *session_prefixes(const Session *session)
{
    return (const char *const *)session->prefixes;
}

bool session_settled(const Session *session)
{
    return session->reading.done && !session->matching && !session->job.job && !session->looking &&
           !session->lister.job;
}

/* --- the object ------------------------------------------------------------------------------- */

Session *session_new(const Config *config, const SessionEvents *events, gpointer data)
{
    Session *session = g_new0(Session, 1);
    session->config = config_ref(config);
    session->events = *events;
    session->data = data;
    session->context = g_main_context_ref_thread_default();
    session->rows = g_array_new(FALSE, TRUE, sizeof(Held));
    g_array_set_clear_func(session->rows, held_clear);
    session->job_rows = g_array_new(FALSE, FALSE, sizeof(guint));
    session->own_jobs = g_hash_table_new(NULL, NULL);
    session->promises = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    session->rows_of = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
    session->case_asked = session->case_wanted = session->text_asked = -1;
    session->reading.done = true;
    /* it is ready when the first query comes; what is wrong is told then */
    session->reader = worker_start("reader", NULL);
    return session;
}

void session_free(Session *session)
{
    if (!session)
        return;
    session->events = (SessionEvents){0}; /* who leaves is told nothing more */
    reader_end(session);
    session_leave_jobs(session);
    g_array_unref(session->rows);
    g_array_unref(session->job_rows);
    g_hash_table_unref(session->rows_of);
    g_hash_table_unref(session->own_jobs);
    g_hash_table_unref(session->promises);
    g_strfreev(session->prefixes);
    config_unref(session->config);
    g_free(session->query);
    g_free(session->reading.error);
    g_main_context_unref(session->context);
    g_free(session);
}
