/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See sent_copy.h. */
#include "analysis/sent_copy.h"

#include <string.h>

#include "base/address.h"
#include "base/date.h"
#include "message/message.h"

enum {
    DAY = 86400,
    BOUNCE_MAX = 30 * DAY /* a server gives up within days; a held-up mailbox later */
};

/* Whom a message of @headers went to (of char *). The caller unrefs it. */
static GPtrArray *addressees_of(const GPtrArray *headers)
{
    static const char *const names[] = {"To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc"};
    GPtrArray *all = g_ptr_array_new_with_free_func(g_free);
    for (gsize n = 0; n < G_N_ELEMENTS(names); n++) {
        g_autoptr(GPtrArray) values = headers_all(headers, names[n]);
        for (guint v = 0; v < values->len; v++)
            g_ptr_array_extend_and_steal(all, address_list(span_of(values->pdata[v])));
    }
    return all;
}

static bool share_one(const GPtrArray *addressees, const GPtrArray *recipients)
{
    for (guint i = 0; i < addressees->len; i++)
        for (guint r = 0; r < recipients->len; r++)
            if (address_same(addressees->pdata[i], recipients->pdata[r]))
                return true;
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

/* "\"Train times\", Fri 27 Nov 21:43 (in Sent)" */
static char *sent_text(const char *subject, gint64 date, gint64 when, const char *folder)
{
    g_autofree char *time = time_here(date, when);
    return g_strdup_printf("\"%s\", %s (in %s)", subject ? subject : "", g_strchug(time), folder);
}

/* The letters and digits of @subject, without regard to case. The caller frees it. */
static char *subject_letters(const char *subject)
{
    g_autofree char *folded = g_utf8_casefold(subject, -1);
    GString *letters = g_string_new(NULL);
    for (const char *p = folded; *p; p = g_utf8_find_next_char(p, NULL))
        if (g_unichar_isalnum(g_utf8_get_char(p)))
            g_string_append_unichar(letters, g_utf8_get_char(p));
    return g_string_free(letters, FALSE);
}

/* Who sends a message on may put words in front of its subject or behind it; one that came back
 * damaged, or not at all, says nothing. */
static bool subjects_fit(const char *sent, const char *returned)
{
    if (!sent || !returned || !g_utf8_validate(sent, -1, NULL) ||
        !g_utf8_validate(returned, -1, NULL) || strstr(returned, "\357\277\275"))
        return true;
    g_autofree char *ours = subject_letters(sent), *theirs = subject_letters(returned);
    return strstr(theirs, ours) != NULL;
}

/* "kate@birch.example and 2 more". The caller frees it. */
static char *addresses_text(const GPtrArray *addresses, const char *none)
{
    if (addresses->len == 0)
        return g_strdup(none);
    const char *first = addresses->pdata[0];
    return addresses->len == 1 ? g_strdup(first)
                               : g_strdup_printf("%s and %u more", first, addresses->len - 1);
}

/* In what @copy, whose id came back, does not fit. The rest of a sentence; the caller frees it. */
static char *misfit_text(const SentCopy *copy, const SentWanted *wanted, const char *to, bool dated,
                         bool titled)
{
    if (!dated) {
        g_autofree char *time = time_here(sent_date(copy->headers), wanted->when);
        return g_strdup_printf("a letter with this id is in %s, but of another time (%s)",
                               copy->folder, g_strchug(time));
    }
    g_autofree char *failed = addresses_text(wanted->recipients, NULL);
    g_autofree char *whom = failed ? g_strdup_printf("not to %s", failed)
                                   : g_strdup("and nothing says whom it did not reach");
    return g_strdup_printf("a letter with this id is in %s, but to %s, %s%s", copy->folder, to,
                           whom, titled ? "" : ", and under another subject");
}

bool sent_copy_answer(const SentCopy *copy, const SentWanted *wanted, StoreFacts *answer)
{
    gint64 date = sent_date(copy->headers);
    g_autoptr(GPtrArray) addressees = addressees_of(copy->headers);
    bool dated = dates_fit(date, wanted->date, wanted->when);
    if (dated && share_one(addressees, wanted->recipients)) {
        answer->sent_here = TRI_YES;
        answer->sent_text = sent_text(copy->subject, date, wanted->when, copy->folder);
        return true;
    }
    bool titled = subjects_fit(copy->subject, wanted->subject);
    g_autofree char *to = addresses_text(addressees, "recipients that it does not name");
    if (!answer->sent_misfit || (dated && titled && !answer->sent_to)) {
        g_free(answer->sent_misfit);
        answer->sent_misfit = misfit_text(copy, wanted, to, dated, titled);
    }
    if (dated && titled && !answer->sent_to)
        answer->sent_to = g_steal_pointer(&to);
    return false;
}
