/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session: rows, the reader process, the job that runs. Everything comes in as frames on the
 * main context; nothing here waits. */
#include "session/session_private.h"

#include <glib-unix.h>

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
    session->reading.total = (guint)json_integer_value(json_object_get(frame, "total"));
    session->reading.left_out = (guint)json_integer_value(json_object_get(frame, "left_out"));
    session->reading.read = (guint)json_integer_value(json_object_get(frame, "read"));
    session->reading.done = json_is_true(json_object_get(frame, "done"));
    session_tell_reading(session);
    if (session->reading.done && !session->listing)
        session_list_jobs(session);
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
    session->text_asked = -1;
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
        row_unref(held->row);
        held->row = row;
    }
    if (session->events.row_changed)
        session->events.row_changed((guint)n, session->data);
}

static GHashTable *ids_of(const json_t *json)
{
    GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize i = 0; i < json_array_size(json); i++) {
        char *id = frame_bytes_text(json_array_get(json, i));
        if (id)
            g_hash_table_add(ids, id);
    }
    return ids;
}

static void session_take_match(Session *session, const json_t *frame)
{
    const json_t *lists = json_object_get(frame, "ids");
    g_autofree char *error = frame_bytes_text(json_object_get(frame, "error"));
    if (json_integer_value(json_object_get(frame, "match")) != session->match_asked)
        return;
    session->matching = false;
    g_autoptr(GPtrArray) sets = g_ptr_array_new_with_free_func((GDestroyNotify)g_hash_table_unref);
    for (gsize i = 0; i < json_array_size(lists); i++)
        g_ptr_array_add(sets, ids_of(json_array_get(lists, i)));
    if (session->events.matched)
        session->events.matched(lists ? sets : NULL, error, session->data);
}

static void session_take_prefixes(Session *session, const json_t *list)
{
    g_strfreev(session->prefixes);
    session->prefixes = g_new0(char *, json_array_size(list) + 1);
    for (gsize i = 0, n = 0; i < json_array_size(list); i++) {
        char *name = frame_bytes_text(json_array_get(list, i));
        if (name)
            session->prefixes[n++] = name;
    }
}

static void session_take_promises(Session *session, const json_t *texts)
{
    const char *question;
    const json_t *value;
    g_hash_table_remove_all(session->promises);
    json_object_foreach((json_t *)(gsize)texts, question, value)
    {
        char *text = frame_bytes_text(value);
        if (text)
            g_hash_table_insert(session->promises, g_strdup(question), text);
    }
}

static void session_begun(Session *session)
{
    if (!session->begin_timer)
        return;
    g_source_destroy(session->begin_timer);
    g_source_unref(session->begin_timer);
    session->begin_timer = NULL;
}

static void session_read(Session *session);

/* The answer to "again" and "judge". */
static void session_take_again(Session *session, bool same)
{
    if (!same) {
        session_read(session);
        return;
    }
    session->reading.done = true;
    session_tell_reading(session);
}

static void session_take(Session *session, const json_t *frame)
{
    const json_t *value = json_object_get(frame, "q");
    bool old = json_is_integer(value) && json_integer_value(value) != session->number;
    if (old && !json_object_get(frame, "word") && !json_object_get(frame, "match"))
        return;
    session->answered = true;
    session_begun(session);
    if (json_object_get(frame, "same") || json_object_get(frame, "changed"))
        session_take_again(session, json_object_get(frame, "same") != NULL);
    else if ((value = json_object_get(frame, "rows")))
        session_take_rows(session, value);
    else if (json_object_get(frame, "candidates"))
        session_take_state(session, frame);
    else if (json_object_get(frame, "case"))
        session_take_case(session, frame);
    else if (json_object_get(frame, "text"))
        session_take_text(session, frame);
    else if ((value = json_object_get(frame, "look")))
        session_take_look(session, value);
    else if (json_object_get(frame, "match"))
        session_take_match(session, frame);
    else if ((value = json_object_get(frame, "promises")))
        session_take_promises(session, value);
    else if ((value = json_object_get(frame, "prefixes")))
        session_take_prefixes(session, value);
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
    session_begun(session);
    reader_watch(session);
    worker_stop(worker);
    session->case_asked = -1;
    session->looking = 0;
    session->matching = false;
    session->answered = false;
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

void session_send(Session *session, json_t *frame)
{
    json_object_set_new(frame, "q", json_integer(session->number));
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
    session_send(session, json_pack("{s:o}", "config", config_to_json(session->config)));
    return true;
}

/* --- questions ------------------------------------------------------------------------------ */

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
static void session_read(Session *session)
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
    session->config = config;
    if (session->reader && session->greeted)
        session_send(session, json_pack("{s:o}", "config", config_to_json(config)));
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

static void session_ask_case(Session *session)
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
    else
        json_decref(list);
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
    return session->reading.done && !session->matching && !session->job && !session->looking &&
           !session->lister;
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
    reader_end(session);
    session_leave_jobs(session);
    g_array_unref(session->rows);
    g_array_unref(session->job_rows);
    g_hash_table_unref(session->rows_of);
    g_hash_table_unref(session->own_jobs);
    g_hash_table_unref(session->promises);
    g_strfreev(session->prefixes);
    g_free(session->query);
    g_free(session->reading.error);
    g_main_context_unref(session->context);
    g_free(session);
}
