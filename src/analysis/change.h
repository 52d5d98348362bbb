/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a changed identity can change: which readings have to be judged again. A judgement asks the
 * identity about addresses and names that stand in the reading, and about itself as a whole. Where
 * the whole is as it was, a reading that holds none of the addresses and names that were added or
 * taken away gets the same answers, and so the same judgement. */
#ifndef NOTME_ANALYSIS_CHANGE_H
#define NOTME_ANALYSIS_CHANGE_H

#include "trace/identity.h"

typedef struct Change Change;

Change *change_new(const Identity *before, const Identity *after);
void change_free(Change *change);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Change, change_free)
/* The walk can find something else; else only the verdict can differ. */
bool change_is_of_walk(const Change *change);
/* The judgement of this packed reading, which depended on @promises (of Promise), can differ. Where
 * it says so, it need not. */
bool change_reaches(const Change *change, guint promises, Span reading);

#endif
