/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Past and running jobs, from the journals. Read-only. */
#ifndef NOTME_JOB_JOB_LIST_H
#define NOTME_JOB_JOB_LIST_H

#include "job/job.h"

/* All jobs, oldest first (of JobStatus; the caller unrefs). Journals that cannot be read are named
 * in @problems (of char *; may be NULL). */
GPtrArray *job_list(const Config *config, GPtrArray *problems);
/* An unfinished job is in the journal (another process was killed): its number, or 0. */
guint job_open_one(const Config *config);
/* Another process is at a job now. *@status (the caller frees it) is how far it is, or NULL where
 * that is not known. */
bool job_is_running(const Config *config, JobStatus **status);

#endif
