/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See promises.h. */
#include "reading/promises.h"

#include <string.h>

#include "analysis/signer.h"
#include "base/address.h"
#include "message/message.h"
#include "reading/asker.h"
#include "reading/store_facts.h"
#include "store/store.h"

/* Messages that are looked at, newest first. */
enum { KEPT_MOST = 500, RECEIVED_MOST = 500, FILES_MOST = 4, ADDRESSES_MOST = 50 };

typedef struct Counting {
    const Config *config;
    Store *store;
    Asker *asker;
    bool (*between)(gpointer data);
    gpointer data;
    bool stopped;
    guint left;
    GHashTable *domains;       /* of the Message-IDs of what is kept */
    GHashTable *copies, *back; /* signer -> messages: in copies, in what came back */
    guint copies_signed;
    guint came_back, back_signed;
    Promises *promises;
} Counting;

static bool go_on(Counting *counting)
{
    counting->stopped = counting->between && !counting->between(counting->data);
    return !counting->stopped && --counting->left > 0;
}

static bool is_kept(const Counting *counting, const char *file)
{
    return facts_file_under(file, store_mail_root(counting->store),
                            store_real_root(counting->store),
                            (const char *const *)counting->config->sent_folders);
}

/* --- signatures ------------------------------------------------------------------------------- */

/* Counts those of @headers in the name of a domain of ours; whether there is one. */
static bool count_signers(const Counting *counting, const GPtrArray *headers, GHashTable *counts)
{
    g_autoptr(GPtrArray) names = signers_of(headers);
    bool any = false;
    for (guint i = 0; i < names->len; i++) {
        char *name = names->pdata[i];
        if (!identity_owns_host(counting->config->identity, strchr(name, ':') + 1))
            continue;
        guint had = GPOINTER_TO_UINT(g_hash_table_lookup(counts, name));
        g_hash_table_replace(counts, g_strdup(name), GUINT_TO_POINTER(had + 1));
        any = true;
    }
    return any;
}

static void note_domain(Counting *counting, const char *id)
{
    const char *at = strrchr(id, '@');
    if (at)
        g_hash_table_add(counting->domains, g_ascii_strdown(at + 1, -1));
}

/* A copy as it was kept has no Received line; one that came back has. */
static bool kept_message(const StoreMessage *message, gpointer data)
{
    Counting *counting = data;
    bool kept = false, copy_signed = false, back = false, back_signed = false;
    for (guint i = 0; i < MIN(message->file_count, FILES_MOST); i++) {
        g_autoptr(GPtrArray) headers = asker_headers(counting->asker, message->files[i]);
        if (!headers)
            continue;
        if (is_kept(counting, message->files[i])) {
            kept = true;
            copy_signed = copy_signed || count_signers(counting, headers, counting->copies);
        } else if (headers_get(headers, "Received")) {
            back = true;
            back_signed = back_signed || count_signers(counting, headers, counting->back);
        }
    }
    counting->promises->kept += kept;
    counting->copies_signed += copy_signed;
    counting->came_back += back;
    counting->back_signed += back_signed;
    note_domain(counting, message->id);
    return go_on(counting);
}

static void take_signer(Promises *promises, GHashTable *counts)
{
    GHashTableIter iter;
    gpointer key, value;
    const char *most = NULL;
    g_hash_table_iter_init(&iter, counts);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        guint count = GPOINTER_TO_UINT(value);
        if (most && (count < promises->by_signer ||
                     (count == promises->by_signer && strcmp(key, most) > 0)))
            continue;
        most = key;
        promises->by_signer = count;
    }
    promises->signer = most ? signer_place(most) : NULL;
}

static void take_signatures(Counting *counting)
{
    Promises *promises = counting->promises;
    promises->copies_signed = counting->copies_signed > 0;
    promises->seen = promises->copies_signed ? promises->kept : counting->came_back;
    promises->with_our_key =
        promises->copies_signed ? counting->copies_signed : counting->back_signed;
    take_signer(promises, promises->copies_signed ? counting->copies : counting->back);
}

/* --- what was answered ------------------------------------------------------------------------ */

static bool is_from_machine(const GPtrArray *headers)
{
    const char *automatic = headers_get(headers, "Auto-Submitted");
    return headers_get(headers, "List-Id") || headers_get(headers, "Precedence") ||
           (automatic && g_ascii_strncasecmp(automatic, "no", 2) != 0);
}

/* The id that @headers answer where it is one of ours by its domain; NULL: none. The caller frees
 * it. */
static char *answered_id(const Counting *counting, const GPtrArray *headers)
{
    const char *value = headers_get(headers, "In-Reply-To");
    const char *open = value ? strchr(value, '<') : NULL;
    const char *close = open ? strchr(open, '>') : NULL;
    if (!close || close - open > 500)
        return NULL;
    g_autofree char *id = g_strndup(open + 1, (gsize)(close - open - 1));
    const char *at = strrchr(id, '@');
    g_autofree char *domain = at ? g_ascii_strdown(at + 1, -1) : NULL;
    bool ours = domain && (g_hash_table_contains(counting->domains, domain) ||
                           identity_owns_host(counting->config->identity, domain));
    return ours ? g_steal_pointer(&id) : NULL;
}

static bool received_message(const StoreMessage *message, gpointer data)
{
    Counting *counting = data;
    g_autoptr(GPtrArray) headers = asker_headers(counting->asker, message->files[0]);
    if (!headers || is_from_machine(headers))
        return go_on(counting);
    g_autofree char *id = answered_id(counting, headers);
    if (!id)
        return go_on(counting);
    g_auto(GStrv) files = store_files_of(counting->store, id);
    bool kept = false;
    for (char **file = files; file && *file && !kept; file++)
        kept = is_kept(counting, *file);
    counting->promises->answered++;
    counting->promises->answered_kept += kept;
    return go_on(counting);
}

/* What came to us from others. */
static char *received_query(const Counting *counting)
{
    g_autoptr(GString) to = g_string_new(NULL), from = g_string_new(NULL);
    const GPtrArray *own = counting->config->identity->addresses;
    for (guint i = 0; i < own->len && i < ADDRESSES_MOST; i++) {
        const char *address = own->pdata[i];
        if (strpbrk(address, "\"() "))
            continue;
        g_string_append_printf(to, "%sto:\"%s\"", to->len ? " or " : "", address);
        g_string_append_printf(from, "%sfrom:\"%s\"", from->len ? " or " : "", address);
    }
    return to->len ? g_strdup_printf("(%s) and not (%s)", to->str, from->str) : g_strdup("");
}

/* --- all -------------------------------------------------------------------------------------- */

static bool count_all(Counting *counting)
{
    g_autofree char *sent = facts_sent_query(counting->config);
    g_autofree char *received = received_query(counting);
    counting->left = KEPT_MOST;
    if (*sent && !store_query(counting->store, sent, false, kept_message, counting, NULL))
        return false;
    take_signatures(counting);
    counting->left = RECEIVED_MOST;
    if (*received && !counting->stopped &&
        !store_query(counting->store, received, false, received_message, counting, NULL))
        return false;
    return !counting->stopped;
}

static GHashTable *counts_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

Promises *promises_count(const Config *config, bool (*between)(gpointer data), gpointer data)
{
    g_autoptr(Store) store = store_open(config->notmuch_config, false, NULL, NULL, NULL);
    g_autoptr(Asker) asker = store ? asker_new(config, NULL) : NULL;
    if (!asker)
        return NULL;
    g_autoptr(Config) whole = config_with_addresses(config, store_addresses(store));
    g_autoptr(GHashTable) domains = counts_new();
    g_autoptr(GHashTable) copies = counts_new();
    g_autoptr(GHashTable) back = counts_new();
    g_autoptr(Promises) promises = g_new0(Promises, 1);
    Counting counting = {.config = whole,
                         .store = store,
                         .asker = asker,
                         .between = between,
                         .data = data,
                         .domains = domains,
                         .copies = copies,
                         .back = back,
                         .promises = promises};
    return count_all(&counting) ? g_steal_pointer(&promises) : NULL;
}

void promises_free(Promises *promises)
{
    if (!promises)
        return;
    g_free(promises->signer);
    g_free(promises);
}

static bool is_promise(const char *question, QuestionKind *kind)
{
    const char *subject;
    return question_parse(question, kind, &subject) &&
           (*kind == QUESTION_SENT_COMPLETE || *kind == QUESTION_SIGNS_ALL);
}

static const char *plural(guint count)
{
    return count == 1 ? "" : "s";
}

static char *signed_text(const Promises *promises)
{
    const char *where =
        promises->copies_signed ? "in Sent" : "in Sent that came back to you by a list or a copy";
    if (!promises->kept)
        return g_strdup("There is no sent mail to look at.");
    if (!promises->seen)
        return g_strdup_printf("Of %u message%s in Sent none is signed, and no copy came back to "
                               "you by a list: your server may sign later, when it sends.",
                               promises->kept, plural(promises->kept));
    if (!promises->signer)
        return g_strdup_printf("Of %u message%s %s, none is signed in your name.", promises->seen,
                               plural(promises->seen), where);
    return g_strdup_printf("Of %u message%s %s, %u %s signed by %s%s.", promises->seen,
                           plural(promises->seen), where, promises->by_signer,
                           promises->by_signer == 1 ? "is" : "are", promises->signer,
                           promises->with_our_key > promises->by_signer ? ", others by other keys "
                                                                          "of yours"
                                                                        : "");
}

static char *kept_text(const Promises *promises)
{
    if (!promises->answered)
        return g_strdup_printf("In Sent are %u message%s; nobody answered one of yours, which "
                               "would show whether it is there.",
                               promises->kept, plural(promises->kept));
    return g_strdup_printf("Of %u message%s of yours that somebody answered, %u %s in Sent.",
                           promises->answered, plural(promises->answered), promises->answered_kept,
                           promises->answered_kept == 1 ? "is" : "are");
}

char *promises_text(const Promises *promises, const char *question)
{
    QuestionKind kind;
    if (!promises || !is_promise(question, &kind))
        return NULL;
    return kind == QUESTION_SIGNS_ALL ? signed_text(promises) : kept_text(promises);
}

bool promises_are_asked(const char *questions)
{
    for (const char *p = questions; p && *p;) {
        gsize n = strcspn(p, " ");
        g_autofree char *id = g_strndup(p, n);
        QuestionKind kind;
        if (is_promise(id, &kind))
            return true;
        p += n + (p[n] == ' ');
    }
    return false;
}

char *promises_key(const Config *config)
{
    GString *key = g_string_new(NULL);
    const GPtrArray *const lists[] = {config->identity->addresses, config->identity->domains};
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        for (guint k = 0; k < lists[i]->len; k++)
            g_string_append_printf(key, "%s\n", (char *)lists[i]->pdata[k]);
    for (char **folder = config->sent_folders; folder && *folder; folder++)
        g_string_append_printf(key, "/%s\n", *folder);
    return g_string_free(key, FALSE);
}
