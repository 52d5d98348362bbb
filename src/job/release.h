/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Release: out of quarantine, back to where it was. */
#ifndef NOTME_JOB_RELEASE_H
#define NOTME_JOB_RELEASE_H

#include "job/plan_step.h"

void release_plan(Plan *plan, const JobRequest *request);

#endif
