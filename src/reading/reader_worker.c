/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader process of the interface: rows go out as they come; cases and texts that are asked for
 * go before them.
 *
 * It lives as long as the session, and reads no file twice (reading/shelf.h). Each frame from the
 * session has its "q", the number of the query that it belongs to; so has what is sent about it.
 *
 * In:  {"config": ...}                       first; later, with a query: judge by that from now on
 *      {"query": TEXT}                       read it, instead of what is read now
 *      {"again": true}                       read the same query again, where the database changed
 *      {"cancel": true}                      stop reading
 *      {"case": N, "id":, "file":}           the whole finding of one file
 *      {"text": N, "what": N, "file":}       its source or its text
 *      {"match": N, "queries": [TEXT...]}    which messages of the query match each of these
 *      {"look": [{"n":, "id":, "file":, "tags":}...]}  what became of rows after a job
 * Out: {"begun": true} to a query at once; {"same": true} to "again" where nothing changed,
 *      {"rows": [ROW...]} (a ROW of the first has its "finding"), {"candidates": N, "read": N,
 * "done": BOOL}, {"error": TEXT},
 *      {"word": TEXT}, {"case": N, "finding": F | "error": TEXT},
 *      {"text": N, "what": N, "content": TEXT | "error": TEXT}, {"new_mail": true},
 *      {"match": N, "ids": [[ID...]...] | "error": TEXT}, {"prefixes": [NAME...]}
 *      {"promises": {QUESTION: TEXT}}        what the mailbox says of the promises that are asked for
 *      {"look": {"n": N, "gone": true | "row": ROW}}, and {"looked": true} behind the last */
#include "reading/reader_worker.h"
#include <poll.h>

#include <string.h>

#include "base/autoptr.h"
#include "reading/campaigns_renew.h"
#include "reading/promises.h"
#include "reading/reader.h"
#include "reading/shelf.h"

enum {
    SCREEN_ROWS = 9,
    FIRST_FINDINGS = 4,
    BATCH_US = 40000,
    BATCH_ROWS = 200,
    FIRST_ROWS = 25,
    FIRST_UNTIL = 200,
    LOOK_MS = 5000
};

typedef struct ReaderWorker {
    FrameLink *link;
    Config *config;
    Shelf *shelf;
    json_int_t number; /* "q" of the last frame from the session */
    Reader *reader;    /* of the query */
    Reader *asides;    /* of cases: their own parsers, started when first asked */
    guint64 asides_at; /* the revision of the database that they see */
    json_t *rows;      /* not sent yet */
    gint64 last_batch; /* when rows were sent last */
    guint sent;
    char *query;
    bool wanted;              /* the query is to be read */
    bool reading;             /* it is being read */
    bool complete;            /* it was read to its end */
    guint64 revision, looked; /* of the database: at the query, and when it was last looked at */
    bool gone;
    GHashTable *told; /* file -> Told: the rows that were sent */
    json_t *finding;  /* of the case that is asked for */
    char *problem;
    GHashTable *looks; /* file -> number of the row that is read again */
    bool promises_asked;       /* by a row of the query */
    Promises *promises;        /* as they were counted last, or NULL ... */
    char *promises_key;        /* ... for what of the configuration ... */
    guint64 promises_revision; /* ... and of the database */
} ReaderWorker;

static void worker_send(ReaderWorker *worker, json_t *frame)
{
    json_object_set_new(frame, "q", json_integer(worker->number));
    if (!frame_send_wait(worker->link, frame))
        worker->gone = true;
}

static void worker_send_state(ReaderWorker *worker, bool done)
{
    guint left_out = done && worker->complete ? reader_left_out(worker->reader) : 0;
    worker_send(worker, json_pack("{s:i, s:i, s:i, s:i, s:b}", "candidates",
                                  (int)reader_candidates(worker->reader), "read",
                                  (int)reader_done(worker->reader), "total",
                                  (int)reader_total(worker->reader), "left_out", (int)left_out,
                                  "done", done));
}

static void worker_send_rows(ReaderWorker *worker)
{
    gsize count = json_array_size(worker->rows);
    if (count) {
        worker->sent += (guint)count;
        worker_send(worker, json_pack("{s:o}", "rows", worker->rows));
        worker->rows = json_array();
    }
    worker->last_batch = g_get_monotonic_time();
}

/* A row as it was sent. */
typedef struct Told {
    guint n;
    guint judged; /* row_judged */
} Told;

/* Differs where the row is judged otherwise. */
static guint row_judged(const Row *row)
{
    guint ids = row->questions ? g_str_hash(row->questions) : 0;
    return ids * 64 + (guint)row->verdict * 8 + (guint)row->warning;
}

static void worker_note(ReaderWorker *worker, const Row *row)
{
    Told *told = g_new0(Told, 1);
    worker->promises_asked = worker->promises_asked || promises_are_asked(row->questions);
    *told = (Told){worker->sent + (guint)json_array_size(worker->rows), row_judged(row)};
    g_hash_table_insert(worker->told, g_strdup(row->file), told);
}

static bool worker_row(const Row *row, const Finding *finding, gpointer data)
{
    ReaderWorker *worker = data;
    json_t *json = row_to_json(row);
    worker_note(worker, row);
    if (finding) /* of the first rows: the case on the screen, without a question */
        json_object_set_new(json, "finding", finding_to_wire(finding));
    json_array_append_new(worker->rows, json);
    gsize most = worker->sent == 0            ? SCREEN_ROWS
                 : worker->sent < FIRST_UNTIL ? FIRST_ROWS
                                              : BATCH_ROWS;
    if (json_array_size(worker->rows) >= most)
        worker_send_rows(worker);
    return !worker->gone && !worker->wanted && worker->reading;
}

static void worker_problem(const char *text, gpointer data)
{
    ReaderWorker *worker = data;
    worker_send(worker, json_pack("{s:o}", "word", frame_bytes(text)));
}

/* --- cases and texts ------------------------------------------------------------------------- */

static bool aside_finding(const Row *row, const Finding *finding, gpointer data)
{
    (void)row;
    ReaderWorker *worker = data;
    if (finding && !worker->finding)
        worker->finding = finding_to_wire(finding);
    return true;
}

static void aside_problem(const char *text, gpointer data)
{
    ReaderWorker *worker = data;
    if (!worker->problem)
        worker->problem = g_strdup(text);
}

/* Who reads cases sees the database as it was when it was opened, and after two changes nothing of
 * it any more: "you never sent that" would be said of what is there. */
static void worker_refresh(ReaderWorker *worker)
{
    if (!worker->asides)
        return;
    g_autoptr(Store) store = store_open(worker->config->notmuch_config, false, NULL, NULL, NULL);
    if (store && store_revision(store, NULL) != worker->asides_at)
        g_clear_pointer(&worker->asides, reader_free);
}

static bool worker_asides(ReaderWorker *worker)
{
    const ReaderOptions options = {.all_folders = true,
                                   .findings = true,
                                   .any = true,
                                   .shelf = worker->shelf,
                                   .each = aside_finding,
                                   .problem = aside_problem,
                                   .data = worker};
    worker_refresh(worker);
    if (!worker->asides) {
        worker->asides = reader_new_for_files(worker->config, &options, NULL);
        Store *store = worker->asides ? reader_store(worker->asides) : NULL;
        worker->asides_at = store ? store_revision(store, NULL) : 0;
    }
    return worker->asides != NULL;
}

/* Why the last aside came to nothing; told once. */
static json_t *worker_problem_said(ReaderWorker *worker)
{
    json_t *said = frame_bytes(worker->problem ? worker->problem : "the message cannot be read");
    g_clear_pointer(&worker->problem, g_free);
    return said;
}

static void worker_case(ReaderWorker *worker, const json_t *frame)
{
    g_autofree char *id = frame_bytes_text(json_object_get(frame, "id"));
    g_autofree char *file = frame_bytes_text(json_object_get(frame, "file"));
    if (worker_asides(worker)) {
        reader_file(worker->asides, file, id);
        reader_finish(worker->asides);
    }
    json_t *answer = json_pack("{s:I}", "case", json_integer_value(json_object_get(frame, "case")));
    if (worker->finding)
        json_object_set_new(answer, "finding", worker->finding);
    else
        json_object_set_new(answer, "error", worker_problem_said(worker));
    worker->finding = NULL;
    worker_send(worker, answer);
}

static void worker_text(ReaderWorker *worker, const json_t *frame)
{
    g_autofree char *file = frame_bytes_text(json_object_get(frame, "file"));
    bool raw = json_integer_value(json_object_get(frame, "what")) == TEXT_RAW;
    json_t *answer = json_pack("{s:O, s:O}", "text", json_object_get(frame, "text"), "what",
                               json_object_get(frame, "what"));
    g_autofree char *text = worker_asides(worker)
                                ? reader_text(worker->asides, file, raw ? TEXT_RAW : TEXT_PARTS)
                                : NULL;
    if (text)
        json_object_set_new(answer, "content", frame_bytes(text));
    else
        json_object_set_new(answer, "error", worker_problem_said(worker));
    worker_send(worker, answer);
}

/* --- after a job ----------------------------------------------------------------------------- */

static bool look_message(const StoreMessage *message, gpointer data)
{
    g_hash_table_add(data, g_strdup(message->id));
    return true;
}

/* Ids that changed since the query was read, and that it would give now. */
static GHashTable *look_changed(const ReaderWorker *worker, Reader *reader)
{
    GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *asked = reader_store_query(reader, worker->query, NULL);
    g_autofree char *query = asked ? reader_recent_query(asked, worker->revision) : NULL;
    if (query)
        store_query(reader_store(reader), query, true, look_message, ids, NULL);
    return ids;
}

static void look_gone(ReaderWorker *worker, json_int_t n)
{
    worker_send(worker, json_pack("{s:{s:I, s:b}}", "look", "n", n, "gone", 1));
}

static bool look_row(const Row *row, const Finding *finding, gpointer data)
{
    (void)finding;
    ReaderWorker *worker = data;
    json_int_t n = GPOINTER_TO_INT(g_hash_table_lookup(worker->looks, row->file));
    worker_send(worker, json_pack("{s:{s:I, s:o}}", "look", "n", n, "row", row_to_json(row)));
    return !worker->gone;
}

static void look_one(ReaderWorker *worker, Reader *reader, GHashTable *changed, const json_t *asked)
{
    json_int_t n = json_integer_value(json_object_get(asked, "n"));
    g_autofree char *id = frame_bytes_text(json_object_get(asked, "id"));
    g_autofree char *file = frame_bytes_text(json_object_get(asked, "file"));
    g_autofree char *tags = frame_bytes_text(json_object_get(asked, "tags"));
    Store *store = reader_store(reader);
    if (id && g_hash_table_contains(changed, id)) {
        char *now = reader_place_now(reader, id, file);
        if (!now)
            look_gone(worker, n);
        else {
            g_hash_table_insert(worker->looks, now, GINT_TO_POINTER((int)n));
            reader_file(reader, now, id);
        }
        return;
    }
    g_auto(GStrv) list = id ? store_tags_of(store, id) : NULL;
    g_autofree char *joined = list ? g_strjoinv(" ", list) : NULL;
    if (!joined || g_strcmp0(joined, tags) != 0)
        look_gone(worker, n);
}

/* On a new handle: the one of the query saw the database as it was before. */
static void worker_look(ReaderWorker *worker, const json_t *rows)
{
    if (!worker->query)
        return;
    const ReaderOptions options = {.shelf = worker->shelf, .each = look_row, .data = worker};
    g_autoptr(Reader) reader = reader_new(worker->config, &options, NULL);
    if (!reader || !reader_prepare(reader, worker->query, NULL))
        return;
    worker->looks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) changed = look_changed(worker, reader);
    for (gsize i = 0; i < json_array_size(rows) && !worker->gone; i++)
        look_one(worker, reader, changed, json_array_get(rows, i));
    reader_finish(reader);
    g_clear_pointer(&worker->looks, g_hash_table_unref);
}

static void worker_looked(ReaderWorker *worker, const json_t *rows)
{
    worker_look(worker, rows);
    /* What is asked of cases from now on must see the database as it is now. */
    g_clear_pointer(&worker->asides, reader_free);
    worker_send(worker, json_pack("{s:b}", "looked", 1));
}

/* --- matching -------------------------------------------------------------------------------- */

typedef struct Matching {
    const Reader *reader;
    json_t *ids;
} Matching;

static bool match_message(const StoreMessage *message, gpointer data)
{
    const Matching *matching = data;
    if (reader_gave(matching->reader, message->id))
        json_array_append_new(matching->ids, frame_bytes(message->id));
    return true;
}

static void worker_match(ReaderWorker *worker, const json_t *frame)
{
    const json_t *queries = json_object_get(frame, "queries");
    json_int_t n = json_integer_value(json_object_get(frame, "match"));
    json_t *lists = json_array();
    g_autoptr(GError) error = NULL;
    for (gsize i = 0; worker->reader && i < json_array_size(queries); i++) {
        g_autofree char *query = frame_bytes_text(json_array_get(queries, i));
        Matching matching = {worker->reader, json_array()};
        json_array_append_new(lists, matching.ids);
        if (!query || !store_query(reader_store(worker->reader), query, false, match_message,
                                   &matching, &error))
            break;
    }
    if (error) {
        json_decref(lists);
        worker_send(worker,
                    json_pack("{s:I, s:o}", "match", n, "error", frame_bytes(error->message)));
    } else
        worker_send(worker, json_pack("{s:I, s:o}", "match", n, "ids", lists));
}

static void worker_send_prefixes(ReaderWorker *worker)
{
    json_t *names = json_array();
    for (const char *const *it = store_prefixes(reader_store(worker->reader)); *it; it++)
        json_array_append_new(names, frame_bytes(*it));
    worker_send(worker, json_pack("{s:o}", "prefixes", names));
}

/* --- the loop -------------------------------------------------------------------------------- */

/* From now on @config is what is judged by: what was read stays, what was judged goes. */
static void worker_configure(ReaderWorker *worker, const json_t *json)
{
    Config *config = config_from_json(json);
    if (!config)
        return;
    config_unref(worker->config);
    worker->config = config;
    worker->complete = false;
    g_clear_pointer(&worker->asides, reader_free);
}

static void worker_want(ReaderWorker *worker, const json_t *query)
{
    g_free(worker->query);
    worker->query = frame_bytes_text(query);
    worker->wanted = worker->query != NULL;
    worker_send(worker, json_pack("{s:b}", "begun", 1));
}

/* The same query: where the database is as it was, its rows are, too. */
static void worker_again(ReaderWorker *worker)
{
    g_autoptr(Store) store = store_open(worker->config->notmuch_config, false, NULL, NULL, NULL);
    bool same = worker->complete && store && store_revision(store, NULL) == worker->revision;
    worker_send(worker, json_pack("{s:b}", same ? "same" : "changed", 1));
}

static void worker_take(ReaderWorker *worker, const json_t *frame)
{
    const json_t *query = json_object_get(frame, "query"), *number = json_object_get(frame, "q");
    if (json_is_integer(number))
        worker->number = json_integer_value(number);
    if (json_object_get(frame, "config"))
        worker_configure(worker, json_object_get(frame, "config"));
    if (json_object_get(frame, "case"))
        worker_case(worker, frame);
    else if (json_object_get(frame, "text"))
        worker_text(worker, frame);
    else if (json_object_get(frame, "match"))
        worker_match(worker, frame);
    else if (json_object_get(frame, "look"))
        worker_looked(worker, json_object_get(frame, "look"));
    else if (json_object_get(frame, "cancel"))
        worker->reading = false;
    else if (json_object_get(frame, "again"))
        worker_again(worker);
    else if (json_is_string(query))
        worker_want(worker, query);
}

/* What came in meanwhile. */
static void worker_listen(ReaderWorker *worker)
{
    json_t *frame;
    bool closed = false;
    while (!worker->gone && (frame = frame_receive(worker->link, &closed))) {
        worker_take(worker, frame);
        json_decref(frame);
    }
    worker->gone = worker->gone || closed;
}

/* Between messages: questions first, then rows that wait. */
static bool worker_between(gpointer data)
{
    ReaderWorker *worker = data;
    worker_listen(worker);
    if (g_get_monotonic_time() - worker->last_batch > BATCH_US) {
        worker_send_rows(worker);
        worker_send_state(worker, false);
    }
    return !worker->gone && !worker->wanted && worker->reading;
}

static bool worker_hello(ReaderWorker *worker)
{
    g_autoptr(json_t) hello = frame_receive_wait(worker->link);
    worker->config = hello ? config_from_json(json_object_get(hello, "config")) : NULL;
    return worker->config != NULL;
}

/* Between messages of which nothing is told. */
static bool worker_silent(gpointer data)
{
    ReaderWorker *worker = data;
    worker_listen(worker);
    return !worker->gone && !worker->wanted && worker->reading;
}

/* A row keeps its place, whatever it is now. */
static bool judged_row(const Row *row, const Finding *finding, gpointer data)
{
    (void)finding;
    ReaderWorker *worker = data;
    Told *told = g_hash_table_lookup(worker->told, row->file);
    if (told && told->judged != row_judged(row)) {
        told->judged = row_judged(row);
        worker_send(worker, json_pack("{s:{s:I, s:o}}", "look", "n", (json_int_t)told->n, "row",
                                      row_to_json(row)));
    }
    return worker_silent(worker);
}

/* The rows are all there: what they say together may judge some of them anew. */
static void worker_corroborate(ReaderWorker *worker)
{
    bool changed;
    const ReaderOptions options = {.staged = true,
                                   .shelf = worker->shelf,
                                   .each = judged_row,
                                   .between = worker_silent,
                                   .data = worker};
    campaigns_renew(worker->config, worker->shelf, worker_silent, worker, &changed);
    g_autoptr(Reader) reader =
        changed && worker_silent(worker) ? reader_new(worker->config, &options, NULL) : NULL;
    if (reader)
        reader_query(reader, worker->query, NULL);
}

/* A row asks for a promise: what the mailbox says of it goes with the question. */
static void worker_promises(ReaderWorker *worker)
{
    if (!worker->promises_asked)
        return;
    g_autofree char *key = promises_key(worker->config);
    if (worker->promises_revision != worker->revision ||
        g_strcmp0(key, worker->promises_key) != 0) {
        promises_free(worker->promises);
        worker->promises = promises_count(worker->config, worker_silent, worker);
        worker->promises_revision = worker->promises ? worker->revision : 0;
        g_free(worker->promises_key);
        worker->promises_key = g_steal_pointer(&key);
    }
    json_t *texts = json_object();
    for (int kind = 0; kind < QUESTION_COUNT; kind++) {
        g_autofree char *id = question_id((QuestionKind)kind, NULL);
        g_autofree char *text = promises_text(worker->promises, id);
        if (text)
            json_object_set_new(texts, id, frame_bytes(text));
    }
    worker_send(worker, json_pack("{s:o}", "promises", texts));
}

/* Reads the query that is wanted; stops where another is. */
static void worker_read(ReaderWorker *worker)
{
    g_clear_pointer(&worker->reader, reader_free);
    json_array_clear(worker->rows);
    g_hash_table_remove_all(worker->told);
    worker->sent = 0;
    worker->promises_asked = false;
    worker->wanted = worker->complete = false;
    worker->reading = true;
    const ReaderOptions options = {.staged = true,
                                   .first_findings = FIRST_FINDINGS,
                                   .shelf = worker->shelf,
                                   .each = worker_row,
                                   .problem = worker_problem,
                                   .unconfined = worker_problem,
                                   .between = worker_between,
                                   .data = worker};
    g_autoptr(GError) error = NULL;
    worker->last_batch = g_get_monotonic_time();
    worker->reader = reader_new(worker->config, &options, &error);
    if (worker->reader)
        worker_send_prefixes(worker);
    if (worker->reader)
        worker->revision = worker->looked = store_revision(reader_store(worker->reader), NULL);
    bool good = worker->reader && reader_query(worker->reader, worker->query, &error);
    if (good && !worker->wanted) {
        worker_send_rows(worker);
        worker_send_state(worker, false);
        worker_corroborate(worker);
        worker_promises(worker);
    }
    if (worker->wanted)
        return;
    if (good) {
        worker->complete = worker->reading;
        worker_send_state(worker, true);
    } else if (!worker->gone)
        worker_send(worker, json_pack("{s:o}", "error", frame_bytes(error->message)));
    worker->reading = false;
}

/* Something came into the query since it was read: tells it once. Changed tags count as a change of
 * the database too, so only messages that were not given are looked at. */
static void worker_look_for_news(ReaderWorker *worker)
{
    g_autoptr(Store) store = store_open(worker->config->notmuch_config, false, NULL, NULL, NULL);
    guint64 now = store ? store_revision(store, NULL) : 0;
    if (now <= worker->looked)
        return;
    bool news = reader_has_news(worker->reader, store, worker->query, worker->looked);
    worker->looked = now;
    if (news)
        worker_send(worker, json_pack("{s:b}", "new_mail", 1));
}

/* Reads what is wanted, answers questions, and looks now and then for new mail. */
static void worker_stay(ReaderWorker *worker)
{
    for (;;) {
        worker_listen(worker); /* also for what came together with the frame before */
        if (worker->gone)
            return;
        if (worker->wanted) {
            worker_read(worker);
            continue;
        }
        struct pollfd it = {.fd = frame_link_fd(worker->link), .events = POLLIN};
        if (poll(&it, 1, worker->complete ? LOOK_MS : -1) == 0)
            worker_look_for_news(worker);
    }
}

int reader_body(FrameLink *link)
{
    ReaderWorker worker = {.link = link,
                           .rows = json_array(),
                           .told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
    bool good = worker_hello(&worker);
    worker.shelf = shelf_new(SHELF_MOST);
    if (good)
        worker_stay(&worker);
    reader_free(worker.reader);
    reader_free(worker.asides);
    shelf_free(worker.shelf);
    json_decref(worker.rows);
    g_hash_table_unref(worker.told);
    g_free(worker.query);
    promises_free(worker.promises);
    g_free(worker.promises_key);
    config_unref(worker.config);
    return good ? 0 : 1;
}
