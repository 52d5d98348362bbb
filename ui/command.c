/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: actions by name, and some with an argument. What an argument chooses is chosen
 * among the rows that were read: what was seen is what is acted on. */
#include <string.h>

#include "app.h"
#include "base/nearest.h"
#include "doc.h"
#include "match.h"

typedef void (*CommandRun)(App *app, const char *argument);

static void run_limit(App *app, const char *argument)
{
    g_free(app->limit);
    app->limit = *argument && strcmp(argument, "*") != 0 ? g_strdup(argument) : NULL;
    app_query(app);
}

static void run_review(App *app, const char *argument)
{
    g_free(app->query);
    app->query = g_strdup(argument);
    g_clear_pointer(&app->limit, g_free);
    app_query(app);
}

static void run_sort(App *app, const char *argument)
{
    int by = sort_from_name(strcmp(argument, "ip") == 0 ? "injection" : argument);
    if (by < 0) {
        app_say(app, ROLE_ERROR, "sort: by date, verdict, injection, reporter or recipient");
        return;
    }
    app->model->sort = (SortBy)by;
    app_rows_changed(app);
    app_say(app, ROLE_MESSAGE, "Sorted by: %s", sort_name(app->model->sort));
}

static void run_group(App *app, const char *argument)
{
    int by = group_from_name(strcmp(argument, "ip") == 0 ? "injection" : argument);
    if (by < 0) {
        app_say(app, ROLE_ERROR,
                "group: by injection, network, reporter, subject, day, verdict or none");
        return;
    }
    while (app->views->len > 1)
        app_pop(app);
    app->group = (GroupBy)by;
    if (by != GROUP_NONE)
        app_push(app, view_groups_new(app, app->group));
}

static void run_only(App *app, const char *argument)
{
    int verdict = strcmp(argument, "all") == 0 ? VERDICT_NONE : verdict_from_name(argument);
    if (verdict < 0) {
        app_say(app, ROLE_ERROR, "only: genuine, backscatter, fake, undecided or all");
        return;
    }
    app->model->only = (VerdictValue)verdict;
    app_rows_changed(app);
}

static void run_undo(App *app, const char *argument)
{
    guint64 job;
    if (g_ascii_string_to_unsigned(argument, 10, 1, G_MAXUINT, &job, NULL))
        act_undo(app, (guint)job);
    else
        app_say(app, ROLE_ERROR, "undo: the number of a job; \"jobs\" lists them");
}

static void run_find(App *app, const char *argument)
{
    View *view = app_top(app);
    g_free(app->needle);
    app->needle = g_strdup(argument);
    if (!view->ops->find || !view->ops->find(view, argument, 1, true))
        app_say(app, ROLE_ERROR, "\"%s\" is not in what is shown", argument);
}

/* Commands with an argument; without one they are the action of that name. */
static const struct {
    const char *name, *argument;
    CommandRun run;
} commands[] = {
    {"limit", "QUERY", run_limit}, {"review", "QUERY", run_review}, {"sort", "KEY", run_sort},
    {"group", "KEY", run_group},   {"only", "VERDICT", run_only},   {"undo", "JOB", run_undo},
    {"find", "TEXT", run_find},
};

static const ActionId mail_actions[] = {
    ACTION_DELETE,           ACTION_QUARANTINE, ACTION_RELEASE, ACTION_COMPLAIN,
    ACTION_COMPLAIN_NETWORK, ACTION_MARK,       ACTION_VERDICT,
};

static bool is_mail_action(ActionId action)
{
    for (gsize i = 0; i < G_N_ELEMENTS(mail_actions); i++)
        if (mail_actions[i] == action)
            return true;
    return false;
}

/* "delete tag:foo": on what matches among the rows shown. */
static void run_on_query(App *app, ActionId action, const char *query)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Match) match = match_parse(query, &error);
    g_autoptr(GArray) shown = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    if (!match) {
        app_say(app, ROLE_ERROR, "%s", error->message);
        return;
    }
    model_order(app->model, NULL, shown);
    for (guint i = 0; i < shown->len; i++) {
        guint row = g_array_index(shown, guint, i);
        if (match_row(match, model_row(app->model, row)))
            g_array_append_val(rows, row);
    }
    if (rows->len == 0) {
        app_say(app, ROLE_ERROR, "Nothing of what is shown matches: %s", query);
        return;
    }
    for (guint i = 0; action == ACTION_MARK && i < rows->len; i++)
        model_mark(app->model, g_array_index(rows, guint, i), true);
    if (action == ACTION_MARK)
        app_say(app, ROLE_MESSAGE, "%u marked", model_mark_count(app->model));
    else
        act_on_rows(app, action, rows);
}

static void unknown(App *app, const char *name)
{
    Nearest nearest = nearest_to(name);
    for (int id = ACTION_NONE + 1; id < ACTION_COUNT; id++)
        nearest_try(&nearest, action_row((ActionId)id)->name);
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
        nearest_try(&nearest, commands[i].name);
    if (nearest.found)
        app_say(app, ROLE_ERROR, "Unknown command \"%s\"; did you mean \"%s\"?", name,
                nearest.found);
    else
        app_say(app, ROLE_ERROR, "Unknown command \"%s\"; <Tab> lists them", name);
}

static void command_run(App *app, const char *name, const char *argument)
{
    for (gsize i = 0; *argument && i < G_N_ELEMENTS(commands); i++) {
        if (strcmp(commands[i].name, name) == 0) {
            commands[i].run(app, argument);
            return;
        }
    }
    ActionId action = action_from_name(name);
    if (!action && (g_str_equal(name, "q") || g_str_equal(name, "exit")))
        action = ACTION_QUIT;
    if (action && *argument && is_mail_action(action))
        run_on_query(app, action, argument);
    else if (action && *argument)
        app_say(app, ROLE_ERROR, "%s takes no argument", name);
    else if (action)
        app_do(app, action);
    else
        unknown(app, name);
}

static void command_done(gpointer data, const char *text)
{
    if (!text)
        return;
    g_autofree char *line = g_strstrip(g_strdup(text));
    if (!*line)
        return;
    char *argument = line + strcspn(line, " ");
    if (*argument)
        *argument++ = '\0';
    command_run(data, line, g_strchug(argument));
}

static void add_if(GPtrArray *words, const char *name, const char *begun)
{
    if (g_str_has_prefix(name, begun) &&
        !g_ptr_array_find_with_equal_func(words, name, g_str_equal, NULL))
        g_ptr_array_add(words, g_strdup(name));
}

static void complete_names(GPtrArray *words, const char *begun)
{
    for (int id = ACTION_NONE + 1; id < ACTION_COUNT; id++)
        if (action_row((ActionId)id)->contexts != CONTEXT_PROMPT)
            add_if(words, action_row((ActionId)id)->name, begun);
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
        add_if(words, commands[i].name, begun);
}

/* The tags that rows have. */
static void complete_tags(const App *app, GPtrArray *words, const char *begun)
{
    guint count = session_row_count(app->session);
    for (guint i = 0; i < MIN(count, 5000); i++) {
        const Row *row = model_row(app->model, i);
        g_auto(GStrv) tags = g_strsplit(row->tags ? row->tags : "", " ", -1);
        for (char **tag = tags; *tag; tag++) {
            g_autofree char *word = g_strdup_printf("tag:%s", *tag);
            if (**tag)
                add_if(words, word, begun);
        }
    }
}

static void complete_argument(const App *app, GPtrArray *words, const char *line, const char *begun)
{
    bool sort = g_str_has_prefix(line, "sort "), group = g_str_has_prefix(line, "group ");
    if (g_str_has_prefix(line, "only "))
        for (int v = VERDICT_GENUINE; v < VERDICT_COUNT; v++)
            add_if(words, verdict_name((VerdictValue)v), begun);
    for (int i = 0; sort && i < SORT_COUNT; i++)
        add_if(words, sort_name((SortBy)i), begun);
    for (int i = 0; group && i < GROUP_COUNT; i++)
        add_if(words, group_name((GroupBy)i), begun);
    if (sort || group || g_str_has_prefix(line, "only "))
        return;
    for (gsize i = 0; match_fields[i]; i++)
        add_if(words, match_fields[i], begun);
    complete_tags(app, words, begun);
}

static GPtrArray *command_complete(gpointer data, const char *text, gsize *start)
{
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
    const char *blank = strrchr(text, ' ');
    *start = blank ? (gsize)(blank + 1 - text) : 0;
    if (blank)
        complete_argument(data, words, text, blank + 1);
    else
        complete_names(words, text);
    return words;
}

void command_prompt(App *app)
{
    Prompt *prompt = app_prompt(app, ":", "", HISTORY_COMMAND, command_done);
    prompt->complete = command_complete;
}
