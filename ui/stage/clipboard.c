/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See clipboard.h. */
#include "stage/clipboard.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>

#include "model/copy_text.h"

bool clipboard_busy(const App *app)
{
    return app->copying != NULL;
}

void clipboard_end(App *app)
{
    if (app->copying)
        g_cancellable_cancel(app->copying);
    g_clear_object(&app->copying);
}

static void on_ended(GObject *object, GAsyncResult *result, gpointer data)
{
    GSubprocess *process = G_SUBPROCESS(object);
    g_autoptr(GError) error = NULL;
    bool good = g_subprocess_communicate_utf8_finish(process, result, NULL, NULL, &error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return; /* the stage is gone, or something else was copied meanwhile */
    App *app = data;
    g_clear_object(&app->copying);
    if (!good || !g_subprocess_get_successful(process))
        app_say(app, ROLE_ERROR, "Not copied: \"%s\" failed", app->config->review.clipboard);
    app_touch(app);
}

static void usual_signals(gpointer data)
{
    (void)data;
    signal(SIGPIPE, SIG_DFL);
}

/* Without a shell: the command's words are the configuration's, and @text is what it reads. */
static bool command_run(App *app, const char *text, GError **error)
{
    g_auto(GStrv) words = NULL;
    if (!g_shell_parse_argv(app->config->review.clipboard, NULL, &words, error))
        return false;
    g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
        G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
    g_subprocess_launcher_set_child_setup(launcher, usual_signals, NULL, NULL);
    g_autoptr(GSubprocess) process =
        g_subprocess_launcher_spawnv(launcher, (const char *const *)words, error);
    if (!process)
        return false;
    clipboard_end(app);
    app->copying = g_cancellable_new();
    g_subprocess_communicate_utf8_async(process, text, app->copying, on_ended, app);
    return true;
}

static void copy(App *app, const char *text)
{
    const char *clipboard = app->config->review.clipboard;
    g_autoptr(GError) error = NULL;
    if (strcmp(clipboard, "osc52") == 0)
        term_copy(app->term, text);
    else if (!command_run(app, text, &error)) {
        app_say(app, ROLE_ERROR, "Not copied: %s", error->message);
        return;
    }
    app_say(app, ROLE_MESSAGE, "Copied: %s", text);
}

void clipboard_copy(App *app, ActionId action)
{
    static const struct {
        ActionId action;
        char *(*text)(const Row *row);
        const char *missing;
    } copies[] = {
        {ACTION_COPY_ADDRESS, copy_address, "no address is known that it was sent from"},
        {ACTION_COPY_ID, copy_id, "its id cannot be written in one line"},
        {ACTION_COPY_CASE, copy_case, ""},
    };
    int row = view_row(app_top(app));
    for (gsize i = 0; row >= 0 && i < G_N_ELEMENTS(copies); i++) {
        if (copies[i].action != action)
            continue;
        g_autofree char *text = copies[i].text(model_row(app->model, (guint)row));
        if (strcmp(app->config->review.clipboard, "off") == 0)
            app_say(app, ROLE_ERROR,
                    "Copying is off: \"clipboard\" in [review] of the configuration turns it on: "
                    "osc52, or a command");
        else if (text)
            copy(app, text);
        else
            app_say(app, ROLE_ERROR, "Not copied: %s", copies[i].missing);
    }
}
