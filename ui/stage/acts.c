/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions that change mail: on what rows, what is asked first, and starting the job. What was seen
 * is what is acted on: marks count only where they are shown, and a job of another session is taken
 * back only by name. */
#include "stage/acts_private.h"

#include <string.h>

#include "base/count.h"
#include "stage/act_words.h"
#include "stage/seen.h"
#include "stage/targets.h"

static const struct {
    ActionId action;
    JobAction job;
} actions[] = {
    {ACTION_DELETE, JOB_DELETE},   {ACTION_QUARANTINE, JOB_QUARANTINE},
    {ACTION_RELEASE, JOB_RELEASE}, {ACTION_COMPLAIN, JOB_COMPLAIN},
    {ACTION_VERDICT, JOB_VERDICT}, {ACTION_COMPLAIN_NETWORK, JOB_COMPLAIN},
    {ACTION_UNDO, JOB_UNDO},       {ACTION_REDO, JOB_REDO},
};

Acts *acts_new(void)
{
    Acts *acts = g_new0(Acts, 1);
    acts->acted = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    g_queue_init(&acts->queue);
    return acts;
}

void act_clear(Act *act)
{
    g_clear_pointer(&act->rows, g_array_unref);
    g_clear_pointer(&act->left, g_free);
    g_clear_pointer(&act->where, g_free);
}

static void act_free(gpointer data)
{
    act_clear(data);
    g_free(data);
}

/* What waits for rows that are no more; undo and redo need none. */
static bool rows_drop(Acts *acts)
{
    GQueue kept = G_QUEUE_INIT;
    Act *act;
    guint before = g_queue_get_length(&acts->queue);
    while ((act = g_queue_pop_head(&acts->queue))) {
        if (act->rows)
            act_free(act);
        else
            g_queue_push_tail(&kept, act);
    }
    acts->queue = kept;
    return g_queue_get_length(&kept) < before;
}

void acts_clear(App *app)
{
    Acts *acts = app->acts;
    bool asked = acts->waiting.rows && app->prompt && app->prompt->choices;
    bool waited = rows_drop(acts);
    if (asked)
        app_prompt_end(app, false);
    if (acts->waiting.rows) {
        act_clear(&acts->waiting);
        acts->waiting = (Act){0};
    }
    act_clear(&acts->complaint);
    if (asked || waited)
        app_say(app, ROLE_ERROR, "All is read anew: what was asked for was not done");
}

void acts_free(Acts *acts)
{
    if (!acts)
        return;
    g_clear_handle_id(&acts->source, g_source_remove);
    act_clear(&acts->waiting);
    act_clear(&acts->complaint);
    g_queue_clear_full(&acts->queue, act_free);
    g_free(acts->acted_on);
    g_free(acts->again_left);
    g_hash_table_unref(acts->acted);
    g_free(acts);
}

guint acts_undoable(const App *app)
{
    return app->acts->undoable;
}

bool acts_waiting(const App *app)
{
    return !g_queue_is_empty(&app->acts->queue);
}

guint acts_waiting_count(const App *app)
{
    return g_queue_get_length(&app->acts->queue);
}

ActionId acts_waiting_first(const App *app)
{
    const Act *first = g_queue_peek_head(&app->acts->queue);
    return first ? first->action : ACTION_NONE;
}

/* -1: @action is none on mail. */
static int job_of(ActionId action)
{
    for (gsize i = 0; i < G_N_ELEMENTS(actions); i++)
        if (actions[i].action == action)
            return (int)actions[i].job;
    return -1;
}

/* --- beginning -------------------------------------------------------------------------------- */

static SessionWish wish_for(const Act *act, DnsAnswer dns)
{
    return (SessionWish){.verdict = act->action == ACTION_VERDICT ? act->verdict : VERDICT_NONE,
                         .group = act->where,
                         .network = act->action == ACTION_COMPLAIN_NETWORK,
                         .yes = act->sure,
                         .old = act->old,
                         .dns = dns == DNS_YES,
                         .ask_dns = dns == DNS_NOT_ASKED};
}

static void remember(App *app, const Act *act)
{
    Acts *acts = app->acts;
    acts->last_action = act->action;
    acts->last_verdict = act->verdict;
    g_free(acts->acted_on);
    acts->acted_on =
        act->one ? g_strdup(model_id(app->model, g_array_index(act->rows, guint, 0))) : NULL;
}

static void job_expect(App *app, JobAction action, guint planned)
{
    app->job_since = g_get_monotonic_time();
    app->job_done_then = 0;
    app->job_running = true;
    app->job = (JobStatus){.action = action, .planned = planned, .running = true};
}

/* Nothing is under way to any row, unless more waits. */
static void pending_none(App *app)
{
    if (!acts_waiting(app))
        g_hash_table_remove_all(app->model->pending);
}

static void refused(App *app, const GError *error)
{
    app->job_running = false;
    pending_none(app);
    app_say(app, ROLE_ERROR, "%s", error ? error->message : "it was refused");
    acts_again_tell_dropped(app);
}

static bool again_begin(App *app, const Act *act, GError **error)
{
    bool undo = act->action == ACTION_UNDO;
    job_expect(app, undo ? JOB_UNDO : JOB_REDO, 0);
    app->acts->again = act->job;
    g_free(app->acts->again_left);
    app->acts->again_left = g_strdup(act->left);
    return undo ? session_undo(app->session, act->job, error)
                : session_redo(app->session, act->job, error);
}

static bool rows_begin(App *app, Act *act, GError **error)
{
    JobAction job = (JobAction)job_of(act->action);
    const SessionWish wish = wish_for(act, app->acts->dns);
    remember(app, act);
    if (job == JOB_COMPLAIN) {
        act_clear(&app->acts->complaint);
        app->acts->complaint = *act;
        app->acts->complaint.rows = g_array_ref(act->rows);
        app->acts->complaint.where = g_strdup(act->where);
        act->left = NULL;
    }
    job_expect(app, job, act->rows->len);
    return session_act(app->session, job, (guint *)(void *)act->rows->data, act->rows->len, &wish,
                       error);
}

/* The rows of @act were judged otherwise since it was asked for. What is more welcome than it was
 * then is not taken out of sight for that, and it is said. */
static bool is_overtaken(App *app, const Act *act)
{
    JobAction job = (JobAction)job_of(act->action);
    if (!act->rows || (job != JOB_DELETE && job != JOB_QUARANTINE))
        return false;
    JobTally now = act_tally(app, act->rows);
    bool overtaken = now.verdicts[VERDICT_GENUINE] > act->seen.verdicts[VERDICT_GENUINE] ||
                     now.verdicts[VERDICT_UNDECIDED] > act->seen.verdicts[VERDICT_UNDECIDED] ||
                     now.warned > act->seen.warned;
    if (overtaken)
        app_say(app, ROLE_ERROR, "%s: not done, what it was for is judged otherwise now",
                action_row(act->action)->name);
    return overtaken;
}

/* Starts the job of @act, which is freed. */
static void act_begin(App *app, Act *act)
{
    g_autoptr(GError) error = NULL;
    if (is_overtaken(app, act)) {
        pending_none(app);
        act_free(act);
        return;
    }
    if (!act->rows && !act->job)
        act->job = acts_again_last(app, act->action, false); /* what was done last, now */
    if (!act->rows && !act->job) {
        act_free(act);
        return;
    }
    bool good = act->rows ? rows_begin(app, act, &error) : again_begin(app, act, &error);
    if (!good)
        refused(app, error);
    act_free(act);
}

void act_queue(App *app, const Act *act)
{
    Act *copy = g_memdup2(act, sizeof *act);
    /* an undo that waits for the list of jobs meant none of these */
    app->acts->dropped = app->acts->asked ? app->acts->asked : app->acts->dropped;
    app->acts->asked = ACTION_NONE;
    for (guint i = 0; copy->rows && i < copy->rows->len; i++)
        g_hash_table_insert(app->model->pending,
                            GUINT_TO_POINTER(g_array_index(copy->rows, guint, i) + 1),
                            GINT_TO_POINTER(job_of(copy->action)));
    if (session_busy(app->session) || app->judging || acts_waiting(app))
        g_queue_push_tail(&app->acts->queue, copy);
    else
        act_begin(app, copy);
}

void acts_ended(App *app, const JobStatus *status)
{
    Acts *acts = app->acts;
    if (status->job) {
        acts->undoable = status->undoable;
        acts->redoable = status->redoable;
    }
    if (status->action == JOB_COMPLAIN)
        acts_complaint_ended(app, status);
    if (acts->again)
        acts_again_tell(app, status);
    acts_again_tell_dropped(app);
    if (status->action != JOB_UNDO) {
        if (acts->acted_on)
            g_hash_table_insert(acts->acted, GUINT_TO_POINTER(status->job),
                                g_steal_pointer(&acts->acted_on));
        return;
    }
    acts_again_go(app, g_hash_table_lookup(acts->acted, GUINT_TO_POINTER(acts->again)));
}

static gboolean on_next(gpointer data)
{
    App *app = data;
    app->acts->source = 0;
    while (!session_busy(app->session) && !app->judging && acts_waiting(app)) {
        if (app->message_role != ROLE_ERROR) /* that one ended would hide how far this is */
            g_clear_pointer(&app->message, g_free);
        act_begin(app, g_queue_pop_head(&app->acts->queue));
    }
    return G_SOURCE_REMOVE;
}

/* Not from within the session's call, which has not finished with the job that ended. */
void acts_next(App *app)
{
    if (acts_waiting(app) && !app->acts->source)
        app->acts->source = g_idle_add_full(G_PRIORITY_DEFAULT, on_next, app, NULL);
}

/* @rows are what is under the cursor: the case, or cases of the group. */
static bool is_here(View *view, const GArray *rows)
{
    g_autoptr(GArray) under = g_array_new(FALSE, FALSE, sizeof(guint));
    if (rows->len == 1 || view->ops->targets)
        view_rows(view, under);
    for (guint i = 0; i < under->len; i++)
        if (g_array_index(under, guint, i) == g_array_index(rows, guint, 0))
            return true;
    return false;
}

/* The cursor goes on to the next. A complaint takes no group from the list, and may be followed by
 * one about the same group to somebody else. */
static bool goes_on(const View *view, ActionId action)
{
    bool stays = job_of(action) == JOB_COMPLAIN && view->ops->context == CONTEXT_GROUPS;
    return view->ops->go_on && action != ACTION_VERDICT && !stays;
}

static void waiting_drop(App *app)
{
    act_clear(&app->acts->waiting);
    app->acts->waiting = (Act){0}; /* the next one is for nothing that was said of this one */
}

void act_start(App *app)
{
    View *view = app_top(app);
    if (is_overtaken(app, &app->acts->waiting)) {
        waiting_drop(app);
        return;
    }
    Act act = app->acts->waiting;
    guint count = act.rows->len;
    bool here = is_here(view, act.rows);
    bool complains = job_of(act.action) == JOB_COMPLAIN;
    app->acts->waiting = (Act){0};
    act.one = here || count == 1;
    if (!act.where && view->ops->where && !model_mark_count(app->model))
        act.where = view->ops->where(view);
    /* marks that are not shown were not meant */
    for (guint i = 0; !complains && i < count; i++)
        model_mark(app->model, g_array_index(act.rows, guint, i), false);
    if (here && goes_on(view, act.action))
        view->ops->go_on(view);
    if (complains && here)
        act.left = g_strdup(act_id_here(app));
    act_queue(app, &act);
    app_touch(app);
}

static void nothing_done(App *app)
{
    waiting_drop(app);
    app_say(app, ROLE_MESSAGE, "Nothing done");
}

void act_answered(gpointer data, const char *text)
{
    App *app = data;
    if (text && strcmp(text, "y") == 0) {
        app->acts->waiting.sure = true;
        act_start(app);
    } else
        nothing_done(app);
}

/* --- what is asked first ---------------------------------------------------------------------- */

static void verdict_chosen(gpointer data, const char *text)
{
    static const struct {
        char key;
        VerdictValue verdict;
    } keys[] = {{'g', VERDICT_GENUINE},
                {'b', VERDICT_BACKSCATTER},
                {'f', VERDICT_FAKE},
                {'u', VERDICT_UNDECIDED}};
    App *app = data;
    for (gsize i = 0; text && i < G_N_ELEMENTS(keys); i++) {
        if (keys[i].key == *text) {
            app->acts->waiting.verdict = keys[i].verdict;
            act_start(app);
            return;
        }
    }
    nothing_done(app);
}

/* @rows without those that @options leave out. The caller unrefs it. */
static GArray *rows_wanted(const App *app, const GArray *rows, const ActOptions *options)
{
    GArray *wanted = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < rows->len; i++) {
        guint row = g_array_index(rows, guint, i);
        if (!options || !options->verdict ||
            model_row(app->model, row)->verdict == options->verdict)
            g_array_append_val(wanted, row);
    }
    return wanted;
}

/* What the user knows of @rows: what @asked, the question, says they are now; without one what he
 * has seen. */
static JobTally tally_known(App *app, const GArray *rows, const char *asked)
{
    return asked ? act_tally(app, rows) : seen_tally(app, rows);
}

void acts_on_rows(App *app, ActionId action, const GArray *rows, const ActOptions *options)
{
    Act *waiting = &app->acts->waiting;
    JobAction job = (JobAction)job_of(action);
    VerdictValue verdict = waiting->verdict;
    act_clear(waiting);
    *waiting = (Act){.action = action, .verdict = verdict, .rows = rows_wanted(app, rows, options)};
    waiting->old = options && options->old;
    if (waiting->rows->len == 0) {
        app_say(app, ROLE_ERROR, "%s: there is nothing to do it to", action_row(action)->name);
        waiting_drop(app);
        return;
    }
    if (options && options->dry_run) {
        g_autofree char *words = act_dry_run(app, job, waiting->rows);
        app_say(app, ROLE_MESSAGE, "%s", words);
        waiting_drop(app);
        return;
    }
    waiting->sure = options && options->yes;
    g_autofree char *ask = waiting->sure ? NULL : act_question(app, job, waiting->rows);
    waiting->seen = tally_known(app, waiting->rows, ask);
    if (ask)
        app_ask(app, ask, "yn", act_answered);
    else if (action == ACTION_VERDICT && !waiting->verdict)
        app_ask(app, "It is: (g)enuine (b)ackscatter (f)ake (u)ndecided ", "gbfu", verdict_chosen);
    else
        act_start(app);
}

/* --- marks that are not shown ----------------------------------------------------------------- */

/* Some marked rows are not shown: which are meant? */
static void hidden_chosen(gpointer data, const char *text)
{
    App *app = data;
    Act waiting = app->acts->waiting;
    app->acts->waiting = (Act){.verdict = waiting.verdict};
    if (text && *text == 'a') {
        g_array_set_size(waiting.rows, 0);
        model_marked_rows(app->model, waiting.rows);
    }
    const ActOptions options = {.old = waiting.old, .yes = waiting.sure};
    if (text && *text != 'n')
        acts_on_rows(app, waiting.action, waiting.rows, &options);
    else
        nothing_done(app);
    act_clear(&waiting);
}

static void ask_hidden(App *app, ActionId action, GArray *rows, guint hidden,
                       const ActOptions *options)
{
    char count[32], all[32];
    count_text(hidden, count);
    count_text(hidden + rows->len, all);
    act_clear(&app->acts->waiting);
    app->acts->waiting = (Act){.action = action,
                               .rows = g_array_ref(rows),
                               .verdict = app->acts->waiting.verdict,
                               .sure = options && options->yes,
                               .old = options && options->old};
    bool none = rows->len == 0;
    if (none)
        view_rows(app_top(app), rows);
    g_autofree char *line =
        none ? g_strdup_printf("The %s marked are not shown: the one under the (c)ursor, (a)ll "
                               "marked, (n)one ",
                               count)
             : g_strdup_printf("%s of the %s marked are not shown: the (s)hown, (a)ll, (n)one ",
                               count, all);
    app_ask(app, line, none ? "can" : "san", hidden_chosen);
}

bool acts_from_here(App *app, ActionId action, guint count)
{
    View *view = app_top(app);
    int job = job_of(action), row = view_row(view);
    if (job < 0 || action == ACTION_UNDO || action == ACTION_REDO || action == ACTION_VERDICT)
        return false;
    if (!view->ops->all || row < 0) {
        app_say(app, ROLE_ERROR, "%s: a count is for cases in the list", action_row(action)->name);
        return true;
    }
    if (seen_refuses(app, action))
        return true;
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    view->ops->all(view, all);
    for (guint i = 0; i < all->len && rows->len < count; i++)
        if (rows->len || g_array_index(all, guint, i) == (guint)row)
            g_array_append_val(rows, g_array_index(all, guint, i));
    g_autofree char *due = act_question(app, (JobAction)job, rows);
    act_clear(&app->acts->waiting);
    app->acts->waiting =
        (Act){.action = action, .rows = g_array_ref(rows), .seen = tally_known(app, rows, due)};
    char cases[COUNT_SIZE];
    g_autofree char *ask =
        due ? g_steal_pointer(&due)
            : g_strdup_printf("%s: %s cases from here on? (y/n) ", action_row(action)->name,
                              count_text(rows->len, cases));
    app_ask(app, ask, "yn", act_answered);
    return true;
}

void acts_here(App *app, ActionId action, const ActOptions *options)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    guint hidden;
    if (!targets_find(app, action, rows, &hidden))
        return;
    if (hidden && !(options && options->dry_run))
        ask_hidden(app, action, rows, hidden, options);
    else
        acts_on_rows(app, action, rows, options);
}

static void repeat(App *app)
{
    if (!app->acts->last_action) {
        app_say(app, ROLE_ERROR, "Nothing was done yet that could be repeated");
        return;
    }
    app->acts->waiting.verdict = app->acts->last_verdict;
    acts_here(app, app->acts->last_action, NULL);
}

bool acts_do(App *app, ActionId action)
{
    if (action == ACTION_REPEAT)
        repeat(app);
    else if (action == ACTION_UNDO || action == ACTION_REDO)
        acts_again_here(app, action);
    else if (job_of(action) < 0)
        return false;
    else {
        app->acts->waiting.verdict = VERDICT_NONE;
        acts_here(app, action, NULL);
    }
    return true;
}
