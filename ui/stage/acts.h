/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions that change mail: on which rows, what is asked first, starting the job, taking it back.
 */
#ifndef NOTME_UI_STAGE_ACTS_H
#define NOTME_UI_STAGE_ACTS_H

#include "stage/app.h"

/* What can be said with a command: ":delete --verdict=fake". */
typedef struct ActOptions {
    bool dry_run;         /* only say what would be done */
    bool yes;             /* do what would be asked */
    bool old;             /* complaints: about old bounces too */
    VerdictValue verdict; /* only these; VERDICT_NONE: all */
} ActOptions;

Acts *acts_new(void);
void acts_free(Acts *acts);
/* Does @action on what its key is for: the marked rows that are shown, or what is under the cursor.
 * False if it is none of the actions on mail. */
bool acts_do(App *app, ActionId action);
/* The same with options (NULL: none). */
void acts_here(App *app, ActionId action, const ActOptions *options);
/* Does @action on these rows; asks first where that is due. */
void acts_on_rows(App *app, ActionId action, const GArray *rows, const ActOptions *options);
/* The same on @count cases from the one under the cursor on, after asking. False: @action is none
 * of the actions that ask so. */
bool acts_from_here(App *app, ActionId action, guint count);
/* Whether a key for @action is shown beside the case @row, whose @finding may not be read yet: not
 * where it is known to be refused. */
bool acts_offered(const App *app, ActionId action, const Row *row, const Finding *finding);
/* Takes back job @job; does it again. */
void acts_undo_job(App *app, guint job);
void acts_redo_job(App *app, guint job);
/* An undo has ended: where it put back what the list was read without, all is read again. */
void acts_put_back(App *app, const JobStatus *status);
/* The job that "undo" would take back, by what is known; 0: none. */
guint acts_undoable(const App *app);
/* Actions wait for the job that runs. */
bool acts_waiting(const App *app);
guint acts_waiting_count(const App *app);
/* Which of them is done next; ACTION_NONE: nothing waits. */
ActionId acts_waiting_first(const App *app);
/* The list of jobs has come; NULL: it will not. */
void acts_listed(App *app, const JobListing *listing);
/* A job has ended: the cursor goes to what came back. */
void acts_ended(App *app, const JobStatus *status);
/* Begins the next that waits. */
void acts_next(App *app);
/* Asks what a complaint's planner has to know, and starts it again when the answer is yes. */
void acts_ask_complaint(App *app, const char *text);
/* Rows are read anew: what waits for them is dropped. */
void acts_clear(App *app);

#endif
