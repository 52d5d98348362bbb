/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: actions by name, and some with an argument. What an argument chooses is chosen
 * among the rows of the view: what was seen is what is acted on. Options are understood or refused,
 * never looked for in mail. */
#include "command.h"

#include <string.h>

#include "base/count.h"
#include "base/nearest.h"
#include "globals.h"
#include "reading/handle.h"
#include "reading/query_match.h"
#include "reading/query_store.h"
#include "stage/acts.h"

typedef void (*CommandRun)(App *app, const char *argument);

/* Without a query: what is reviewed as a rule. */
static void run_review(App *app, const char *argument)
{
    const char *usual = app->config->review.query ? app->config->review.query : "*";
    g_free(app->query);
    app->query = g_strdup(*argument ? argument : usual);
    g_clear_pointer(&app->limit, g_free);
    app_query(app);
}

static void run_sort(App *app, const char *argument)
{
    int by = row_order_from_name(strcmp(argument, "ip") == 0 ? "injection" : argument);
    if (by < 0)
        app_say(app, ROLE_ERROR, "sort: by date, verdict, injection, reporter or recipient");
    else
        global_sort(app, (RowOrder)by);
}

static void run_group(App *app, const char *argument)
{
    int by = group_from_name(strcmp(argument, "ip") == 0 ? "injection" : argument);
    if (by < 0)
        app_say(app, ROLE_ERROR,
                "group: by injection, network, reporter, subject, day, verdict, abused or none");
    else
        global_group(app, (GroupBy)by);
}

static void run_only(App *app, const char *argument)
{
    int verdict = strcmp(argument, "all") == 0 ? VERDICT_NONE : verdict_from_name(argument);
    if (verdict < 0)
        app_say(app, ROLE_ERROR, "only: genuine, backscatter, fake, undecided or all");
    else
        global_only(app, (VerdictValue)verdict);
}

static void run_again(App *app, const char *name, const char *argument,
                      void (*again)(App *app, guint job))
{
    guint64 job;
    if (g_ascii_string_to_unsigned(argument, 10, 1, G_MAXINT, &job, NULL))
        again(app, (guint)job);
    else
        app_say(app, ROLE_ERROR, "%s: the number of a job; \"jobs\" lists them", name);
}

static void run_undo(App *app, const char *argument)
{
    run_again(app, "undo", argument, acts_undo_job);
}

static void run_redo(App *app, const char *argument)
{
    run_again(app, "redo", argument, acts_redo_job);
}

static void run_own(App *app, const char *argument)
{
    app->own = argument;
    app_do(app, ACTION_RUN);
    app->own = NULL;
}

/* "@7f3ak2c" or "id:MESSAGE-ID". */
static bool names_row(const char *argument, const Row *row)
{
    char handle[HANDLE_SIZE];
    handle_of(row->id, row->file, handle);
    return g_ascii_strcasecmp(argument, handle) == 0 ||
           (g_str_has_prefix(argument, "id:") && strcmp(argument + strlen("id:"), row->id) == 0);
}

/* Opens one case of those that are shown. */
static void run_show(App *app, const char *argument)
{
    View *view = app_top(app);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    const char *id = NULL;
    g_autofree char *twice = NULL;
    const Row *first = NULL;
    guint found = 0;
    View *list = view->ops->all || !view->parent ? view : view->parent;
    if (view->ops->row && list->ops->all)
        list->ops->all(list, rows);
    char count[COUNT_SIZE];
    for (guint i = 0; i < rows->len; i++) {
        const Row *row = model_row(app->model, g_array_index(rows, guint, i));
        if (!names_row(argument, row))
            continue;
        if (found++ && !twice && handle_is(argument))
            twice = handle_twice(argument, first->id, row->id);
        first = row;
        id = model_id(app->model, g_array_index(rows, guint, i));
    }
    if (twice)
        app_say(app, ROLE_ERROR, "%s", twice);
    else if (found > 1)
        app_say(app, ROLE_ERROR, "%s could be %s cases; \"limit %s\" shows them", argument,
                count_text(found, count), argument);
    else if (!found)
        app_say(app, ROLE_ERROR, "%s is not in the list that is shown; \"limit %s\" looks for it",
                argument, argument);
    if (found != 1)
        return;
    view->ops->go_to(view, id);
    if (view->ops->context == CONTEXT_LIST)
        app_do(app, ACTION_OPEN);
}

/* Commands with an argument; without one they are the action of that name. */
static const struct {
    const char *name;
    CommandRun run;
} commands[] = {
    {"limit", global_limit}, {"review", run_review}, {"sort", run_sort}, {"group", run_group},
    {"run", run_own},        {"only", run_only},     {"undo", run_undo}, {"redo", run_redo},
    {"find", global_find},   {"show", run_show},
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

/* --- options ---------------------------------------------------------------------------------- */

static bool option_set(App *app, ActionId action, const char *word, ActOptions *options)
{
    bool complains = action == ACTION_COMPLAIN || action == ACTION_COMPLAIN_NETWORK;
    const char *value = g_str_has_prefix(word, "--verdict=") ? word + strlen("--verdict=") : NULL;
    int verdict = value ? verdict_from_name(value) : -1;
    if (strcmp(word, "--dry-run") == 0 || strcmp(word, "-n") == 0)
        options->dry_run = true;
    else if (strcmp(word, "--yes") == 0 || strcmp(word, "-y") == 0)
        options->yes = true;
    else if (complains && strcmp(word, "--old") == 0)
        options->old = true;
    else if (verdict > VERDICT_NONE)
        options->verdict = (VerdictValue)verdict;
    else {
        app_say(app, ROLE_ERROR,
                value ? "%s: %s: genuine, backscatter, fake or undecided; nothing was done"
                      : "%s: %s is no option here: --dry-run, --yes, --verdict=V, and --old for "
                        "complaints; nothing was done",
                action_row(action)->name, word);
        return false;
    }
    return true;
}

/* Takes the options off @text: the rest is a query. The caller frees it; NULL: refused. A word
 * between quotation marks is none. */
static char *options_take(App *app, ActionId action, const char *text, ActOptions *options)
{
    g_autoptr(GString) query = g_string_new(NULL);
    bool quoted = false;
    for (const char *p = text; *p;) {
        bool begins = p == text || p[-1] == ' ';
        gsize n = strcspn(p, " ");
        bool dashed = g_str_has_prefix(p, "--") ||
                      (n == 2 && (strncmp(p, "-n", 2) == 0 || strncmp(p, "-y", 2) == 0));
        if (!quoted && begins && dashed) {
            g_autofree char *word = g_strndup(p, n);
            if (!option_set(app, action, word, options))
                return NULL;
            p += n;
            continue;
        }
        quoted = quoted != (*p == '"');
        g_string_append_c(query, *p++);
    }
    return g_strstrip(g_string_free(g_steal_pointer(&query), FALSE));
}

/* --- on what a query chooses ------------------------------------------------------------------ */

struct Choice {
    Query *query;
    bool all_asked; /* the first set is of what notmuch is asked; the parts follow */
    ActionId action;
    ActOptions options;
    char *text;
    GArray *rows; /* of the view, as it was */
};

void command_choice_free(Choice *choice)
{
    if (!choice)
        return;
    query_free(choice->query);
    g_free(choice->text);
    g_array_unref(choice->rows);
    g_free(choice);
}

typedef struct Sets {
    const GPtrArray *sets; /* or NULL: none were needed */
    guint first;           /* of the parts */
} Sets;

static bool sets_have(guint part, const char *id, gpointer data)
{
    const Sets *sets = data;
    guint i = sets->first + part;
    return sets->sets && i < sets->sets->len && g_hash_table_contains(sets->sets->pdata[i], id);
}

static bool choice_has(const App *app, const Choice *choice, guint i, Sets *sets)
{
    const Row *row = model_row(app->model, i);
    bool given = !choice->all_asked || (sets->sets && sets->sets->len && row->id &&
                                        g_hash_table_contains(sets->sets->pdata[0], row->id));
    return given && query_match(choice->query, row, sets_have, sets);
}

/* A handle in @query is that of two of @rows: what to tell, or NULL. The caller frees it. */
static char *handle_refused(const App *app, const Query *query, const GArray *rows)
{
    const Row *first = NULL;
    char *why = NULL;
    for (guint i = 0; query->children && i < query->children->len && !why; i++)
        why = handle_refused(app, query->children->pdata[i], rows);
    bool is_handle = query->kind == QUERY_OWN && query->term == OWN_HANDLE;
    for (guint i = 0; is_handle && i < rows->len && !why; i++) {
        const Row *row = model_row(app->model, g_array_index(rows, guint, i));
        if (!query_match(query, row, NULL, NULL))
            continue;
        if (first && strcmp(first->id, row->id) != 0) {
            g_autofree char *handle = g_strconcat("@", query->value, NULL);
            why = handle_twice(handle, first->id, row->id);
        }
        first = row;
    }
    return why;
}

static void choice_do(App *app, const Choice *choice, const GPtrArray *found)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    Sets sets = {found, choice->all_asked ? 1 : 0};
    g_autofree char *twice = handle_refused(app, choice->query, choice->rows);
    if (twice) {
        app_say(app, ROLE_ERROR, "%s", twice);
        return;
    }
    for (guint i = 0; i < choice->rows->len; i++) {
        guint row = g_array_index(choice->rows, guint, i);
        if (!session_row_gone(app->session, row) && choice_has(app, choice, row, &sets))
            g_array_append_val(rows, row);
    }
    if (rows->len == 0) {
        app_say(app, ROLE_ERROR, "Nothing of what is shown matches: %s", choice->text);
        return;
    }
    for (guint i = 0; choice->action == ACTION_MARK && i < rows->len; i++)
        model_mark(app->model, g_array_index(rows, guint, i), true);
    if (choice->action == ACTION_MARK)
        app_say(app, ROLE_MESSAGE, "%s marked",
                count_text(model_mark_count(app->model), (char[COUNT_SIZE]){""}));
    else
        acts_on_rows(app, choice->action, rows, &choice->options);
}

void command_matched(App *app, const GPtrArray *sets, const char *error)
{
    Choice *choice = g_steal_pointer(&app->choice);
    if (choice && sets && app->prompt && choice->action != ACTION_MARK)
        app_say(app, ROLE_ERROR, "%s %s: not done, something else is asked or typed",
                action_row(choice->action)->name, choice->text);
    else if (choice && sets)
        choice_do(app, choice, sets);
    else if (choice)
        app_say(app, ROLE_ERROR, "%s", error ? error : "the query could not be asked");
    command_choice_free(choice);
    app_touch(app);
}

/* "delete tag:foo": on what matches among the rows of the view. */
static void run_on_query(App *app, ActionId action, const char *text, const ActOptions *options)
{
    g_autoptr(GError) error = NULL;
    View *view = app_top(app);
    if (app->choice) { /* not that one's place: both were meant */
        app_say(app, ROLE_ERROR, "%s %s: not done, %s %s is still being looked for",
                action_row(action)->name, text, action_row(app->choice->action)->name,
                app->choice->text);
        return;
    }
    Query *query = query_parse(text, session_prefixes(app->session), &error);
    if (!query) {
        app_say(app, ROLE_ERROR, "%s", error->message);
        return;
    }
    g_autofree char *all = query_for_store(query);
    g_autoptr(GPtrArray) asked = query_parts(query);
    Choice *choice = g_new0(Choice, 1);
    *choice = (Choice){.query = query, .action = action, .options = *options};
    choice->text = g_strdup(text);
    choice->rows = g_array_new(FALSE, FALSE, sizeof(guint));
    choice->all_asked = strcmp(all, "*") != 0;
    if (view->ops->all)
        view->ops->all(view, choice->rows);
    else
        view_rows(view, choice->rows);
    if (choice->all_asked)
        g_ptr_array_insert(asked, 0, all);
    app->choice = choice;
    if (asked->len)
        session_match(app->session, asked);
    else {
        g_autoptr(GPtrArray) none = g_ptr_array_new();
        command_matched(app, none, NULL);
    }
}

static void run_on_mail(App *app, ActionId action, const char *argument)
{
    ActOptions options = {0};
    g_autofree char *query = options_take(app, action, argument, &options);
    if (!query)
        return;
    if (*query)
        run_on_query(app, action, query, &options);
    else if (action == ACTION_MARK)
        app_do(app, action);
    else
        acts_here(app, action, &options);
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
    ActionId action = action_from_name(name);
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (strcmp(commands[i].name, name) != 0 || (action && !*argument))
            continue;
        if (*argument || commands[i].run == run_review)
            commands[i].run(app, argument);
        else
            app_say(app, ROLE_ERROR, "%s needs to know what; say it behind the name", name);
        return;
    }
    if (!action && (g_str_equal(name, "q") || g_str_equal(name, "exit")))
        action = ACTION_QUIT;
    if (action && *argument && is_mail_action(action))
        run_on_mail(app, action, argument);
    else if (action && *argument)
        app_say(app, ROLE_ERROR, "%s takes no argument", name);
    else if (action)
        app_do(app, action);
    else
        unknown(app, name);
}

static void command_done(gpointer data, const char *text)
{
    App *app = data;
    bool marked_next = app->marked_next;
    g_autofree char *line = g_strstrip(g_strdup(text ? text : ""));
    char *argument = line + strcspn(line, " ");
    if (*argument)
        *argument++ = '\0';
    if (*line)
        command_run(app, line, g_strchug(argument));
    if (marked_next) /* it was for this one, whatever became of it */
        app->marked_next = false;
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

static void complete_commands(const App *app, GPtrArray *words, const char *begun)
{
    GHashTableIter iter;
    gpointer name;
    g_hash_table_iter_init(&iter, app->config->commands);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        add_if(words, name, begun);
}

static void complete_argument(const App *app, GPtrArray *words, const char *line, const char *begun)
{
    if (g_str_has_prefix(line, "run ")) {
        complete_commands(app, words, begun);
        return;
    }
    bool sort = g_str_has_prefix(line, "sort "), group = g_str_has_prefix(line, "group ");
    if (g_str_has_prefix(line, "only "))
        for (int v = VERDICT_GENUINE; v < VERDICT_COUNT; v++)
            add_if(words, verdict_name((VerdictValue)v), begun);
    for (int i = 0; sort && i < ROW_ORDER_COUNT; i++)
        add_if(words, row_order_name((RowOrder)i), begun);
    for (int i = 0; group && i < GROUP_COUNT; i++)
        add_if(words, group_name((GroupBy)i), begun);
    if (sort || group || g_str_has_prefix(line, "only "))
        return;
    static const char *const more[] = {
        "tag:", "from:", "to:", "subject:", "id:", "date:", "folder:", "path:", "is:"};
    for (guint i = 0; query_own_prefix(i); i++)
        add_if(words, query_own_prefix(i), begun);
    for (gsize i = 0; i < G_N_ELEMENTS(more); i++)
        add_if(words, more[i], begun);
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
