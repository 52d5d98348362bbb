/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wide query: what may be a bounce or notice, as the index can tell. A message that is none
 * costs a tenth of a millisecond; one that is missed is never seen: so ask for more. */
#include <gio/gio.h>
#include <string.h>

#include "reading/reader.h"

/* What most bounces have, and hardly anything else: few words, so that they are found fast. notmuch
 * indexes words: From "MAILER-DAEMON <>" is found by the two words, in any of its forms. */
static const char *const sure_terms[] = {
    "mimetype:message/delivery-status",
    "mimetype:multipart/report",
    "from:daemon",
    "from:postmaster",
};

/* Other types of parts that reports have, and senders that are machines. */
static const char *const terms[] = {
    "mimetype:message/disposition-notification",
    "mimetype:message/feedback-report",
    "mimetype:message/rfc822",
    "mimetype:text/rfc822-headers",
    "from:mailer",
    "from:mail",
    "from:\"no reply\"",
    "from:noreply",
    "from:system",
    "from:root",
    "from:admin",
    "from:administrator",
    "from:antivirus",
    "from:bounce",
    "from:bounces",
    "from:owner",
    "from:listserv",
    "from:majordomo",
};

static const char *const subjects[] = {
    "undeliverable", "undelivered", "undeliv",      "returned",  "failure",     "failed",
    "fail",          "delivery",    "deliver",      "delayed",   "delay",       "warning",
    "bounce",        "nondelivery", "notification", "notice",    "status",      "rejected",
    "virus",         "confirm",     "confirmation", "auto",      "automatic",   "autoreply",
    "reply",         "vacation",    "absence",      "office",    "away",        "read",
    "receipt",       "abuse",       "complaint",    "challenge", "verify",      "unknown",
    "user",          "error",       "problem",      "could",     "unable",      "mail",
    "nachricht",     "zustellung",  "unzustellbar", "fehler",    "abwesenheit", "retour",
    "echec",         "entregar",    "entrega",      "mancato",   "recapito",    "not",
    "returning",     "message",
};

/* Said in the text; rare words first of all, since phrases of common ones are dear. */
static const char *const texts[] = {
    "undeliverable",       "unzustellbar",
    "autoresponder",       "\"mailer daemon\"",
    "\"out of office\"",   "\"of the office\"",
    "\"on vacation\"",     "\"am away\"",
    "\"automatic reply\"", "\"automatically rejected\"",
    "\"not a member\"",    "\"user unknown\"",
    "\"unknown user\"",    "\"delivery failed\"",
    "\"be delivered\"",
};

/* What libnotmuch would take in silence for something else: an open quotation mark swallows the
 * rest, a bracket that nobody opened ends the query, a term without a value is every message. */
static const char *query_unbalanced(const char *query)
{
    int open = 0;
    bool quoted = false;
    for (const char *p = query; *p; p++) {
        if (*p == '"')
            quoted = !quoted;
        else if (!quoted && *p == '(')
            open++;
        else if (!quoted && *p == ')' && --open < 0)
            return "a bracket is closed that was not opened; text with brackets goes between "
                   "quotation marks";
    }
    return quoted ? "a quotation mark is not closed" : open ? "a bracket is not closed" : NULL;
}

/* The term at @term is a prefix without a value: its length with the colon; else 0. The root folder
 * is a value: folder:"". */
static gsize term_empty(const char *term)
{
    gsize n = 0;
    while (g_ascii_isalpha(term[n]))
        n++;
    if (n == 0 || term[n] != ':')
        return 0;
    bool folder = g_str_has_prefix(term, "folder:") || g_str_has_prefix(term, "path:");
    const char *value = term + n + 1;
    if (!folder && g_str_has_prefix(value, "\"\""))
        value += 2;
    return *value == '\0' || *value == ')' || g_ascii_isspace(*value) ? n + 1 : 0;
}

bool reader_check_query(const char *query, GError **error)
{
    const char *why = query_unbalanced(query);
    g_autofree char *empty = NULL;
    bool quoted = false, begins = true;
    for (const char *p = query; *p && !why && !empty; p++) {
        gsize n = begins && !quoted ? term_empty(p) : 0;
        if (n)
            empty = g_strndup(p, n);
        quoted = quoted != (*p == '"');
        begins = g_ascii_isspace(*p) || strchr("(+-", *p);
    }
    if (empty)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                    "query \"%s\": \"%s\" needs a value; nothing was looked for", query, empty);
    else if (why)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                    "query \"%s\": %s; nothing was looked for", query, why);
    return !empty && !why;
}

/* Brackets and quotes that the user left open must not swallow what is put behind. */
static void query_close(GString *query)
{
    int open = 0;
    bool quoted = false;
    for (const char *p = query->str; *p; p++) {
        if (*p == '"')
            quoted = !quoted;
        else if (!quoted && *p == '(')
            open++;
        else if (!quoted && *p == ')' && --open < 0)
            open = 0;
    }
    if (quoted)
        g_string_append_c(query, '"');
    for (; open > 0; open--)
        g_string_append_c(query, ')');
}

static void sure_append(GString *query)
{
    for (gsize i = 0; i < G_N_ELEMENTS(sure_terms); i++)
        g_string_append_printf(query, "%s%s", i ? " or " : "", sure_terms[i]);
}

static void rest_append(GString *query)
{
    for (gsize i = 0; i < G_N_ELEMENTS(terms); i++)
        g_string_append_printf(query, "%s%s", i ? " or " : "", terms[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(subjects); i++)
        g_string_append_printf(query, " or subject:%s", subjects[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_string_append_printf(query, " or %s", texts[i]);
}

/* "(QUERY) and (...", which the caller goes on with; "(..." where @query takes all. */
static GString *query_begin(const char *query)
{
    GString *wide = g_string_new(query);
    g_autofree char *trimmed = g_strstrip(g_strdup(query));
    query_close(wide);
    if (!*trimmed || strcmp(trimmed, "*") == 0) {
        g_string_assign(wide, "(");
        return wide;
    }
    g_string_prepend_c(wide, '(');
    g_string_append(wide, ") and (");
    return wide;
}

char *reader_wide_query(const char *query)
{
    GString *wide = query_begin(query);
    sure_append(wide);
    g_string_append(wide, " or ");
    rest_append(wide);
    g_string_append_c(wide, ')');
    return g_string_free(wide, FALSE);
}

char *reader_sure_query(const char *query)
{
    GString *sure = query_begin(query);
    sure_append(sure);
    g_string_append_c(sure, ')');
    return g_string_free(sure, FALSE);
}

char *reader_rest_query(const char *query)
{
    GString *rest = query_begin(query);
    rest_append(rest);
    g_string_append(rest, ") and not (");
    sure_append(rest);
    g_string_append_c(rest, ')');
    return g_string_free(rest, FALSE);
}

char *reader_recent_query(const char *query, guint64 revision)
{
    g_autofree char *wide = reader_wide_query(query);
    return g_strdup_printf("(%s) and lastmod:%" G_GUINT64_FORMAT "..", wide, revision + 1);
}
