/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Purge: what was deleted is removed for good, and nothing else. */
#ifndef NOTME_JOB_PURGE_H
#define NOTME_JOB_PURGE_H

#include "job/plan_step.h"

/* Plans to remove the files of deletions older than request->older_than seconds; of job
 * request->undo alone where that is given. */
void purge_plan(Plan *plan, const JobRequest *request);

#endif
