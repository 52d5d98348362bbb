/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the session asks of single rows: cases, texts, what became of them, which match. */
#include <string.h>
#include <unistd.h>

#include "base/autoptr.h"
#include "reading/reader.h"
#include "reading/reader_worker_private.h"

/* --- cases and texts -------------------------------------------------------------------------- */

static bool aside_finding(const Row *row, const Finding *finding, gpointer data)
{
    (void)row;
    ReaderWorker *worker = data;
    if (finding && !worker->finding) {
        worker->finding = g_byte_array_new();
        finding_pack(worker->finding, finding);
    }
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

/* Why the last aside, of @file, came to nothing; told once. */
static json_t *worker_problem_said(ReaderWorker *worker, const char *file)
{
    bool gone = file && !g_file_test(file, G_FILE_TEST_EXISTS);
    json_t *said = frame_bytes(gone ? "It is gone: another program has moved or deleted it"
                               : worker->problem ? worker->problem
                                                 : "the message cannot be read");
    g_clear_pointer(&worker->problem, g_free);
    return said;
}

void reader_worker_case(ReaderWorker *worker, const json_t *frame)
{
    g_autofree char *id = frame_bytes_text(json_object_get(frame, "id"));
    g_autofree char *file = frame_bytes_text(json_object_get(frame, "file"));
    if (worker_asides(worker)) {
        reader_file(worker->asides, file, id);
        reader_finish(worker->asides);
    }
    json_int_t n = json_integer_value(json_object_get(frame, "case"));
    if (worker->finding) {
        GByteArray *answer = reader_worker_frame(worker, READER_CASE);
        pack_number(answer, (guint64)n);
        g_byte_array_append(answer, worker->finding->data, worker->finding->len);
        g_clear_pointer(&worker->finding, g_byte_array_unref);
        reader_worker_send_packed(worker, answer);
    } else
        reader_worker_send(
            worker, json_pack("{s:I, s:o}", "case", n, "error", worker_problem_said(worker, file)));
}

void reader_worker_text(ReaderWorker *worker, const json_t *frame)
{
    g_autofree char *file = frame_bytes_text(json_object_get(frame, "file"));
    json_int_t wanted = json_integer_value(json_object_get(frame, "what"));
    bool known = wanted > TEXT_NONE && wanted < TEXT_COUNT;
    json_t *answer = json_pack("{s:O, s:O}", "text", json_object_get(frame, "text"), "what",
                               json_object_get(frame, "what"));
    g_autofree char *text =
        worker_asides(worker)
            ? reader_text(worker->asides, file, known ? (TextWanted)wanted : TEXT_PARTS)
            : NULL;
    if (text)
        json_object_set_new(answer, "content", frame_bytes(text));
    else
        json_object_set_new(answer, "error", worker_problem_said(worker, file));
    reader_worker_send(worker, answer);
}

/* --- after a job ------------------------------------------------------------------------------ */

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
    if (worker->reader && n >= 0 && n < G_MAXINT)
        reader_keep_instead(worker->reader, (guint)n, NULL);
    reader_worker_send(worker, json_pack("{s:{s:I, s:b}}", "look", "n", n, "gone", 1));
}

static bool look_row(const Row *row, const Finding *finding, gpointer data)
{
    (void)finding;
    ReaderWorker *worker = data;
    reader_worker_judged(worker, GPOINTER_TO_UINT(g_hash_table_lookup(worker->looks, row->file)),
                         row);
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
    g_autofree char *other = NULL; /* with other flags it has another name */
    int fd = reader_open(reader, file, &other, NULL);
    if (fd >= 0)
        close(fd);
    if (fd < 0 || !joined || g_strcmp0(joined, tags) != 0)
        look_gone(worker, n);
}

/* What @reader has read again is what is judged from now on. */
static void look_keep(ReaderWorker *worker, Reader *reader)
{
    Candidate *candidate;
    for (guint i = 0; (candidate = reader_steal_kept(reader, i)); i++) {
        gpointer n;
        if (worker->reader &&
            g_hash_table_lookup_extended(worker->looks, candidate->file, NULL, &n))
            reader_keep_instead(worker->reader, GPOINTER_TO_UINT(n), candidate);
        else
            candidate_free(candidate);
    }
}

/* On a new handle: the one of the query saw the database as it was before. */
static void worker_look(ReaderWorker *worker, const json_t *rows)
{
    if (!worker->query)
        return;
    const ReaderOptions options = {
        .keep = true, .shelf = worker->shelf, .each = look_row, .data = worker};
    g_autoptr(Reader) reader = reader_new(worker->config, &options, NULL);
    if (!reader || !reader_prepare(reader, worker->query, NULL))
        return;
    worker->looks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) changed = look_changed(worker, reader);
    for (gsize i = 0; i < json_array_size(rows) && !worker->gone; i++)
        look_one(worker, reader, changed, json_array_get(rows, i));
    reader_finish(reader);
    reader_worker_send_judged(worker);
    look_keep(worker, reader);
    g_clear_pointer(&worker->looks, g_hash_table_unref);
}

void reader_worker_looked(ReaderWorker *worker, const json_t *rows)
{
    worker_look(worker, rows);
    /* What is asked of cases from now on must see the database as it is now. */
    g_clear_pointer(&worker->asides, reader_free);
    reader_worker_send(worker, json_pack("{s:b}", "looked", 1));
}

/* --- matching --------------------------------------------------------------------------------- */

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

void reader_worker_match(ReaderWorker *worker, const json_t *frame)
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
        reader_worker_send(
            worker, json_pack("{s:I, s:o}", "match", n, "error", frame_bytes(error->message)));
    } else
        reader_worker_send(worker, json_pack("{s:I, s:o}", "match", n, "ids", lists));
}
