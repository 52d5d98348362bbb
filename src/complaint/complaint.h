/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Complaints: drafts that the reviewer reads and sends himself (doc/COMPLAINTS). */
#ifndef NOTME_COMPLAINT_COMPLAINT_H
#define NOTME_COMPLAINT_COMPLAINT_H

#include "analysis/finding.h"
#include "campaign/campaigns.h"
#include "complaint/draft.h"
#include "job/job.h"

typedef enum ComplaintTo { COMPLAINT_REPORTER, COMPLAINT_NETWORK, COMPLAINT_BOTH } ComplaintTo;

typedef struct ComplaintOptions {
    DraftFormat format;
    ComplaintTo to;
    bool old; /* take ones over max_age */
    bool dns;
    bool ask_dns; /* where no addressee is known ask whether to look in the DNS */
    gint64 now;   /* Unix seconds: given, so that tests can freeze it */
} ComplaintOptions;

/* What came of it: drafts (of JobDraft), and of char *, one sentence each: what was refused, what
 * has to be asked before any of the drafts may be used, what else is to be told. */
typedef struct ComplaintPlan {
    GPtrArray *drafts, *refused, *questions, *notes;
    guint left;   /* bounces that @refused speaks of */
    bool ask_dns; /* ... was asked for, and is to be asked first: nothing is drafted */
} ComplaintPlan;

typedef struct Complaint Complaint;

/* Reads templates and contacts; an error names file and line. Borrows @config. */
Complaint *complaint_new(const Config *config, const ComplaintOptions *options, GError **error);
void complaint_free(Complaint *complaint);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Complaint, complaint_free)
/* Takes in one bounce; of @finding nothing is kept that is not needed. @id: in the store.
 * @campaigns: who else took mail from its sender, or NULL. */
void complaint_add(Complaint *complaint, const Finding *finding, const char *id,
                   const Campaigns *campaigns);
/* One draft an addressee over all that was added. */
ComplaintPlan *complaint_plan(Complaint *complaint, GError **error);
void complaint_plan_free(ComplaintPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ComplaintPlan, complaint_plan_free)

#endif
