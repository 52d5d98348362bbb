/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions: one row each, by the cases that wait for it; below the one under the cursor: what the
 * answers write, and some of its cases. */
#include "views/view_questions.h"

#include <stdio.h>

#include "base/count.h"
#include "base/needle.h"
#include "draw/draw_case.h"
#include "question/answer.h"
#include "question/asked.h"
#include "screen/clock.h"
#include "screen/doc.h"
#include "stage/answers.h"
#include "stage/header.h"
#include "verdict/question.h"
#include "views/view_review.h"

enum { CASES_SHOWN = 3, PREVIEW_LINES = 10 + CASES_SHOWN, LEAST_LIST = 6, LABEL = 6 };

typedef struct Questions {
    View view;
    List *list;
    GPtrArray *asked; /* of Asked, most cases first */
    guint waiting;    /* rows that wait for an answer */
    guint stuck;      /* undecided rows that no answer settles */
    bool stale;
    guint choice; /* of the model, that was shown last; 0: none */
} Questions;

static const Asked *asked_at(const Questions *self, guint item)
{
    return self->asked->pdata[item];
}

static const Asked *asked_here(const Questions *self)
{
    int item = list_current(self->list);
    return item < 0 ? NULL : asked_at(self, (guint)item);
}

static void regather(Questions *self)
{
    Session *session = self->view.app->session;
    g_autoptr(AskedBook) book = asked_book_new();
    self->waiting = self->stuck = 0;
    for (guint i = 0; i < session_row_count(session); i++) {
        const Row *row = model_row(self->view.app->model, i);
        if (session_row_gone(session, i))
            continue;
        asked_book_add(book, row);
        self->waiting += asked_waits(row);
        self->stuck += row->verdict == VERDICT_UNDECIDED && !row->questions;
    }
    g_ptr_array_unref(self->asked);
    self->asked = asked_book_list(book);
}

/* --- the list's client ------------------------------------------------------------------------ */

static void client_order(gpointer data, GArray *order)
{
    for (guint i = 0; i < ((Questions *)data)->asked->len; i++)
        g_array_append_val(order, i);
}

static const char *client_id(gpointer data, guint item)
{
    return asked_at(data, item)->id;
}

static bool client_matches(gpointer data, guint item, const char *needle)
{
    g_autofree char *text = question_text(asked_at(data, item)->id);
    return needle_in(needle, text) || needle_in(needle, asked_at(data, item)->seen_by);
}

static void client_draw(gpointer data, guint item, Screen *screen, int x, int y, int end)
{
    const Asked *asked = asked_at(data, item);
    g_autofree char *text = question_text(asked->id);
    int seen = end >= 100 ? end * 6 / 10 : end;
    char cases[32];
    count_text(asked->cases, cases);
    /* while rows come, or are judged again, no count is final */
    bool final = !((const Questions *)data)->view.app->reading;
    screen_put_right(screen, x, y, x + 8, cases, final ? ROLE_UNDECIDED : ROLE_DIM);
    screen_put_cut(screen, x + 10, y, seen - 1, text, ROLE_NORMAL);
    if (seen < end && asked->seen_by)
        screen_put_cut(screen, seen, y, end, asked->seen_by, ROLE_DIM);
}

static const ListClient client = {
    .order = client_order,
    .id = client_id,
    .draw = client_draw,
    .matches = client_matches,
};

/* --- drawing ---------------------------------------------------------------------------------- */

static int list_room(int height)
{
    int lines = height - 2;
    return lines >= PREVIEW_LINES + LEAST_LIST ? lines - PREVIEW_LINES : MAX(lines / 2, 1);
}

static void questions_relist(Questions *self)
{
    self->stale = false;
    regather(self);
    app_relist(self->view.app, self->list, &self->choice);
}

static void questions_choose(View *view)
{
    Questions *self = (Questions *)view;
    if (self->choice != view->app->model->choice)
        questions_relist(self);
}

static void questions_recalc(View *view, int width, int height)
{
    Questions *self = (Questions *)view;
    (void)width;
    model_count(view->app->model);
    if (self->stale)
        questions_relist(self);
    list_resize(self->list, list_room(height));
}

/* "  yes  adds ... ", over as many lines as it takes. */
static void answer_put(Doc *doc, const char *id, bool yes)
{
    g_autofree char *means = answer_meaning(id, yes);
    doc_tab(doc, 1, 0);
    doc_put(doc, ROLE_KEY, yes ? "yes" : "no");
    doc_tab(doc, LABEL, 1);
    doc_wrap(doc, ROLE_NORMAL, means, LABEL);
    doc_end(doc);
}

/* The question whole, who saw it and when, and what an answer would do. */
static Doc *question_doc(const Questions *self, const Asked *asked, int width)
{
    char first[16], last[16];
    Doc *doc = doc_new(width, self->view.app->screen->utf8);
    g_autofree char *text = question_text(asked->id);
    clock_short_date(asked->first, clock_now(), first);
    clock_short_date(asked->last, clock_now(), last);
    doc_tab(doc, 1, 0);
    doc_wrap(doc, ROLE_TITLE, text, 1);
    doc_end(doc);
    g_autofree char *seen = g_strdup_printf(
        "seen by %s, %s to %s", asked->seen_by ? asked->seen_by : "nobody named", first, last);
    doc_tab(doc, 1, 0);
    doc_wrap(doc, ROLE_DIM, seen, 1);
    doc_end(doc);
    const char *counts = session_promise(self->view.app->session, asked->id);
    if (counts) {
        doc_tab(doc, 1, 0);
        doc_wrap(doc, ROLE_NORMAL, counts, 1);
        doc_end(doc);
    }
    answer_put(doc, asked->id, true);
    answer_put(doc, asked->id, false);
    return doc;
}

static void cases_draw(const Questions *self, Screen *screen, int y, int height, const char *id)
{
    const App *app = self->view.app;
    guint shown = 0;
    for (guint i = 0; i < session_row_count(app->session) && shown < CASES_SHOWN && y < height;
         i++) {
        const Row *row = model_row(app->model, i);
        char date[16];
        if (session_row_gone(app->session, i) || !asked_by(row, id))
            continue;
        clock_short_date(row->timestamp, clock_now(), date);
        screen_put(screen, 1, y, 3, glyph_text(draw_verdict_glyph(row->verdict), screen->utf8),
                   draw_verdict_role(row->verdict));
        screen_put(screen, 4, y, 12, date, ROLE_DIM);
        screen_put_cut(screen, 12, y, 36, row_named(row), ROLE_NORMAL);
        screen_put_cut(screen, 37, y, screen->width,
                       row->returned_subject ? row->returned_subject : "", ROLE_DIM);
        y++;
        shown++;
    }
}

static void preview_draw(const Questions *self, Screen *screen, int y, int height)
{
    const Asked *asked = asked_here(self);
    char place[LIST_PLACE_SIZE];
    if (!asked || y >= height)
        return;
    list_place(self->list, place);
    header_rule(screen, y++, NULL, NULL, place);
    g_autoptr(Doc) doc = question_doc(self, asked, screen->width);
    doc_draw(doc, screen, 0, y, screen->width, height - y, 0, NULL);
    y += doc_lines(doc);
    cases_draw(self, screen, height - y > CASES_SHOWN ? y + 1 : y, height, asked->id);
}

static void questions_draw(const View *view, Screen *screen, int height)
{
    const Questions *self = (const Questions *)view;
    char waiting[COUNT_SIZE], stuck[COUNT_SIZE], asked[COUNT_SIZE];
    count_text(self->waiting, waiting);
    count_text(self->stuck, stuck);
    bool part = view->app->reading, more = self->stuck && !part;
    g_autofree char *title = g_strdup_printf(
        "%s wait%s in %s question%s%s%s%s%s", waiting, self->waiting == 1 ? "s" : "",
        count_text(self->asked->len, asked), self->asked->len == 1 ? "" : "s",
        part ? " so far" : "", more ? ", and " : "", more ? stuck : "",
        more ? " undecided that none settles" : "");
    header_draw(view->app, screen, title, NULL, NULL);
    screen_put(screen, 1, 1, screen->width, "  waits  question", ROLE_DIM);
    list_draw(self->list, screen, 0, 2, screen->width);
    if (list_count(self->list) == 0)
        screen_put(screen, 2, 2, screen->width,
                   view->app->reading ? "Reading." : "There is nothing to ask.", ROLE_DIM);
    preview_draw(self, screen, 2 + list_room(height), height);
}

/* --- acting ----------------------------------------------------------------------------------- */

static void open_cases(Questions *self, const Asked *asked)
{
    g_autofree char *text = question_text(asked->id);
    Scope *scope = scope_new_question(asked->id, text);
    app_push(self->view.app, view_review_new(self->view.app, scope));
    scope_free(scope);
}

static bool questions_act(View *view, ActionId action)
{
    Questions *self = (Questions *)view;
    const Asked *asked = asked_here(self);
    if (action == ACTION_OPEN && asked)
        open_cases(self, asked);
    else if (action == ACTION_ANSWER && asked)
        answers_ask(view->app, asked->id);
    else if (action != ACTION_OPEN && action != ACTION_ANSWER)
        return list_act(self->list, action);
    return true;
}

static bool questions_find(View *view, const char *needle, int by, bool from_here)
{
    return list_find(((Questions *)view)->list, needle, by, from_here);
}

static void questions_changed(View *view)
{
    ((Questions *)view)->stale = true;
}

/* The cursor waits for its question. */
static void questions_restarted(View *view)
{
    list_hold(((Questions *)view)->list);
    questions_changed(view);
}

static bool questions_settled(View *view)
{
    return !((Questions *)view)->stale;
}

static void questions_free(View *view)
{
    Questions *self = (Questions *)view;
    list_free(self->list);
    g_ptr_array_unref(self->asked);
    g_free(self);
}

static const ViewOps questions_ops = {
    .name = "the questions",
    .context = CONTEXT_QUESTIONS,
    .free = questions_free,
    .recalc = questions_recalc,
    .choose = questions_choose,
    .draw = questions_draw,
    .act = questions_act,
    .find = questions_find,
    .changed = questions_changed,
    .restarted = questions_restarted,
    .settled = questions_settled,
};

View *view_questions_new(App *app)
{
    Questions *self = g_new0(Questions, 1);
    self->view = (View){&questions_ops, app, NULL};
    self->asked = g_ptr_array_new();
    self->list = list_new(&client, self);
    self->stale = true;
    return &self->view;
}
