/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writer process: one job, then gone. It alone opens the database for writing. */
#ifndef NOTME_JOB_JOB_PROCESS_H
#define NOTME_JOB_JOB_PROCESS_H

#include "job/job_run.h"
#include "work/frame.h"

/* The body of the "writer" worker. First frame: {"config", "request"}; {"stop": true} stops it at
 * the next message. It sends {"status"} now and then, and at the end {"end": true} with "status" or
 * "error". When whoever started it is gone it finishes the job all the same; SIGINT, SIGTERM and
 * SIGHUP stop it at a message boundary, or, while it waits for the database, at once: the job is
 * in the journal then and is done by the next writer. */
int job_process_body(FrameLink *link, JobPlanner planner);

#endif
