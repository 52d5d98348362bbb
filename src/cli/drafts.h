/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme complain, as far as it is other than the commands beside it. */
#ifndef NOTME_CLI_DRAFTS_H
#define NOTME_CLI_DRAFTS_H

#include "cli/command.h"
#include "job/job.h"

/* Prints the drafts that @request would write: one as it is, several as an mbox. Returns the exit
 * status. */
int cli_drafts_preview(CommandContext *context, JobRequest *request);
/* Has them written; asks on the terminal what has to be asked; then opens the draft in the editor,
 * where there is one draft and a terminal. Returns the exit status. */
int cli_drafts_write(CommandContext *context, JobRequest *request);

#endif
