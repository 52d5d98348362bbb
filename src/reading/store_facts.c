/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts of the store. notmuch joins files with one Message-ID, and anybody can mail us a copy that
 * carries ours: so a match counts only with a file under the sent folders, the recipient among its
 * addressees, and dates that fit (doc/TRACING). */
#include "reading/store_facts.h"

#include <string.h>

#include "base/address.h"
#include "reading/asker.h"
#include "store/store.h"

enum {
    DAY = 86400,
    BOUNCE_MAX = 30 * DAY, /* a server gives up within days; a held-up mailbox later */
    ASK_MAX = 20           /* recipients and references that are looked up for one message */
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
    GPtrArray *recipients; /* of char *, borrowed */
    GPtrArray *references; /* of char * */
} Question;

static void recipient_ask(Question *question, const char *address)
{
    if (address && question->recipients->len < ASK_MAX)
        g_ptr_array_add(question->recipients, (char *)(gsize)address);
}

static void question_make(Question *question, const Reading *reading)
{
    const Bounce *bounce = reading->bounce;
    question->id = reading_answered_id(reading);
    question->date = bounce->returned.date;
    question->when = bounce->arrival_date != TIME_NONE ? bounce->arrival_date : reading->date;
    question->recipients = g_ptr_array_new();
    for (guint i = 0; i < bounce->recipients->len; i++) {
        const Recipient *r = bounce->recipients->pdata[i];
        recipient_ask(question, r->final);
        recipient_ask(question, r->original);
    }
    /* who answers by a machine is whom the message went to */
    if (!bounce_kind_is_bounce(bounce->kind))
        recipient_ask(question, bounce->from);
    question->references = reading_references(reading);
}

static void question_clear(Question *question)
{
    g_free(question->id);
    g_ptr_array_unref(question->recipients);
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

static bool addressed_to(const GPtrArray *headers, const GPtrArray *recipients)
{
    static const char *const names[] = {"To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc"};
    for (gsize n = 0; n < G_N_ELEMENTS(names); n++) {
        g_autoptr(GPtrArray) values = headers_all(headers, names[n]);
        for (guint v = 0; v < values->len; v++) {
            g_autoptr(GPtrArray) list = address_list(span_of(values->pdata[v]));
            for (guint i = 0; i < list->len; i++) {
                for (guint r = 0; r < recipients->len; r++)
                    if (address_same(list->pdata[i], recipients->pdata[r]))
                        return true;
            }
        }
    }
    return false;
}

static gint64 sent_date(const GPtrArray *headers)
{
    Date date;
    const char *value = headers_get(headers, "Date");
    if (!value || !date_parse(span_of(value), &date))
        return TIME_NONE;
    return date.utc != TIME_NONE ? date.utc : date.local;
}

/* The returned message bears the date of our copy, and the bounce came soon after it. */
static bool dates_fit(gint64 sent, gint64 returned, gint64 bounced)
{
    if (sent == TIME_NONE)
        return false;
    if (returned != TIME_NONE && ABS(returned - sent) > DAY)
        return false;
    return bounced == TIME_NONE || (bounced >= sent - DAY && bounced <= sent + BOUNCE_MAX);
}

/* The day and time here, with the year where @when is of another. The caller frees it. */
static char *time_here(gint64 date, gint64 when)
{
    g_autoptr(GDateTime) moment = g_date_time_new_from_unix_local(date);
    g_autoptr(GDateTime) other = when != TIME_NONE ? g_date_time_new_from_unix_local(when) : NULL;
    if (!moment)
        return g_strdup("without a date");
    bool same = other && g_date_time_get_year(moment) == g_date_time_get_year(other);
    return g_date_time_format(moment, same ? "%a %e %b %H:%M" : "%a %e %b %Y %H:%M");
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

/* "\"Train times\", Fri 27 Nov 21:43 (in Sent)" */
static char *sent_text(Facts *facts, const char *file, const GPtrArray *headers, gint64 when)
{
    g_autofree char *time = time_here(sent_date(headers), when);
    g_autoptr(Reading) reading = asker_reading(facts->asker, file, 0, NULL);
    const char *subject = reading ? reading->subject : NULL;
    return g_strdup_printf("\"%s\", %s (in %s)", subject ? subject : "", g_strchug(time),
                           folder_of(facts, file));
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
    bool any = false;
    for (char **file = files; file && *file; file++) {
        if (!facts_file_under(*file, store_mail_root(store), store_real_root(store),
                              (const char *const *)facts->config->sent_folders))
            continue;
        any = true;
        g_autoptr(GPtrArray) headers = facts_headers(facts, *file);
        if (!headers)
            continue;
        gint64 date = sent_date(headers);
        if (!dates_fit(date, question->date, question->when) ||
            !addressed_to(headers, question->recipients))
            continue;
        answer->sent_here = TRI_YES;
        answer->sent_text = sent_text(facts, *file, headers, question->when);
        return;
    }
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

static void answer_correspondent(Facts *facts, const Question *question, StoreFacts *answer)
{
    bool asked = false, known = false;
    for (guint i = 0; i < question->recipients->len && !known; i++) {
        g_autofree char *address = address_unwrap(question->recipients->pdata[i], NULL);
        if (!address || !address_is_plain(address))
            continue;
        asked = true;
        known = is_correspondent(facts, address);
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
    g_free(facts);
}
