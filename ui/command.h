/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line of the interface. */
#ifndef NOTME_UI_COMMAND_H
#define NOTME_UI_COMMAND_H

#include "stage/app.h"

/* Opens it. */
void command_prompt(App *app);
/* What a command with a query waits for has come (SessionEvents.matched). */
void command_matched(App *app, const GPtrArray *sets, const char *error);
void command_choice_free(Choice *choice);

#endif
