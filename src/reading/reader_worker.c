/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader process of the interface: rows go out as they come; cases and texts that are asked for
 * go before them.
 *
 * It lives as long as the session, and reads no file twice (reading/shelf.h). Each frame from the
 * session has its "q", the number of the query that it belongs to; so has what is sent about it.
 *
 * In:  a configuration (reader_wire.h)       first; later: judge by that from now on
 *      {"query": TEXT}                       read it, instead of what is read now
 *      {"again": true}                       read the same query again, where the database changed
 *      {"judge": true}                       judge it again by the configuration of now
 *      {"cancel": true}                      stop reading
 *      {"case": N, "id":, "file":}           the whole finding of one file
 *      {"text": N, "what": N, "file":}       its source or its text
 *      {"match": N, "queries": [TEXT...]}    which messages of the query match each of these
 *      {"look": [{"n":, "id":, "file":, "tags":}...]}  what became of rows after a job
 * Out: {"begun": true} to a query at once; {"same": true} to "again" where nothing changed, and to
 *      "judge" when all is told; {"changed": true} where it has to be read again;
 *      rows (reader_wire.h), {"candidates": N, "read": N, "done": BOOL}, {"error": TEXT},
 *      {"word": TEXT}, a case or {"case": N, "error": TEXT}, {"new_mail": true},
 *      {"text": N, "what": N, "content": TEXT | "error": TEXT}, {"prefixes": [NAME...]},
 *      {"match": N, "ids": [[ID...]...] | "error": TEXT},
 *      {"promises": {QUESTION: TEXT}}     what the mailbox says of the promises that are asked for
 *      {"look": {"n": N, "gone": true}} or what is judged otherwise; {"looked": true} behind all */
#include "reading/reader_worker.h"

#include <poll.h>
#include <string.h>

#include "base/autoptr.h"
#include "reading/campaigns_renew.h"
#include "reading/promises.h"
#include "reading/reader.h"
#include "reading/reader_worker_private.h"

enum {
    SCREEN_ROWS = 9,
    FIRST_FINDINGS = 4,
    BATCH_US = 40000,
    BATCH_ROWS = 200,
    FIRST_ROWS = 25,
    FIRST_UNTIL = 200,
    JUDGED_MOST = 32 << 20,
    LOOK_MS = 5000
};

void reader_worker_send(ReaderWorker *worker, json_t *frame)
{
    json_object_set_new(frame, "q", json_integer(worker->number));
    if (!frame_send_wait(worker->link, frame))
        worker->gone = true;
}

GByteArray *reader_worker_frame(const ReaderWorker *worker, ReaderFrame kind)
{
    GByteArray *frame = g_byte_array_new();
    pack_number(frame, kind);
    pack_number(frame, (guint64)worker->number);
    return frame;
}

void reader_worker_send_packed(ReaderWorker *worker, GByteArray *frame)
{
    if (!frame_send_bytes_wait(worker->link, frame))
        worker->gone = true;
}

/* Sends @count things that are packed in @list, which is empty then. */
static void worker_send_list(ReaderWorker *worker, ReaderFrame kind, GByteArray *list, guint count)
{
    GByteArray *frame = reader_worker_frame(worker, kind);
    pack_number(frame, count);
    g_byte_array_append(frame, list->data, list->len);
    g_byte_array_set_size(list, 0);
    reader_worker_send_packed(worker, frame);
}

void reader_worker_judged(ReaderWorker *worker, guint n, const Row *row)
{
    pack_number(worker->judged, n);
    row_pack(worker->judged, row);
    worker->judged_count++;
    if (worker->judged->len > JUDGED_MOST)
        reader_worker_send_judged(worker);
}

void reader_worker_send_judged(ReaderWorker *worker)
{
    if (worker->judged_count)
        worker_send_list(worker, READER_JUDGED, worker->judged, worker->judged_count);
    worker->judged_count = 0;
}

static void worker_send_state(ReaderWorker *worker, bool done)
{
    guint left_out = done && worker->complete ? reader_left_out(worker->reader) : 0;
    reader_worker_send(worker, json_pack("{s:i, s:i, s:i, s:i, s:b}", "candidates",
                                         (int)reader_candidates(worker->reader), "read",
                                         (int)reader_done(worker->reader), "total",
                                         (int)reader_total(worker->reader), "left_out",
                                         (int)left_out, "done", done));
}

static void worker_send_rows(ReaderWorker *worker)
{
    if (worker->row_count)
        worker_send_list(worker, READER_ROWS, worker->rows, worker->row_count);
    worker->sent += worker->row_count;
    worker->row_count = 0;
    worker->last_batch = g_get_monotonic_time();
}

static bool worker_row(const Row *row, const Finding *finding, gpointer data)
{
    ReaderWorker *worker = data;
    worker->promises_asked = worker->promises_asked || promises_are_asked(row->questions);
    row_pack(worker->rows, row);
    /* of the first rows: the case on the screen, without a question */
    pack_number(worker->rows, finding != NULL);
    if (finding)
        finding_pack(worker->rows, finding);
    worker->row_count++;
    guint most = worker->sent == 0            ? SCREEN_ROWS
                 : worker->sent < FIRST_UNTIL ? FIRST_ROWS
                                              : BATCH_ROWS;
    if (worker->row_count >= most)
        worker_send_rows(worker);
    return !worker->gone && !worker->wanted && worker->reading;
}

static void worker_problem(const char *text, gpointer data)
{
    ReaderWorker *worker = data;
    reader_worker_send(worker, json_pack("{s:o}", "word", frame_bytes(text)));
}

static void worker_send_prefixes(ReaderWorker *worker)
{
    json_t *names = json_array();
    for (const char *const *it = store_prefixes(reader_store(worker->reader)); *it; it++)
        json_array_append_new(names, frame_bytes(*it));
    reader_worker_send(worker, json_pack("{s:o}", "prefixes", names));
}

/* --- the loop --------------------------------------------------------------------------------- */

static bool texts_same(const GPtrArray *a, const GPtrArray *b)
{
    bool same = a->len == b->len;
    for (guint i = 0; i < a->len && same; i++)
        same = strcmp(a->pdata[i], b->pdata[i]) == 0;
    return same;
}

/* From now on @config (taken over) is what is judged by: what was read by the same keys stays. */
static void worker_configure(ReaderWorker *worker, Config *config)
{
    if (!texts_same(config->identity->dkim_keys, worker->config->identity->dkim_keys))
        shelf_clear(worker->shelf);
    config_unref(worker->config);
    worker->config = config;
    worker->configured = true;
    g_clear_pointer(&worker->asides, reader_free);
}

static void worker_want(ReaderWorker *worker, const json_t *query)
{
    g_clear_pointer(&worker->case_held, json_decref); /* it was of a row of the query before */
    g_free(worker->query);
    worker->query = frame_bytes_text(query);
    worker->wanted = worker->query != NULL;
    reader_worker_send(worker, json_pack("{s:b}", "begun", 1));
}

/* The same query: where the database is as it was, its rows are, too. */
static void worker_again(ReaderWorker *worker)
{
    g_autoptr(Store) store = store_open(worker->config->notmuch_config, false, NULL, NULL, NULL);
    bool same = worker->complete && !worker->configured && store &&
                store_revision(store, NULL) == worker->revision &&
                store_count(store, "*") == worker->messages;
    reader_worker_send(worker, json_pack("{s:b}", same ? "same" : "changed", 1));
}

/* A case says what all others say, too: while those are judged again, it waits for them. */
static void worker_case(ReaderWorker *worker, json_t *frame)
{
    bool judged_now = worker->reading && worker->complete;
    if (!worker->judging && !judged_now) {
        reader_worker_case(worker, frame);
        return;
    }
    if (worker->case_held)
        json_decref(worker->case_held);
    worker->case_held = json_incref(frame);
}

static void worker_take(ReaderWorker *worker, json_t *frame)
{
    const json_t *query = json_object_get(frame, "query"), *number = json_object_get(frame, "q");
    if (json_is_integer(number))
        worker->number = json_integer_value(number);
    if (json_object_get(frame, "case"))
        worker_case(worker, frame);
    else if (json_object_get(frame, "text"))
        reader_worker_text(worker, frame);
    else if (json_object_get(frame, "match"))
        reader_worker_match(worker, frame);
    else if (json_object_get(frame, "look"))
        reader_worker_looked(worker, json_object_get(frame, "look"));
    else if (json_object_get(frame, "cancel"))
        worker->reading = false;
    else if (json_object_get(frame, "again"))
        worker_again(worker);
    else if (json_object_get(frame, "judge"))
        worker->judging = true;
    else if (json_is_string(query))
        worker_want(worker, query);
}

/* The configuration that a frame is, or NULL. The caller unrefs it. */
static Config *worker_config(ReaderWorker *worker, Span bytes)
{
    Unpack from = unpack_new(bytes.p, bytes.n);
    if (unpack_number(&from, G_MAXUINT64) != READER_CONFIG)
        return NULL;
    gint64 number = (gint64)unpack_number(&from, G_MAXINT64);
    Config *config = config_unpack(&from);
    if (config)
        worker->number = number;
    return config;
}

/* What came in meanwhile. */
static void worker_listen(ReaderWorker *worker)
{
    Frame frame;
    bool closed = false;
    while (!worker->gone && frame_receive_bytes(worker->link, &frame, &closed)) {
        Config *config = worker_config(worker, frame.bytes);
        g_autoptr(json_t) object = config ? NULL : frame_object(worker->link, &frame);
        if (config)
            worker_configure(worker, config);
        else if (object)
            worker_take(worker, object);
    }
    worker->gone = worker->gone || closed;
}

/* Between messages of which nothing is told. */
static bool worker_silent(gpointer data)
{
    ReaderWorker *worker = data;
    worker_listen(worker);
    return !worker->gone && !worker->wanted && worker->reading;
}

/* Between messages: questions first, then rows that wait. */
static bool worker_between(gpointer data)
{
    ReaderWorker *worker = data;
    if (!worker_silent(worker))
        return false; /* what waits here is none of the query that came */
    if (g_get_monotonic_time() - worker->last_batch > BATCH_US) {
        worker_send_rows(worker);
        worker_send_state(worker, false);
    }
    return !worker->gone;
}

static bool worker_hello(ReaderWorker *worker)
{
    Frame hello;
    if (frame_receive_bytes_wait(worker->link, &hello))
        worker->config = worker_config(worker, hello.bytes);
    return worker->config != NULL;
}

/* A row keeps its place, whatever it is now. */
static void worker_judged(guint n, const Row *row, gpointer data)
{
    ReaderWorker *worker = data;
    worker->promises_asked = worker->promises_asked || promises_are_asked(row->questions);
    reader_worker_judged(worker, n, row);
}

/* Brings up to date what all say together. Whether that changed anything. */
static bool worker_renew(ReaderWorker *worker)
{
    bool changed;
    bool review = strcmp(worker->query, worker->config->review.query) == 0;
    const Reader *from = review && reader_can_judge_again(worker->reader) ? worker->reader : NULL;
    campaigns_renew(worker->config, from, worker->shelf, worker_silent, worker, &changed);
    if (worker->asides) /* by another identity, or before they were renewed, it saw none of them */
        reader_load_campaigns(worker->asides);
    return changed;
}

/* The rows are all there: what they say together may judge some of them anew. */
static void worker_corroborate(ReaderWorker *worker)
{
    if (worker_renew(worker) && worker_silent(worker))
        reader_count_again(worker->reader);
    reader_worker_send_judged(worker);
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
    reader_worker_send(worker, json_pack("{s:o}", "promises", texts));
}

/* Reads the query that is wanted; stops where another is. */
static void worker_read(ReaderWorker *worker)
{
    g_clear_pointer(&worker->reader, reader_free);
    g_byte_array_set_size(worker->rows, 0);
    worker->row_count = 0;
    worker->sent = 0;
    worker->promises_asked = false;
    worker->wanted = worker->complete = worker->configured = worker->judging = false;
    worker->reading = true;
    const ReaderOptions options = {.staged = true,
                                   .first_findings = FIRST_FINDINGS,
                                   .shelf = worker->shelf,
                                   .keep = true,
                                   .each = worker_row,
                                   .judged = worker_judged,
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
        worker->messages = store_count(reader_store(worker->reader), "*"); /* as the query saw it */
        worker_send_state(worker, true);
    } else if (!worker->gone)
        reader_worker_send(worker, json_pack("{s:o}", "error", frame_bytes(error->message)));
    worker->reading = false;
}

/* The rows were judged by a configuration that differs in identity and in what no reader reads. */
static bool worker_is_identity(const ReaderWorker *worker)
{
    const Config *before = reader_config(worker->reader), *now = worker->config;
    return config_reads_alike(before, now) &&
           texts_same(before->identity->dkim_keys, now->identity->dkim_keys);
}

/* What is judged otherwise already is shown before the store is asked. */
static void worker_renew_again(Reader *reader, gpointer data)
{
    (void)reader;
    reader_worker_send_judged(data);
    worker_renew(data);
}

/* Judges again what was read, without asking anybody for it. */
static void worker_judge(ReaderWorker *worker)
{
    worker->judging = false;
    if (!worker->complete || !worker_is_identity(worker) ||
        !reader_can_judge_again(worker->reader)) {
        reader_worker_send(worker, json_pack("{s:b}", "changed", 1));
        return;
    }
    worker->configured = false;
    worker->reading = true;
    reader_judge_again(worker->reader, worker->config, worker_renew_again);
    reader_worker_send_judged(worker);
    worker_promises(worker);
    worker->complete = worker->reading; /* stopped: some are judged by half of what is known */
    worker->reading = false;
    if (!worker->wanted) /* what is wanted now has not begun */
        reader_worker_send(worker, json_pack("{s:b}", "same", 1));
}

static void worker_answer_held(ReaderWorker *worker)
{
    g_autoptr(json_t) frame = worker->judging ? NULL : g_steal_pointer(&worker->case_held);
    if (frame)
        reader_worker_case(worker, frame);
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
        reader_worker_send(worker, json_pack("{s:b}", "new_mail", 1));
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
        if (worker->judging) {
            worker_judge(worker);
            worker_answer_held(worker);
            continue;
        }
        struct pollfd it = {.fd = frame_link_fd(worker->link), .events = POLLIN};
        if (poll(&it, 1, worker->complete ? LOOK_MS : -1) == 0)
            worker_look_for_news(worker);
    }
}

int reader_body(FrameLink *link)
{
    ReaderWorker worker = {.link = link, .rows = g_byte_array_new(), .judged = g_byte_array_new()};
    bool good = worker_hello(&worker);
    worker.shelf = shelf_new(SHELF_MOST);
    if (good)
        worker_stay(&worker);
    reader_free(worker.reader);
    reader_free(worker.asides);
    if (worker.case_held)
        json_decref(worker.case_held);
    shelf_free(worker.shelf);
    g_byte_array_unref(worker.rows);
    g_byte_array_unref(worker.judged);
    g_free(worker.query);
    promises_free(worker.promises);
    g_free(worker.promises_key);
    config_unref(worker.config);
    return good ? 0 : 1;
}
