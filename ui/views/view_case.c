/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case in full screen: its pages, from the chain with all fields to the raw source. */
#include <string.h>

#include "views/view_case.h"

#include "draw/draw_case.h"
#include "draw/draw_chain.h"
#include "draw/draw_login.h"
#include "screen/pager.h"
#include "stage/answers.h"
#include "stage/header.h"
#include "verdict/telling.h"

typedef struct CaseView {
    View view;
    View *list; /* the view below: its cursor says which case */
    guint page;
    Pager pager;
    char *id; /* of what the pager shows */
    guint shown_page;
    int shown_width;
    bool complete; /* all of it was there when it was made */
    char *summary;
    /* The text or raw source of one row. */
    char *text, *text_error;
    TextWanted text_what;
    guint text_row;
    bool text_asked;
} CaseView;

/* What the pages are made from. */
typedef struct Shown {
    const App *app;
    guint item;
    const Row *row;
    const Finding *finding;
    const LoginTrail *trail; /* or NULL */
} Shown;

static void page_chain(Doc *doc, const Shown *shown)
{
    draw_head(doc, shown->row, shown->finding, false);
    if (shown->trail)
        draw_login(doc, shown->row, shown->trail);
    answers_draw(shown->app, doc, CONTEXT_CASE, shown->item, shown->finding, false);
    draw_login_more(doc, shown->finding);
    doc_end(doc);
    draw_chain(doc, shown->finding, CHAIN_FULL);
    draw_why(doc, shown->finding, G_MAXUINT);
}

static void page_evidence(Doc *doc, const Shown *shown)
{
    draw_evidence(doc, shown->finding);
}

static void page_recipients(Doc *doc, const Shown *shown)
{
    draw_recipients(doc, shown->finding);
}

static void page_outer(Doc *doc, const Shown *shown)
{
    doc_printf(doc, ROLE_DIM, " %s", telling_outer(shown->row->kind));
    doc_end(doc);
    doc_end(doc);
    draw_outer_chain(doc, shown->finding);
}

static const struct {
    const char *name;
    /* NULL: a text */
    void (*draw)(Doc *doc, const Shown *shown);
    TextWanted what;
} pages[CASE_PAGE_COUNT] = {
    [CASE_PAGE_CHAIN] = {"chain", page_chain, 0},
    [CASE_PAGE_EVIDENCE] = {"evidence", page_evidence, 0},
    [CASE_PAGE_RECIPIENTS] = {"recipients", page_recipients, 0},
    [CASE_PAGE_OUTER] = {"outer chain", page_outer, 0},
    [CASE_PAGE_RETURNED] = {"returned", NULL, TEXT_RETURNED},
    [CASE_PAGE_TEXT] = {"text", NULL, TEXT_PARTS},
    [CASE_PAGE_RAW] = {"raw", NULL, TEXT_RAW},
};

static int case_row(const View *view)
{
    const CaseView *self = (const CaseView *)view;
    return self->list->ops->row(self->list);
}

static void case_free(View *view)
{
    CaseView *self = (CaseView *)view;
    pager_clear(&self->pager);
    g_free(self->id);
    g_free(self->summary);
    g_free(self->text);
    g_free(self->text_error);
    g_free(self);
}

/* Its number means another row from now on. */
static void case_restarted(View *view)
{
    CaseView *self = (CaseView *)view;
    g_clear_pointer(&self->text, g_free);
    g_clear_pointer(&self->text_error, g_free);
    self->text_asked = self->complete = false;
}

static void text_ask(CaseView *self, guint row)
{
    TextWanted what = pages[self->page].what;
    if ((self->text || self->text_error || self->text_asked) && self->text_row == row &&
        self->text_what == what)
        return;
    g_clear_pointer(&self->text, g_free);
    g_clear_pointer(&self->text_error, g_free);
    self->text_row = row;
    self->text_what = what;
    self->text_asked = true;
    session_text(self->view.app->session, row, what);
}

static void case_text(View *view, guint row, TextWanted what, const char *text, const char *error)
{
    CaseView *self = (CaseView *)view;
    if (row != self->text_row || what != self->text_what)
        return;
    g_free(self->text);
    g_free(self->text_error);
    self->text = g_strdup(text);
    self->text_error = g_strdup(text ? NULL : error ? error : "it cannot be read");
    self->text_asked = false;
    self->complete = false;
}

static void problem_put(Doc *doc, const char *problem)
{
    doc_put(doc, ROLE_NORMAL, " ");
    doc_wrap(doc, ROLE_ERROR, problem, 1);
    doc_end(doc);
}

static void make_text(CaseView *self, Doc *doc)
{
    self->complete = self->text || self->text_error;
    if (self->text && self->page == CASE_PAGE_RETURNED && !*self->text) {
        doc_put(doc, ROLE_DIM, " Nothing of the returned message came back.");
        doc_end(doc);
    } else if (self->text)
        doc_text(doc, ROLE_NORMAL, self->text);
    else if (self->text_error)
        problem_put(doc, self->text_error);
}

static void page_draw(CaseView *self, Doc *doc, guint row, const Finding *finding)
{
    const Model *model = self->view.app->model;
    g_autoptr(LoginTrail) trail =
        self->page == CASE_PAGE_CHAIN ? login_trail_new(model, row) : NULL;
    const Shown shown = {self->view.app, row, model_row(model, row), finding, trail};
    pages[self->page].draw(doc, &shown);
}

static void make_page(CaseView *self, Doc *doc, guint row)
{
    Model *model = self->view.app->model;
    const Finding *finding = model_finding(model, row);
    const char *problem = model_problem(model, row);
    self->complete = finding || problem;
    if (problem)
        problem_put(doc, problem);
    else if (finding && finding->reading->bounce)
        page_draw(self, doc, row, finding);
}

static void case_choose(View *view)
{
    View *list = ((CaseView *)view)->list;
    if (list->ops->choose)
        list->ops->choose(list);
}

static void case_recalc(View *view, int width, int height)
{
    CaseView *self = (CaseView *)view;
    App *app = view->app;
    if (self->list->ops->recalc)
        self->list->ops->recalc(self->list, width, height);
    int row = case_row(view);
    pager_resize(&self->pager, height - 2);
    if (row < 0) { /* read anew, it may say something else */
        self->complete = false;
        return;
    }
    const char *id = model_id(app->model, (guint)row);
    const Finding *finding = model_finding(app->model, (guint)row);
    g_free(self->summary);
    self->summary = finding ? draw_summary(model_row(app->model, (guint)row), finding) : NULL;
    bool same = g_strcmp0(id, self->id) == 0 && self->page == self->shown_page;
    if (!pages[self->page].draw)
        text_ask(self, (guint)row);
    if (same && self->complete && self->shown_width == width)
        return;
    Doc *doc = doc_new(width, app->screen->utf8);
    if (pages[self->page].draw)
        make_page(self, doc, (guint)row);
    else
        make_text(self, doc);
    pager_set(&self->pager, doc, !same);
    if (g_strcmp0(id, self->id) != 0) {
        g_free(self->id);
        self->id = g_strdup(id);
    }
    self->shown_page = self->page;
    self->shown_width = width;
}

/* "chain  evidence  recipients ...", the one shown in front. */
static void tabs_draw(const CaseView *self, Screen *screen, int y)
{
    int x = 1, end = screen->width;
    char place[16];
    pager_place(&self->pager, place);
    if (end < 60) {
        x = screen_printf(screen, x, y, end, ROLE_TITLE, "%s", pages[self->page].name) + 1;
        screen_printf(screen, x, y, end, ROLE_DIM, "(page %u of %d)", self->page + 1,
                      CASE_PAGE_COUNT);
    }
    for (guint i = 0; end >= 60 && i < CASE_PAGE_COUNT; i++) {
        bool here = i == self->page;
        x = screen_put(screen, x, y, end, here ? "[" : " ", ROLE_TITLE);
        x = screen_put(screen, x, y, end, pages[i].name, here ? ROLE_TITLE : ROLE_DIM);
        x = screen_put(screen, x, y, end, here ? "]" : " ", ROLE_TITLE);
    }
    screen_put_right(screen, x, y, end - 1, place, ROLE_DIM);
}

static void case_draw(const View *view, Screen *screen, int height)
{
    const CaseView *self = (const CaseView *)view;
    int row = case_row(view);
    (void)height;
    if (row < 0) {
        header_rule(screen, 0, NULL, NULL, "");
        screen_put(screen, 1, 2, screen->width,
                   view->app->reading ? "Reading." : "No case is left here.", ROLE_NORMAL);
        return;
    }
    const Row *shown = model_row(view->app->model, (guint)row);
    char place[LIST_PLACE_SIZE] = "";
    bool marked = model_marked(view->app->model, (guint)row);
    if (self->list->ops->place)
        self->list->ops->place(self->list, place);
    g_autofree char *right = g_strconcat(marked ? glyph_text(GLYPH_MARK, screen->utf8) : "",
                                         marked ? " " : "", place, NULL);
    header_rule(screen, 0, shown, self->summary, right);
    tabs_draw(self, screen, 1);
    pager_draw(&self->pager, screen, 0, 2, screen->width);
}

static void turn(CaseView *self, int by)
{
    self->page = (guint)((int)self->page + by + CASE_PAGE_COUNT) % CASE_PAGE_COUNT;
}

/* Raw source and text are opened and closed by one key. */
static void toggle(CaseView *self, guint page)
{
    self->page = self->page == page ? CASE_PAGE_CHAIN : page;
}

static bool case_act(View *view, ActionId action)
{
    CaseView *self = (CaseView *)view;
    switch (action) {
    case ACTION_NEXT_CASE:
        self->list->ops->act(self->list, ACTION_NEXT);
        return true;
    case ACTION_PREVIOUS_CASE:
        self->list->ops->act(self->list, ACTION_PREVIOUS);
        return true;
    case ACTION_NEXT_UNDECIDED:
    case ACTION_PREVIOUS_UNDECIDED:
    case ACTION_NEXT_GENUINE:
    case ACTION_PREVIOUS_GENUINE:
        return self->list->ops->act(self->list, action);
    case ACTION_OPEN:
    case ACTION_NEXT_PAGE:
        turn(self, 1);
        return true;
    case ACTION_PREVIOUS_PAGE:
        turn(self, -1);
        return true;
    case ACTION_RAW:
        toggle(self, CASE_PAGE_RAW);
        return true;
    case ACTION_TEXT:
        toggle(self, CASE_PAGE_TEXT);
        return true;
    case ACTION_RETURNED:
        toggle(self, CASE_PAGE_RETURNED);
        return true;
    default:
        return pager_act(&self->pager, action);
    }
}

static bool case_find(View *view, const char *needle, int by, bool from_here)
{
    return pager_find(&((CaseView *)view)->pager, needle, by, from_here);
}

static void case_go_on(View *view)
{
    CaseView *self = (CaseView *)view;
    self->list->ops->go_on(self->list);
}

static void case_go_to(View *view, const char *id)
{
    CaseView *self = (CaseView *)view;
    self->list->ops->go_to(self->list, id);
}

static void case_changed(View *view)
{
    ((CaseView *)view)->complete = false;
}

static bool case_settled(View *view)
{
    return case_row(view) < 0 || ((CaseView *)view)->complete;
}

static guint case_spot(const View *view)
{
    return pager_spot(&((const CaseView *)view)->pager);
}

static void case_go_spot(View *view, guint spot)
{
    pager_go_spot(&((CaseView *)view)->pager, spot);
}

static const ViewOps case_ops = {
    .name = "a case",
    .context = CONTEXT_CASE,
    .free = case_free,
    .recalc = case_recalc,
    .choose = case_choose,
    .draw = case_draw,
    .act = case_act,
    .find = case_find,
    .spot = case_spot,
    .go_spot = case_go_spot,
    .row = case_row,
    .go_on = case_go_on,
    .go_to = case_go_to,
    .changed = case_changed,
    .restarted = case_restarted,
    .text = case_text,
    .settled = case_settled,
};

View *view_case_new(App *app, View *list, guint page)
{
    CaseView *self = g_new0(CaseView, 1);
    self->view = (View){&case_ops, app, NULL};
    self->list = list;
    self->page = page;
    /* whoever reads it stays on it, whatever comes in above */
    list->ops->go_to(list, model_id(app->model, (guint)list->ops->row(list)));
    return &self->view;
}
