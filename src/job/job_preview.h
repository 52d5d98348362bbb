/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a job would do, without doing it. */
#ifndef NOTME_JOB_JOB_PREVIEW_H
#define NOTME_JOB_JOB_PREVIEW_H

#include "job/job.h"

/* What @request would do, one line a step (of char *; the caller unrefs); what would be left out
 * goes to @problems. JOB_COMPLAIN: only what is in request->drafts. Changes nothing. */
GPtrArray *job_preview(const Config *config, const JobRequest *request, GPtrArray *problems,
                       GError **error);

#endif
