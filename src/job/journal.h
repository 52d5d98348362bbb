/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journal: one file a job in the state folder, JSON Lines. The head, then a line a step: that
 * is the plan, written under another name, synced and renamed before anything is done. Behind it
 * what happened: amendments, the end, and what became of the job later. A torn last line (power
 * cut) is as if it had not been written. */
#ifndef NOTME_JOB_JOURNAL_H
#define NOTME_JOB_JOURNAL_H

#include "job/job.h"
#include "job/step.h"

typedef struct Journal {
    char *path;
    int fd; /* for appending; -1: read only */
    guint number;
    JobAction action;
    gint64 time;
    char *who, *query;
    guint planned, skipped_in_plan;
    guint verdicts[VERDICT_COUNT];
    guint undoes;      /* JOB_UNDO: the job that it takes back */
    guint redoes;      /* the undone job that this one does again; 0: none */
    GPtrArray *memory; /* of char *: lines for the memory of complaints */
    GPtrArray *steps;  /* of Step; empty where only the ends were read */
    /* what happened */
    bool ended, rollback;
    guint stopped; /* steps from here on were never begun; G_MAXUINT: all were */
    guint done, skipped;
    char *message;
    guint undone_by, purged_by;
    guint partly_by; /* an undo that had to leave some of it: it can be undone again by number */
} Journal;

/* The step was carried out: undo and purge look at these only. */
bool journal_step_done(const Journal *journal, guint i);

Journal *journal_new(JobAction action, const char *query);
void journal_free(Journal *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Journal, journal_free)
/* Gives the job its number, writes the plan, syncs it: from here on it lasts. */
bool journal_begin(Journal *journal, const char *state_dir, GError **error);
/* What was not known when the plan was made; synced. */
bool journal_amend(Journal *journal, guint step, GError **error);
bool journal_note_stop(Journal *journal, guint step, GError **error);
bool journal_note_rollback(Journal *journal, const char *why, GError **error);
/* Done: the last line of a job, synced; with the audit line in "log". */
bool journal_end(Journal *journal, const char *state_dir, GError **error);
/* "undone" or "purged" by job @by, into the journal of job @number; synced, written once. */
bool journal_mark(const char *state_dir, guint number, const char *what, guint by, GError **error);

/* Reads one job; @whole with its steps. NULL with an error where there is none such. */
Journal *journal_read(const char *state_dir, guint number, bool whole, GError **error);
/* Opens one for appending that journal_read gave. */
bool journal_reopen(Journal *journal, GError **error);
/* Numbers of all jobs, ascending; of guint. Files with other names are no journals. */
GArray *journal_numbers(const char *state_dir);
JobStatus *journal_status(const Journal *journal);

#endif
