/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands: each in a file cmd_NAME.c of its own. Each gets its name in argv[0] and returns the
 * exit status. */
#ifndef NOTME_CLI_COMMANDS_H
#define NOTME_CLI_COMMANDS_H

#include "cli/command.h"

int cmd_answer(CommandContext *context, int argc, char **argv);
int cmd_check(CommandContext *context, int argc, char **argv);
int cmd_complain(CommandContext *context, int argc, char **argv);
int cmd_decide(CommandContext *context, int argc, char **argv);
int cmd_summary(CommandContext *context, int argc, char **argv);
int cmd_delete(CommandContext *context, int argc, char **argv);
int cmd_learn(CommandContext *context, int argc, char **argv);
int cmd_list(CommandContext *context, int argc, char **argv);
int cmd_demo(CommandContext *context, int argc, char **argv);
int cmd_keys(CommandContext *context, int argc, char **argv);
int cmd_log(CommandContext *context, int argc, char **argv);
int cmd_purge(CommandContext *context, int argc, char **argv);
int cmd_quarantine(CommandContext *context, int argc, char **argv);
int cmd_questions(CommandContext *context, int argc, char **argv);
int cmd_redo(CommandContext *context, int argc, char **argv);
int cmd_release(CommandContext *context, int argc, char **argv);
int cmd_show(CommandContext *context, int argc, char **argv);
int cmd_tag(CommandContext *context, int argc, char **argv);
int cmd_undo(CommandContext *context, int argc, char **argv);

/* The table, in the order of --help; ends with a row without a name. */
extern const Command cli_commands[];

#endif
