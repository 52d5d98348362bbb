/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command table. */
#include "cli/commands.h"

const Command cli_commands[] = {
    {"check", "[--format=text|json] [--files-from=LIST|-] FILE...|-",
     "reads files of mail, no mailbox needed", NEEDS_CONFIG, cmd_check},
    {"keys", "", "prints the key table in force", NEEDS_CONFIG, cmd_keys},
    {NULL, NULL, NULL, 0, NULL},
};
