/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Carrying out one step; each can be done again without harm. */
#ifndef NOTME_JOB_CARRY_OUT_H
#define NOTME_JOB_CARRY_OUT_H

#include "job/journal.h"
#include "store/store.h"

typedef struct CarryOut {
    const Config *config;
    Store *store;
    Maildirs *dirs;
    Journal *journal; /* for amendments */
    bool changed;     /* the database was written to since the plan was made */
    bool again;       /* recovery: the step may have been done, or half done, before */
} CarryOut;

/* Carries out step @i of the journal. True also when it was left out (step->skipped says why).
 * False with an error when nothing further can be done: disk full, read-only, database broken. */
bool carry_out_step(CarryOut *out, guint i, GError **error);
/* The same for a step that is in no journal (rolling back). */
bool carry_out_loose(CarryOut *out, Step *step, GError **error);

#endif
