/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See summary_text.h. */
#include "summary/summary_text.h"

#include "base/safe.h"

enum { BAR = 34, ROWS = 15, DAYS = 40 };

/* What each verdict's part of a bar is drawn with; in order. */
static const struct {
    VerdictValue verdict;
    char sign;
} signs[] = {{VERDICT_GENUINE, '+'},
             {VERDICT_BACKSCATTER, '#'},
             {VERDICT_FAKE, '!'},
             {VERDICT_UNDECIDED, '?'}};

/* What there is shows: a column at least. */
static void bar_append(GString *out, const SummaryPart *part, guint most)
{
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++) {
        guint count = part->verdicts[signs[i].verdict];
        guint columns = (guint)((guint64)count * BAR / most);
        for (guint k = 0; k < (count && !columns ? 1 : columns); k++)
            g_string_append_c(out, signs[i].sign);
    }
    g_string_append_c(out, '\n');
}

static void head(GString *out, const char *title)
{
    g_string_append_printf(out, "\n%s\n", title);
}

static void more(GString *out, guint count, const char *what)
{
    if (count)
        g_string_append_printf(out, "  and %u more %s\n", count, what);
}

/* A list: name, count, first and last, bar. */
static void parts_append(GString *out, const char *title, const GPtrArray *list, const char *what)
{
    if (!list->len)
        return;
    guint most = summary_most(list);
    head(out, title);
    for (guint i = 0; i < list->len && i < ROWS; i++) {
        const SummaryPart *part = list->pdata[i];
        g_autofree char *name = safe_text(span_of(part->name), SAFE_LINE);
        g_autofree char *first = summary_day(part->first), *last = summary_day(part->last);
        g_string_append_printf(out, "  %6u  %s\n          %s to %s  ", part->count, name, first,
                               last);
        bar_append(out, part, most);
    }
    more(out, list->len > ROWS ? list->len - ROWS : 0, what);
}

static void days_append(GString *out, const GPtrArray *days)
{
    guint from = days->len > DAYS ? days->len - DAYS : 0, most = summary_most(days);
    head(out, "By day");
    for (guint i = from; i < days->len; i++) {
        const SummaryPart *part = days->pdata[i];
        g_string_append_printf(out, "  %s  %6u  ", part->name, part->count);
        bar_append(out, part, most);
    }
    more(out, from, "days before");
    g_string_append(out, "  (");
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
        g_string_append_printf(out, "%s%c %s", i ? ", " : "", signs[i].sign,
                               verdict_name(signs[i].verdict));
    g_string_append(out, ")\n");
}

static void undecided_append(GString *out, const GPtrArray *list)
{
    if (!list->len)
        return;
    head(out, "Undecided, and what would settle it");
    for (guint i = 0; i < list->len && i < ROWS; i++) {
        const SummaryPart *part = list->pdata[i];
        g_autofree char *name = safe_text(span_of(part->name), SAFE_LINE);
        g_string_append_printf(out, "  %6u  %s\n", part->count, name);
    }
    more(out, list->len > ROWS ? list->len - ROWS : 0, "questions");
}

static void complaints_append(GString *out, const Summary *summary)
{
    const GPtrArray *list = summary->complaints;
    head(out, "Complaints");
    g_string_append_printf(out, "  %u drafted; %u bounce%s the mark of one\n", list->len,
                           summary->complained, summary->complained == 1 ? " bears" : "s bear");
    for (guint i = 0; i < list->len && i < ROWS; i++) {
        const SummaryComplaint *complaint = list->pdata[i];
        g_autofree char *to = safe_text(span_of(complaint->to), SAFE_LINE);
        g_autofree char *about = safe_text(span_of(complaint->about), SAFE_LINE);
        g_autofree char *day = summary_day(complaint->time);
        g_string_append_printf(out, "  %s  to %s, about %s\n", day, to, about);
    }
    more(out, list->len > ROWS ? list->len - ROWS : 0, "complaints");
}

char *summary_text(const Summary *summary)
{
    GString *out = g_string_new(NULL);
    g_autofree char *query = safe_text(span_of(summary->query), SAFE_LINE);
    g_autofree char *first = summary_day(summary->all.first),
                    *last = summary_day(summary->all.last);
    g_autofree char *made = summary_day(summary->made);
    g_string_append_printf(out, "Bounces and notices among: %s\n", query);
    if (!summary->all.count) {
        g_string_append(out, "There are none.\n");
        return g_string_free(out, FALSE);
    }
    g_string_append_printf(out, "%u from %s to %s; made on %s\n", summary->all.count, first, last,
                           made);
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
        g_string_append_printf(out, "%s%u %s", i ? ", " : "",
                               summary->all.verdicts[signs[i].verdict],
                               verdict_name(signs[i].verdict));
    g_string_append_c(out, '\n');
    if (summary->warned)
        g_string_append_printf(
            out,
            "%u sent through an account of yours from where you are not known to "
            "log in (\"notme list --warning\")\n",
            summary->warned);
    days_append(out, summary->days);
    parts_append(out, "From where others sent", summary->networks, "networks or addresses");
    parts_append(out, "In the name of", summary->abused, "addresses");
    parts_append(out, "Reported by", summary->reporters, "organisations");
    undecided_append(out, summary->undecided);
    parts_append(out, "Undecided: from where it came, which need be nobody's fault",
                 summary->undecided_addresses, "addresses");
    complaints_append(out, summary);
    return g_string_free(out, FALSE);
}
