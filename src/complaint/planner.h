/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The planner of complaint jobs. */
#ifndef NOTME_COMPLAINT_PLANNER_H
#define NOTME_COMPLAINT_PLANNER_H

#include "job/job.h"

/* The JobPlanner of the writer process: reads the items' files, plans, and fills request->drafts,
 * ->refused and, where something must be asked first (and options do not say "yes"), ->question;
 * then there are no drafts. */
bool complaint_job_planner(JobRequest *request, const Config *config, GError **error);

#endif
