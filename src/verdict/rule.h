/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rule asks one question of the case and answers with a sentence. The tables are in
 * rules_genuine.c, rules_backscatter.c and rules_fake.c. */
#ifndef NOTME_VERDICT_RULE_H
#define NOTME_VERDICT_RULE_H

#include "verdict/case.h"

typedef struct Answer {
    bool held;
    Strength strength;
    Ground ground;    /* GROUND_COUNT: that of the rule */
    const char *text; /* why it held or not: a constant, or owned; NULL: nobody is told */
    char *owned;      /* NULL, or text */
} Answer;

typedef struct Rule {
    const char *name;
    EvidenceFor for_;
    Ground ground;
    Answer (*ask)(const Case *c);
} Rule;

typedef struct RuleTable {
    const Rule *rules;
    gsize count;
} RuleTable;

/* Asks all rules of @table: what held is added to the evidence of @verdict, and all to what was
 * tried where the case tells it. */
void rules_try(const RuleTable *table, const Case *c, Verdict *verdict);
/* @why is a constant: it stays borrowed. */
Answer answer_no(const char *why);
/* With a sentence as by printf, which is only made where the case tells what was tried; */
Answer answer_no_because(const Case *c, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* ... where it has words. */
Answer answer_yes(const Case *c, Strength strength, const char *format, ...) G_GNUC_PRINTF(3, 4);

#endif
