/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans: from what is asked for to the steps of a journal. Reads the store and the file system,
 * changes nothing. */
#ifndef NOTME_JOB_PLAN_H
#define NOTME_JOB_PLAN_H

#include "job/plan_step.h"

/* Fills plan->journal. False with an error where the request as a whole cannot be done. */
bool plan_make(Plan *plan, const JobRequest *request, GError **error);

#endif
