/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See draw_group.h. */
#include "draw/draw_group.h"

#include <string.h>

#include "base/count.h"
#include "draw/draw_case.h"
#include "screen/clock.h"
#include "screen/text.h"

enum { LEAST_LABEL = 10, FAIR_LABEL = 18, DATES = 16 };

/* --- a line ----------------------------------------------------------------------------------- */

static const VerdictValue verdict_order[GROUP_VERDICTS] = {VERDICT_GENUINE, VERDICT_BACKSCATTER,
                                                           VERDICT_FAKE, VERDICT_UNDECIDED};

static void bars_draw(const Group *group, Screen *screen, int x, int y)
{
    guint most = 1;
    for (int i = 0; i < HIST_BARS; i++)
        most = MAX(most, group->hist[i]);
    for (int i = 0; i < HIST_BARS; i++) {
        guint level = group->hist[i] ? (group->hist[i] * 8 + most - 1) / most : 0;
        if (level)
            screen_put(screen, x + i, y, x + i + 1,
                       glyph_text(GLYPH_BARS + MIN(level, 8) - 1, screen->utf8), ROLE_BAR);
    }
}

/* In columns, and none where there are none: what is mixed is seen at once. */
static void counts_draw(const GroupColumns *at, const Group *group, Screen *screen, int y)
{
    for (guint i = 0; i < GROUP_VERDICTS; i++) {
        Role role = draw_verdict_role(verdict_order[i]);
        char count[32];
        if (!at->verdict[i] || !group->verdicts[verdict_order[i]])
            continue;
        int end = at->verdict[i] + at->digits[i] + 2;
        count_text(group->verdicts[verdict_order[i]], count);
        int x = screen_put(screen, at->verdict[i], y, end,
                           glyph_text(draw_verdict_glyph(verdict_order[i]), screen->utf8), role);
        screen_put_right(screen, x, y, end, count, role);
    }
}

static void dates_draw(const Group *group, Screen *screen, int x, int y)
{
    char first[16], last[16];
    gint64 now = clock_now();
    clock_short_date(group->first, now, first);
    clock_short_date(group->last, now, last);
    if (strcmp(first, last) == 0)
        screen_put(screen, x, y, x + DATES, first, ROLE_DIM);
    else
        screen_printf(screen, x, y, x + DATES, ROLE_DIM, "%s%s%s", first, screen->utf8 ? "–" : "-",
                      last);
}

/* What it is called, and behind that how many of its cases went out by the reviewer's login: where
 * there is little room the word alone, which the name gives way to. */
static void label_draw(const GroupColumns *at, const Group *group, Screen *screen, int y)
{
    enum { LEAST_KEY = 6 };
    guint open = 0, denied = 0;
    for (guint i = 0; i < GROUP_VERDICTS; i++) {
        open += group->warned.open[verdict_order[i]];
        denied += group->warned.denied[verdict_order[i]];
    }
    g_autofree char *text = warned_text(open, denied);
    const char *mark = text ? text : "";
    if (text && at->label_end - at->label < LEAST_KEY + 1 + (int)strlen(text))
        mark = open ? WARNING_WORD : WARNING_WORD_DENIED;
    int room = *mark ? (int)strlen(mark) + 1 : 0;
    int x = screen_put_cut(screen, at->label, y, at->label_end - room, group->key, ROLE_NORMAL);
    if (*mark)
        screen_put(screen, x + 1, y, at->label_end, mark, ROLE_ERROR);
}

void group_draw(const Group *group, const GroupColumns *at, Screen *screen, const GroupLine *line)
{
    char count[32];
    count_text(group->count, count);
    screen_put_right(screen, line->x, line->y, line->x + at->count, count,
                     line->coming ? ROLE_DIM : ROLE_TITLE);
    if (line->marked)
        screen_put(screen, line->x + at->count, line->y, line->end,
                   glyph_text(GLYPH_MARK, screen->utf8), ROLE_MARK);
    label_draw(at, group, screen, line->y);
    counts_draw(at, group, screen, line->y);
    if (at->dates)
        dates_draw(group, screen, at->dates, line->y);
    if (at->bars)
        bars_draw(group, screen, at->bars, line->y);
}

/* The widest number of each column decides. */
static void digits_find(GroupColumns *at, const GPtrArray *groups)
{
    char text[32];
    for (guint i = 0; i < groups->len; i++) {
        const Group *group = groups->pdata[i];
        count_text(group->count, text);
        at->count = MAX(at->count, (int)strlen(text));
        for (guint k = 0; k < GROUP_VERDICTS; k++) {
            count_text(group->verdicts[verdict_order[k]], text);
            if (group->verdicts[verdict_order[k]])
                at->digits[k] = MAX(at->digits[k], (int)strlen(text));
        }
    }
}

static int digits_width(const GroupColumns *at)
{
    int used = 0;
    for (guint k = 0; k < GROUP_VERDICTS; k++)
        used += at->digits[k] ? at->digits[k] + 3 : 0;
    return used;
}

GroupColumns group_columns(const GPtrArray *groups, int width)
{
    static const guint dropped[GROUP_VERDICTS] = {1, 2, 3, 0}; /* of verdict_order */
    GroupColumns at = {.count = 5};
    digits_find(&at, groups);
    at.label = 1 + at.count + 2;
    for (guint i = 0; i < GROUP_VERDICTS; i++)
        if (width - at.label - LEAST_LABEL - digits_width(&at) - 1 < 0)
            at.digits[dropped[i]] = 0;
    int used = digits_width(&at), room = width - at.label - FAIR_LABEL - used - 1;
    bool dates = room >= DATES + 1, bars = room >= DATES + 1 + HIST_BARS + 2 + 6;
    at.bars = bars ? width - HIST_BARS - 1 : 0;
    at.dates = dates ? (bars ? at.bars - 2 : width) - DATES : 0;
    int x = (dates ? at.dates : width) - 1 - used;
    at.label_end = x - 1;
    for (guint k = 0; k < GROUP_VERDICTS; k++) {
        at.verdict[k] = at.digits[k] ? x : 0;
        x += at.digits[k] ? at.digits[k] + 3 : 0;
    }
    return at;
}

void group_heads_draw(const GroupColumns *at, const char *what, Screen *screen, int y)
{
    screen_put_right(screen, 1, y, 1 + at->count, "cases", ROLE_HEAD);
    screen_put_cut(screen, at->label, y, at->label_end, what, ROLE_HEAD);
    if (at->dates)
        screen_put(screen, at->dates, y, screen->width, "first, last", ROLE_HEAD);
    if (at->bars)
        screen_put(screen, at->bars, y, screen->width, "when", ROLE_HEAD);
}

/* --- what is in it ---------------------------------------------------------------------------- */

enum { LABEL = 10, NAMED = 3, COUNTED = 5, REST = 16, BARS_MOST = 120 };

static const Row *row_at(gconstpointer data, guint i)
{
    return model_row(data, i);
}

/* "subjects  12 Invoice overdue, 3 Parcel, and 4 more" */
/* What the shares from @from up to @to take where none is cut. */
static int shares_width(const GPtrArray *shares, guint from, guint to)
{
    char text[COUNT_SIZE];
    int width = 0;
    for (guint i = from; i < to; i++) {
        const Group *share = shares->pdata[i];
        width += 3 + (int)strlen(count_text(share->count, text)) + text_width(share->key, true);
    }
    return width;
}

static void shares_line(Doc *doc, const char *label, const Group *group, const Model *model,
                        GroupBy by)
{
    g_autoptr(GPtrArray) shares = rows_group(group->rows, row_at, model, by);
    doc_tab(doc, 1, 0);
    doc_put(doc, ROLE_DIM, label);
    doc_tab(doc, LABEL, 1);
    guint named = MIN(shares->len, NAMED);
    int end = doc_width(doc) - (shares->len > NAMED ? REST : 0);
    for (guint i = 0; i < named; i++) {
        const Group *share = shares->pdata[i];
        char text[32];
        count_text(share->count, text);
        doc_printf(doc, ROLE_DIM, "%s%s ", i ? "  " : "", text);
        /* what a short one leaves is for the others */
        int left = end - doc_column(doc);
        int fair = left / (int)(named - i) - (i + 1 < named ? COUNTED : 0);
        int room = MAX(fair, left - shares_width(shares, i + 1, named));
        doc_put_to(doc, ROLE_NORMAL, share->key, doc_column(doc) + MAX(room, 8));
    }
    if (shares->len > NAMED)
        doc_printf(doc, ROLE_DIM, "  and %s more",
                   count_text(shares->len - NAMED, (char[COUNT_SIZE]){0}));
    doc_end(doc);
}

static void newest_line(Doc *doc, const Group *group, const Model *model)
{
    const Row *row = NULL;
    for (guint i = 0; i < group->rows->len; i++) {
        const Row *other = model_row(model, g_array_index(group->rows, guint, i));
        if (!row || other->timestamp > row->timestamp)
            row = other;
    }
    g_autofree char *date = clock_long_date(row->timestamp);
    doc_tab(doc, 1, 0);
    doc_put(doc, ROLE_DIM, "newest");
    doc_tab(doc, LABEL, 1);
    doc_printf(doc, ROLE_NORMAL, "%s  %s, %s", row_named(row), row_reason_text(row), date);
    doc_end(doc);
}

/* One bar for each equal part of the time; the time itself stands in the row. */
static void bars_line(Doc *doc, const Group *group, const Model *model)
{
    guint bars[BARS_MOST] = {0}, most = 1;
    int count = CLAMP(doc_width(doc) - LABEL - 1, 1, BARS_MOST);
    gint64 span = group->last - group->first + 1;
    g_autoptr(Screen) glyphs = screen_new(doc_utf8(doc));
    for (guint i = 0; i < group->rows->len; i++) {
        const Row *row = model_row(model, g_array_index(group->rows, guint, i));
        gint64 at = (row->timestamp - group->first) * count / span;
        guint *bar = &bars[CLAMP(at, 0, count - 1)];
        most = MAX(most, ++*bar);
    }
    doc_tab(doc, 1, 0);
    doc_put(doc, ROLE_DIM, "when");
    doc_tab(doc, LABEL, 1);
    for (int i = 0; i < count; i++) {
        guint level = (bars[i] * 8 + most - 1) / most;
        doc_put(doc, ROLE_BAR, level ? glyph_text(GLYPH_BARS + level - 1, glyphs->utf8) : " ");
    }
    doc_end(doc);
}

Doc *group_preview(const Group *group, const Model *model, int width, bool utf8)
{
    Doc *doc = doc_new(width, utf8);
    shares_line(doc, "subjects", group, model, GROUP_SUBJECT);
    shares_line(doc, "reporter", group, model, GROUP_REPORTER);
    shares_line(doc, "sender", group, model, GROUP_INJECTION);
    newest_line(doc, group, model);
    bars_line(doc, group, model);
    return doc;
}
