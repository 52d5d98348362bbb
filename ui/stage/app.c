/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views, what is said, what is asked, and when the screen is drawn. */
#include "stage/app.h"

#include <stdarg.h>
#include <string.h>

enum {
    READING_PAUSE = 100, /* milliseconds between screens while only rows come in */
    DRAW_PRIORITY = G_PRIORITY_HIGH + 20,
    HISTORY_MOST = 200 /* lines of a history */
};

/* --- drawing ---------------------------------------------------------------------------------- */

static gboolean on_draw(gpointer data)
{
    App *app = data;
    app->draw_source = 0;
    app->draw(app);
    return G_SOURCE_REMOVE;
}

void app_touch(App *app)
{
    g_clear_handle_id(&app->draw_source, g_source_remove);
    app->draw_source = g_idle_add_full(DRAW_PRIORITY, on_draw, app, NULL);
}

void app_touch_soon(App *app)
{
    gint64 since = (g_get_monotonic_time() - app->drawn) / 1000;
    if (app->draw_source)
        return;
    if (since >= READING_PAUSE)
        app->draw_source = g_idle_add_full(DRAW_PRIORITY, on_draw, app, NULL);
    else
        app->draw_source =
            g_timeout_add_full(DRAW_PRIORITY, (guint)(READING_PAUSE - since), on_draw, app, NULL);
}

void app_say(App *app, Role role, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_free(app->message);
    app->message = g_strdup_vprintf(format, arguments);
    app->message_role = role;
    app->deaf = app->deaf || (app->keyed && role == ROLE_ERROR);
    va_end(arguments);
    app_touch(app);
}

/* --- views ------------------------------------------------------------------------------------ */

View *app_top(const App *app)
{
    return app->views->len ? app->views->pdata[app->views->len - 1] : NULL;
}

void app_push(App *app, View *view)
{
    view->parent = app_top(app);
    g_ptr_array_add(app->views, view);
    app_touch(app);
}

void app_pop(App *app)
{
    if (app->views->len <= 1) {
        app_quit(app);
        return;
    }
    View *view = g_ptr_array_steal_index(app->views, app->views->len - 1);
    view->ops->free(view);
    app_touch(app);
}

void app_quit(App *app)
{
    g_main_loop_quit(app->loop);
}

char *app_key(const App *app, Context context, ActionId action)
{
    char *key = keymap_key(app->keymap, context, action);
    return key ? key : g_strconcat(":", action_row(action)->name, NULL);
}

void app_tell_views(App *app)
{
    for (guint i = 0; i < app->views->len; i++) {
        View *view = app->views->pdata[i];
        if (view->ops->changed)
            view->ops->changed(view);
    }
}

void app_choose(App *app)
{
    View *view = app_top(app);
    if (view && view->ops->choose)
        view->ops->choose(view);
}

void app_relist(const App *app, List *list, guint *choice)
{
    if (*choice != app->model->choice)
        list_choose(list);
    *choice = app->model->choice;
    list_rebuild(list);
    if (!app->reading)
        list_settle(list);
}

void app_rows_changed(App *app)
{
    app->model->stale = true;
    app_tell_views(app);
}

/* --- prompt ----------------------------------------------------------------------------------- */

Prompt *app_prompt(App *app, const char *label, const char *text, HistoryKind history,
                   PromptDone done)
{
    prompt_free(app->prompt);
    app->prompt = prompt_new(label, text, done, app);
    if (history < HISTORY_COUNT)
        app->prompt->history = app->histories[history];
    app_touch(app);
    return app->prompt;
}

void app_ask(App *app, const char *question, const char *choices, PromptDone done)
{
    Prompt *prompt = app_prompt(app, question, "", HISTORY_COUNT, done);
    prompt->choices = g_strdup(choices);
    prompt->late = !app->keyed;
}

static void history_add(GPtrArray *history, const char *text)
{
    if (!*text || (history->len && strcmp(history->pdata[history->len - 1], text) == 0))
        return;
    if (history->len >= HISTORY_MOST)
        g_ptr_array_remove_index(history, 0);
    g_ptr_array_add(history, g_strdup(text));
}

void app_prompt_end(App *app, bool accepted)
{
    Prompt *prompt = g_steal_pointer(&app->prompt);
    if (!prompt)
        return;
    if (accepted && prompt->history)
        history_add(prompt->history, prompt->text->str);
    prompt->done(prompt->data, accepted ? prompt->text->str : NULL);
    prompt_free(prompt);
    app_touch(app);
}

void app_query(App *app)
{
    g_autofree char *both = app->limit && *app->limit
                                ? g_strdup_printf("(%s) and (%s)", app->query, app->limit)
                                : g_strdup(app->query);
    app->reading = true;
    app->total = app->read = app->left_out = 0;
    app->read_since = g_get_monotonic_time();
    app->new_mail = false;
    session_query(app->session, both);
    app_touch(app);
}

void app_query_judge(App *app, const Config *config)
{
    config_unref(app->config);
    app->config = config_ref(config);
    model_configure(app->model, config);
    model_forget(app->model, -1); /* what is shown of a case is its judgement */
    app->reading = app->judging = true;
    app->read_since = g_get_monotonic_time();
    session_configure(app->session, config);
    app_touch(app);
}

void app_query_again(App *app)
{
    app->reading = true;
    app->read_since = g_get_monotonic_time();
    app->new_mail = false;
    session_again(app->session);
    app_touch(app);
}

/* --- actions ---------------------------------------------------------------------------------- */

void app_do(App *app, ActionId action)
{
    app->perform(app, action);
}

int view_row(const View *view)
{
    return view->ops->row ? view->ops->row(view) : -1;
}

void view_rows(View *view, GArray *rows)
{
    int row = view_row(view);
    guint item = (guint)row;
    if (view->ops->targets)
        view->ops->targets(view, rows);
    else if (row >= 0)
        g_array_append_val(rows, item);
}
