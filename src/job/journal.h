/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journal: one file a job in the state folder, JSON Lines. The head, then a line a step: that
 * is the plan, written under another name, synced and renamed before anything is done. Behind it
 * what happened: amendments, the end, and what became of the job later. A torn last line (power
 * cut) is as if it had not been written. */
#ifndef NOTME_JOB_JOURNAL_H
#define NOTME_JOB_JOURNAL_H

#include "job/job.h"
#include "maildir/maildir.h"

typedef enum StepKind {
    STEP_MESSAGE, /* move and tag a message */
    STEP_ADD,     /* write a new file (a draft) and index it */
    STEP_UNLINK   /* take a file off the disk and out of the index */
} StepKind;

/* One step; all of it is known before the job begins. Lists of strings are NULL-terminated and
 * never NULL. */
typedef struct Step {
    StepKind kind;
    char *id;
    char *file; /* where it was when planned; STEP_ADD: where it will be */
    char *to;   /* where it is to be; NULL: stays */
    FileMark mark;
    bool shared;          /* other files have the id: nothing of the id is touched */
    char **tags;          /* before */
    char **add, **remove; /* what really changes: the difference to @tags */
    bool set_word;
    char *word_before, *word; /* the property; NULL: none */
    char *content;            /* STEP_ADD */
    char *sha256;             /* STEP_UNLINK of a file made here: only if it is still the same */
    VerdictValue verdict;
    guint job; /* STEP_UNLINK: the job that deleted it; 0: none */
    /* Not in the plan's line: */
    char *skipped; /* why it was not done; NULL: it was */
} Step;

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

Step *step_new(StepKind kind, const char *id, const char *file);
void step_free(Step *step);
/* The step was carried out: undo and purge look at these only. */
bool step_was_done(const Journal *journal, guint i);

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
/* Numbers of all jobs, ascending; of guint. */
GArray *journal_numbers(const char *state_dir);
JobStatus *journal_status(const Journal *journal);

/* One job at a time: the lock of the state folder (made 0700). Waits; @waiting as in store_open.
 * The descriptor, or -1. */
int journal_lock(const char *state_dir, bool (*waiting)(gpointer), gpointer data, GError **error);
/* Some process holds it now. */
bool journal_is_locked(const char *state_dir);
/* How far a job is, told in the lock's own file: for those who wait, and for the list of jobs after
 * a kill. Not synced: it may lag behind. */
typedef struct JournalProgress {
    guint job; /* 0: not known */
    guint gone, planned;
} JournalProgress;
void journal_progress_write(int lock, const JournalProgress *progress);
JournalProgress journal_progress_read(const char *state_dir);
/* Adds or takes out lines of the memory of complaints; each is there at most once. */
bool journal_memory(const char *state_dir, const GPtrArray *lines, bool add, GError **error);

#endif
