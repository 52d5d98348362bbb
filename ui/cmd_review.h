/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command that opens the interface. */
#ifndef NOTME_UI_CMD_REVIEW_H
#define NOTME_UI_CMD_REVIEW_H

#include "cli/command.h"

int cmd_review(CommandContext *context, int argc, char **argv);

#endif
