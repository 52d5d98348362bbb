/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What actions on mail are made of: private to acts*.c. */
#ifndef NOTME_UI_STAGE_ACTS_PRIVATE_H
#define NOTME_UI_STAGE_ACTS_PRIVATE_H

#include "stage/acts.h"

/* What is to be done to which rows; or which job to take back or do again. */
typedef struct Act {
    ActionId action;
    GArray *rows;         /* NULL for undo and redo */
    VerdictValue verdict; /* ACTION_VERDICT */
    bool sure;            /* it was asked */
    bool old;             /* complaints: about old bounces too */
    guint job;            /* undo and redo; 0: the last */
    char *where;          /* the group that it is for, or NULL */
    bool one;             /* it is for one case, or for the group under the cursor */
    char *left;           /* complaint, undo: the id of what the cursor was on then, or NULL */
    JobTally seen;        /* what its rows were when it was asked for */
} Act;

/* What was said when no addressee of a complaint was known: it holds for the session. */
typedef enum DnsAnswer { DNS_NOT_ASKED, DNS_NO, DNS_YES } DnsAnswer;

struct Acts {
    Act waiting;   /* for an answer */
    Act complaint; /* the complaint that runs: its planner may have to ask */
    GQueue queue;  /* of Act: they wait for the running job */
    guint source;  /* the next of them is about to begin, or 0 */
    ActionId last_action;
    VerdictValue last_verdict;
    char *acted_on;           /* id of the case that the running job is for, or of the first of its
                                 group; or NULL */
    GHashTable *acted;        /* job -> that id */
    guint again;              /* the job that is being taken back or done again, or 0 */
    char *again_left;         /* where the cursor was when that was asked for, or NULL */
    guint undoable, redoable; /* the last job of the user's that can be; 0: none */
    ActionId asked;           /* undo or redo was asked for: the list of jobs is to come */
    ActionId dropped;         /* ... and something else was begun before it came: to be told */
    DnsAnswer dns;            /* whether contacts are looked up in the DNS */
};

/* Frees what @act holds. */
void act_clear(Act *act);
/* At once, or when what runs is done: typing goes on meanwhile. Takes over what @act holds. */
void act_queue(App *app, const Act *act);
/* Starts what waits for an answer, which is yes. */
void act_start(App *app);
/* Of a question that "y" alone answers with yes (PromptDone). */
void act_answered(gpointer data, const char *text);
/* The id of the case or group under the cursor, or NULL. Borrowed. */
const char *act_id_here(const App *app);
/* A complaint has ended: what it was about is not marked any more; what it was not about stays so
 * (acts_complain.c). */
void acts_complaint_ended(App *app, const JobStatus *status);
/* The job that undo or redo takes now: what this session did last. 0: none; what another session
 * did is asked about, once the list of jobs has come: @listed, it has just come. */
guint acts_again_last(App *app, ActionId action, bool listed);
/* An undo or redo has ended: says which job it was of, and of what was not done why, and what to do
 * then. */
void acts_again_tell(App *app, const JobStatus *status);
/* Says behind what is said already that an undo or redo was dropped, if one was. */
void acts_again_tell_dropped(App *app);
/* What was taken back was for the case or group @id (NULL: for many): the cursor goes there, unless
 * the user has moved it since he asked. */
void acts_again_go(App *app, const char *id);
/* Undo or redo, of the job under the cursor or the last (acts_again.c). */
void acts_again_here(App *app, ActionId action);

#endif
