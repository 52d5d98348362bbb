/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing the first line of views and the rule. */
#include "stage/header.h"

#include <string.h>

#include "base/count.h"
#include "draw/draw_case.h"
#include "screen/doc.h"
#include "screen/text.h"
#include "stage/status.h"

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
        return (int)strlen(count) + 7 <= room
                   ? g_strdup_printf("%s marked", count)
                   : g_strdup_printf("%s %s", glyph_text(GLYPH_MARK, app->screen->utf8), count);
    }
    *role = ROLE_MESSAGE;
    if (above) {
        char count[32];
        count_text(above, count);
        return g_strdup_printf("%s %s new above", app->screen->utf8 ? "↑" : "^", count);
    }
    if (app->model->only) {
        const char *name = verdict_name(app->model->only);
        bool fits = (int)strlen(name) + 5 <= room;
        return g_strdup_printf(
            "only %s",
            fits ? name : glyph_text(draw_verdict_glyph(app->model->only), app->screen->utf8));
    }
    if (app->limit)
        return g_strdup_printf("limit: %s", app->limit);
    *role = ROLE_DIM;
    if (view->ops->order)
        return g_strdup_printf(ORDER_WORD "%s", view->ops->order(view));
    return g_strdup_printf(ORDER_WORD "%s%s", row_order_name(app->model->sort),
                           app->model->reverse ? " reversed" : "");
}

/* " (2 LOGIN?, 1 NOT YOU)", behind the number of those among which they are. */
static void warned_put(Doc *doc, const Warned *warned, VerdictValue verdict)
{
    g_autofree char *text = warned_text(warned->open[verdict], warned->denied[verdict]);
    if (text)
        doc_printf(doc, ROLE_ERROR, " (%s)", text);
}

static const Warned no_warning = {{0}, {0}};

/* What is counted: of verdicts, and of them with a warning. */
typedef struct Counts {
    const guint *verdicts;
    const Warned *warned;
} Counts;

/* @names: the verdicts by name, too; @all: not only those that have a warning. */
static void counts_put(Doc *doc, const Counts *counts, bool names, bool all)
{
    static const VerdictValue order[] = {VERDICT_GENUINE, VERDICT_BACKSCATTER, VERDICT_FAKE,
                                         VERDICT_UNDECIDED};
    for (gsize i = 0; i < G_N_ELEMENTS(order); i++) {
        char count[COUNT_SIZE];
        VerdictValue verdict = order[i];
        Role role = counts->verdicts[verdict] ? draw_verdict_role(verdict) : ROLE_DIM;
        if (!all && !counts->warned->open[verdict] && !counts->warned->denied[verdict])
            continue;
        doc_put(doc, role, glyph_text(draw_verdict_glyph(verdict), doc_utf8(doc)));
        doc_printf(doc, role, " %s", count_text(counts->verdicts[verdict], count));
        if (names && verdict != VERDICT_UNDECIDED)
            doc_printf(doc, role, " %s", verdict_name(verdict));
        warned_put(doc, counts->warned, verdict);
        doc_put(doc, ROLE_NORMAL, "  ");
    }
}

/* "412 bounces, 37 left out"; where there is little room the number alone. */
static void total_put(Doc *doc, const App *app, bool brief)
{
    char count[COUNT_SIZE];
    doc_printf(doc, ROLE_NORMAL, "%s%s%s", count_text(app->model->total, count),
               brief ? "" : " bounce", brief || app->model->total == 1 ? "" : "s");
    if (app->left_out && !app->reading)
        doc_printf(doc, ROLE_DIM, ", %s left out", count_text(app->left_out, count));
    doc_put(doc, ROLE_NORMAL, "   ");
}

enum {
    LINE_MOST = 1000, /* columns: what does not fit is seen by them */
    GAP = 2,          /* behind each part */
    RIGHT_MOST = 24,  /* of what stands at the right; a query may be longer */
    READING_MOST = 60,
    NARROW_MOST = 6, /* ... where it is said by signs */
    LEAST_PATH = 20
};

/* A line, as wide as what stands in it. */
typedef struct Line {
    Doc *doc;
    int width; /* the gap at its end included */
} Line;

static Line line_end(Doc *doc)
{
    int width = doc_column(doc);
    doc_end(doc);
    return (Line){doc, width};
}

static int line_draw(Line *line, Screen *screen, int x)
{
    doc_draw(line->doc, screen, x, 0, screen->width - x, 1, 0, NULL);
    g_clear_pointer(&line->doc, doc_free);
    return MIN(x + line->width, screen->width);
}

/* At the right end, from @x on. That it is sorted as it always is gives way. */
static void right_draw(const App *app, Screen *screen, int x)
{
    Role role;
    int room = screen->width - x;
    g_autofree char *text = header_right(app, room, &role);
    bool sort = g_str_has_prefix(text, ORDER_WORD);
    if (sort && text_width(text, screen->utf8) > room && strcmp(text, ORDER_WORD "date") != 0)
        memmove(text, text + strlen(ORDER_WORD), strlen(text + strlen(ORDER_WORD)) + 1);
    bool fits = text_width(text, screen->utf8) <= room;
    if (fits || (!sort && room > 4))
        screen_put_right(screen, x, 0, screen->width, text, role);
}

/* Columns that what stands at the right has to have, @most at most; @order: an order, too. */
static int right_need(const App *app, int most, bool order)
{
    Role role;
    g_autofree char *wanted = header_right(app, app->screen->width, &role);
    int width = text_width(wanted, app->screen->utf8);
    if (strcmp(wanted, ORDER_WORD "date") == 0)
        return 0;
    if (g_str_has_prefix(wanted, ORDER_WORD))
        return order ? width - (int)strlen(ORDER_WORD) : 0;
    return MIN(width, most);
}

/* A way to write the line of all cases. */
typedef struct Way {
    bool title, total, brief, names, bare; /* bare: without warnings, which another way has */
} Way;

static Line way_line(const App *app, const Counts *counts, const Way *way)
{
    Doc *doc = doc_new(LINE_MOST, app->screen->utf8);
    int end = app->screen->width;
    if (way->title)
        doc_put(doc, ROLE_TITLE, "notme");
    doc_tab(doc, 0, way->title ? GAP : 0);
    /* while all is read the room is for how far that is: a number of it all says little then */
    if (way->total && end >= 50 && !(app->reading && app->total && end < 110))
        total_put(doc, app, way->brief);
    const Counts bare = {counts->verdicts, &no_warning};
    counts_put(doc, way->bare ? &bare : counts, way->names, true);
    return line_end(doc);
}

/* In the first way that leaves the room for what stands at the right. */
static void overview_draw(const App *app, Screen *screen, const Counts *counts)
{
    static const Way ways[] = {{.title = true, .total = true, .names = true},
                               {.title = true, .total = true},
                               {.title = true, .total = true, .brief = true},
                               {.title = true},
                               {.title = false},
                               {.bare = true}};
    Line line = {NULL, 0};
    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
        int most = app->reading && ways[i].names ? READING_MOST
                   : screen->width < 60          ? NARROW_MOST
                                                 : RIGHT_MOST;
        int need = right_need(app, most, true);
        doc_free(line.doc);
        line = way_line(app, counts, &ways[i]);
        if (line.width + (need ? need : -GAP) <= screen->width)
            break;
    }
    right_draw(app, screen, line_draw(&line, screen, 0));
}

/* How far reading is, beside a title without counts. */
static void reading_draw(const App *app, Screen *screen, int x)
{
    int room = screen->width - x;
    g_autofree char *text = status_reading(app, room);
    if (text && text_width(text, screen->utf8) <= room)
        screen_put_right(screen, x, 0, screen->width, text, ROLE_DIM);
}

/* A path is seen as long as there is room for the signs with their numbers, and the order. */
static void path_draw(const App *app, Screen *screen, const char *what, const Counts *counts)
{
    bool narrow = screen->width < 60;
    Doc *doc = doc_new(LINE_MOST, screen->utf8);
    int x = screen_put(screen, 0, 0, screen->width, "notme", ROLE_TITLE) + GAP;
    if (counts->verdicts)
        counts_put(doc, counts, false, !narrow);
    Line line = line_end(doc);
    bool plain = narrow || app->reading || !counts->verdicts;
    int need = plain ? 0 : right_need(app, RIGHT_MOST, false);
    int end = MAX(screen->width - line.width - need, LEAST_PATH);
    x = screen_put_cut(screen, x, 0, end, what, ROLE_TITLE) + GAP;
    x = line_draw(&line, screen, MIN(x, screen->width));
    if (!counts->verdicts)
        reading_draw(app, screen, x);
    else if (!narrow)
        right_draw(app, screen, x);
}

void header_draw(const App *app, Screen *screen, const char *what, const guint *verdicts,
                 const Warned *warned)
{
    const Counts counts = {verdicts, warned ? warned : &no_warning};
    if (what)
        path_draw(app, screen, what, &counts);
    else
        overview_draw(app, screen, &counts);
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
