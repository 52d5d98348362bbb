/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking back what a job did, as far as the world is still as the job left it. */
#ifndef NOTME_JOB_UNDO_H
#define NOTME_JOB_UNDO_H

#include "job/plan_step.h"

/* What takes back @done, with the world as it is now; NULL when there is nothing to take back, with
 * a problem where that is because somebody changed things since. The caller owns it. */
Step *undo_step(Plan *plan, const Step *done);
/* Plans to take back job @number; 0: the last one (undo_last). */
bool undo_plan(Plan *plan, guint number, GError **error);
/* The job did something that is not undone or purged yet. Only the ends of @journal are looked at.
 */
bool undo_possible(const Journal *journal);
/* The last job that can be undone and is the user's own: none of "notme tag". 0 with an error where
 * there is none, or where a journal that may be it cannot be read. */
guint undo_last(const char *state_dir, GError **error);

#endif
