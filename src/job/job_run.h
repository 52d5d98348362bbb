/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running a job from its request to its end. */
#ifndef NOTME_JOB_JOB_RUN_H
#define NOTME_JOB_JOB_RUN_H

#include "job/job.h"

/* Turns a JOB_COMPLAIN request without drafts into one with drafts; given by whoever knows
 * complaints (a higher layer). */
typedef bool (*JobPlanner)(JobRequest *request, const Config *config, GError **error);
/* Runs one job to its end in this process: recovers an open one first, plans, journals, acts,
 * closes the database, says done. @progress is called now and then and returns false to stop at the
 * next message boundary. Never prints. The caller owns the result; NULL on error (then nothing was
 * changed, or the journal holds the open job and the message says so). */
JobStatus *job_run(const Config *config, JobRequest *request, JobPlanner planner,
                   JobProgress progress, gpointer data, GError **error);

#endif
