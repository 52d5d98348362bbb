/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A judgement: Reading + Identity + StoreFacts + CaseCounts -> Trace, Verdict. */
#include "analysis/judgement.h"

#include "trace/trace_walk.h"
#include "verdict/judge.h"

Judgement *judgement_walk(const Reading *reading, const Identity *identity, Wording wording)
{
    Judgement *judgement = g_new(Judgement, 1);
    *judgement = (Judgement){.refs = 1, .trace = trace_walk(&reading->input, identity, wording)};
    if (reading->bounce->kind == KIND_NONE)
        trace_unmark(judgement->trace);
    return judgement;
}

Judgement *judgement_make(const Reading *reading, const Identity *identity, const StoreFacts *facts,
                          const CaseCounts *counts, Wording wording)
{
    Judgement *judgement = judgement_walk(reading, identity, wording);
    judgement_decide(judgement, reading, identity, facts, counts);
    return judgement;
}

void judgement_decide(Judgement *judgement, const Reading *reading, const Identity *identity,
                      const StoreFacts *facts, const CaseCounts *counts)
{
    verdict_free(judgement->verdict);
    judgement->verdict = verdict_judge(reading->bounce, judgement->trace, identity, facts, counts);
}

void judgement_override(Judgement *judgement, VerdictValue value)
{
    Verdict *verdict = judgement->verdict;
    if (value == VERDICT_NONE || verdict->program == VERDICT_NONE)
        return;
    verdict->by_reviewer = true;
    verdict->value = value;
    if (judgement->trace->wording < WORDING_SUMMARY)
        return;
    g_free(verdict->summary);
    verdict->summary =
        g_strdup_printf("your own word; the evidence says %s", verdict_name(verdict->program));
}

guint judgement_promises(const Judgement *judgement)
{
    const Verdict *verdict = judgement->verdict;
    return judgement->trace->promises | (verdict ? verdict->promises : 0);
}

Judgement *judgement_ref(const Judgement *judgement)
{
    Judgement *shared = (Judgement *)(gsize)judgement;
    shared->refs++;
    return shared;
}

void judgement_unref(Judgement *judgement)
{
    if (!judgement || --judgement->refs > 0)
        return;
    trace_free(judgement->trace);
    verdict_free(judgement->verdict);
    g_free(judgement);
}
