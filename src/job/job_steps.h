/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running the steps of one journal, forwards and back. */
#ifndef NOTME_JOB_JOB_STEPS_H
#define NOTME_JOB_JOB_STEPS_H

#include "job/job.h"
#include "job/journal.h"
#include "store/store.h"

typedef struct Run {
    const Config *config;
    JobProgress progress;
    gpointer data;
    JobStatus *status; /* of the job that runs now */
    gint64 told;       /* when progress was called last */
    bool waiting;      /* progress was told so */
    int lock;          /* of the state folder; -1: not held */
} Run;

/* For waiting: tells that it waits; false: stop. @data is the Run. */
bool run_waiting(gpointer data);
/* The maildirs of @store. The caller frees them. */
Maildirs *run_maildirs(const Store *store);
/* Opens the database for writing; waits, with progress told. */
Store *run_open_store(Run *run, GError **error);
/* Acts on all steps of @journal (which is on the disk), closes @store (taken over), writes the
 * end. @again: recovery. On failure what was done is taken back; if even that cannot be finished
 * now the journal stays open. False with an error then. */
bool run_steps(Run *run, Journal *journal, Store *store, bool changed, bool again, GError **error);
/* Takes back all steps, as far as they were done; writes the end. */
bool run_back(Run *run, Journal *journal, GError **error);
/* A sentence on what came of @journal. */
char *run_summary(const Journal *journal);

#endif
