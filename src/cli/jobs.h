/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands that start jobs share. */
#ifndef NOTME_CLI_JOBS_H
#define NOTME_CLI_JOBS_H

#include "cli/command.h"
#include "job/job.h"

/* Runs @request in the writer process, shows its progress on a terminal, says what came of it.
 * Returns the exit status; *@result (may be NULL) gets the status of the job, or NULL. */
int cli_job(CommandContext *context, const JobRequest *request, bool quiet, JobStatus **result);
/* Before mail is looked for: a job that was interrupted is finished first, one that another process
 * is at is waited for, or what is looked for is not where the journal says. False: *@status is to
 * be returned. */
bool cli_settle(CommandContext *context, int *status);
/* Prints what @request would do. */
int cli_job_preview(CommandContext *context, const JobRequest *request);
/* Asks on the terminal: @question and " [y/N] ". Without a terminal: says what is missing, and
 * false with *@status EXIT_CANNOT; a no is EXIT_DONE. */
bool cli_ask(const char *question, int *status);
/* On standard error, where only reading is done: a job was left open. */
void cli_tell_open_job(const Config *config);

#endif
