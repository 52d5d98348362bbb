/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts of the store. notmuch joins files with one Message-ID, and anybody can mail us a copy that
 * carries ours: so a match counts only with a file under the sent folders, the recipient among its
 * addressees, and dates that fit (tracing.md 5). */
#include "reading/store_facts.h"

#include <string.h>

#include "base/address.h"
#include "maildir/mailfile.h"
#include "store/store.h"
#include "work/frame.h"

enum {
    DAY = 86400,
    BOUNCE_MAX = 30 * DAY, /* a server gives up within days; a held-up mailbox later */
    ASK_MAX = 20           /* recipients and references that are looked up for one message */
};
/* Far behind the year 9999. */
#define TIME_MOST (G_GINT64_CONSTANT(1) << 40)

struct Facts {
    const Config *config;
    Store *store;
    bool tried;
    GHashTable *known; /* address -> is known, as pointer + 1: a campaign asks the same again */
};

Facts *facts_new(const Config *config)
{
    Facts *facts = g_new0(Facts, 1);
    facts->config = config;
    facts->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return facts;
}

void facts_free(Facts *facts)
{
    if (!facts)
        return;
    store_close(facts->store, NULL);
    g_hash_table_unref(facts->known);
    g_free(facts);
}

static Store *facts_store(Facts *facts)
{
    if (!facts->tried)
        facts->store = store_open(facts->config->notmuch_config, false, NULL, NULL, NULL);
    facts->tried = true;
    return facts->store;
}

/* --- the question --------------------------------------------------------------------------- */

static void array_add(json_t *array, const char *text)
{
    if (text && json_array_size(array) < ASK_MAX)
        json_array_append_new(array, frame_bytes(text));
}

/* The id of the message that @finding answers: the returned one's; a machine that answers for a
 * person returns nothing, but says in In-Reply-To what it answers. The caller frees it. */
static char *answered_id(const Finding *finding, const char *returned_id)
{
    const char *value = NULL;
    if (returned_id || bounce_kind_is_bounce(finding->bounce->kind) || !finding->message)
        return g_strdup(returned_id);
    value = message_header(finding->message, "In-Reply-To");
    const char *open = value ? strchr(value, '<') : NULL;
    const char *close = open ? strchr(open, '>') : NULL;
    return close && close > open + 1 ? g_strndup(open + 1, (gsize)(close - open - 1)) : NULL;
}

json_t *facts_question(const Finding *finding)
{
    const Bounce *bounce = finding->bounce;
    if (bounce->kind == KIND_NONE)
        return NULL;
    Questions *questions = finding_questions(finding);
    json_t *recipients = json_array(), *references = json_array();
    for (guint i = 0; i < questions->recipients->len; i++) {
        const Recipient *r = questions->recipients->pdata[i];
        array_add(recipients, r->final);
        array_add(recipients, r->original);
    }
    /* who answers by a machine is whom the message went to */
    if (!bounce_kind_is_bounce(bounce->kind))
        array_add(recipients, bounce->from);
    for (guint i = 0; i < questions->references->len; i++)
        array_add(references, questions->references->pdata[i]);
    gint64 when = bounce->arrival_date != TIME_NONE ? bounce->arrival_date : finding->date;
    g_autofree char *id = answered_id(finding, questions->returned_id);
    json_t *question = json_pack("{s:o, s:I, s:I, s:o, s:o}", "id", frame_bytes(id), "date",
                                 (json_int_t)questions->returned_date, "when", (json_int_t)when,
                                 "recipients", recipients, "references", references);
    questions_free(questions);
    return question;
}

/* --- the answer ----------------------------------------------------------------------------- */

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

static bool addressed_to(const GPtrArray *headers, const json_t *recipients)
{
    static const char *const names[] = {"To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc"};
    for (gsize n = 0; n < G_N_ELEMENTS(names); n++) {
        g_autoptr(GPtrArray) values = headers_all(headers, names[n]);
        for (guint v = 0; v < values->len; v++) {
            g_autoptr(GPtrArray) list = address_list(span_of(values->pdata[v]));
            for (guint i = 0; i < list->len; i++) {
                for (gsize r = 0; r < json_array_size(recipients); r++) {
                    g_autofree char *who = frame_bytes_text(json_array_get(recipients, r));
                    if (who && address_same(list->pdata[i], who))
                        return true;
                }
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

static gint64 question_time(const json_t *question, const char *key)
{
    const json_t *value = json_object_get(question, key);
    json_int_t time = json_is_integer(value) ? json_integer_value(value) : TIME_NONE;
    return time > -TIME_MOST && time < TIME_MOST ? time : TIME_NONE;
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

/* "Sent/cur/1234, 2026-03-01T10:00:00Z" */
static char *sent_text(const Store *store, const char *file, gint64 date)
{
    const char *roots[] = {store_mail_root(store), store_real_root(store)};
    g_autofree char *when = date_format_rfc3339(date);
    for (gsize i = 0; i < G_N_ELEMENTS(roots); i++) {
        gsize n = strlen(roots[i]);
        if (strncmp(file, roots[i], n) == 0 && file[n] == '/') {
            file += n + 1;
            break;
        }
    }
    return g_strdup_printf("%s, %s", file, when ? when : "without a date");
}

/* Sets "sent_here" of @answer: true, false (the store has no such sent message), or null: there is
 * one that does not fit in every way, which may be a forged copy of its id or a forwarded mailbox.
 */
static void answer_sent(Facts *facts, const json_t *question, json_t *answer)
{
    g_autofree char *id = frame_bytes_text(json_object_get(question, "id"));
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
        g_autoptr(GPtrArray) headers = mailfile_headers(*file);
        if (!headers)
            continue;
        gint64 date = sent_date(headers);
        if (!dates_fit(date, question_time(question, "date"), question_time(question, "when")) ||
            !addressed_to(headers, json_object_get(question, "recipients")))
            continue;
        g_autofree char *text = sent_text(store, *file, date);
        json_object_set_new(answer, "sent_here", json_true());
        json_object_set_new(answer, "sent_text", frame_bytes(text));
        return;
    }
    json_object_set_new(answer, "sent_here", any ? json_null() : json_false());
}

static void answer_references(Facts *facts, const json_t *question, json_t *answer)
{
    const json_t *list = json_object_get(question, "references");
    bool known = false;
    for (gsize i = 0; i < json_array_size(list) && i < ASK_MAX && !known; i++) {
        g_autofree char *id = frame_bytes_text(json_array_get(list, i));
        known = id && *id && store_has_id(facts->store, id);
    }
    if (json_array_size(list))
        json_object_set_new(answer, "replies_to_known", json_boolean(known));
}

/* An address that can stand in a query as it is. */
static bool address_is_plain(const char *address)
{
    for (const char *p = address; *p; p++)
        if (!g_ascii_isalnum(*p) && !strchr("@.-_+=", *p))
            return false;
    return strchr(address, '@') != NULL;
}

/* Mail that we sent went to @address. */
static bool is_correspondent(Facts *facts, const char *address)
{
    gpointer found = g_hash_table_lookup(facts->known, address);
    if (found)
        return GPOINTER_TO_INT(found) == 2;
    GString *query = g_string_new(NULL);
    for (char **folder = facts->config->sent_folders; *folder; folder++) {
        if (strchr(*folder, '"'))
            continue;
        g_string_append_printf(query, "%spath:\"%s/**\" or path:\".%s/**\"",
                               query->len ? " or " : "", *folder, *folder);
    }
    g_string_prepend(query, "\" and (");
    g_string_prepend(query, address);
    g_string_prepend(query, "to:\"");
    g_string_append_c(query, ')');
    bool known = store_count(facts->store, query->str) > 0;
    g_string_free(query, TRUE);
    g_hash_table_insert(facts->known, g_strdup(address), GINT_TO_POINTER(known ? 2 : 1));
    return known;
}

static void answer_correspondent(Facts *facts, const json_t *question, json_t *answer)
{
    const json_t *list = json_object_get(question, "recipients");
    bool asked = false, known = false;
    for (gsize i = 0; i < json_array_size(list) && i < ASK_MAX && !known; i++) {
        g_autofree char *text = frame_bytes_text(json_array_get(list, i));
        g_autofree char *address = text ? address_unwrap(text, NULL) : NULL;
        if (!address || !address_is_plain(address))
            continue;
        asked = true;
        known = is_correspondent(facts, address);
    }
    if (asked)
        json_object_set_new(answer, "known_correspondent", json_boolean(known));
}

json_t *facts_answer(Facts *facts, const json_t *question)
{
    if (!json_is_object(question) || !facts_store(facts))
        return json_null();
    json_t *answer = json_object();
    answer_sent(facts, question, answer);
    answer_references(facts, question, answer);
    answer_correspondent(facts, question, answer);
    return answer;
}

static Tri get_tri(const json_t *o, const char *key)
{
    const json_t *value = json_object_get(o, key);
    return !json_is_boolean(value) ? TRI_UNKNOWN : json_is_true(value) ? TRI_YES : TRI_NO;
}

StoreFacts *facts_from_json(const json_t *answer)
{
    if (!json_is_object(answer))
        return NULL;
    StoreFacts *facts = g_new0(StoreFacts, 1);
    const json_t *text = json_object_get(answer, "sent_text");
    facts->asked = true;
    facts->sent_here = get_tri(answer, "sent_here");
    facts->replies_to_known = get_tri(answer, "replies_to_known");
    facts->known_correspondent = get_tri(answer, "known_correspondent");
    facts->dkim = TRI_UNKNOWN;
    facts->sent_text = json_is_string(text) ? frame_bytes_text(text) : NULL;
    return facts;
}

void store_facts_free(StoreFacts *facts)
{
    if (!facts)
        return;
    g_free(facts->sent_text);
    g_free(facts);
}
