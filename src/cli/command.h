/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command table: one file a command (cmd_NAME.c), a row here with what it needs. */
#ifndef NOTME_CLI_COMMAND_H
#define NOTME_CLI_COMMAND_H

#include "triage/config.h"

typedef enum CommandNeeds {
    NEEDS_NOTHING = 0,
    NEEDS_CONFIG = 1,
    NEEDS_STORE = 2,
    NEEDS_WRITE = 4
} CommandNeeds;

typedef struct CommandContext {
    const char *config_path; /* --config, or NULL */
    const char *color;       /* "auto", "always", "never" */
    bool verbose;
    Config *config; /* loaded where the command needs it */
} CommandContext;

typedef struct Command {
    const char *name;
    const char *arguments; /* for --help */
    const char *sentence;  /* what it does */
    unsigned needs;
    int (*run)(CommandContext *context, int argc,
               char **argv); /* argv[0] is the command's name; returns the exit status */
} Command;

enum { EXIT_DONE = 0, EXIT_PARTLY = 1, EXIT_CANNOT = 2 };

/* The whole program behind main(): options, table, roles of workers. @extra (of Command) are
 * commands of a higher layer: review. */
int cli_main(int argc, char **argv, const Command *extra, gsize extra_count);
/* "notme: what: why" on stderr, one line, safe for a terminal. */
void cli_complain(const char *what, const char *why);

#endif
