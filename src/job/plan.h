/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans: from what is asked for to the steps of a journal. Reads the store and the file system,
 * changes nothing. */
#ifndef NOTME_JOB_PLAN_H
#define NOTME_JOB_PLAN_H

#include "job/journal.h"
#include "store/store.h"

typedef struct Plan {
    const Config *config;
    Store *store;
    Maildirs *dirs;
    Journal *journal;    /* its steps are filled */
    GPtrArray *problems; /* of char *: what is left out, and why */
    guint already;       /* left out since there is nothing to do */
} Plan;

/* Fills plan->journal. False with an error where the request as a whole cannot be done. */
bool plan_make(Plan *plan, const JobRequest *request, GError **error);
/* "FILE: WHY; it is left out". */
void plan_problem(Plan *plan, const char *file, const char *why);
/* Takes @step over; drops it where it changes nothing. */
void plan_take(Plan *plan, Step *step);
/* Tags that the step sets or takes away, as far as that changes something. */
void step_add_tag(Step *step, const char *tag);
void step_remove_tag(Step *step, const char *tag);
/* Lets the file's flags follow the tags that the step changes, where notmuch keeps them so. */
void step_sync_flags(const Plan *plan, Step *step);
/* Fills in tags and word of step->id from the store; false if it is not there. @others: how many
 * other files there are with the id. */
bool plan_look(Plan *plan, Step *step, guint *others);

/* What takes back @done, with the world as it is now; NULL when there is nothing to take back, with
 * a problem where that is because somebody changed things since. */
Step *undo_step(Plan *plan, const Step *done);
bool undo_plan(Plan *plan, guint number, GError **error);
/* The last job that can be undone, or 0. */
guint undo_last(const char *state_dir);
bool purge_plan(Plan *plan, const JobRequest *request, GError **error);
void release_plan(Plan *plan, const JobRequest *request);
/* A step for one message that was seen, without anything to do yet; NULL with a problem. */
Step *plan_message(Plan *plan, const JobItem *item);

#endif
