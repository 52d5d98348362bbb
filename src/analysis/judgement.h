/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A judgement: what a reading means for this identity, this mailbox and these other cases. Made by
 * one pure function, never changed once it is shared, and made anew whenever one of the three
 * changes. */
#ifndef NOTME_ANALYSIS_JUDGEMENT_H
#define NOTME_ANALYSIS_JUDGEMENT_H

#include "analysis/reading.h"
#include "base/pack.h"
#include "verdict/facts.h"
#include "verdict/verdict.h"

typedef struct Judgement {
    guint refs;       /* of judgement_ref; not for several threads */
    Trace *trace;     /* its chains are the reading's */
    Verdict *verdict; /* its value is none where kind is none; NULL: the way was walked only */
} Judgement;

/* Judges. @identity, @facts (no store) and @counts (no other cases) may be NULL. Never NULL. No
 * files, no clock: the same arguments give the same judgement. The result borrows nothing but the
 * chains, which it holds a reference to. What is found is the same with any @wording; only one with
 * all words may be packed. */
Judgement *judgement_make(const Reading *reading, const Identity *identity, const StoreFacts *facts,
                          const CaseCounts *counts, Wording wording);
/* The same in two steps, since what other cases say is looked up by the injection that the walk
 * finds: first the walk, without a verdict (NULL); then the verdict, once or again. Before it is
 * shared, and before the reviewer's word. */
Judgement *judgement_walk(const Reading *reading, const Identity *identity, Wording wording);
void judgement_decide(Judgement *judgement, const Reading *reading, const Identity *identity,
                      const StoreFacts *facts, const CaseCounts *counts);
/* The reviewer's word: overrides the verdict's value, kept visible as his. Before it is shared. */
void judgement_override(Judgement *judgement, VerdictValue value);
/* Which promises a row of it depends on, of Promise (trace/identity.h). */
guint judgement_promises(const Judgement *judgement);
Judgement *judgement_ref(const Judgement *judgement);
void judgement_unref(Judgement *judgement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Judgement, judgement_unref)

/* Over the wire, without what the reading says (judgement_wire.c). Of one that was decided. */
void judgement_pack(GByteArray *to, const Judgement *judgement);
/* A judgement of @reading; NULL if it is none: then @from is broken. Checked like readings. */
Judgement *judgement_unpack(Unpack *from, const Reading *reading);

#endif
