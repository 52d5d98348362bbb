/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The review: list above, case under the cursor below. */
#include <stdarg.h>
#include <string.h>

#include "view_review.h"

#include "draw_case.h"
#include "draw_chain.h"
#include "header.h"
#include "view_case.h"

enum {
    LEAST_LIST = 3,
    LEAST_PANE = 4, /* lines of the case, its rule included */
    SMALL_PANE = 8,
    WHY_LINES = 4
};

typedef struct Columns {
    int date, recipient, reason, injection, reporter, subject, more;
} Columns; /* where each begins; 0: not shown */

typedef struct Review {
    View view;
    List *list;
    Scope scope;
    bool pane; /* wanted */
    int rows;  /* of the list, chosen by "<" and ">"; 0: by the configuration */
    Doc *doc;  /* of the pane, or NULL: no pane */
    char *summary;
    Columns columns;
    int list_height;
    bool stale;
    guint counts[VERDICT_COUNT]; /* of the scope's rows */
} Review;

/* --- the list's client -------------------------------------------------------------------------
 */

static void client_order(gpointer data, GArray *order)
{
    const Review *review = data;
    model_order(review->view.app->model, &review->scope, order);
}

static const char *client_id(gpointer data, guint item)
{
    return model_id(((Review *)data)->view.app->model, item);
}

static bool client_matches(gpointer data, guint item, const char *needle)
{
    return row_matches(model_row(((Review *)data)->view.app->model, item), needle);
}

static Columns columns_for(int width)
{
    Columns at = {.date = 4};
    int extra = MAX(width - 80, 0);
    int recipient = MAX(21, MIN(width * 24 / 100, 44));
    int injection = width >= 150 ? 28 : width >= 120 ? 20 : 15;
    if (width < 50) {
        at.recipient = 12;
        at.injection = width >= 38 ? width - 15 : 0;
        return at;
    }
    at.recipient = 12;
    at.reason = at.recipient + recipient + 1;
    if (width < 64) {
        at.reason = 0;
        at.injection = width - 15;
        return at;
    }
    at.injection = at.reason + 13;
    at.more = width - 5;
    if (width >= 76)
        at.reporter = at.injection + injection + 1;
    if (extra >= 36)
        at.subject = at.reporter + 13 + MIN(extra / 5, 18);
    return at;
}

/* The mark of a row: marked, being acted on, complained about. */
static void mark_draw(const Model *model, guint item, const Row *row, Screen *screen, int x, int y)
{
    static const char *const signs[JOB_ACTION_COUNT] = {
        [JOB_DELETE] = "d",   [JOB_QUARANTINE] = "z", [JOB_RELEASE] = "Z",
        [JOB_COMPLAIN] = "c", [JOB_VERDICT] = "!",    [JOB_UNDO] = "u",
    };
    gpointer job;
    if (g_hash_table_lookup_extended(model->pending, GUINT_TO_POINTER(item + 1), NULL, &job))
        screen_put(screen, x, y, x + 1, signs[GPOINTER_TO_UINT(job)], ROLE_MARK);
    else if (model_marked(model, item))
        screen_put(screen, x, y, x + 1, screen_glyph(screen, GLYPH_MARK), ROLE_MARK);
    else if (row->tags && strstr(row->tags, "complained"))
        screen_put(screen, x, y, x + 1, "c", ROLE_DIM);
}

static void column(Screen *screen, int y, int from, int to, const char *text, Role role)
{
    if (from > 0 && to > from)
        screen_put_cut(screen, from, y, to, text, role);
}

static void reporter_draw(const Row *row, Screen *screen, int from, int to, int y)
{
    if (row->verdict != VERDICT_FAKE) {
        column(screen, y, from, to, row->reporter_domain ? row->reporter_domain : "", ROLE_NORMAL);
        return;
    }
    g_autofree char *quoted =
        g_strdup_printf("\"%s\"", row->reporter_domain ? row->reporter_domain : "");
    column(screen, y, from, to, quoted, ROLE_NORMAL);
}

static void more_draw(const Model *model, guint item, const Row *row, Screen *screen, int y, int x)
{
    guint more = model_more(model, item);
    if (x == 0)
        return;
    if (row->files > 1)
        screen_printf(screen, x, y, screen->width, ROLE_UNDECIDED, "%uf", row->files);
    else if (more) {
        g_autofree char *text = g_strdup_printf("+%u", more);
        screen_put_right(screen, x, y, screen->width, text, ROLE_DIM);
    }
}

static Role injection_role(const Row *row)
{
    return row->injection_own ? ROLE_OWN : row->injection.family ? ROLE_NORMAL : ROLE_DIM;
}

static void client_draw(gpointer data, guint item, Screen *screen, int x, int y, int end)
{
    const Review *review = data;
    const Model *model = review->view.app->model;
    const Row *row = model_row(model, item);
    const Columns *at = &review->columns;
    const char *dash = screen_glyph(screen, GLYPH_DASH);
    Role role = verdict_role(row->verdict);
    char date[16];
    int after_injection = at->reporter ? at->reporter - 1 : at->more ? at->more : end;
    bool tail = row->files > 1 || model_more(model, item) > 0;
    int after_reporter = at->subject ? at->subject - 1 : tail ? at->more : end;
    g_autofree char *injection = row_injection_text(row);

    screen_put(screen, x, y, end, screen_glyph(screen, verdict_glyph(row->verdict)), role);
    mark_draw(model, item, row, screen, x + 1, y);
    short_date(row->timestamp, time_now(), date);
    column(screen, y, at->date, at->recipient - 1, date, ROLE_DIM);
    column(screen, y, at->recipient,
           (at->reason      ? at->reason
            : at->injection ? at->injection
                            : end + 1) -
               1,
           row->recipient ? row->recipient : "(nobody named)",
           row->recipient ? ROLE_NORMAL : ROLE_DIM);
    column(screen, y, at->reason, at->injection - 1,
           row->warning != WARNING_NONE   ? "LOGIN?"
           : row->verdict == VERDICT_FAKE ? dash
                                          : row_reason_text(row),
           row->warning != WARNING_NONE      ? ROLE_ERROR
           : row->verdict == VERDICT_GENUINE ? role
                                             : ROLE_NORMAL);
    column(screen, y, at->injection, after_injection, injection, injection_role(row));
    if (at->reporter)
        reporter_draw(row, screen, at->reporter, after_reporter, y);
    if (at->subject)
        column(screen, y, at->subject, at->more - 1,
               row->returned_subject ? row->returned_subject : "", ROLE_DIM);
    more_draw(model, item, row, screen, y, at->more);
}

static const ListClient client = {
    .order = client_order,
    .id = client_id,
    .draw = client_draw,
    .matches = client_matches,
};

/* --- the view ----------------------------------------------------------------------------------
 */

static int review_row(const View *view)
{
    return list_current(((const Review *)view)->list);
}

static void review_free(View *view)
{
    Review *review = (Review *)view;
    list_free(review->list);
    doc_free(review->doc);
    g_free(review->summary);
    g_free(review->scope.key);
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

/* The lines of the case; @airy with blank ones between its parts. In few lines only what matters
 * most: who failed, who sent it, why. */
static Doc *pane_doc(const App *app, const Row *row, const Finding *finding, const char *problem,
                     int width, bool airy, ChainDetail detail)
{
    bool small = detail == CHAIN_SENDER;
    Doc *doc = doc_new(width, app->screen->utf8);
    draw_head(doc, row, finding, small);
    if (problem) {
        doc_printf(doc, ROLE_ERROR, " %s", problem);
        doc_end(doc);
    }
    if (!finding || !finding->judgement->trace)
        return doc;
    if (airy)
        doc_end(doc);
    draw_chain(doc, finding, detail);
    if (airy)
        doc_end(doc);
    draw_why(doc, finding, WHY_LINES);
    draw_question(doc, finding);
    return doc;
}

static void pane_recalc(Review *review, int width, int lines)
{
    /* The first of them that fits. */
    static const struct {
        bool airy;
        ChainDetail detail;
    } ways[] = {
        {true, CHAIN_BRIEF}, {false, CHAIN_BRIEF}, {true, CHAIN_SHORT}, {false, CHAIN_SHORT}};
    const App *app = review->view.app;
    int item = list_current(review->list);
    bool small = lines < SMALL_PANE;
    g_clear_pointer(&review->doc, doc_free);
    g_clear_pointer(&review->summary, g_free);
    if (item < 0)
        return;
    const Finding *finding = model_finding(app->model, (guint)item);
    const char *problem = model_problem(app->model, (guint)item);
    const Row *row = model_row(app->model, (guint)item);
    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
        doc_free(review->doc);
        review->doc = pane_doc(app, row, finding, problem, width, !small && ways[i].airy,
                               small ? CHAIN_SENDER : ways[i].detail);
        if (small || doc_lines(review->doc) <= lines)
            break;
    }
    if (finding && finding->judgement->trace)
        review->summary = summary_text(row, finding);
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
    for (guint i = 0; review->scope.key && i < list_count(review->list); i++)
        review->counts[model_row(model, list_item(review->list, i))->verdict]++;
}

static void review_recalc(View *view, int width, int height)
{
    Review *review = (Review *)view;
    App *app = view->app;
    if (review->stale) {
        review->stale = false;
        model_count(app->model);
        list_rebuild(review->list);
        scope_count(review);
    }
    review->columns = columns_for(width);
    review->list_height = list_lines(review, height - 1);
    list_resize(review->list, review->list_height);
    if (review->list_height < height - 1) {
        pane_recalc(review, width, height - 2 - review->list_height);
        prefetch(review);
    } else
        g_clear_pointer(&review->doc, doc_free);
}

G_GNUC_PRINTF(6, 7)
static void empty_line(const App *app, Screen *screen, int *y, int end, Role role,
                       const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autoptr(Doc) doc = doc_new(MAX(screen->width - 4, 8), app->screen->utf8);
    doc_wrap(doc, role, text, 0);
    doc_end(doc);
    doc_draw(doc, screen, 2, *y, screen->width - 4, end - *y, 0, NULL);
    *y += doc_lines(doc);
}

/* Nothing to show: says what was searched, and how to widen it. */
static void empty_draw(const Review *review, Screen *screen, int end)
{
    const App *app = review->view.app;
    const char *query = session_current_query(app->session);
    int y = 2;
    if (app->read_error) {
        empty_line(app, screen, &y, end, ROLE_ERROR, "%s", app->read_error);
        return;
    }
    if (app->reading) {
        empty_line(app, screen, &y, end, ROLE_DIM, "%s", "Reading ...");
        return;
    }
    if (app->model->only && app->model->total) {
        g_autofree char *key = keymap_key(app->keymap, CONTEXT_LIST, ACTION_SHOW_ALL);
        empty_line(app, screen, &y, end, ROLE_NORMAL, "None is %s.",
                   verdict_name(app->model->only));
        empty_line(app, screen, &y, end, ROLE_DIM, "All verdicts are shown with: %s",
                   key ? key : ":show-all");
        return;
    }
    g_autofree char *key = keymap_key(app->keymap, CONTEXT_LIST, ACTION_LIMIT);
    empty_line(app, screen, &y, end, ROLE_NORMAL, "%s", "No bounces and no notices here.");
    empty_line(app, screen, &y, end, ROLE_DIM, "Searched: %s", query ? query : "*");
    if (app->limit)
        empty_line(app, screen, &y, end, ROLE_DIM, "An empty limit shows all again: %s <Enter>",
                   key ? key : ":limit");
    else
        empty_line(app, screen, &y, end, ROLE_DIM, "%s",
                   "Another query widens it: notme review QUERY, or \"query\" in [review] of the "
                   "configuration.");
}

static void review_place(const View *view, char text[32])
{
    const Review *review = (const Review *)view;
    g_snprintf(text, 32, "%u/%u", list_position(review->list) + 1, list_count(review->list));
}

/* More of the case follows than there are lines. */
static void more_lines_draw(Screen *screen, int y, int more)
{
    g_autofree char *text = g_strdup_printf(" %s %d more", screen_glyph(screen, GLYPH_MORE), more);
    int x = screen->width - text_width(text, screen->utf8);
    screen_put(screen, x, y, screen->width, text, ROLE_DIM);
}

static void review_draw(const View *view, Screen *screen, int height)
{
    const Review *review = (const Review *)view;
    char place[32];
    header_draw(view->app, screen, review->scope.key,
                review->scope.key ? review->counts : view->app->model->counts);
    if (list_count(review->list) == 0) {
        empty_draw(review, screen, height);
        return;
    }
    list_draw(review->list, screen, 0, 1, screen->width);
    if (!review->doc)
        return;
    int y = 1 + review->list_height;
    const Row *row = model_row(view->app->model, (guint)list_current(review->list));
    review_place(view, place);
    header_rule(screen, y, row, review->summary, place);
    int lines = height - y - 1;
    doc_draw(review->doc, screen, 0, y + 1, screen->width, lines, 0, NULL);
    if (lines > 0 && doc_lines(review->doc) > lines)
        more_lines_draw(screen, height - 1, doc_lines(review->doc) - lines);
}

/* One line more or fewer; past either end the case is hidden or the list is at its least. */
static void split(Review *review, int by)
{
    int lines = review->view.app->screen->height - 2;
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

static bool review_act(View *view, ActionId action)
{
    Review *review = (Review *)view;
    switch (action) {
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
    case ACTION_SHRINK:
        split(review, -1);
        return true;
    case ACTION_GROW:
        split(review, 1);
        return true;
    case ACTION_PANE:
        review->pane = !review->pane;
        review->rows = 0;
        return true;
    default:
        return list_act(review->list, action);
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

static void review_click(View *view, int x, int y)
{
    Review *review = (Review *)view;
    int at = list_at(review->list, y - 1);
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
           (!review->doc || item < 0 || model_finding(view->app->model, (guint)item) ||
            model_problem(view->app->model, (guint)item));
}

static const ViewOps review_ops = {
    .name = "the list",
    .context = CONTEXT_LIST,
    .free = review_free,
    .recalc = review_recalc,
    .draw = review_draw,
    .act = review_act,
    .find = review_find,
    .row = review_row,
    .all = review_all,
    .go_on = review_go_on,
    .go_to = review_go_to,
    .changed = review_changed,
    .restarted = review_restarted,
    .click = review_click,
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
    if (scope)
        review->scope = (Scope){scope->by, g_strdup(scope->key)};
    return &review->view;
}
