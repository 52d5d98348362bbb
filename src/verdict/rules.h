/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of rules: each asks one question of the case and answers with a sentence (tracing.md
 * 5). The tables are in rules_genuine.c, rules_backscatter.c and rules_fake.c. */
#ifndef NOTME_VERDICT_RULES_H
#define NOTME_VERDICT_RULES_H

#include "verdict/verdict.h"

/* All that a rule may look at. */
typedef struct Case {
    const Bounce *bounce;
    const Trace *trace;
    const Identity *identity;
    const StoreFacts *facts; /* NULL: no store */
    const Hop *hop;    /* of the injection, NULL if it is known from elsewhere or not at all */
    bool complete;     /* the identity is complete for the injection's family of addresses */
    bool own_wrote;    /* our own host wrote the bounce */
    bool bare_handing; /* who handed us the bounce has no name, or a home connection's */
    Standing standing; /* the reporter's, doubted once more for shared providers */
} Case;

typedef struct Answer {
    bool held;
    Strength strength;
    char *text; /* why it held or not; never NULL */
} Answer;

typedef struct Rule {
    const char *name;
    EvidenceFor for_;
    Answer (*ask)(const Case *c);
} Rule;

typedef struct RuleTable {
    const Rule *rules;
    gsize count;
} RuleTable;

extern const RuleTable rules_genuine, rules_backscatter, rules_fake;

void case_prepare(Case *c);

Answer answer_no(const char *why);
/* Takes over @text. */
Answer answer_yes(Strength strength, char *text);
/* The injection's address as text, or "unknown". The caller frees it. */
char *case_ip(const Case *c);

#endif
