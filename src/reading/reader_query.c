/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wide query: what may be a bounce or notice, as the index can tell. A message that is none
 * costs a tenth of a millisecond; one that is missed is never seen: so ask for more. */
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
    "from:autoresponder",
    "subject:\"user unknown\"",
    "subject:\"unknown user\"",
    "subject:\"not a member\"",
    /* what answers the mail system's own mail, by headers that are not indexed (RFC 3834) */
    "to:postmaster",
    "to:daemon",
    "to:abuse",
    "to:bounce",
    "to:bounces",
    "to:noreply",
};

static const char *const subjects[] = {
    "undeliverable", "undelivered", "undeliv",      "returned",     "failure",     "failed",
    "fail",          "delivery",    "deliver",      "delayed",      "delay",       "bounce",
    "nondelivery",   "returning",   "notification", "rejected",     "virus",       "confirm",
    "confirmation",  "auto",        "automatic",    "autoreply",    "reply",       "vacation",
    "absence",       "office",      "away",         "receipt",      "abuse",       "complaint",
    "challenge",     "message",     "zustellung",   "unzustellbar", "abwesenheit", "retour",
    "echec",         "entregar",    "entrega",      "mancato",      "recapito",    "autoresponder",
};

/* Words that stand in many subjects of ordinary mail: they count where the message speaks of
 * delivery, too. */
static const char *const common_subjects[] = {
    "warning", "notice", "status", "read", "verify", "unknown",   "user",   "error",
    "problem", "could",  "unable", "mail", "not",    "nachricht", "fehler",
};
static const char *const delivery_terms[] = {
    "body:delivered",  "body:undeliverable", "body:recipient",    "body:mailbox",
    "body:address",    "body:bounced",       "body:returned",     "body:rejected",
    "body:refused",    "body:failed",        "body:permanent",    "body:fatal",
    "body:quota",      "body:smtp",          "body:esmtp",        "body:mailer",
    "body:daemon",     "body:postmaster",    "body:dsn",          "body:exist",
    "body:blocked",    "body:automatically", "body:autoreply",    "body:vacation",
    "body:virus",      "body:unzustellbar",  "body:zustellen",    "body:empf\xc3\xa4nger",
    "body:postfach",   "body:adresse",       "body:destinataire", "body:destinatario",
    "body:421",        "body:450",           "body:451",          "body:452",
    "body:550",        "body:551",           "body:552",          "body:553",
    "body:554",        "subject:mailbox",    "subject:recipient", "subject:address",
    "subject:blocked", "subject:quota",      "subject:smtp",      "subject:exist",
};

/* Said in the text; a word without a prefix would be looked for in each header of notmuch, too,
 * which costs four times as much. Rare words first of all, since phrases of common ones are dear.
 */
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
        g_string_append_printf(query, " or body:%s", texts[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(common_subjects); i++)
        g_string_append_printf(query, "%ssubject:%s", i ? " or " : " or ((", common_subjects[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(delivery_terms); i++)
        g_string_append_printf(query, "%s%s", i ? " or " : ") and (", delivery_terms[i]);
    g_string_append(query, "))");
}

/* "(QUERY) and (...", which the caller goes on with; "(..." where @query takes all. */
static GString *query_begin(const char *query)
{
    GString *wide = g_string_new(query);
    g_autofree char *trimmed = g_strstrip(g_strdup(query));
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
