/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program behind main(): what stands for all commands. */
#ifndef NOTME_CLI_MAIN_H
#define NOTME_CLI_MAIN_H

#include "cli/command.h"

/* The whole program behind main(): options, table, roles of workers. @extra (of Command) are
 * commands of a higher layer: review. */
int cli_main(int argc, char **argv, const Command *extra, gsize extra_count);

#endif
