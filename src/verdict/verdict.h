/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verdict: evidence by a table of rules (name, for, strength, sentence), and deciding
 * (tracing.md 5). */
#ifndef NOTME_VERDICT_VERDICT_H
#define NOTME_VERDICT_VERDICT_H

#include "bounce/bounce.h"
#include "trace/trace.h"

typedef enum VerdictValue {
    VERDICT_NONE, /* kind none: no verdict */
    VERDICT_GENUINE,
    VERDICT_BACKSCATTER,
    VERDICT_FAKE,
    VERDICT_UNDECIDED,
    VERDICT_COUNT
} VerdictValue;

typedef enum EvidenceFor {
    FOR_GENUINE,
    FOR_BACKSCATTER,
    FOR_FAKE,
    FOR_UNDECIDED,
    FOR_KIND
} EvidenceFor;
typedef enum Strength { STRENGTH_WEAK, STRENGTH_STRONG, STRENGTH_PROOF } Strength;

typedef struct Evidence {
    char *rule;
    EvidenceFor for_;
    Strength strength;
    char *text; /* one English sentence with the facts in it; safe_text is the printer's business */
} Evidence;

/* For show --explain: every rule tried, in order. */
typedef struct RuleTried {
    const char *rule;
    bool held;
    char *text; /* why it did or did not hold */
} RuleTried;

/* What only the store knows, asked by the ids that verdict_questions names. */
typedef struct StoreFacts {
    bool asked;    /* false: there is no store (check) */
    Tri sent_here; /* a file under the sent folders has the returned id, the failed recipient and
                      fitting dates */
    Tri replies_to_known;
    Tri known_correspondent;
    Tri dkim;        /* our signature verified (needs the bytes and the library) */
    char *sent_text; /* which file and date, for the sentence; may be NULL */
} StoreFacts;

typedef struct Verdict {
    VerdictValue value;
    VerdictValue program; /* the program's own, where the reviewer's word overrides it; else equal
                             to value */
    bool by_reviewer;
    GPtrArray *evidence; /* of Evidence: what held, kind marks included, strongest first within each
                            side */
    GPtrArray *tried;    /* of RuleTried */
    char *summary; /* one short sentence for the screen's title line, e.g. "your servers never saw
                      this message" */
} Verdict;

/* What other cases say of the same injection; see who counts them. */
typedef struct CaseCounts CaseCounts;

/* Judges; @facts may be NULL (no store). Never NULL. The caller owns it. */
Verdict *verdict_judge(const Bounce *bounce, const Trace *trace, const Identity *identity,
                       const StoreFacts *facts);
Verdict *verdict_new(void);
void verdict_free(Verdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Verdict, verdict_free)
const char *verdict_name(VerdictValue value); /* NULL for VERDICT_NONE */
int verdict_from_name(const char *name);
const char *evidence_for_name(EvidenceFor for_);
int evidence_for_from_name(const char *name);
const char *strength_name(Strength strength);
int strength_from_name(const char *name);

#endif
