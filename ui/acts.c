/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions that change mail: on what rows, what is asked first, and starting the job. */
#include <string.h>

#include "app.h"

static const struct {
    ActionId action;
    JobAction job;
    const char *verb;
} acts[] = {
    {ACTION_DELETE, JOB_DELETE, "Delete"},
    {ACTION_QUARANTINE, JOB_QUARANTINE, "Move to quarantine"},
    {ACTION_RELEASE, JOB_RELEASE, "Put back"},
    {ACTION_COMPLAIN, JOB_COMPLAIN, "Complain about"},
    {ACTION_COMPLAIN_NETWORK, JOB_COMPLAIN, "Complain about"},
    {ACTION_VERDICT, JOB_VERDICT, "Set the verdict of"},
};

/* What is to be done to which rows; or, with @undo, which job to take back (G_MAXUINT: the last).
 */
typedef struct Act {
    ActionId action;
    GArray *rows;
    VerdictValue verdict; /* ACTION_VERDICT */
    bool sure;            /* it was asked */
    guint undo;
    char *left; /* complaint: the id of the row that the cursor went on to, or NULL */
} Act;

/* What waits for an answer. */
static Act waiting;
/* The complaint that runs: its planner may have to ask. */
static Act complaint;

static int act_row(ActionId action)
{
    for (int i = 0; i < (int)G_N_ELEMENTS(acts); i++)
        if (acts[i].action == action)
            return i;
    return -1;
}

static json_t *options_for(const Act *act)
{
    json_t *options = json_object();
    if (act->action == ACTION_VERDICT)
        json_object_set_new(options, "verdict", json_string(verdict_name(act->verdict)));
    if (act->action == ACTION_COMPLAIN_NETWORK)
        json_object_set_new(options, "to", json_string("network"));
    if (act->sure)
        json_object_set_new(options, "yes", json_true());
    return options;
}

static void remember(App *app, const Act *act)
{
    app->last_action = act->action;
    app->last_verdict = act->verdict;
    g_free(app->acted_on);
    app->acted_on = act->rows->len == 1
                        ? g_strdup(model_id(app->model, g_array_index(act->rows, guint, 0)))
                        : NULL;
}

static void job_expect(App *app, JobAction action, guint planned)
{
    app->job_since = g_get_monotonic_time();
    app->job_running = true;
    app->job = (JobStatus){.action = action, .planned = planned, .running = true};
}

static void refused(App *app, const GError *error)
{
    app->job_running = false;
    if (g_queue_is_empty(&app->acts))
        g_hash_table_remove_all(app->model->pending);
    app_say(app, ROLE_ERROR, "%s", error ? error->message : "it was refused");
}

/* Starts the job of @act, which is freed. */
static void act_begin(App *app, Act *act)
{
    g_autoptr(GError) error = NULL;
    bool ok;
    if (act->undo) {
        guint job = act->undo == G_MAXUINT ? app->undoable : act->undo;
        job_expect(app, JOB_UNDO, 0);
        app->undoing = job;
        ok = session_undo(app->session, job, &error);
    } else {
        JobAction job = acts[act_row(act->action)].job;
        json_t *options = options_for(act);
        remember(app, act);
        if (job == JOB_COMPLAIN) {
            g_clear_pointer(&complaint.rows, g_array_unref);
            g_free(complaint.left);
            complaint = *act;
            complaint.rows = g_array_ref(act->rows);
        }
        job_expect(app, job, act->rows->len);
        ok = session_act(app->session, job, (guint *)(void *)act->rows->data, act->rows->len,
                         options, &error);
        json_decref(options);
    }
    if (!ok)
        refused(app, error);
    g_clear_pointer(&act->rows, g_array_unref);
    g_free(act);
}

/* At once, or when what runs is done: typing goes on meanwhile. */
static void act_queue(App *app, const Act *act)
{
    Act *copy = g_memdup2(act, sizeof *act);
    for (guint i = 0; copy->rows && i < copy->rows->len; i++)
        g_hash_table_insert(app->model->pending,
                            GUINT_TO_POINTER(g_array_index(copy->rows, guint, i) + 1),
                            GUINT_TO_POINTER(acts[act_row(copy->action)].job));
    if (session_busy(app->session) || !g_queue_is_empty(&app->acts))
        g_queue_push_tail(&app->acts, copy);
    else
        act_begin(app, copy);
}

/* The id of what is under the cursor, or NULL. Borrowed. */
static const char *id_here(const App *app)
{
    View *view = app_top(app);
    int row = view->ops->row ? view->ops->row(view) : -1;
    return row < 0 ? NULL : model_id(app->model, (guint)row);
}

/* Nothing was drafted, or not yet: the cursor goes back to what it was about, unless it was moved
 * meanwhile. */
static void complaint_back(App *app)
{
    View *view = app_top(app);
    if (complaint.left && g_strcmp0(complaint.left, id_here(app)) == 0 && view->ops->go_to)
        view->ops->go_to(view, model_id(app->model, g_array_index(complaint.rows, guint, 0)));
    g_clear_pointer(&complaint.left, g_free);
}

/* What was complained about is not marked any more; what was not stays so. */
static void complaint_ended(App *app, const JobStatus *status)
{
    if (!complaint.rows)
        return;
    if (status->done == 0) {
        complaint_back(app);
        return;
    }
    for (guint i = 0; i < complaint.rows->len; i++)
        model_mark(app->model, g_array_index(complaint.rows, guint, i), false);
}

void act_ended(App *app, const JobStatus *status)
{
    View *view = app_top(app);
    if (status->action == JOB_COMPLAIN)
        complaint_ended(app, status);
    if (status->action != JOB_UNDO) {
        if (app->acted_on)
            g_hash_table_insert(app->acted, GUINT_TO_POINTER(status->job),
                                g_steal_pointer(&app->acted_on));
        return;
    }
    const char *id = g_hash_table_lookup(app->acted, GUINT_TO_POINTER(app->undoing));
    if (id && view->ops->go_to)
        view->ops->go_to(view, id);
}

static gboolean on_next(gpointer data)
{
    App *app = data;
    app->act_source = 0;
    while (!session_busy(app->session) && !g_queue_is_empty(&app->acts))
        act_begin(app, g_queue_pop_head(&app->acts));
    return G_SOURCE_REMOVE;
}

/* Not from within the session's call, which has not finished with the job that ended. */
void act_next(App *app)
{
    if (!g_queue_is_empty(&app->acts) && !app->act_source)
        app->act_source = g_idle_add_full(G_PRIORITY_DEFAULT, on_next, app, NULL);
}

void act_clear(App *app)
{
    Act *act;
    g_clear_handle_id(&app->act_source, g_source_remove);
    g_clear_pointer(&waiting.rows, g_array_unref);
    g_clear_pointer(&complaint.rows, g_array_unref);
    g_clear_pointer(&complaint.left, g_free);
    while ((act = g_queue_pop_head(&app->acts))) {
        g_clear_pointer(&act->rows, g_array_unref);
        g_free(act->left);
        g_free(act);
    }
}

static void start(App *app)
{
    View *view = app_top(app);
    Act act = waiting;
    guint count = act.rows->len;
    int row = view->ops->row ? view->ops->row(view) : -1;
    bool here = view->ops->targets ||
                (count == 1 && row >= 0 && g_array_index(act.rows, guint, 0) == (guint)row);
    bool complains = acts[act_row(act.action)].job == JOB_COMPLAIN;
    waiting.rows = NULL;
    if (!complains)
        model_clear_marks(app->model);
    if (view->ops->go_on && act.action != ACTION_VERDICT && here)
        view->ops->go_on(view);
    if (complains && here && count == 1)
        act.left = g_strdup(id_here(app));
    act_queue(app, &act);
    app_touch(app);
}

static void answered(gpointer data, const char *text)
{
    if (text && strcmp(text, "y") == 0) {
        waiting.sure = true;
        start(data);
    } else {
        g_clear_pointer(&waiting.rows, g_array_unref);
        app_say(data, ROLE_MESSAGE, "Nothing done");
    }
}

void act_ask_complaint(App *app, const char *text)
{
    g_autofree char *line = g_strdup_printf("%s (y/n) ", text);
    if (!complaint.rows || app->prompt) { /* another question stands there */
        app_say(app, ROLE_ERROR, "No complaint was drafted: %s", text);
        return;
    }
    g_clear_pointer(&waiting.rows, g_array_unref);
    complaint_back(app);
    waiting = complaint;
    complaint.rows = NULL;
    app_ask(app, line, "yn", answered);
}

/* "2 of them genuine and 1 undecided", of @all */
static void name_counts(GString *text, const guint *counts, guint all)
{
    static const VerdictValue named[] = {VERDICT_GENUINE, VERDICT_UNDECIDED};
    for (gsize i = 0; i < G_N_ELEMENTS(named); i++) {
        char count[32];
        if (!counts[named[i]])
            continue;
        count_text(counts[named[i]], count);
        g_string_append_printf(text, i && counts[named[0]] ? " and %s %s" : "%s of them %s",
                               counts[named[i]] == all ? "all" : count, verdict_name(named[i]));
    }
}

/* The question to ask before acting, or NULL; whether a complaint has to ask only its planner
 * knows. The caller frees it. */
static char *question(const App *app, int act, const GArray *rows)
{
    guint counts[VERDICT_COUNT] = {0};
    char count[32];
    for (guint i = 0; i < rows->len; i++) {
        const Row *row = model_row(app->model, g_array_index(rows, guint, i));
        counts[row->verdict]++;
    }
    bool risky = counts[VERDICT_GENUINE] || counts[VERDICT_UNDECIDED];
    JobAction job = acts[act].job;
    GString *text = g_string_new(NULL);
    count_text(rows->len, count);
    if (job == JOB_DELETE && app->config->actions.delete == DELETE_UNLINK) {
        g_string_printf(text, "Delete %s message%s for good, without undo? (y/n) ", count,
                        rows->len == 1 ? "" : "s");
    } else if ((job == JOB_DELETE || job == JOB_QUARANTINE) && rows->len > 1 && risky) {
        g_string_printf(text, "%s %s messages, ", acts[act].verb, count);
        name_counts(text, counts, rows->len);
        g_string_append(text, "? (y/n) ");
    }
    return g_string_free(text, text->len == 0);
}

static void verdict_chosen(gpointer data, const char *text)
{
    static const struct {
        char key;
        VerdictValue verdict;
    } keys[] = {{'g', VERDICT_GENUINE},
                {'b', VERDICT_BACKSCATTER},
                {'f', VERDICT_FAKE},
                {'u', VERDICT_UNDECIDED}};
    for (gsize i = 0; text && i < G_N_ELEMENTS(keys); i++) {
        if (keys[i].key == *text) {
            waiting.verdict = keys[i].verdict;
            start(data);
            return;
        }
    }
    g_clear_pointer(&waiting.rows, g_array_unref);
    app_say(data, ROLE_MESSAGE, "Nothing done");
}

void act_on_rows(App *app, ActionId action, const GArray *rows)
{
    g_clear_pointer(&waiting.rows, g_array_unref);
    waiting.action = action;
    waiting.sure = false;
    waiting.rows = g_array_new(FALSE, FALSE, sizeof(guint));
    g_array_append_vals(waiting.rows, rows->data, rows->len);
    if (rows->len == 0) {
        app_say(app, ROLE_ERROR, "%s: there is nothing to do it to", action_row(action)->name);
        return;
    }
    g_autofree char *ask = question(app, act_row(action), rows);
    if (ask)
        app_ask(app, ask, "yn", answered);
    else if (action == ACTION_VERDICT && !waiting.verdict)
        app_ask(app, "It is: (g)enuine (b)ackscatter (f)ake (u)ndecided ", "gbfu", verdict_chosen);
    else
        start(app);
}

static void targets(App *app, GArray *rows)
{
    View *view = app_top(app);
    if (model_mark_count(app->model) && (app->marked_next || app->config->review.auto_marked)) {
        model_marked_rows(app->model, rows);
    } else if (view->ops->targets) {
        view->ops->targets(view, rows);
    } else {
        int row = view->ops->row ? view->ops->row(view) : -1;
        guint item = (guint)row;
        if (row >= 0)
            g_array_append_val(rows, item);
    }
    app->marked_next = false;
}

void act_undo(App *app, guint job)
{
    const Act act = {.undo = job};
    act_queue(app, &act);
}

static void undo(App *app)
{
    View *view = app_top(app);
    int job = view->ops->job ? view->ops->job(view) : -1;
    if (job < 0 && !app->undoable && !session_busy(app->session))
        app_say(app, ROLE_ERROR, "There is nothing to undo");
    else
        act_undo(app, job > 0 ? (guint)job : G_MAXUINT);
}

static void repeat(App *app)
{
    if (!app->last_action) {
        app_say(app, ROLE_ERROR, "Nothing was done yet that could be repeated");
        return;
    }
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    targets(app, rows);
    waiting.verdict = app->last_verdict;
    act_on_rows(app, app->last_action, rows);
}

bool act_do(App *app, ActionId action)
{
    if (action == ACTION_UNDO || action == ACTION_REPEAT) {
        (action == ACTION_UNDO ? undo : repeat)(app);
        return true;
    }
    if (act_row(action) < 0)
        return false;
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    targets(app, rows);
    waiting.verdict = VERDICT_NONE;
    act_on_rows(app, action, rows);
    return true;
}
