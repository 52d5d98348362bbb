/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is the same in all views. */
#include "globals.h"

#include <string.h>

#include "base/count.h"
#include "reading/query.h"
#include "stage/acts.h"
#include "stage/answers.h"
#include "stage/clipboard.h"
#include "stage/decisions.h"
#include "stage/own.h"
#include "stage/program.h"
#include "stage/seen.h"
#include "stage/targets.h"
#include "views/view_groups.h"
#include "views/view_help.h"
#include "views/view_jobs.h"
#include "views/view_questions.h"
#include "work/process.h"

void global_find(App *app, const char *text)
{
    View *view = app_top(app);
    if (*text) {
        g_free(app->needle);
        app->needle = g_strdup(text);
    }
    if (app->needle && (!view->ops->find || !view->ops->find(view, app->needle, 1, true)))
        app_say(app, ROLE_ERROR, "\"%s\" is not in what is shown", app->needle);
}

/* To where the search that is being typed began: a line of a page, of a list its item, for others
 * may have come in above it. */
static void find_begin(App *app)
{
    View *view = app_top(app);
    if (app->find_id && view->ops->set_cursor)
        view->ops->set_cursor(view, app->find_id);
    else
        view->ops->go_spot(view, app->find_spot);
}

static void find_done(gpointer data, const char *text)
{
    App *app = data;
    if (text)
        global_find(app, text);
    else
        find_begin(app);
}

/* As it is typed: always from where the search began. */
static void find_typed(gpointer data, const char *text)
{
    App *app = data;
    View *view = app_top(app);
    find_begin(app);
    if (*text)
        view->ops->find(view, text, 1, true);
}

static void do_find(App *app)
{
    View *view = app_top(app);
    if (!view->ops->find)
        return;
    app->find_spot = view->ops->spot(view);
    g_free(app->find_id);
    app->find_id = g_strdup(view->ops->cursor ? view->ops->cursor(view) : NULL);
    app_prompt(app, "Find: ", "", HISTORY_FIND, find_done)->changed = find_typed;
}

static void find_again(App *app, int by)
{
    View *view = app_top(app);
    if (!view->ops->find)
        return;
    guint before = view->ops->spot(view);
    if (!view->ops->find(view, app->needle, by, false)) {
        app_say(app, ROLE_ERROR, "\"%s\" is not in what is shown", app->needle);
        return;
    }
    guint now = view->ops->spot(view);
    if (by > 0 ? now <= before : now >= before)
        app_say(app, ROLE_MESSAGE,
                by > 0 ? "Found from the beginning on" : "Found from the end back");
}

static void do_find_next(App *app)
{
    find_again(app, 1);
}

static void do_find_previous(App *app)
{
    find_again(app, -1);
}

void global_limit(App *app, const char *query)
{
    g_autofree char *limit = g_strstrip(g_strdup(query));
    g_autoptr(GError) error = NULL;
    g_autoptr(Query) good = query_parse(limit, session_prefixes(app->session), &error);
    if (!good) {
        app_say(app, ROLE_ERROR, "%s: the list stays as it was", error->message);
        return;
    }
    if (!app->limit_tried) {
        g_free(app->limit_before);
        app->limit_before = g_steal_pointer(&app->limit);
    }
    app->limit_tried = true;
    g_free(app->limit);
    app->limit = *limit && strcmp(limit, "*") != 0 ? g_steal_pointer(&limit) : NULL;
    app_query(app);
}

static gboolean limit_back(gpointer data)
{
    App *app = data;
    app->limit_source = 0;
    g_free(app->limit);
    app->limit = g_steal_pointer(&app->limit_before);
    app_query(app);
    return G_SOURCE_REMOVE;
}

/* Not from within the session's call, which has not finished with what is told. */
void global_limit_tried(App *app, const char *error)
{
    bool refused = app->limit_tried && error && app->limit;
    app->limit_tried = false;
    if (!refused || app->limit_source)
        return;
    app_say(app, ROLE_ERROR, "%s: the list is as it was before", error);
    app->limit_source = g_idle_add_full(G_PRIORITY_DEFAULT, limit_back, app, NULL);
}

static void limit_done(gpointer data, const char *text)
{
    if (text)
        global_limit(data, text);
}

static void do_limit(App *app)
{
    app_prompt(app, "Limit to (a notmuch query, empty: all): ", app->limit ? app->limit : "",
               HISTORY_LIMIT, limit_done);
}

void global_only(App *app, VerdictValue verdict)
{
    model_show_only(app->model, verdict);
    app_rows_changed(app);
    if (verdict)
        app_say(app, ROLE_MESSAGE, "Only %s", verdict_name(verdict));
    else
        app_say(app, ROLE_MESSAGE, "All verdicts");
}

static void do_only_genuine(App *app)
{
    global_only(app, VERDICT_GENUINE);
}

static void do_only_backscatter(App *app)
{
    global_only(app, VERDICT_BACKSCATTER);
}

static void do_only_fake(App *app)
{
    global_only(app, VERDICT_FAKE);
}

static void do_only_undecided(App *app)
{
    global_only(app, VERDICT_UNDECIDED);
}

static void do_show_all(App *app)
{
    global_only(app, VERDICT_NONE);
}

void global_group(App *app, GroupBy by)
{
    while (app->views->len > 1)
        app_pop(app);
    app->group = by;
    if (app->group != GROUP_NONE)
        app_push(app, view_groups_new(app, app->group, NULL)); /* its title says by what */
    else
        app_say(app, ROLE_MESSAGE, "Grouped by: %s", group_name(app->group));
}

/* List -> by injection -> ... -> list; in an opened group: its division. */
static void do_group(App *app)
{
    const View *view = app_top(app);
    const Scope *scope = view->ops->scope ? view->ops->scope(view) : NULL;
    if (scope)
        app_push(app, view_groups_new(app, scope_next(scope, GROUP_NONE), scope));
    else
        global_group(app, scope_next(NULL, app->group));
}

void global_sort(App *app, RowOrder by)
{
    model_sort(app->model, by, app->model->reverse);
    app_rows_changed(app);
    app_say(app, ROLE_MESSAGE, "Sorted by: %s", row_order_name(app->model->sort));
}

static void do_sort(App *app)
{
    global_sort(app, (RowOrder)((app->model->sort + 1) % ROW_ORDER_COUNT));
}

static void do_reverse(App *app)
{
    model_sort(app->model, app->model->sort, !app->model->reverse);
    app_rows_changed(app);
    app_say(app, ROLE_MESSAGE, "%s order", app->model->reverse ? "Reversed" : "Usual");
}

static void do_mark(App *app)
{
    View *view = app_top(app);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    if (seen_refuses(app, ACTION_MARK))
        return;
    view_rows(view, rows);
    bool all = true;
    for (guint i = 0; i < rows->len; i++)
        all = all && model_marked(app->model, g_array_index(rows, guint, i));
    for (guint i = 0; i < rows->len; i++)
        model_mark(app->model, g_array_index(rows, guint, i), !all);
    if (view->ops->go_on)
        view->ops->go_on(view);
}

static void do_mark_all(App *app)
{
    View *view = app_top(app);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    if (view->ops->all)
        view->ops->all(view, rows);
    else
        view_rows(view, rows);
    for (guint i = 0; i < rows->len; i++)
        model_mark(app->model, g_array_index(rows, guint, i), true);
    char count[COUNT_SIZE];
    app_say(app, ROLE_MESSAGE, "%s marked", count_text(model_mark_count(app->model), count));
}

static void do_clear_marks(App *app)
{
    model_clear_marks(app->model);
    app_say(app, ROLE_MESSAGE, "No marks");
}

static void do_marked(App *app)
{
    app->marked_next = true;
    char count[COUNT_SIZE];
    app_say(app, ROLE_MESSAGE, "The next action is for all %s marked",
            count_text(model_mark_count(app->model), count));
}

static void pipe_done(gpointer data, const char *text)
{
    App *app = data;
    if (!text || !*text) {
        app->marked_next = false;
        return;
    }
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    guint hidden;
    if (!targets_find(app, ACTION_PIPE, rows, &hidden))
        return;
    g_autoptr(GPtrArray) files = g_ptr_array_new();
    for (guint i = 0; i < rows->len; i++) {
        const Row *row = model_row(app->model, g_array_index(rows, guint, i));
        if (row->file)
            g_ptr_array_add(files, row->file);
    }
    const char *const argv[] = {"sh", "-c", text, NULL};
    program_run(app, argv, NULL, files, true);
    char count[COUNT_SIZE];
    app_say(app, ROLE_MESSAGE, "%s message%s piped to: %s%s", count_text(files->len, count),
            files->len == 1 ? "" : "s", text,
            hidden ? " (not the marked ones that are not shown)" : "");
}

static void do_pipe(App *app)
{
    app_prompt(app, "Pipe to: ", "", HISTORY_PIPE, pipe_done);
}

static void do_run(App *app)
{
    own_run(app, app->own);
}

static void do_copy_address(App *app)
{
    clipboard_copy(app, ACTION_COPY_ADDRESS);
}

static void do_copy_id(App *app)
{
    clipboard_copy(app, ACTION_COPY_ID);
}

static void do_copy_case(App *app)
{
    clipboard_copy(app, ACTION_COPY_CASE);
}

static void jump_done(gpointer data, const char *text)
{
    App *app = data;
    View *view = app_top(app);
    guint64 number;
    if (!text || !*text)
        return;
    if (g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT32, &number, NULL))
        view->ops->go_spot(view, (guint)number - 1);
    else
        app_say(app, ROLE_ERROR, "\"%s\" is no line's number", text);
}

/* A digit that was pressed for it is the first of the number. */
static void do_jump(App *app)
{
    char digit[2] = {0};
    if (app->keys[0] >= '1' && app->keys[0] <= '9')
        digit[0] = (char)app->keys[0];
    if (app_top(app)->ops->go_spot)
        app_prompt(app, "Go to line: ", digit, HISTORY_COUNT, jump_done);
}

static void do_look_again(App *app)
{
    if (acts_waiting(app))
        app_say(app, ROLE_ERROR, "Jobs are waiting; look again when they are done");
    else
        app_query_again(app);
}

static void do_redraw(App *app)
{
    term_repaint(app->term);
}

static void do_jobs(App *app)
{
    app_push(app, view_jobs_new(app));
}

static void do_questions(App *app)
{
    if (app_top(app)->ops->context != CONTEXT_QUESTIONS)
        app_push(app, view_questions_new(app));
}

/* Of the case under the cursor; the list of questions has its own. */
static void do_answer(App *app)
{
    int row = view_row(app_top(app));
    g_autofree char *id = row < 0 ? NULL : answers_question(app, (guint)row);
    if (id)
        answers_ask(app, id);
    else
        app_say(app, ROLE_MESSAGE,
                "No answer of yours would settle this case: nothing is asked about it");
}

static void do_decide(App *app)
{
    int row = view_row(app_top(app));
    if (row >= 0 && !seen_refuses(app, ACTION_DECIDE))
        decisions_ask(app, (guint)row);
}

static void do_stop(App *app)
{
    if (session_busy(app->session)) {
        session_stop_job(app->session);
        app_say(app, ROLE_MESSAGE, "Stopping at the next message; what is done can be undone");
    } else {
        session_cancel(app->session);
        app->reading = false;
    }
}

static void do_help(App *app)
{
    app_push(app, view_help_new(app, app_top(app)->ops->context));
}

static void do_learn(App *app)
{
    const char *self = process_self();
    g_autofree char *option =
        app->config_path ? g_strdup_printf("--config=%s", app->config_path) : NULL;
    const char *const argv[] = {self ? self : "notme", option ? option : "learn",
                                option ? "learn" : NULL, NULL};
    program_run(app, argv, NULL, NULL, true);
    if (answers_reload(app))
        app_say(app, ROLE_MESSAGE, "All is judged anew by what was learned");
}

static void do_cancel(App *app)
{
    if (app->marked_next)
        app->marked_next = false;
    else if (app->reading) {
        session_cancel(app->session);
        app->reading = false;
        char count[COUNT_SIZE];
        app_say(app, ROLE_MESSAGE, "Stopped reading; %s read", count_text(app->read, count));
    } else {
        g_autofree char *key = app_key(app, app_top(app)->ops->context, ACTION_BACK);
        app_say(app, ROLE_MESSAGE, "There is nothing to cancel; to %s: %s",
                app->views->len > 1 ? "go back" : "leave", key);
    }
}

static void do_suspend(App *app)
{
    term_suspend(app->term);
}

static const struct {
    ActionId action;
    void (*run)(App *app);
} globals[] = {
    {ACTION_BACK, app_pop},
    {ACTION_QUIT, app_quit},
    {ACTION_FIND, do_find},
    {ACTION_FIND_NEXT, do_find_next},
    {ACTION_FIND_PREVIOUS, do_find_previous},
    {ACTION_JUMP, do_jump},
    {ACTION_LIMIT, do_limit},
    {ACTION_ONLY_GENUINE, do_only_genuine},
    {ACTION_ONLY_BACKSCATTER, do_only_backscatter},
    {ACTION_ONLY_FAKE, do_only_fake},
    {ACTION_ONLY_UNDECIDED, do_only_undecided},
    {ACTION_SHOW_ALL, do_show_all},
    {ACTION_GROUP, do_group},
    {ACTION_SORT, do_sort},
    {ACTION_REVERSE, do_reverse},
    {ACTION_MARK, do_mark},
    {ACTION_MARK_ALL, do_mark_all},
    {ACTION_CLEAR_MARKS, do_clear_marks},
    {ACTION_MARKED, do_marked},
    {ACTION_PIPE, do_pipe},
    {ACTION_RUN, do_run},
    {ACTION_COPY_ADDRESS, do_copy_address},
    {ACTION_COPY_ID, do_copy_id},
    {ACTION_COPY_CASE, do_copy_case},
    {ACTION_LOOK_AGAIN, do_look_again},
    {ACTION_REDRAW, do_redraw},
    {ACTION_JOBS, do_jobs},
    {ACTION_QUESTIONS, do_questions},
    {ACTION_ANSWER, do_answer},
    {ACTION_DECIDE, do_decide},
    {ACTION_STOP, do_stop},
    {ACTION_HELP, do_help},
    {ACTION_LEARN, do_learn},
    {ACTION_CANCEL, do_cancel},
    {ACTION_SUSPEND, do_suspend},
};

bool global_do(App *app, ActionId action)
{
    for (gsize i = 0; i < G_N_ELEMENTS(globals); i++) {
        if (globals[i].action == action) {
            globals[i].run(app);
            return true;
        }
    }
    return false;
}
