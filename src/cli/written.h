/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a job writes to the configuration, and what that means, in a line on standard output. */
#ifndef NOTME_CLI_WRITTEN_H
#define NOTME_CLI_WRITTEN_H

#include <stdbool.h>

/* The answer to @question; nothing where there is no such question. */
void cli_tell_answer(const char *question, bool yes);
/* The decision @word ("delete", "quarantine", "nothing") on @campaign. */
void cli_tell_decision(const char *campaign, const char *word);

#endif
