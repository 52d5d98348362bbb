/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every command needs: its own options, and telling what went wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/safe.h"
#include "cli/command.h"

void cli_error(const char *what, const char *why)
{
    g_autofree char *safe_what = safe_text(span_of(what), SAFE_LINE);
    g_autofree char *safe_why = why ? safe_text(span_of(why), SAFE_LINE) : NULL;
    fflush(stdout);
    fprintf(stderr, "notme: %s%s%s\n", safe_what, safe_why ? ": " : "", safe_why ? safe_why : "");
}

void cli_unconfined(const char *word, gpointer data)
{
    (void)data;
    cli_error(word, NULL);
}

int cli_usage(const CommandContext *context, const char *what)
{
    g_autofree char *why =
        g_strdup_printf("%s; see \"notme %s --help\"", what, context->command->name);
    cli_error(context->command->name, why);
    return EXIT_CANNOT;
}

int cli_failed(GError *error)
{
    cli_error(error->message, NULL);
    g_error_free(error);
    return EXIT_CANNOT;
}

/* --- help ------------------------------------------------------------------------------------- */

enum { HELP_WIDTH = 79 };

/* One more piece of the usage line, on a new one where this is full. */
static void usage_add(GString *usage, gsize *column, const char *piece)
{
    const char indent[] = "\n        ";
    bool full = *column + 1 + strlen(piece) > HELP_WIDTH;
    g_string_append(usage, full ? indent : " ");
    g_string_append(usage, piece);
    *column = (full ? sizeof indent - 2 : *column + 1) + strlen(piece);
}

/* "notme NAME [--option] [--other=VALUE] ARGUMENTS": all options. The caller frees it. */
static char *usage_of(const Command *command, const GOptionEntry *entries)
{
    GString *usage = g_string_new("notme ");
    g_string_append(usage, command->name);
    gsize column = usage->len;
    for (const GOptionEntry *entry = entries; entry && entry->long_name; entry++) {
        const char *value = entry->arg_description;
        g_autofree char *piece =
            g_strdup_printf("[--%s%s%s]", entry->long_name, value ? "=" : "", value ? value : "");
        usage_add(usage, &column, piece);
    }
    if (*command->arguments)
        usage_add(usage, &column, command->arguments);
    return g_string_free(usage, FALSE);
}

static void help_print(const Command *command, const GOptionEntry *entries, GOptionContext *options)
{
    g_autofree char *usage = usage_of(command, entries);
    g_autofree char *help = g_option_context_get_help(options, TRUE, NULL);
    const char *list = strchr(help, '\n'); /* behind GOption's own "Usage:" */
    list = list ? strstr(list, "\n\n") : NULL;
    printf("%s\n%s.\n%s", usage, command->sentence, list ? list + 1 : "");
    printf("Options of all commands: --config=FILE, --color=auto|always|never, --verbose,\n"
           "--help, --version\n"
           "Exit status: 0 done; 1 done, but something could not be handled, which is named on\n"
           "standard error; 2 could not run\n%s",
           command->statuses ? command->statuses : "");
}

bool cli_parse(CommandContext *context, const GOptionEntry *entries, int *argc, char ***argv,
               int *status)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GOptionContext) options = g_option_context_new(NULL);
    g_option_context_set_help_enabled(options, FALSE);
    if (entries)
        g_option_context_add_main_entries(options, entries, NULL);
    if (*argc > 1 && strcmp((*argv)[1], "--help") == 0) {
        help_print(context->command, entries, options);
        *status = EXIT_DONE;
        return false;
    }
    if (!g_option_context_parse(options, argc, argv, &error)) {
        *status = cli_usage(context, error->message);
        return false;
    }
    /* GOption leaves a "--" that stood before the arguments */
    if (*argc > 1 && strcmp((*argv)[1], "--") == 0) {
        memmove(&(*argv)[1], &(*argv)[2], (gsize)(*argc - 1) * sizeof(char *));
        (*argc)--;
    }
    return true;
}

void cli_json(json_t *object)
{
    char *text = json_dumps(object, JSON_COMPACT);
    g_autofree char *safe = text ? safe_json(text) : NULL;
    if (safe)
        puts(safe);
    free(text);
    json_decref(object);
}

bool cli_names_all(int argc, char **argv, int first)
{
    for (int i = first; i < argc; i++)
        if (!argv[i][strspn(argv[i], " \t\r\n")])
            return true;
    return false;
}

char *cli_query(int argc, char **argv, int first)
{
    return argc > first ? g_strjoinv(" ", argv + first) : NULL;
}

bool cli_color(const CommandContext *context)
{
    const char *wish = context->color    ? context->color
                       : context->config ? context->config->review.color
                                         : "auto";
    if (strcmp(wish, "auto") != 0)
        return strcmp(wish, "always") == 0;
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    return !(no_color && *no_color) && term && strcmp(term, "dumb") != 0 && isatty(STDOUT_FILENO);
}
