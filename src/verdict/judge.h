/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judging: evidence by the tables of rules, deciding, and the words for it. */
#ifndef NOTME_VERDICT_JUDGE_H
#define NOTME_VERDICT_JUDGE_H

#include "trace/trace.h"
#include "verdict/facts.h"
#include "verdict/verdict.h"

/* Judges what @bounce says and @trace found. @identity, @facts (no store) and @counts (no other
 * cases) may be NULL. Pure: no files, no clock. Never NULL; the caller owns it, and it borrows
 * nothing. */
Verdict *verdict_judge(const Bounce *bounce, const Trace *trace, const Identity *identity,
                       const StoreFacts *facts, const CaseCounts *counts);

#endif
