/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command table. */
#include "cli/commands.h"

const Command cli_commands[] = {
    {NULL, NULL, NULL, 0, NULL},
};
