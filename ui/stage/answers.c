/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of the reviewer. See answers.h. */
#include "stage/answers.h"

#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "config/config_edit.h"
#include "draw/draw_case.h"
#include "question/answer.h"
#include "question/asked.h"
#include "stage/acts.h"
#include "verdict/question.h"

static void answer_write(App *app, bool yes)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *file = config_last_path(app->config_path);
    if (!session_answer(app->session, file, app->question, yes, &error))
        app_say(app, ROLE_ERROR, "%s", error->message);
}

static void answered(gpointer data, const char *text)
{
    App *app = data;
    if (text && (*text == 'y' || *text == 'n'))
        answer_write(app, *text == 'y');
    else
        app_say(app, ROLE_MESSAGE, "Not answered");
    g_clear_pointer(&app->question, g_free);
}

void answers_ask(App *app, const char *id)
{
    g_autofree char *text = question_text(id), *yes = answer_meaning(id, true),
                    *no = answer_meaning(id, false);
    if (!text)
        return;
    const char *counts = session_promise(app->session, id);
    g_autofree char *line = g_strdup_printf("%s %s%sA yes %s. A no %s. (y/n) ", text,
                                            counts ? counts : "", counts ? " " : "", yes, no);
    g_free(app->question);
    app->question = g_strdup(id);
    app_ask(app, line, "yn", answered);
}

/* The question whose cases are looked at, or NULL. */
static const char *question_open(const App *app)
{
    for (const View *view = app_top(app); view; view = view->parent) {
        const Scope *scope = view->ops->scope ? view->ops->scope(view) : NULL;
        for (; scope; scope = scope->within)
            if (scope->question)
                return scope->question;
    }
    return NULL;
}

char *answers_question(const App *app, guint i)
{
    const Row *row = model_row(app->model, i);
    const char *open = question_open(app);
    if (!asked_waits(row))
        return NULL;
    return open && asked_by(row, open) ? g_strdup(open)
                                       : g_strndup(row->questions, strcspn(row->questions, " "));
}

/* Where the advice stands, and on what. */
typedef struct Place {
    const App *app;
    Context context;
    const Row *row;
    const Finding *finding;
} Place;

/* The key of @act as it is bound there; none where it would be refused. */
static char *act_key(AdviceAct act, gpointer data)
{
    static const ActionId actions[ADVICE_ACT_COUNT] = {
        [ADVICE_DELETE] = ACTION_DELETE,     [ADVICE_QUARANTINE] = ACTION_QUARANTINE,
        [ADVICE_COMPLAIN] = ACTION_COMPLAIN, [ADVICE_VERDICT] = ACTION_VERDICT,
        [ADVICE_LEARN] = ACTION_LEARN,
    };
    const Place *place = data;
    if (!acts_offered(place->app, actions[act], place->row, place->finding))
        return NULL;
    return app_key(place->app, place->context, actions[act]);
}

void answers_draw(const App *app, Doc *doc, Context context, guint i, const Finding *finding,
                  bool brief)
{
    g_autofree char *id = answers_question(app, i);
    g_autofree char *key = keymap_key(app->keymap, context, ACTION_ANSWER);
    Place place = {app, context, model_row(app->model, i), finding};
    if (id)
        draw_question(doc, id, brief ? NULL : session_promise(app->session, id),
                      brief ? 0 : model_waiting(app->model, id), key);
    else if (finding)
        draw_unsettled(doc, finding);
    if (finding)
        draw_advice(doc, finding, act_key, &place);
}

static bool decisions_same(const Config *one, const Config *other)
{
    GHashTableIter iter;
    gpointer campaign, word;
    bool same = g_hash_table_size(one->decisions) == g_hash_table_size(other->decisions);
    g_hash_table_iter_init(&iter, one->decisions);
    while (same && g_hash_table_iter_next(&iter, &campaign, &word))
        same = g_strcmp0(g_hash_table_lookup(other->decisions, campaign), word) == 0;
    return same;
}

static bool identity_same(const Config *one, const Config *other)
{
    return identity_equal(one->identity, other->identity) &&
           one->identity_configured == other->identity_configured;
}

bool answers_reload(App *app)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Config) fresh = config_load(app->config_path, &error);
    if (!fresh) {
        app_say(app, ROLE_ERROR, "%s", error->message);
        return false;
    }
    config_share_state(fresh, app->config);
    if (identity_same(app->config, fresh) && decisions_same(app->config, fresh))
        return false;
    app_query_judge(app, fresh);
    return true;
}

static int undecided_count(const App *app)
{
    int count = 0;
    for (guint i = 0; i < session_row_count(app->session); i++)
        count += !session_row_gone(app->session, i) &&
                 session_row(app->session, i)->verdict == VERDICT_UNDECIDED;
    return count;
}

void answers_judged(App *app)
{
    int settled = app->undecided < 0 ? 0 : app->undecided - undecided_count(app);
    g_autofree char *before = settled && app->message ? g_steal_pointer(&app->message) : NULL;
    char count[COUNT_SIZE];
    count_text((guint64)abs(settled), count);
    app->undecided = -1;
    if (before)
        app_say(app, app->message_role, "%s; %s %s", before, count,
                settled > 0 ? "settled" : "undecided again");
}

void answers_ended(App *app, const JobStatus *status)
{
    bool wrote = status->action == JOB_ANSWER || status->action == JOB_DECIDE ||
                 status->action == JOB_UNDO || status->action == JOB_REDO;
    if (!status->job || !wrote)
        return;
    int before = app->reading ? -1 : undecided_count(app); /* of a part it would say nothing */
    if (answers_reload(app))
        app->undecided = before;
}
