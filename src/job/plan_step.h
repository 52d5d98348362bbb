/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan while it is made, and its single steps. Reads the store and the file system, changes
 * nothing. */
#ifndef NOTME_JOB_PLAN_STEP_H
#define NOTME_JOB_PLAN_STEP_H

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

/* "FILE: WHY; left as it is". */
void plan_problem(Plan *plan, const char *file, const char *why);
/* Takes @step over; drops it where it changes nothing. */
void plan_take(Plan *plan, Step *step);
/* Tags that the step sets or takes away, as far as that changes something. */
void plan_step_add_tag(Step *step, const char *tag);
void plan_step_remove_tag(Step *step, const char *tag);
/* Lets the file's flags follow the tags that the step changes, where notmuch keeps them so. */
void plan_step_sync_flags(const Plan *plan, Step *step);
/* Fills in tags and word of step->id from the store; false if it is not there. @others: how many
 * other files there are with the id. */
bool plan_look(Plan *plan, Step *step, guint *others);

/* A step for one message that was seen, without anything to do yet; NULL with a problem. */
Step *plan_message(Plan *plan, const JobItem *item);

#endif
