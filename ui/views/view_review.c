/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The review: list above, case under the cursor below. */
#include <stdarg.h>
#include <string.h>

#include "views/view_review.h"

#include "draw/draw_case.h"
#include "draw/draw_chain.h"
#include "draw/draw_row.h"
#include "screen/text.h"
#include "stage/answers.h"
#include "stage/empty.h"
#include "stage/header.h"
#include "views/view_case.h"

enum {
    LEAST_LIST = 3,
    LEAST_PANE = 4,  /* lines of the case, its rule included */
    HEADS_FROM = 16, /* lines of the screen: the columns have heads */
    SMALL_PANE = 8,
    AIRY_PANE = 14, /* from here on there are blank lines: never now and then, or all would jump */
    WHY_LINES = 4
};

typedef struct Review {
    View view;
    List *list;
    Scope *scope; /* NULL: all rows */
    char *path;   /* the scope as a title */
    bool pane;    /* wanted */
    int rows;     /* of the list, chosen by "<" and ">"; 0: by the configuration */
    Doc *doc;     /* of the pane, or NULL: no pane */
    Doc *foot;    /* what to do: it stays at the pane's end; NULL: it stands in the other */
    int doc_top;  /* the pane's first line that is shown ... */
    char *doc_id; /* ... of this case */
    char *summary;
    int heads; /* lines of the columns' heads: 0 or 1 */
    RowColumns columns;
    int list_height;
    bool stale;
    guint choice;                /* of the model, that was shown last; 0: none */
    guint counts[VERDICT_COUNT]; /* of the scope's rows */
    Warned warned;               /* of them with a warning */
} Review;

/* --- the list's client ------------------------------------------------------------------------ */

static void client_order(gpointer data, GArray *order)
{
    const Review *review = data;
    model_order(review->view.app->model, review->scope, order);
}

static const char *client_id(gpointer data, guint item)
{
    return model_id(((Review *)data)->view.app->model, item);
}

static bool client_matches(gpointer data, guint item, const char *needle)
{
    return row_matches(model_row(((Review *)data)->view.app->model, item), needle);
}

static void client_draw(gpointer data, guint item, Screen *screen, int x, int y, int end)
{
    const Review *review = data;
    row_draw(review->view.app->model, item, &review->columns, screen, x, y, end);
}

static const ListClient client = {
    .order = client_order,
    .id = client_id,
    .draw = client_draw,
    .matches = client_matches,
};

/* --- the view --------------------------------------------------------------------------------- */

static int review_row(const View *view)
{
    return list_current(((const Review *)view)->list);
}

static void review_free(View *view)
{
    Review *review = (Review *)view;
    list_free(review->list);
    doc_free(review->doc);
    doc_free(review->foot);
    g_free(review->summary);
    g_free(review->doc_id);
    scope_free(review->scope);
    g_free(review->path);
    g_free(review);
}

/* How many lines the list gets of those between the header and the status line. */
static int list_lines(const Review *review, int lines)
{
    if (!review->pane || lines < LEAST_LIST + LEAST_PANE)
        return lines;
    int wanted = review->rows ? review->rows : lines * review->view.app->config->review.split / 100;
    return CLAMP(wanted, LEAST_LIST, lines - LEAST_PANE);
}

/* A way to put a case into the lines there are. */
typedef struct PaneWay {
    bool airy; /* with blank lines between its parts */
    ChainDetail detail;
} PaneWay;

/* The lines of the case. In few lines only what matters most, what to do first of all: who failed,
 * who sent it, why. */
static Doc *pane_doc(const App *app, guint item, const Finding *finding, const char *problem,
                     int width, PaneWay way)
{
    const Row *row = model_row(app->model, item);
    bool small = way.detail == CHAIN_SENDER, judged = finding && finding->judgement->trace;
    /* what is ours is mended by whom it was to, all else is told by who sent it */
    bool sender_first = small && judged && row->verdict != VERDICT_GENUINE;
    Doc *doc = doc_new(width, app->screen->utf8);
    if (small && judged)
        answers_draw(app, doc, CONTEXT_LIST, item, finding, true);
    if (sender_first)
        draw_chain(doc, finding, way.detail);
    draw_head(doc, row, finding, small);
    if (problem) {
        doc_printf(doc, ROLE_ERROR, " %s", problem);
        doc_end(doc);
    }
    if (!judged)
        return doc;
    if (way.airy)
        doc_end(doc);
    if (!sender_first)
        draw_chain(doc, finding, way.detail);
    if (way.airy)
        doc_end(doc);
    draw_why(doc, finding, WHY_LINES);
    return doc;
}

/* What to do, which stays at the end of a pane that is large enough. */
static Doc *foot_doc(const App *app, guint item, const Finding *finding, int width)
{
    if (!finding || !finding->judgement->trace)
        return NULL;
    Doc *doc = doc_new(width, app->screen->utf8);
    answers_draw(app, doc, CONTEXT_LIST, item, finding, false);
    return doc;
}

/* Lines of the pane for the case itself. */
static int doc_room(const Review *review, int lines)
{
    return review->foot ? MAX(lines - doc_lines(review->foot), LEAST_PANE - 1) : lines;
}

/* Each case begins at its first line, and is not scrolled past its last. */
static void pane_keep(Review *review, guint item, int lines)
{
    const char *id = model_id(review->view.app->model, item);
    if (g_strcmp0(id, review->doc_id) != 0) {
        g_free(review->doc_id);
        review->doc_id = g_strdup(id);
        review->doc_top = 0;
    }
    review->doc_top = CLAMP(review->doc_top, 0, MAX(doc_lines(review->doc) - lines, 0));
}

static void pane_recalc(Review *review, int width, int lines)
{
    /* The first of them that fits. */
    static const PaneWay ways[] = {
        {true, CHAIN_BRIEF}, {false, CHAIN_BRIEF}, {true, CHAIN_SHORT}, {false, CHAIN_SHORT}};
    static const PaneWay least = {false, CHAIN_SENDER};
    const App *app = review->view.app;
    int item = list_current(review->list);
    bool small = lines < SMALL_PANE, airy = lines >= AIRY_PANE;
    g_clear_pointer(&review->doc, doc_free);
    g_clear_pointer(&review->foot, doc_free);
    g_clear_pointer(&review->summary, g_free);
    if (item < 0)
        return;
    const Finding *finding = model_finding(app->model, (guint)item);
    const char *problem = model_problem(app->model, (guint)item);
    const Row *row = model_row(app->model, (guint)item);
    review->foot = small ? NULL : foot_doc(app, (guint)item, finding, width);
    lines = doc_room(review, lines);
    for (gsize i = airy ? 0 : 1; i < G_N_ELEMENTS(ways); i++) {
        doc_free(review->doc);
        review->doc = pane_doc(app, (guint)item, finding, problem, width, small ? least : ways[i]);
        if (small || doc_lines(review->doc) <= lines)
            break;
    }
    if (finding && finding->judgement->trace)
        review->summary = draw_summary(row, finding);
    pane_keep(review, (guint)item, lines);
}

/* The cases beside the one shown, so that the next key finds them read. */
static void prefetch(const Review *review)
{
    guint at = list_position(review->list), count = list_count(review->list);
    Model *model = review->view.app->model;
    int item = list_current(review->list);
    if (item < 0 || !model_finding(model, (guint)item))
        return;
    if (at + 1 < count)
        model_prefetch(model, list_item(review->list, at + 1));
    if (at > 0)
        model_prefetch(model, list_item(review->list, at - 1));
}

static void scope_count(Review *review)
{
    Model *model = review->view.app->model;
    memset(review->counts, 0, sizeof review->counts);
    review->warned = (Warned){0};
    for (guint i = 0; review->scope && i < list_count(review->list); i++) {
        const Row *row = model_row(model, list_item(review->list, i));
        review->counts[row->verdict]++;
        warned_add(&review->warned, row);
    }
}

/* The list, made anew. */
static void review_relist(Review *review)
{
    const App *app = review->view.app;
    review->stale = false;
    model_count(app->model);
    app_relist(app, review->list, &review->choice);
    scope_count(review);
}

static void review_choose(View *view)
{
    Review *review = (Review *)view;
    if (review->choice != view->app->model->choice)
        review_relist(review);
}

static void review_recalc(View *view, int width, int height)
{
    Review *review = (Review *)view;
    if (review->stale)
        review_relist(review);
    review->columns = row_columns(width);
    review->heads = height + 1 >= HEADS_FROM;
    int lines = height - 1 - review->heads;
    review->list_height = list_lines(review, lines);
    list_resize(review->list, review->list_height);
    if (review->list_height < lines) {
        pane_recalc(review, width, lines - 1 - review->list_height);
        prefetch(review);
    } else {
        g_clear_pointer(&review->doc, doc_free);
        g_clear_pointer(&review->foot, doc_free);
    }
}

static void review_place(const View *view, char text[LIST_PLACE_SIZE])
{
    const Review *review = (const Review *)view;
    list_place(review->list, text);
}

/* Columns up to the end of the last word of @line that ends within @room. */
static int words_end(const char *line, int room)
{
    int column = 0, end = 0;
    const char *p = line;
    while (*p && column <= room) {
        end = *p == ' ' ? column : end;
        column += text_cell(&p, NULL);
    }
    return column <= room ? column : end;
}

/* More of the case follows than there are lines. That stands where labels do, if the last line has
 * none: nothing of a sentence is covered; else at its end, and no word is cut. */
static void more_lines_draw(const Doc *doc, int last, Screen *screen, int y)
{
    enum { LABEL = 10 };
    g_autofree char *line = doc_line_text(doc, last);
    g_autofree char *text = g_strdup_printf(" %s %d more ", glyph_text(GLYPH_MORE, screen->utf8),
                                            doc_lines(doc) - last - 1);
    int width = text_width(text, screen->utf8) - 1;
    bool free = strspn(line, " ") >= LABEL && width <= LABEL;
    int from = free ? LABEL - width : screen->width - width;
    for (int x = free ? from : words_end(line, from); x < from; x++)
        screen_put(screen, x, y, from, " ", ROLE_NORMAL);
    screen_put(screen, from, y, screen->width, free ? text + 1 : text, ROLE_DIM);
}

static void review_draw(const View *view, Screen *screen, int height)
{
    const Review *review = (const Review *)view;
    char place[LIST_PLACE_SIZE];
    const Model *model = view->app->model;
    header_draw(view->app, screen, review->path, review->scope ? review->counts : model->counts,
                review->scope ? &review->warned : &model->warned);
    if (list_count(review->list) == 0) {
        empty_draw(view->app, screen, review->scope, height);
        return;
    }
    if (review->heads)
        row_heads_draw(&review->columns, screen, 1);
    list_draw(review->list, screen, 0, 1 + review->heads, screen->width);
    if (!review->doc)
        return;
    int y = 1 + review->heads + review->list_height;
    const Row *row = model_row(view->app->model, (guint)list_current(review->list));
    review_place(view, place);
    header_rule(screen, y, row, review->summary, place);
    int all = height - y - 1, lines = doc_room(review, all);
    doc_draw(review->doc, screen, 0, y + 1, screen->width, lines, review->doc_top, NULL);
    int last = review->doc_top + lines - 1;
    if (lines > 0 && last + 1 < doc_lines(review->doc))
        more_lines_draw(review->doc, last, screen, y + lines);
    if (review->foot)
        doc_draw(review->foot, screen, 0, y + 1 + lines, screen->width, all - lines, 0, NULL);
}

/* One line more or fewer; past either end the case is hidden or the list is at its least. */
static void split(Review *review, int by)
{
    int lines = review->view.app->screen->height - 2 - review->heads;
    int now = review->pane ? review->list_height : lines;
    if (!review->pane && by < 0) {
        review->pane = true;
        review->rows = lines - LEAST_PANE;
        return;
    }
    review->rows = CLAMP(now + by, LEAST_LIST, MAX(lines, LEAST_LIST));
    if (review->rows > lines - LEAST_PANE)
        review->pane = false;
}

static void review_open(View *view)
{
    if (review_row(view) >= 0)
        app_push(view->app, view_case_new(view->app, view, CASE_PAGE_CHAIN));
}

/* To the next case in direction @by with @verdict; not round. */
static void seek(Review *review, VerdictValue verdict, int by)
{
    const App *app = review->view.app;
    gint64 count = list_count(review->list), at = list_position(review->list);
    for (at += by; at >= 0 && at < count; at += by) {
        if (model_row(app->model, list_item(review->list, (guint)at))->verdict == verdict) {
            list_go(review->list, (guint)at);
            return;
        }
    }
    app_say(review->view.app, ROLE_ERROR, "No %s case %s", verdict_name(verdict),
            by > 0 ? "below" : "above");
}

static bool review_seek(Review *review, ActionId action)
{
    static const struct {
        ActionId action;
        VerdictValue verdict;
        int by;
    } seeks[] = {{ACTION_NEXT_UNDECIDED, VERDICT_UNDECIDED, 1},
                 {ACTION_PREVIOUS_UNDECIDED, VERDICT_UNDECIDED, -1},
                 {ACTION_NEXT_GENUINE, VERDICT_GENUINE, 1},
                 {ACTION_PREVIOUS_GENUINE, VERDICT_GENUINE, -1}};
    for (gsize i = 0; i < G_N_ELEMENTS(seeks); i++) {
        if (seeks[i].action == action) {
            seek(review, seeks[i].verdict, seeks[i].by);
            return true;
        }
    }
    return false;
}

/* The cases of one campaign in a list of their own. */
static void campaign_open(const Review *review)
{
    App *app = review->view.app;
    const Row *row = model_row(app->model, (guint)list_current(review->list));
    g_autofree char *key = group_key(row, GROUP_CAMPAIGN);
    Scope *scope = scope_new(GROUP_CAMPAIGN, key, review->scope);
    View *view = view_review_new(app, scope);
    scope_free(scope);
    view->ops->go_to(view, model_id(app->model, (guint)list_current(review->list)));
    app_push(app, view);
}

static bool review_act(View *view, ActionId action)
{
    Review *review = (Review *)view;
    switch (action) {
    case ACTION_CAMPAIGN:
        campaign_open(review);
        return true;

    case ACTION_OPEN:
        review_open(view);
        return true;
    case ACTION_NEXT_CASE:
        return list_act(review->list, ACTION_NEXT);
    case ACTION_PREVIOUS_CASE:
        return list_act(review->list, ACTION_PREVIOUS);
    case ACTION_RAW:
        app_push(view->app, view_case_new(view->app, view, CASE_PAGE_RAW));
        return true;
    case ACTION_TEXT:
        app_push(view->app, view_case_new(view->app, view, CASE_PAGE_TEXT));
        return true;
    case ACTION_RETURNED:
        app_push(view->app, view_case_new(view->app, view, CASE_PAGE_RETURNED));
        return true;
    case ACTION_SHRINK:
        split(review, -1);
        return true;
    case ACTION_GROW:
        split(review, 1);
        return true;
    case ACTION_PANE_DOWN:
        review->doc_top++;
        return true;
    case ACTION_PANE_UP:
        review->doc_top--;
        return true;
    case ACTION_PANE:
        review->pane = !review->pane;
        review->rows = 0;
        return true;
    default:
        return review_seek(review, action) || list_act(review->list, action);
    }
}

static bool review_find(View *view, const char *needle, int by, bool from_here)
{
    return list_find(((Review *)view)->list, needle, by, from_here);
}

static void review_all(View *view, GArray *rows)
{
    const Review *review = (Review *)view;
    for (guint i = 0; i < list_count(review->list); i++) {
        guint row = list_item(review->list, i);
        g_array_append_val(rows, row);
    }
}

static void review_go_on(View *view)
{
    list_move(((Review *)view)->list, 1);
}

static void review_go_to(View *view, const char *id)
{
    list_go_id(((Review *)view)->list, id);
}

static void review_changed(View *view)
{
    ((Review *)view)->stale = true;
}

static void review_restarted(View *view)
{
    list_hold(((Review *)view)->list);
}

static guint review_above(const View *view)
{
    return list_above(((const Review *)view)->list);
}

static const char *review_cursor(const View *view)
{
    return list_id(((const Review *)view)->list);
}

static const Scope *review_scope(const View *view)
{
    return ((const Review *)view)->scope;
}

static char *review_where(const View *view)
{
    return scope_path(((const Review *)view)->scope, false);
}

static void review_click(View *view, int x, int y)
{
    Review *review = (Review *)view;
    int at = list_at(review->list, y - 1 - review->heads);
    (void)x;
    if (at >= 0 && (guint)at == list_position(review->list))
        review_open(view);
    else if (at >= 0)
        list_go(review->list, (guint)at);
}

static bool review_settled(View *view)
{
    Review *review = (Review *)view;
    int item = review_row(view);
    return !review->stale &&
           (!review->doc || item < 0 || model_has_case(view->app->model, (guint)item));
}

static guint review_spot(const View *view)
{
    return list_position(((const Review *)view)->list);
}

static void review_go_spot(View *view, guint spot)
{
    list_go(((Review *)view)->list, spot);
}

static const ViewOps review_ops = {
    .name = "the list",
    .context = CONTEXT_LIST,
    .free = review_free,
    .recalc = review_recalc,
    .choose = review_choose,
    .draw = review_draw,
    .act = review_act,
    .find = review_find,
    .spot = review_spot,
    .go_spot = review_go_spot,
    .row = review_row,
    .all = review_all,
    .go_on = review_go_on,
    .go_to = review_go_to,
    .changed = review_changed,
    .restarted = review_restarted,
    .click = review_click,
    .above = review_above,
    .cursor = review_cursor,
    .set_cursor = review_go_to,
    .scope = review_scope,
    .where = review_where,
    .settled = review_settled,
    .place = review_place,
};

View *view_review_new(App *app, const Scope *scope)
{
    Review *review = g_new0(Review, 1);
    review->view = (View){&review_ops, app, NULL};
    review->list = list_new(&client, review);
    review->pane = true;
    review->stale = true;
    review->scope = scope_copy(scope);
    review->path = scope_path(scope, app->screen->utf8);
    return &review->view;
}
