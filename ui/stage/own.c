/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See own.h. */
#include "stage/own.h"

#include "base/count.h"
#include "base/nearest.h"
#include "config/own_command.h"
#include "stage/program.h"
#include "stage/targets.h"

static void unknown(App *app, const char *name)
{
    Nearest nearest = nearest_to(name);
    GHashTableIter iter;
    gpointer known;
    g_hash_table_iter_init(&iter, app->config->commands);
    while (g_hash_table_iter_next(&iter, &known, NULL))
        nearest_try(&nearest, known);
    if (nearest.found)
        app_say(app, ROLE_ERROR, "run: there is no \"%s\" in [commands]; did you mean \"%s\"?",
                name, nearest.found);
    else
        app_say(app, ROLE_ERROR, "run: there is no \"%s\" in [commands] of the configuration",
                name);
}

/* False, and the reason is said: @row is not what the command is for. */
static bool run_row(App *app, const char *name, const char *line, const Row *row, bool last)
{
    g_autofree char *ip = ip_format(&row->injection), *why = NULL;
    const char *const values[OWN_COUNT] = {[OWN_IP] = ip,
                                           [OWN_ID] = row->id,
                                           [OWN_FILE] = row->file,
                                           [OWN_REPORTER] = row->reporter,
                                           [OWN_RECIPIENT] = row->recipient};
    g_auto(GStrv) words = own_command_words(line, values, &why);
    g_auto(GStrv) environment = own_command_environment(values);
    if (!words) {
        app_say(app, ROLE_ERROR, "run %s: %s; nothing was run", name, why);
        return false;
    }
    program_run(app, (const char *const *)words, (const char *const *)environment, NULL, last);
    return true;
}

void own_run(App *app, const char *name)
{
    const char *line = name ? g_hash_table_lookup(app->config->commands, name) : NULL;
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    guint hidden, count = 0;
    if (!name) {
        app_say(app, ROLE_ERROR,
                "run: which command? Their names stand in [commands] of the "
                "configuration");
        return;
    }
    if (!line) {
        unknown(app, name);
        return;
    }
    if (!targets_find(app, ACTION_RUN, rows, &hidden))
        return;
    for (guint i = 0; i < rows->len; i++) {
        const Row *row = model_row(app->model, g_array_index(rows, guint, i));
        if (!run_row(app, name, line, row, i + 1 == rows->len))
            return;
        count++;
    }
    char number[COUNT_SIZE];
    app_say(app, ROLE_MESSAGE, "%s: run on %s case%s%s", name, count_text(count, number),
            count == 1 ? "" : "s", hidden ? " (not on the marked ones that are not shown)" : "");
}
