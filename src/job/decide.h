/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs that write a decision on a campaign into the configuration, and those that carry one out. */
#ifndef NOTME_JOB_DECIDE_H
#define NOTME_JOB_DECIDE_H

#include "job/plan_step.h"

/* Makes @request (JOB_DECIDE) one that writes into the configuration @file what becomes of
 * @campaign: "delete", "quarantine" or "nothing". */
void decide_request(JobRequest *request, const char *file, const char *campaign, const char *word);
/* Its plan. False with an error where there is no such campaign or word, or the file cannot be
 * written. */
bool decide_plan(Plan *plan, const JobRequest *request, GError **error);

/* The job that carries out what was decided on @campaign; @by_tag: for the hook. Items are the
 * caller's. The caller frees it. */
JobRequest *decide_carry_out(const Config *config, const char *campaign, bool by_tag);
/* The campaign whose decision @request carries out; NULL: none. Borrowed. */
const char *decide_campaign(const JobRequest *request);
/* Of @items those that are new to the decision (of JobItem, borrowed; the caller unrefs it). */
GPtrArray *decide_new_items(const Config *config, const char *campaign, const GPtrArray *items);
/* Notes what @request, planned as @journal, has to remember: since when a decision stands, or which
 * messages it takes. Nothing for other jobs. */
bool decide_note(const Config *config, const JobRequest *request, const Journal *journal,
                 GError **error);
/* A job of "notme tag" that carried a decision out: it is nobody's last action. */
bool decide_is_by_tag(const Journal *journal);

#endif
