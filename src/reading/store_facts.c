/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts of the store. notmuch joins files with one Message-ID, and anybody can mail us a copy that
 * carries ours: so a match counts only with a file under the sent folders, the recipient among its
 * addressees, and dates that fit (doc/TRACING). */
#include "reading/store_facts.h"

#include <string.h>

#include "analysis/sent_copy.h"
#include "base/address.h"
#include "reading/asker.h"
#include "store/store.h"

enum {
    ASK_MAX = 20 /* recipients and references that are looked up for one message */
};

struct Facts {
    const Config *config;
    Store *store;
    bool tried;
    Asker *asker; /* reads what we sent: whoever can write there may be no friend; NULL: not yet */
    Tri kept;     /* a sent folder holds something; not looked at yet: unknown */
    GHashTable *known; /* address -> is known, as pointer + 1: a campaign asks the same again */
};

Facts *facts_new(const Config *config)
{
    Facts *facts = g_new0(Facts, 1);
    facts->config = config;
    facts->kept = TRI_UNKNOWN;
    facts->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return facts;
}

void facts_free(Facts *facts)
{
    if (!facts)
        return;
    store_close(facts->store, NULL);
    asker_free(facts->asker);
    g_hash_table_unref(facts->known);
    g_free(facts);
}

/* The header fields of @file, by a confined process; NULL: not read. The caller unrefs them. */
static GPtrArray *facts_headers(Facts *facts, const char *file)
{
    if (!facts->asker)
        facts->asker = asker_new(facts->config, NULL);
    return facts->asker ? asker_headers(facts->asker, file) : NULL;
}

static Store *facts_store(Facts *facts)
{
    if (!facts->tried)
        facts->store = store_open(facts->config->notmuch_config, false, NULL, NULL, NULL);
    facts->tried = true;
    return facts->store;
}

/* --- the question ----------------------------------------------------------------------------- */

typedef struct Question {
    char *id;              /* of the message that came back, or NULL */
    gint64 date;           /* it bears */
    gint64 when;           /* the bounce was written */
    const char *subject;   /* of the message that came back, or NULL */
    GPtrArray *recipients; /* of char *, borrowed */
    GPtrArray *addressees; /* of char *, borrowed: whom it names itself */
    GPtrArray *references; /* of char * */
} Question;

static void address_ask(GPtrArray *list, const char *address)
{
    if (address && list->len < ASK_MAX)
        g_ptr_array_add(list, (char *)(gsize)address);
}

static void question_make(Question *question, const Reading *reading)
{
    const Bounce *bounce = reading->bounce;
    question->id = reading_answered_id(reading);
    question->date = bounce->returned.date;
    question->when = bounce->arrival_date != TIME_NONE ? bounce->arrival_date : reading->date;
    question->subject = bounce->returned.subject;
    question->recipients = g_ptr_array_new();
    question->addressees = g_ptr_array_new();
    for (guint i = 0; bounce->returned.to && i < bounce->returned.to->len; i++)
        address_ask(question->addressees, bounce->returned.to->pdata[i]);
    for (guint i = 0; i < bounce->recipients->len; i++) {
        const Recipient *r = bounce->recipients->pdata[i];
        address_ask(question->recipients, r->final);
        address_ask(question->recipients, r->original);
    }
    /* who answers by a machine is whom the message went to */
    if (!bounce_kind_is_bounce(bounce->kind))
        address_ask(question->recipients, bounce->from);
    question->references = reading_references(reading);
}

static void question_clear(Question *question)
{
    g_free(question->id);
    g_ptr_array_unref(question->recipients);
    g_ptr_array_unref(question->addressees);
    g_ptr_array_unref(question->references);
}

/* --- the answer ------------------------------------------------------------------------------- */

static bool path_under(const char *file, const char *root, const char *folder)
{
    gsize n = strlen(root);
    if (strncmp(file, root, n) != 0 || file[n] != '/')
        return false;
    const char *rest = file + n + 1;
    if (*rest == '.' && *folder != '.')
        rest++;
    gsize k = strlen(folder);
    return strncmp(rest, folder, k) == 0 && (rest[k] == '/' || rest[k] == '.');
}

bool facts_file_under(const char *file, const char *root, const char *real_root,
                      const char *const *folders)
{
    for (gsize i = 0; folders && folders[i]; i++)
        if (path_under(file, root, folders[i]) || path_under(file, real_root, folders[i]))
            return true;
    return false;
}

/* The one of the sent folders in which @file lies. */
static const char *folder_of(const Facts *facts, const char *file)
{
    const Store *store = facts->store;
    for (char **folder = facts->config->sent_folders; *folder; folder++)
        if (path_under(file, store_mail_root(store), *folder) ||
            path_under(file, store_real_root(store), *folder))
            return *folder;
    return "your sent mail";
}

/* Sets sent_here of @answer: no where the store has no such sent message; unknown where there is
 * one that does not fit in every way, which may be a forged copy of its id or a forwarded mailbox.
 */
static void answer_sent(Facts *facts, const Question *question, StoreFacts *answer)
{
    const char *id = question->id;
    if (!id || !*id)
        return;
    Store *store = facts->store;
    g_auto(GStrv) files = store_files_of(store, id);
    const SentWanted wanted = {question->date, question->when, question->subject,
                               question->recipients};
    bool any = false, found = false;
    for (char **file = files; file && *file && !found; file++) {
        if (!facts_file_under(*file, store_mail_root(store), store_real_root(store),
                              (const char *const *)facts->config->sent_folders))
            continue;
        any = true;
        g_autoptr(GPtrArray) headers = facts_headers(facts, *file);
        if (!headers)
            continue;
        g_autoptr(Reading) reading = asker_reading(facts->asker, *file, 0, NULL);
        const SentCopy copy = {folder_of(facts, *file), reading ? reading->subject : NULL, headers};
        found = sent_copy_answer(&copy, &wanted, answer);
    }
    if (!found)
        answer->sent_here = any ? TRI_UNKNOWN : TRI_NO;
}

static void answer_references(Facts *facts, const Question *question, StoreFacts *answer)
{
    bool known = false;
    for (guint i = 0; i < question->references->len && i < ASK_MAX && !known; i++) {
        const char *id = question->references->pdata[i];
        known = *id && store_has_id(facts->store, id);
    }
    if (question->references->len)
        answer->replies_to_known = known ? TRI_YES : TRI_NO;
}

/* An address that can stand in a query as it is. */
static bool address_is_plain(const char *address)
{
    for (const char *p = address; *p; p++)
        if (!g_ascii_isalnum(*p) && !strchr("@.-_+=", *p))
            return false;
    return strchr(address, '@') != NULL;
}

char *facts_sent_query(const Config *config)
{
    GString *query = g_string_new(NULL);
    for (char **folder = config->sent_folders; folder && *folder; folder++) {
        if (strchr(*folder, '"'))
            continue;
        g_string_append_printf(query, "%spath:\"%s/**\" or path:\".%s/**\"",
                               query->len ? " or " : "", *folder, *folder);
    }
    return g_string_free(query, FALSE);
}

static bool sent_is_kept(Facts *facts)
{
    g_autofree char *query = facts_sent_query(facts->config);
    if (facts->kept == TRI_UNKNOWN)
        facts->kept = *query && store_count(facts->store, query) > 0 ? TRI_YES : TRI_NO;
    return facts->kept == TRI_YES;
}

/* Mail that we sent went to @address. */
static bool is_correspondent(Facts *facts, const char *address)
{
    gpointer found = g_hash_table_lookup(facts->known, address);
    if (found)
        return GPOINTER_TO_INT(found) == 2;
    g_autofree char *sent = sent_is_kept(facts) ? facts_sent_query(facts->config) : NULL;
    g_autofree char *query = g_strdup_printf("to:\"%s\" and (%s)", address, sent ? sent : "");
    bool known = sent && store_count(facts->store, query) > 0;
    g_hash_table_insert(facts->known, g_strdup(address), GINT_TO_POINTER(known ? 2 : 1));
    return known;
}

/* The first of @addresses that mail of ours went to; NULL: none. Borrowed. @asked is set where one
 * could be asked about. */
static const char *correspondent_among(Facts *facts, const GPtrArray *addresses, bool *asked)
{
    for (guint i = 0; i < addresses->len; i++) {
        g_autofree char *address = address_unwrap(addresses->pdata[i], NULL);
        if (!address || !address_is_plain(address))
            continue;
        *asked = true;
        if (is_correspondent(facts, address))
            return addresses->pdata[i];
    }
    return NULL;
}

/* Whom it did not reach, or, where he is nobody we know, whom it was addressed to: who got it may
 * have sent it on. */
static void answer_correspondent(Facts *facts, const Question *question, StoreFacts *answer)
{
    bool asked = false;
    const char *known = correspondent_among(facts, question->recipients, &asked);
    if (!known) {
        known = correspondent_among(facts, question->addressees, &asked);
        answer->known_addressee = g_strdup(known);
    }
    if (asked)
        answer->known_correspondent = known ? TRI_YES : TRI_NO;
}

StoreFacts *facts_ask(Facts *facts, const Reading *reading)
{
    if (reading->bounce->kind == KIND_NONE || !facts_store(facts))
        return NULL;
    StoreFacts *answer = g_new0(StoreFacts, 1);
    Question question;
    *answer = (StoreFacts){.asked = true,
                           .sent_kept = sent_is_kept(facts),
                           .sent_here = TRI_UNKNOWN,
                           .replies_to_known = TRI_UNKNOWN,
                           .known_correspondent = TRI_UNKNOWN};
    question_make(&question, reading);
    answer_sent(facts, &question, answer);
    answer_references(facts, &question, answer);
    answer_correspondent(facts, &question, answer);
    question_clear(&question);
    return answer;
}

void store_facts_free(StoreFacts *facts)
{
    if (!facts)
        return;
    g_free(facts->sent_text);
    g_free(facts->sent_to);
    g_free(facts->sent_misfit);
    g_free(facts->known_addressee);
    g_free(facts);
}
