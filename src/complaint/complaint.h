/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Complaints: drafts that the reviewer reads and sends himself (complaints.md). */
#ifndef NOTME_COMPLAINT_COMPLAINT_H
#define NOTME_COMPLAINT_COMPLAINT_H

#include "triage/job.h"

typedef enum ComplaintFormat { COMPLAINT_ARF, COMPLAINT_LETTER, COMPLAINT_XARF } ComplaintFormat;
typedef enum ComplaintTo { COMPLAINT_REPORTER, COMPLAINT_NETWORK, COMPLAINT_BOTH } ComplaintTo;

typedef struct ComplaintOptions {
    ComplaintFormat format;
    ComplaintTo to;
    bool old; /* take ones over max_age */
    bool yes; /* what would ask is done */
    bool dns;
    gint64 now; /* Unix seconds: given, so that tests can freeze it */
} ComplaintOptions;

/* What came of it: drafts (of JobDraft), what was refused, and what has to be asked first (of char
 * *: one sentence each). */
typedef struct ComplaintPlan {
    GPtrArray *drafts, *refused, *questions;
} ComplaintPlan;

/* One draft an addressee over all @findings (of Finding, with message still there; ids in @rows, of
 * Row, same order). */
ComplaintPlan *complaint_plan(const GPtrArray *findings, const GPtrArray *rows,
                              const Config *config, const ComplaintOptions *options,
                              GError **error);
void complaint_plan_free(ComplaintPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ComplaintPlan, complaint_plan_free)
/* The JobPlanner of the writer process: reads the items' files, plans, fills request->drafts. */
bool complaint_job_planner(JobRequest *request, const Config *config, GError **error);

#endif
