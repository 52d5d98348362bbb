/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command table: one file a command (cmd_NAME.c), a row here with what it needs. */
#ifndef NOTME_CLI_COMMAND_H
#define NOTME_CLI_COMMAND_H

#include <jansson.h>

#include "config/config.h"

typedef enum CommandNeeds {
    NEEDS_NOTHING,
    NEEDS_CONFIG,
    NEEDS_STATE /* and what is remembered of the mailbox */
} CommandNeeds;

typedef struct Command Command;

typedef struct CommandContext {
    const char *config_path; /* --config, or NULL */
    const char *color;       /* "auto", "always", "never"; NULL where --color was not given */
    bool verbose;
    bool quiet;     /* no word on what a job did; problems are told all the same */
    Config *config; /* NULL where the command does not need it */
    const Command *command;
} CommandContext;

struct Command {
    const char *name;
    const char *arguments; /* behind its options, for --help */
    const char *sentence;  /* what it does */
    CommandNeeds needs;
    int (*run)(CommandContext *context, int argc,
               char **argv); /* argv[0] is the command's name; returns the exit status */
    const char *statuses;    /* exit statuses of its own, for --help; NULL: none */
};

enum { EXIT_DONE = 0, EXIT_PARTLY = 1, EXIT_CANNOT = 2 };

/* "notme: what: why" (or "notme: what" where @why is NULL) on stderr, one line, safe for a
 * terminal.
 */
void cli_error(const char *what, const char *why);
/* For readers (ReaderOptions.unconfined): says on standard error that mail is read unconfined. */
void cli_unconfined(const char *word, gpointer data);
/* Takes the command's own options (GOption; NULL-ended @entries, or NULL for none) out of
 * argv[1..]; what stays are its arguments, argv[0] the command's name. --config, --color and
 * --verbose are gone already. False when the command has to return @status at once: --help was
 * printed, or a wrong option was told. */
bool cli_parse(CommandContext *context, const GOptionEntry *entries, int *argc, char ***argv,
               int *status);
/* Tells what was wrong with the command line, and where its help is; returns EXIT_CANNOT. */
int cli_usage(const CommandContext *context, const char *what);
/* As cli_error(@error->message, NULL); frees @error and returns EXIT_CANNOT. */
int cli_failed(GError *error);
/* One line of JSON on standard output, safe for a terminal; takes over @object. */
void cli_json(json_t *object);
/* The arguments from @first on joined by blanks: a query. NULL when there are none. The caller
 * frees it. */
char *cli_query(int argc, char **argv, int first);
#define CLI_EMPTY "an argument is empty, and nothing is done for that; '*' is for all mail"
/* One of these arguments is empty, as of a variable that is not set, and would name all mail. */
bool cli_names_all(int argc, char **argv, int first);
/* Standard output is a terminal and colours are wanted (--color, [review] color, NO_COLOR, TERM).
 */
bool cli_color(const CommandContext *context);

#endif
