/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a key to what it does: keymap -> action -> what it needs -> the view -> actions on mail ->
 * what is the same everywhere -> "not bound". */
#include <stdio.h>
#include <string.h>

#include "app.h"
#include "work/process.h"

enum { SEQUENCE_WAIT = 1000 };

/* --- what is the same in all views -------------------------------------------------------------
 */

static void do_back(App *app)
{
    app_pop(app);
}

static void find_done(gpointer data, const char *text)
{
    App *app = data;
    View *view = app_top(app);
    if (!text)
        return;
    if (*text) {
        g_free(app->needle);
        app->needle = g_strdup(text);
    }
    if (app->needle && !view->ops->find(view, app->needle, 1, true))
        app_say(app, ROLE_ERROR, "\"%s\" is not in what is shown", app->needle);
}

static void do_find(App *app)
{
    if (app_top(app)->ops->find)
        app_prompt(app, "Find: ", "", HISTORY_FIND, find_done);
}

static void find_again(App *app, int by)
{
    View *view = app_top(app);
    if (view->ops->find && !view->ops->find(view, app->needle, by, false))
        app_say(app, ROLE_ERROR, "\"%s\" is not in what is shown", app->needle);
}

static void do_find_next(App *app)
{
    find_again(app, 1);
}

static void do_find_previous(App *app)
{
    find_again(app, -1);
}

static void limit_done(gpointer data, const char *text)
{
    App *app = data;
    if (!text)
        return;
    g_autofree char *limit = g_strstrip(g_strdup(text));
    g_free(app->limit);
    app->limit = *limit && strcmp(limit, "*") != 0 ? g_steal_pointer(&limit) : NULL;
    app_query(app);
}

static void do_limit(App *app)
{
    app_prompt(app, "Limit to (a notmuch query, empty: all): ", app->limit ? app->limit : "",
               HISTORY_LIMIT, limit_done);
}

static void only(App *app, VerdictValue verdict)
{
    app->model->only = verdict;
    app_rows_changed(app);
    if (verdict)
        app_say(app, ROLE_MESSAGE, "Only %s", verdict_name(verdict));
    else
        app_say(app, ROLE_MESSAGE, "All verdicts");
}

static void do_only_genuine(App *app)
{
    only(app, VERDICT_GENUINE);
}

static void do_only_backscatter(App *app)
{
    only(app, VERDICT_BACKSCATTER);
}

static void do_only_fake(App *app)
{
    only(app, VERDICT_FAKE);
}

static void do_only_undecided(App *app)
{
    only(app, VERDICT_UNDECIDED);
}

static void do_show_all(App *app)
{
    only(app, VERDICT_NONE);
}

/* Groups of the groups: list -> by injection -> ... -> list. */
static void do_group(App *app)
{
    while (app->views->len > 1)
        app_pop(app);
    app->group = (GroupBy)((app->group + 1) % GROUP_COUNT);
    if (app->group != GROUP_NONE)
        app_push(app, view_groups_new(app, app->group));
    app_say(app, ROLE_MESSAGE, "Grouped by: %s", group_name(app->group));
}

static void do_sort(App *app)
{
    app->model->sort = (SortBy)((app->model->sort + 1) % SORT_COUNT);
    app_rows_changed(app);
    app_say(app, ROLE_MESSAGE, "Sorted by: %s", sort_name(app->model->sort));
}

static void do_reverse(App *app)
{
    app->model->reverse = !app->model->reverse;
    app_rows_changed(app);
    app_say(app, ROLE_MESSAGE, "%s order", app->model->reverse ? "Reversed" : "Usual");
}

/* The rows that an action on what is under the cursor is for. */
static void rows_under(View *view, GArray *rows)
{
    if (view->ops->targets) {
        view->ops->targets(view, rows);
        return;
    }
    int row = view->ops->row ? view->ops->row(view) : -1;
    guint item = (guint)row;
    if (row >= 0)
        g_array_append_val(rows, item);
}

static void do_mark(App *app)
{
    View *view = app_top(app);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    rows_under(view, rows);
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
        rows_under(view, rows);
    for (guint i = 0; i < rows->len; i++)
        model_mark(app->model, g_array_index(rows, guint, i), true);
    app_say(app, ROLE_MESSAGE, "%u marked", model_mark_count(app->model));
}

static void do_clear_marks(App *app)
{
    model_clear_marks(app->model);
    app_say(app, ROLE_MESSAGE, "No marks");
}

static void do_marked(App *app)
{
    app->marked_next = true;
    app_say(app, ROLE_MESSAGE, "The next action is for all %u marked",
            model_mark_count(app->model));
}

static void pipe_done(gpointer data, const char *text)
{
    App *app = data;
    View *view = app_top(app);
    if (!text || !*text)
        return;
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    if (model_mark_count(app->model) && (app->marked_next || app->config->review.auto_marked))
        model_marked_rows(app->model, rows);
    else
        rows_under(view, rows);
    g_autoptr(GPtrArray) files = g_ptr_array_new();
    for (guint i = 0; i < rows->len; i++) {
        const Row *row = model_row(app->model, g_array_index(rows, guint, i));
        if (row->file)
            g_ptr_array_add(files, row->file);
    }
    app->marked_next = false;
    const char *const argv[] = {"sh", "-c", text, NULL};
    app_run_program(app, argv, files, true);
    app_say(app, ROLE_MESSAGE, "%u message%s piped to: %s", files->len, files->len == 1 ? "" : "s",
            text);
}

static void do_pipe(App *app)
{
    app_prompt(app, "Pipe to: ", "", HISTORY_PIPE, pipe_done);
}

static void do_look_again(App *app)
{
    if (!g_queue_is_empty(&app->acts))
        app_say(app, ROLE_ERROR, "Jobs are waiting; look again when they are done");
    else
        app_query(app);
}

static void do_redraw(App *app)
{
    term_repaint(app->term);
}

static void do_jobs(App *app)
{
    app_push(app, view_jobs_new(app));
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
    app_run_program(app, argv, NULL, true);
    app_say(app, ROLE_MESSAGE, "What was learned is used from the next start on");
}

static void do_cancel(App *app)
{
    if (app->marked_next)
        app->marked_next = false;
    else if (app->reading) {
        session_cancel(app->session);
        app->reading = false;
        app_say(app, ROLE_MESSAGE, "Stopped reading; %u read", app->read);
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
    {ACTION_BACK, do_back},
    {ACTION_QUIT, app_quit},
    {ACTION_FIND, do_find},
    {ACTION_FIND_NEXT, do_find_next},
    {ACTION_FIND_PREVIOUS, do_find_previous},
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
    {ACTION_LOOK_AGAIN, do_look_again},
    {ACTION_REDRAW, do_redraw},
    {ACTION_JOBS, do_jobs},
    {ACTION_STOP, do_stop},
    {ACTION_HELP, do_help},
    {ACTION_COMMAND, command_prompt},
    {ACTION_LEARN, do_learn},
    {ACTION_CANCEL, do_cancel},
    {ACTION_SUSPEND, do_suspend},
};

static bool global_do(App *app, ActionId action)
{
    for (gsize i = 0; i < G_N_ELEMENTS(globals); i++) {
        if (globals[i].action == action) {
            globals[i].run(app);
            return true;
        }
    }
    return false;
}

/* --- what an action needs ----------------------------------------------------------------------
 */

static bool under_cursor(App *app)
{
    View *view = app_top(app);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    rows_under(view, rows);
    return rows->len > 0 || (app->marked_next && model_mark_count(app->model));
}

/* Why @action cannot run now, or NULL. */
static const char *refusal(App *app, const Action *row)
{
    if (!(row->contexts & app_top(app)->ops->context))
        return "it means nothing here";
    if (row->needs & NEED_CASE && !under_cursor(app))
        return "there is no case here";
    if (row->needs & NEED_MARKS && !model_mark_count(app->model))
        return "nothing is marked";
    if (row->needs & NEED_FIND && !app->needle)
        return "nothing was searched for yet";
    if (row->needs & NEED_BUSY && !session_busy(app->session) && !app->reading)
        return "nothing is running";
    return NULL;
}

/* For the test that finds actions which no screen test uses. */
static void tell_used(const App *app, ActionId action)
{
    const char *file = app->term->scripted ? g_getenv("NOTME_ACTIONS") : NULL;
    FILE *out = file ? fopen(file, "a") : NULL;
    if (!out)
        return;
    fprintf(out, "%s\n", action_row(action)->name);
    fclose(out);
}

void app_do(App *app, ActionId action)
{
    View *view = app_top(app);
    const Action *row = action_row(action);
    const char *why = refusal(app, row);
    app_touch(app);
    if (why) {
        app_say(app, ROLE_ERROR, "%s: %s", row->name, why);
        return;
    }
    tell_used(app, action);
    if (!(view->ops->act && view->ops->act(view, action)) && !act_do(app, action) &&
        !global_do(app, action))
        app_say(app, ROLE_ERROR, "%s: it means nothing here", row->name);
}

/* --- keys --------------------------------------------------------------------------------------
 */

static void sequence_end(App *app)
{
    app->key_count = 0;
    g_clear_handle_id(&app->key_timer, g_source_remove);
}

static void unbound(App *app)
{
    g_autofree char *keys = key_texts(app->keys, app->key_count);
    g_autofree char *help = keymap_key(app->keymap, app_top(app)->ops->context, ACTION_HELP);
    app_say(app, ROLE_ERROR, "%s is not bound; press %s for help", keys, help ? help : ":help");
}

static void sequence_do(App *app, ActionId action)
{
    sequence_end(app);
    if (action)
        app_do(app, action);
}

static gboolean on_sequence_wait(gpointer data)
{
    App *app = data;
    ActionId action;
    app->key_timer = 0;
    keymap_find(app->keymap, app_top(app)->ops->context, app->keys, app->key_count, &action);
    sequence_do(app, action);
    return G_SOURCE_REMOVE;
}

static void view_key(App *app, Key key)
{
    ActionId action;
    g_clear_pointer(&app->message, g_free);
    g_clear_handle_id(&app->key_timer, g_source_remove);
    app->keys[app->key_count++] = key;
    KeymapAnswer answer =
        keymap_find(app->keymap, app_top(app)->ops->context, app->keys, app->key_count, &action);
    if (app->key_count == KEYMAP_LONGEST && answer == KEYMAP_PREFIX)
        answer = KEYMAP_UNBOUND;
    switch (answer) {
    case KEYMAP_FOUND:
        sequence_do(app, action);
        break;
    case KEYMAP_EITHER:
        app->key_timer = g_timeout_add(SEQUENCE_WAIT, on_sequence_wait, app);
        break;
    case KEYMAP_PREFIX:
        break;
    case KEYMAP_UNBOUND:
        unbound(app);
        sequence_end(app);
        break;
    }
    app_touch(app);
}

static void question_key(App *app, Key key)
{
    char text[8] = {0};
    if (key >= KEY_SPECIAL)
        return;
    g_unichar_to_utf8(g_unichar_tolower(key), text);
    bool known = g_unichar_isprint(key) && strstr(app->prompt->choices, text);
    if (known)
        g_string_assign(app->prompt->text, text);
    app_prompt_end(app, known);
}

static void prompt_key(App *app, Key key)
{
    ActionId action;
    char text[8] = {0};
    keymap_find(app->keymap, CONTEXT_PROMPT, &key, 1, &action);
    if (action)
        tell_used(app, action);
    if (action == ACTION_ACCEPT && !app->prompt->choices) {
        app_prompt_end(app, true);
    } else if (action == ACTION_CANCEL) {
        app_prompt_end(app, false);
    } else if (action && !prompt_act(app->prompt, action)) {
        global_do(app, action);
    } else if (!action && app->prompt->choices) {
        question_key(app, key);
    } else if (!action && key < KEY_SPECIAL && g_unichar_isprint(key)) {
        g_unichar_to_utf8(key, text);
        prompt_type(app->prompt, text);
    }
    app_touch(app);
}

void app_key(App *app, Key key)
{
    if (app->prompt)
        prompt_key(app, key);
    else
        view_key(app, key);
}
