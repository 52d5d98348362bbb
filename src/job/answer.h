/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs that answer a question: their one step changes entries of the configuration. */
#ifndef NOTME_JOB_ANSWER_H
#define NOTME_JOB_ANSWER_H

#include "job/plan_step.h"

/* Makes @request (JOB_ANSWER) one that answers @question in the configuration @file. */
void answer_request(JobRequest *request, const char *file, const char *question, bool yes);
/* Its plan: what the file does not say yet. False with an error where there is no such question, or
 * the file cannot be written. */
bool answer_plan(Plan *plan, const JobRequest *request, GError **error);
/* Plans @step, which changes entries of a configuration that is @text now; @plan takes it. False
 * with an error where the file can neither be written nor made. */
bool answer_step_plan(Plan *plan, Step *step, const char *text, GError **error);
/* The configuration @file, which is empty where there is none. The caller frees it. */
char *answer_file_text(const char *file);
/* The step that takes back @done: only the entries that it added go, and those that it took out
 * come back. The caller frees it. */
Step *answer_reverse(const Step *done);

#endif
