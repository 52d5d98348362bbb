/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader: what the query gives is opened and handed to the parsers, in order; what comes back
 * is told in the same order. */
#include "reading/reader.h"
#include "reading/query_store.h"

#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "maildir/mailfile.h"
#include "reading/handle_find.h"
#include "reading/reader_private.h"
#include "store/store_newest.h"

/* Descriptors that are open at the parsers; where few rows are wanted, of what is on its way most
 * is read for nothing, and a second parser costs more than it reads. Files of one id that are read.
 */
enum { PENDING_MAX = 64, PENDING_FEW = 16, FEW_MOST = 200, FILES_MAX = 16 };

/* The first screens are on their way when so many were given: then there is time to count. */
enum { COUNTED_AT = 200 };

/* --- opening ---------------------------------------------------------------------------------- */

int reader_open(Reader *reader, const char *file, char **found, GError **error)
{
    g_autoptr(GError) why = NULL;
    int fd = mailfile_open(file, &why);
    if (reader->dirs && g_error_matches(why, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)) {
        g_autofree char *other = maildir_find(reader->dirs, file, NULL);
        fd = other ? mailfile_open(other, NULL) : -1;
        if (fd >= 0 && found)
            *found = g_steal_pointer(&other);
    }
    if (fd < 0)
        g_propagate_error(error, g_steal_pointer(&why));
    return fd;
}

void reader_tell(Reader *reader, const char *file, const char *why)
{
    if (!reader->options.problem)
        return;
    g_autofree char *text = g_strdup_printf("%s: %s", file, why);
    reader->options.problem(text, reader->options.data);
}

static void reader_unconfined(const char *word, gpointer data)
{
    Reader *reader = data;
    if (reader->options.unconfined)
        reader->options.unconfined(word, reader->options.data);
}

/* --- handing on ------------------------------------------------------------------------------- */

static void reader_between(Reader *reader)
{
    if (reader->options.between && !reader->options.between(reader->options.data))
        reader->stopped = true;
}

static bool wants_few(const ReaderOptions *options)
{
    return options->few > 0 && options->few <= FEW_MOST;
}

/* Takes over @candidate and @fd. */
static void reader_submit(Reader *reader, Candidate *candidate, int fd)
{
    const guint most = wants_few(&reader->options) ? PENDING_FEW : PENDING_MAX;
    pool_submit(reader->pool, parser_request(candidate->wish), fd, false, candidate);
    pool_run(reader->pool, 0);
    while (pool_pending(reader->pool) >= most && !reader->stopped) {
        pool_run(reader->pool, 100);
        reader_between(reader);
    }
}

/* What was read of the file before, where it is still the same, takes its place in the order. */
static bool reader_known(Reader *reader, Candidate *candidate)
{
    Shelf *shelf = reader->options.shelf;
    if (!shelf || !shelf_key(candidate->file, candidate->wish, &candidate->key))
        return false;
    Span answer = shelf_find(shelf, &candidate->key);
    candidate->keep = !answer.p;
    if (!answer.p)
        return false;
    pool_submit_known(reader->pool, answer, candidate);
    pool_run(reader->pool, 0);
    return true;
}

void reader_hand_on(Reader *reader, Candidate *candidate, bool may_vanish)
{
    g_autoptr(GError) error = NULL;
    char *found = NULL;
    if (reader_known(reader, candidate))
        return;
    int fd = reader_open(reader, candidate->file, &found, &error);
    if (found) {
        g_free(candidate->file);
        candidate->file = found;
    }
    if (fd >= 0) {
        reader_submit(reader, candidate, fd);
        return;
    }
    if (!candidate->silent &&
        (!may_vanish || !g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)))
        reader_tell(reader, candidate->file, error->message);
    reader->done++;
    candidate_free(candidate);
}

static Candidate *candidate_of(const Reader *reader, const StoreMessage *message, const char *file)
{
    Candidate *candidate = candidate_new(message->id, file);
    g_free(candidate->tags);
    candidate->tags = g_strjoinv(" ", message->tags);
    candidate->files = message->file_count;
    candidate->timestamp = message->date;
    candidate->word = g_strdup(message->word);
    candidate->finding =
        reader->options.findings || reader->candidates < reader->options.first_findings;
    candidate->wish.any = reader->options.any;
    /* which file it is matters where there are several, or the reviewer has spoken of one */
    if (message->file_count > 1 || message->word)
        candidate->wish.more = READING_HASH;
    return candidate;
}

/* @file was thrown away or put into quarantine, or is a draft of ours. */
static bool file_is_away(const Reader *reader, const char *file)
{
    const char *root = store_mail_root(reader->store);
    return !reader->options.all_folders &&
           ((!reader->trash_too && maildir_in_folder(root, file, reader->config->actions.trash)) ||
            (!reader->quarantine_too &&
             maildir_in_folder(root, file, reader->config->actions.quarantine)) ||
            maildir_in_folder(root, file, reader->config->complain.drafts));
}

static void reader_set_total(Reader *reader)
{
    g_autofree char *asked = query_for_store(reader->query);
    g_autofree char *wide = reader_wide_query(asked);
    reader->total = reader->options.excluded_too ? store_count(reader->store, wide)
                                                 : store_count_given(reader->store, wide);
}

static bool reader_message(const StoreMessage *message, gpointer data)
{
    Reader *reader = data;
    guint taken = 0;
    if (reader->options.staged && reader->query && !reader->total &&
        reader->candidates >= COUNTED_AT)
        reader_set_total(reader);
    g_hash_table_add(reader->given, g_strdup(message->id));
    for (guint i = 0; i < message->file_count && taken < FILES_MAX; i++) {
        bool away = file_is_away(reader, message->files[i]);
        if (away && !reader->options.keep && !reader->holding)
            continue;
        taken += !away;
        Candidate *candidate = candidate_of(reader, message, message->files[i]);
        candidate->silent = away;
        reader_hand_on(reader, candidate, true);
    }
    if (taken)
        reader->candidates++;
    reader_between(reader);
    return !reader->stopped;
}

void reader_finish(Reader *reader)
{
    while (!reader->stopped && pool_run(reader->pool, 100))
        reader_between(reader);
    if (reader->stopped) {
        /* what is on its way is waited for and dropped */
        pool_cancel(reader->pool);
        while (pool_run(reader->pool, 100))
            ;
    }
}

/* What was learnt of folders is old after a while. */
static void reader_forget_folders(Reader *reader)
{
    maildirs_free(reader->dirs);
    reader->dirs = maildirs_new(store_mail_root(reader->store), store_real_root(reader->store));
}

static bool enough(const StoreMessage *message, gpointer data)
{
    (void)message;
    (void)data;
    return false;
}

/* What is asked holds more than what the user wrote: the error shows only the latter, and why it
 * alone fails, where it does. */
static void query_explain(Reader *reader, const char *query, GError **error)
{
    g_autoptr(GError) own = NULL;
    if (!error || !*error || !g_error_matches(*error, STORE_ERROR, STORE_ERROR_FAILED))
        return;
    bool configured = g_strcmp0(query, reader->config->review.query) == 0;
    store_query(reader->store, query, false, enough, NULL, &own);
    const char *why = own ? strstr(own->message, "\": ") : NULL;
    const char *last = why ? strstr(why, "parsing query: ") : NULL;
    g_autofree char *text = g_strdup_printf(
        "query \"%s\"%s: %s", query, configured ? " (the key query in [review])" : "",
        last  ? last + strlen("parsing query: ")
        : why ? why + 3
              : "it cannot be read; look at its brackets, and at words such as and, or, not");
    g_clear_error(error);
    g_set_error_literal(error, STORE_ERROR, STORE_ERROR_FAILED, text);
}

/* What lies in @folder is left out, except where the query asks for it by name. */
static bool asks_for_folder(const Query *query, const char *folder, const char *tag)
{
    return query_asks_for(query, "folder:", folder) || query_asks_for(query, "path:", folder) ||
           query_asks_for(query, "tag:", tag) || query_asks_for(query, "is:", tag);
}

bool reader_prepare(Reader *reader, const char *text, GError **error)
{
    const Config *config = reader->config;
    g_clear_pointer(&reader->query, query_free);
    g_clear_pointer(&reader->query_facts, query_facts_free);
    reader->query = query_parse(text, store_prefixes(reader->store), error);
    if (!reader->query)
        return false;
    g_autofree char *among = reader_wide_query("*");
    if (!handle_find(reader->query, reader->store, among, error))
        return false;
    reader->query_facts = query_facts_new(reader->query, reader->store, error);
    if (!reader->query_facts)
        return false;
    reader->trash_too = asks_for_folder(reader->query, config->actions.trash, config->tags.deleted);
    reader->quarantine_too =
        asks_for_folder(reader->query, config->actions.quarantine, config->tags.quarantined);
    return true;
}

static bool reader_ask(Reader *reader, const char *query, GError **error)
{
    return store_query(reader->store, query, !reader->options.excluded_too, reader_message, reader,
                       error);
}

/* The wide query is dear: it is asked of the newest messages of @asked alone, of more where rows
 * are missing, and at last of all. Each time what comes is older than what came before. */
static bool reader_ask_newest(Reader *reader, const char *asked, GError **error)
{
    enum { LEAST = 64, GROWTH = 8, MOST = 8192 };
    g_autofree char *wide = reader_wide_query(asked), *before = NULL;
    bool good = true, all = false;
    StoreNewest looked = {0};
    for (guint count = MAX(2 * reader->options.few, LEAST); good && !all && !reader->stopped;
         count *= GROWTH) {
        char *newest = count <= MOST ? store_newest(reader->store, asked,
                                                    !reader->options.excluded_too, count, &looked)
                                     : NULL;
        g_autofree char *part = store_newest_join(wide, newest, before);
        good = reader_ask(reader, part, error);
        all = !newest;
        g_free(before);
        before = newest;
    }
    return good;
}

bool reader_query(Reader *reader, const char *query, GError **error)
{
    if (!reader_prepare(reader, query, error))
        return false;
    reader_forget_folders(reader);
    reader->revision = store_revision(reader->store, NULL);
    g_autofree char *asked = query_for_store(reader->query);
    bool good;
    if (reader->options.staged && !reader->options.any) {
        g_autofree char *sure = reader_sure_query(asked), *rest = reader_rest_query(asked);
        g_autofree char *older = NULL, *recent = store_newest_month(sure, &older);
        good = reader_ask(reader, recent, error);
        reader_finish(reader); /* told before the store is busy with the next */
        good = good && (reader->stopped || reader_ask(reader, older, error)) &&
               (reader->stopped || reader_ask(reader, rest, error));
    } else if (reader->options.few && !reader->options.any) {
        good = reader_ask_newest(reader, asked, error);
    } else {
        g_autofree char *wide = reader->options.any ? g_strdup(asked) : reader_wide_query(asked);
        good = reader_ask(reader, wide, error);
    }
    reader_finish(reader);
    if (!good)
        query_explain(reader, query, error);
    return good;
}

char *reader_store_query(const Reader *reader, const char *query, GError **error)
{
    g_autoptr(Query) parsed = query_parse(query, store_prefixes(reader->store), error);
    return parsed ? query_for_store(parsed) : NULL;
}

guint reader_left_out(Reader *reader)
{
    g_autofree char *asked = reader->query ? query_for_store(reader->query) : NULL;
    g_autofree char *wide = asked ? reader_wide_query(asked) : NULL;
    return wide ? store_count_excluded(reader->store, wide) : 0;
}

/* Fills in what the store knows of the message that has @candidate's file. */
static void candidate_look_up(Reader *reader, Candidate *candidate)
{
    g_autofree char *path = g_canonicalize_filename(candidate->file, NULL);
    if (!candidate->id)
        candidate->id = store_id_of_file(reader->store, path);
    if (!candidate->id)
        return;
    g_auto(GStrv) files = store_files_of(reader->store, candidate->id);
    g_auto(GStrv) tags = store_tags_of(reader->store, candidate->id);
    candidate->files = files ? g_strv_length(files) : 1;
    if (tags) {
        g_free(candidate->tags);
        candidate->tags = g_strjoinv(" ", tags);
    }
    candidate->word = store_property_of(reader->store, candidate->id, STORE_WORD);
    candidate->timestamp = store_date_of(reader->store, candidate->id);
}

void reader_file(Reader *reader, const char *file, const char *id)
{
    Candidate *candidate = candidate_new(id, file);
    candidate->finding = reader->options.findings;
    candidate->wish.any = reader->options.any;
    candidate->alone = true;
    if (reader->store)
        candidate_look_up(reader, candidate);
    if (candidate->word)
        candidate->wish.more = READING_HASH;
    reader->candidates++;
    reader_hand_on(reader, candidate, false);
}

void reader_stream(Reader *reader, const char *name, int fd)
{
    Candidate *candidate = candidate_new(NULL, name);
    candidate->finding = reader->options.findings;
    candidate->wish.any = reader->options.any;
    candidate->alone = true;
    reader->candidates++;
    reader_submit(reader, candidate, fd);
}

char *reader_text(Reader *reader, const char *file, TextWanted what)
{
    static const ParserWant wants[TEXT_COUNT] = {[TEXT_NONE] = WANT_TEXT,
                                                 [TEXT_RAW] = WANT_SOURCE,
                                                 [TEXT_PARTS] = WANT_TEXT,
                                                 [TEXT_RETURNED] = WANT_RETURNED};
    Candidate *candidate = candidate_new(NULL, file);
    candidate->wish.what = wants[what];
    reader_hand_on(reader, candidate, false);
    reader_finish(reader);
    return g_steal_pointer(&reader->text);
}

char *reader_place_now(Reader *reader, const char *id, const char *file)
{
    g_auto(GStrv) files = store_files_of(reader->store, id);
    g_autofree char *unique = maildir_unique(file);
    for (char **one = files; one && *one; one++)
        if (strcmp(*one, file) == 0)
            return file_is_away(reader, file) ? NULL : g_strdup(file);
    /* flags changed, or it went from new/ to cur/, or was put back under a like name */
    for (char **one = files; one && *one; one++) {
        g_autofree char *other = maildir_unique(*one);
        if (strcmp(unique, other) == 0 && !file_is_away(reader, *one))
            return g_strdup(*one);
    }
    return NULL;
}

bool reader_gave(const Reader *reader, const char *id)
{
    return g_hash_table_contains(reader->given, id);
}

typedef struct News {
    const Reader *reader;
    bool any;
} News;

static bool news_message(const StoreMessage *message, gpointer data)
{
    News *news = data;
    news->any = !g_hash_table_contains(news->reader->given, message->id);
    return !news->any;
}

bool reader_has_news(const Reader *reader, Store *store, const char *query, guint64 revision)
{
    g_autofree char *asked = reader_store_query(reader, query, NULL);
    g_autofree char *recent = asked ? reader_recent_query(asked, revision) : NULL;
    News news = {.reader = reader};
    if (recent)
        store_query(store, recent, !reader->options.excluded_too, news_message, &news, NULL);
    return news.any;
}

/* --- the object ------------------------------------------------------------------------------- */

static Reader *reader_make(const Config *config, const ReaderOptions *options, bool need_store,
                           GError **error)
{
    g_autoptr(Reader) reader = g_new0(Reader, 1);
    reader->options = *options;
    reader->given = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    reader->last = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    reader->book = g_ptr_array_new_with_free_func((GDestroyNotify)candidate_free);
    reader->others = g_ptr_array_new_with_free_func((GDestroyNotify)candidate_free);
    const PoolOptions pool = {.jobs = wants_few(options) ? 1 : 0,
                              .lazy = options->shelf && !options->staged,
                              .done = reader_parsed,
                              .unconfined = reader_unconfined,
                              .item_free = (GDestroyNotify)candidate_free,
                              .data = reader};
    /* the first parser starts while the database is opened */
    reader->pool = pool_new(&pool, error);
    if (!reader->pool)
        return NULL;
    reader->store =
        store_open(config->notmuch_config, false, NULL, NULL, need_store ? error : NULL);
    if (!reader->store && need_store)
        return NULL;
    reader->config =
        config_with_addresses(config, reader->store ? store_addresses(reader->store) : NULL);
    if (reader->store) {
        reader_forget_folders(reader);
        reader->campaigns = campaigns_read(reader->config->state_dir, reader->config->identity);
    }
    if (options->counting && !reader->campaigns)
        reader->campaigns = campaigns_new(reader->config->identity);
    reader->facts = facts_new(reader->config);
    pool_greet(reader->pool, parser_hello(reader->config));
    return g_steal_pointer(&reader);
}

Reader *reader_new(const Config *config, const ReaderOptions *options, GError **error)
{
    return reader_make(config, options, true, error);
}

Reader *reader_new_for_files(const Config *config, const ReaderOptions *options, GError **error)
{
    return reader_make(config, options, false, error);
}

void reader_free(Reader *reader)
{
    if (!reader)
        return;
    pool_free(reader->pool);
    facts_free(reader->facts);
    campaigns_free(reader->campaigns);
    maildirs_free(reader->dirs);
    store_close(reader->store, NULL);
    config_unref(reader->config);
    g_free(reader->last_id);
    g_free(reader->text);
    g_hash_table_unref(reader->given);
    g_hash_table_unref(reader->last);
    shelf_free(reader->own_shelf);
    g_ptr_array_unref(reader->book);
    g_ptr_array_unref(reader->others);
    query_free(reader->query);
    query_facts_free(reader->query_facts);
    g_free(reader);
}

Store *reader_store(Reader *reader)
{
    return reader->store;
}

const Config *reader_config(const Reader *reader)
{
    return reader->config;
}

Campaigns *reader_campaigns(Reader *reader)
{
    return reader->campaigns;
}

bool reader_was_stopped(const Reader *reader)
{
    return reader->stopped;
}

guint reader_candidates(const Reader *reader)
{
    return reader->candidates;
}

guint reader_total(const Reader *reader)
{
    return reader->total;
}

guint reader_done(const Reader *reader)
{
    return reader->done;
}
