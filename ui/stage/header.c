/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing the first line of views and the rule. */
#include "stage/header.h"

#include <string.h>

#include "base/count.h"
#include "draw/draw_case.h"
#include "screen/text.h"
#include "stage/status.h"

void header_counts(Screen *screen, int *x, int y, int end, const guint *counts, bool words)
{
    static const VerdictValue order[] = {VERDICT_GENUINE, VERDICT_BACKSCATTER, VERDICT_FAKE,
                                         VERDICT_UNDECIDED};
    for (gsize i = 0; i < G_N_ELEMENTS(order); i++) {
        char count[32];
        VerdictValue verdict = order[i];
        count_text(counts[verdict], count);
        Role role = counts[verdict] ? draw_verdict_role(verdict) : ROLE_DIM;
        *x = screen_put(screen, *x, y, end, glyph_text(draw_verdict_glyph(verdict), screen->utf8),
                        role);
        *x = screen_printf(screen, *x, y, end, role, " %s", count);
        if (words && verdict != VERDICT_UNDECIDED)
            *x = screen_printf(screen, *x, y, end, role, " %s", verdict_name(verdict));
        *x += 2;
    }
}

/* It gives way where there is little room. */
#define ORDER_WORD "sort: "

/* What narrows the list down, or how it is sorted, or how far reading is. */
static char *header_right(const App *app, int room, Role *role)
{
    char *reading = status_reading(app, room);
    const View *view = app_top(app);
    guint above = view->ops->above ? view->ops->above(view) : 0;
    *role = ROLE_DIM;
    if (reading)
        return reading;
    if (model_mark_count(app->model)) {
        char count[32];
        count_text(model_mark_count(app->model), count);
        *role = ROLE_MARK;
        return g_strdup_printf("%s marked", count);
    }
    *role = ROLE_MESSAGE;
    if (above) {
        char count[32];
        count_text(above, count);
        return g_strdup_printf("%s %s new above", app->screen->utf8 ? "↑" : "^", count);
    }
    if (app->model->only)
        return g_strdup_printf("only %s", verdict_name(app->model->only));
    if (app->limit)
        return g_strdup_printf("limit: %s", app->limit);
    *role = ROLE_DIM;
    if (view->ops->order)
        return g_strdup_printf(ORDER_WORD "%s", view->ops->order(view));
    return g_strdup_printf(ORDER_WORD "%s%s", row_order_name(app->model->sort),
                           app->model->reverse ? " reversed" : "");
}

enum { WARNED_MARKS = 2 };

typedef struct WarnedMark {
    const char *word;
    guint count; /* 0: it is not shown */
} WarnedMark;

/* "LOGIN? 2", and what the reviewer said was not he: "NOT YOU 2" */
static void warned_marks(const Warned *warned, WarnedMark marks[WARNED_MARKS])
{
    marks[0] = (WarnedMark){WARNING_WORD, warned ? warned->open : 0};
    marks[1] = (WarnedMark){WARNING_WORD_DENIED, warned ? warned->denied : 0};
}

static int warned_draw(Screen *screen, int x, const Warned *warned)
{
    WarnedMark marks[WARNED_MARKS];
    bool first = true;
    warned_marks(warned, marks);
    for (gsize i = 0; i < WARNED_MARKS; i++) {
        char count[COUNT_SIZE];
        if (!marks[i].count)
            continue;
        x = screen_printf(screen, first ? x : x + 2, 0, screen->width, ROLE_ERROR, "%s %s",
                          marks[i].word, count_text(marks[i].count, count));
        first = false;
    }
    return x;
}

static bool warned_any(const Warned *warned)
{
    return warned && (warned->open || warned->denied);
}

/* Of the marks with the blanks behind them. */
static int warned_width(const Warned *warned)
{
    WarnedMark marks[WARNED_MARKS];
    char count[COUNT_SIZE];
    int width = 0;
    warned_marks(warned, marks);
    for (gsize i = 0; i < WARNED_MARKS; i++)
        if (marks[i].count)
            width += (int)(strlen(marks[i].word) + strlen(count_text(marks[i].count, count))) + 3;
    return width;
}

/* "412 bounces, 37 left out"; where there is little room the number alone. */
static int total_draw(const App *app, Screen *screen, int x, bool brief)
{
    char count[32], left_out[32];
    int end = screen->width;
    count_text(app->model->total, count);
    count_text(app->left_out, left_out);
    if (end < 50)
        return x;
    /* while all is read the room is for how far that is: a number of it all says little then */
    bool narrow = app->reading && app->total && end < 110;
    if (!narrow)
        x = screen_printf(screen, x, 0, end, ROLE_NORMAL, "%s%s%s", count, brief ? "" : " bounce",
                          brief || app->model->total == 1 ? "" : "s");
    if (app->left_out && !app->reading)
        x = screen_printf(screen, x, 0, end, ROLE_DIM, ", %s left out", left_out);
    if (warned_any(&app->model->warned))
        x = warned_draw(screen, narrow ? x : x + 2, &app->model->warned);
    return narrow && !warned_any(&app->model->warned) ? x : x + 3;
}

enum {
    NAMES = 23, /* columns of the verdicts' names, each with a blank */
    ORDER = 13, /* "sort: cases" and what parts it from the rest */
    RIGHT = 24  /* of what else stands at the right that much is seen */
};

/* Columns that the verdicts take by name: signs, names, blanks and numbers. */
static int names_width(const guint *counts)
{
    int width = 39;
    for (int v = VERDICT_GENUINE; v < VERDICT_COUNT; v++) {
        char count[32];
        count_text(counts[v], count);
        width += (int)strlen(count);
    }
    return width;
}

static bool is_order(const char *right)
{
    return g_str_has_prefix(right, ORDER_WORD);
}

/* A path is seen as long as there is room for the signs with their numbers, and for @right; the
 * order gives way to warnings. */
static int what_draw(const App *app, Screen *screen, int x, const char *what, const guint *counts,
                     const Warned *warned, const char *right)
{
    int end = screen->width;
    int right_width = app->reading || is_order(right) ? (warned ? 0 : ORDER)
                                                      : MIN(text_width(right, screen->utf8), RIGHT);
    if (end >= 60 && counts)
        end -= names_width(counts) - NAMES + right_width;
    if (warned)
        end -= warned_width(warned);
    x = screen_put_cut(screen, x, 0, end, what, ROLE_TITLE) + 2;
    return warned_any(warned) ? warned_draw(screen, x, warned) + 2 : x;
}

/* How far reading is, beside a title without counts. */
static void reading_draw(const App *app, Screen *screen, int x)
{
    int room = screen->width - x;
    g_autofree char *text = status_reading(app, room);
    if (text && text_width(text, screen->utf8) <= room)
        screen_put_right(screen, x, 0, screen->width, text, ROLE_DIM);
}

void header_draw(const App *app, Screen *screen, const char *what, const guint *counts,
                 const Warned *warned)
{
    int end = screen->width;
    Role role;
    int start = screen_put(screen, 0, 0, end, "notme", ROLE_TITLE) + 2;
    g_autofree char *wanted = header_right(app, end, &role);
    bool usual = strcmp(wanted, "sort: date") == 0;
    int least = app->reading ? 60 : RIGHT;
    int right_width = usual ? 0 : MIN(text_width(wanted, screen->utf8), least);
    int x = what ? what_draw(app, screen, start, what, counts, warned, wanted)
                 : total_draw(app, screen, start, false);
    if (!counts)
        reading_draw(app, screen, x);
    if (!counts || (what && end < 60))
        return;
    int least_right = right_width - (!usual && is_order(wanted) ? (int)strlen(ORDER_WORD) : 0);
    if (!what && !app->reading && x + names_width(counts) - NAMES + least_right > end) {
        screen_blank(screen, 0);
        screen_put(screen, 0, 0, end, "notme", ROLE_TITLE);
        x = total_draw(app, screen, start, true);
    }
    /* The verdicts by name where there is room, by sign alone where there is not; that it is
     * sorted as it always is gives way first. */
    bool names = !what && end - x - names_width(counts) >= right_width;
    header_counts(screen, &x, 0, end, counts, names);
    g_autofree char *right = header_right(app, end - x, &role);
    if (!usual && text_width(right, screen->utf8) > end - x && is_order(right))
        memmove(right, right + strlen(ORDER_WORD), strlen(right + strlen(ORDER_WORD)) + 1);
    bool fits = text_width(right, screen->utf8) <= end - x;
    if (warned && !fits && is_order(wanted))
        return;
    if (end - x > 4 && (!usual || fits))
        screen_put_right(screen, x, 0, end, right, role);
}

void header_rule(Screen *screen, int y, const Row *row, const char *summary, const char *place)
{
    int end = screen->width;
    const char *warned = row ? warning_word(row->warning, row->login_denied) : NULL;
    Role role = row ? draw_verdict_role(row->verdict) : ROLE_RULE;
    screen_fill(screen, 0, y, end, GLYPH_RULE, ROLE_RULE);
    int room = end - 2 - text_width(place, screen->utf8) - 2, x = 2;
    if (row) {
        x = screen_printf(screen, 1, y, room, role, " %s ",
                          glyph_text(draw_verdict_glyph(row->verdict), screen->utf8));
        x = screen_put(screen, x, y, room, warned ? warned : draw_verdict_title(row->verdict),
                       warned ? ROLE_ERROR : role);
        if (summary && *summary && room - x > 6) {
            x = screen_put(screen, x, y, room, "  ", ROLE_NORMAL);
            x = screen_put_cut(screen, x, y, room - 1, summary, ROLE_NORMAL);
        }
        x = screen_put(screen, x, y, room + 1, " ", ROLE_NORMAL);
    }
    if (*place) {
        g_autofree char *text = g_strdup_printf(" %s ", place);
        screen_put_right(screen, x, y, end - 1, text, ROLE_NORMAL);
    }
}
