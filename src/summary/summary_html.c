/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See summary_html.h. All text goes through html_put(): names were written by enemies. */
#include "summary/summary_html.h"

#include "base/safe.h"

enum { ROWS = 40, DAYS = 62, CHART_WIDTH = 720, CHART_HEIGHT = 160, AXIS = 22, BAR_WIDTH = 180 };

static const struct {
    VerdictValue verdict;
    const char *id;
} verdicts[] = {{VERDICT_GENUINE, "g"},
                {VERDICT_BACKSCATTER, "b"},
                {VERDICT_FAKE, "f"},
                {VERDICT_UNDECIDED, "u"}};

/* Patterns tell them apart on paper and without colours: full, hatched, dotted, empty. */
static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<title>Bounces: a summary</title>\n<style>\n"
    "body{font:15px/1.45 sans-serif;color:#111;background:#fff;max-width:48em;margin:2em "
    "auto;padding:0 1em}\n"
    "h1{font-size:1.5em;margin:0 0 .2em}h2{font-size:1.1em;margin:1.8em 0 .4em;border-bottom:1px "
    "solid #999}\n"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.15em .6em .15em "
    "0;vertical-align:top}\n"
    "th{font-weight:normal;color:#444;border-bottom:1px solid "
    "#ccc}td.n,th.n{text-align:right;white-space:nowrap}\n"
    "table{table-layout:fixed}.n{width:4.6em}.d{width:6.6em}.c{width:190px}"
    "td.d{white-space:nowrap}td.w{overflow-wrap:anywhere}\n"
    ".q{font-family:monospace;overflow-wrap:anywhere}.warn{border:2px solid "
    "#a00;padding:.4em .8em;font-weight:bold}\n"
    "svg{display:block;max-width:100%;height:auto}svg text{font:11px sans-serif;fill:#111}.key "
    "span{margin-right:1.2em;white-space:nowrap}.key svg{display:inline;vertical-align:-2px}\n"
    "@media screen and (max-width:44em){.c{display:none}}\n"
    "@media screen and (max-width:30em){.n,.d{width:3.8em}td.d{white-space:normal}}\n"
    "@media print{body{margin:0;max-width:none;font-size:11pt}h2,tr,svg{break-inside:avoid}"
    "h2{break-after:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n"
    "</style>\n</head>\n<body>\n"
    "<svg width=\"0\" height=\"0\" aria-hidden=\"true\" style=\"position:absolute\"><defs>\n"
    "<pattern id=\"g\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\"><rect width=\"4\" "
    "height=\"4\" fill=\"#1a6b34\"/></pattern>\n"
    "<pattern id=\"b\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#f3d9d2\"/><rect "
    "width=\"3\" height=\"6\" fill=\"#b5442a\"/></pattern>\n"
    "<pattern id=\"f\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><rect width=\"6\" "
    "height=\"6\" fill=\"#fff\"/><circle cx=\"3\" cy=\"3\" r=\"1.9\" fill=\"#6a2c91\"/></pattern>\n"
    "<pattern id=\"u\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\"><rect width=\"4\" "
    "height=\"4\" fill=\"#fff\"/></pattern>\n"
    "</defs></svg>\n";

/* Text between tags, or in an attribute. */
static void html_put(GString *out, const char *text)
{
    g_autofree char *safe = safe_text(span_of(text), SAFE_LINE);
    g_autofree char *escaped = g_markup_escape_text(safe, -1);
    g_string_append(out, escaped);
}

/* --- charts ----------------------------------------------------------------------------------- */

static void rect_append(GString *out, double x, double y, double width, double height,
                        const char *id)
{
    char numbers[4][G_ASCII_DTOSTR_BUF_SIZE];
    const double values[] = {x, y, width, height};
    for (gsize i = 0; i < G_N_ELEMENTS(values); i++)
        g_ascii_formatd(numbers[i], sizeof numbers[i], "%.1f", values[i]);
    g_string_append_printf(out,
                           "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"url(#%s)\" "
                           "stroke=\"#111\" stroke-width=\".7\"/>",
                           numbers[0], numbers[1], numbers[2], numbers[3], id);
}

/* "2025-11-03: 40 genuine, 3 fake", for whoever cannot see it. */
static void label_append(GString *out, const SummaryPart *part)
{
    const char *between = ": ";
    html_put(out, part->name ? part->name : "all");
    for (gsize i = 0; i < G_N_ELEMENTS(verdicts); i++) {
        guint count = part->verdicts[verdicts[i].verdict];
        if (!count)
            continue;
        g_string_append_printf(out, "%s%u %s", between, count, verdict_name(verdicts[i].verdict));
        between = ", ";
    }
}

/* A bar that lies. */
static void bar_append(GString *out, const SummaryPart *part, guint most)
{
    double x = .5;
    g_string_append_printf(
        out, "<svg role=\"img\" width=\"%d\" height=\"13\" viewBox=\"0 0 %d 13\"><title>",
        BAR_WIDTH, BAR_WIDTH);
    label_append(out, part);
    g_string_append(out, "</title>");
    for (gsize i = 0; i < G_N_ELEMENTS(verdicts); i++) {
        double width = (BAR_WIDTH - 2.) * part->verdicts[verdicts[i].verdict] / most;
        if (width > 0)
            rect_append(out, x, 1, MAX(width, .7), 11, verdicts[i].id);
        x += width;
    }
    g_string_append(out, "</svg>");
}

static void key_append(GString *out, const Summary *summary)
{
    g_string_append(out, "<p class=\"key\">");
    for (gsize i = 0; i < G_N_ELEMENTS(verdicts); i++) {
        g_string_append(out, "<span><svg width=\"14\" height=\"13\" aria-hidden=\"true\">");
        rect_append(out, .5, .5, 13, 12, verdicts[i].id);
        g_string_append_printf(out, "</svg> <b>%u</b> %s</span> ",
                               summary->all.verdicts[verdicts[i].verdict],
                               verdict_name(verdicts[i].verdict));
    }
    g_string_append(out, "</p>\n");
}

/* Bars that stand, one a day. */
static void days_append(GString *out, const GPtrArray *days)
{
    guint from = days->len > DAYS ? days->len - DAYS : 0, shown = days->len - from;
    guint most = summary_most(days);
    double step = MIN((double)CHART_WIDTH / MAX(shown, 1), 40);
    g_string_append_printf(out,
                           "<h2>By day</h2>\n<svg role=\"img\" width=\"%d\" height=\"%d\" "
                           "viewBox=\"0 0 %d %d\"><title>Bounces by day, at most %u</title>\n",
                           CHART_WIDTH, CHART_HEIGHT + AXIS, CHART_WIDTH, CHART_HEIGHT + AXIS,
                           most);
    for (guint i = 0; i < shown; i++) {
        const SummaryPart *part = days->pdata[from + i];
        double y = CHART_HEIGHT;
        g_string_append(out, "<g><title>");
        label_append(out, part);
        g_string_append(out, "</title>");
        for (gsize k = 0; k < G_N_ELEMENTS(verdicts); k++) {
            double height = (CHART_HEIGHT - 14.) * part->verdicts[verdicts[k].verdict] / most;
            if (height > 0)
                rect_append(out, i * step + 1, y - height, MAX(step - 3, 1), height,
                            verdicts[k].id);
            y -= height;
        }
        if (shown <= 24 || part->count == most)
            g_string_append_printf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%u</text>",
                                   (int)(i * step + step / 2), (int)y - 3, part->count);
        g_string_append(out, "</g>\n");
    }
    if (shown) {
        g_string_append_printf(out, "<text x=\"0\" y=\"%d\">", CHART_HEIGHT + 15);
        html_put(out, ((const SummaryPart *)days->pdata[from])->name);
        g_string_append_printf(out, "</text><text x=\"%d\" y=\"%d\" text-anchor=\"%s\">",
                               MAX((int)(shown * step), 140), CHART_HEIGHT + 15, "end");
        html_put(out, shown > 1 ? ((const SummaryPart *)days->pdata[days->len - 1])->name : "");
        g_string_append(out, "</text>");
    }
    g_string_append(out, "</svg>\n");
    if (from)
        g_string_append_printf(out, "<p>and %u days before</p>\n", from);
}

/* --- tables ----------------------------------------------------------------------------------- */

static void more(GString *out, guint count, guint shown)
{
    if (count > shown)
        g_string_append_printf(out, "<p>and %u more</p>\n", count - shown);
}

static void parts_append(GString *out, const char *title, const char *what, const GPtrArray *list)
{
    guint most = summary_most(list);
    if (!list->len)
        return;
    g_string_append_printf(out,
                           "<h2>%s</h2>\n<table><tr><th class=\"n\">bounces</th><th>%s</th>"
                           "<th class=\"d\">first</th><th class=\"d\">last</th><th "
                           "class=\"c\"></th></tr>\n",
                           title, what);
    for (guint i = 0; i < list->len && i < ROWS; i++) {
        const SummaryPart *part = list->pdata[i];
        g_autofree char *first = summary_day(part->first), *last = summary_day(part->last);
        g_string_append_printf(out, "<tr><td class=\"n\">%u</td><td class=\"w\">", part->count);
        html_put(out, part->name);
        g_string_append_printf(
            out, "</td><td class=\"d\">%s</td><td class=\"d\">%s</td><td class=\"c\">", first,
            last);
        bar_append(out, part, most);
        g_string_append(out, "</td></tr>\n");
    }
    g_string_append(out, "</table>\n");
    more(out, list->len, ROWS);
}

static void undecided_append(GString *out, const GPtrArray *list)
{
    if (!list->len)
        return;
    g_string_append(out, "<h2>Undecided, and what would settle it</h2>\n<table><tr><th "
                         "class=\"n\">bounces</th><th>question, or why there is none</th></tr>\n");
    for (guint i = 0; i < list->len && i < ROWS; i++) {
        const SummaryPart *part = list->pdata[i];
        g_string_append_printf(out, "<tr><td class=\"n\">%u</td><td class=\"w\">", part->count);
        html_put(out, part->name);
        g_string_append(out, "</td></tr>\n");
    }
    g_string_append(out, "</table>\n");
    more(out, list->len, ROWS);
}

static void complaints_append(GString *out, const Summary *summary)
{
    const GPtrArray *list = summary->complaints;
    g_string_append_printf(out,
                           "<h2>Complaints</h2>\n<p>%u drafted; %u bounce%s the mark of "
                           "one</p>\n",
                           list->len, summary->complained,
                           summary->complained == 1 ? " bears" : "s bear");
    if (!list->len)
        return;
    g_string_append(out, "<table><tr><th class=\"d\">drafted</th><th>to</th><th>about</th></tr>\n");
    for (guint i = 0; i < list->len && i < ROWS; i++) {
        const SummaryComplaint *complaint = list->pdata[i];
        g_autofree char *day = summary_day(complaint->time);
        g_string_append_printf(out, "<tr><td class=\"d\">%s</td><td class=\"w\">", day);
        html_put(out, complaint->to);
        g_string_append(out, "</td><td class=\"w\">");
        html_put(out, complaint->about);
        g_string_append(out, "</td></tr>\n");
    }
    g_string_append(out, "</table>\n");
    more(out, list->len, ROWS);
}

static void title_append(GString *out, const Summary *summary)
{
    g_autofree char *first = summary_day(summary->all.first),
                    *last = summary_day(summary->all.last);
    g_autofree char *made = summary_day(summary->made);
    g_string_append_printf(out, "<h1>%u bounce%s and notices</h1>\n<p>", summary->all.count,
                           summary->all.count == 1 ? "" : "s");
    if (summary->all.count)
        g_string_append_printf(out, "from %s to %s; ", first, last);
    g_string_append_printf(out, "made on %s by notme from <span class=\"q\">", made);
    html_put(out, summary->query);
    g_string_append(out, "</span></p>\n");
    key_append(out, summary);
    if (summary->warned)
        g_string_append_printf(out,
                               "<p class=\"warn\">%u sent through an account of ours: was it "
                               "one of us?</p>\n",
                               summary->warned);
}

char *summary_html(const Summary *summary)
{
    GString *out = g_string_new(head);
    title_append(out, summary);
    if (summary->all.count) {
        days_append(out, summary->days);
        parts_append(out, "From where others sent", "network or address", summary->networks);
        parts_append(out, "Their addresses", "address", summary->addresses);
        parts_append(out, "In the name of", "address of ours", summary->abused);
        parts_append(out, "Reported by", "organisation", summary->reporters);
        undecided_append(out, summary->undecided);
        parts_append(out, "Undecided: from where it came, which need be nobody's fault", "address",
                     summary->undecided_addresses);
    }
    complaints_append(out, summary);
    g_string_append(out, "</body>\n</html>\n");
    return g_string_free(out, FALSE);
}
