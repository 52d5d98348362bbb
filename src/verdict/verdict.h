/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A verdict as data: the evidence, each piece with the ground that it rests on, what would settle
 * the case, and what the reviewer must know whatever the verdict (doc/TRACING, 6 and 7). */
#ifndef NOTME_VERDICT_VERDICT_H
#define NOTME_VERDICT_VERDICT_H

#include <glib.h>
#include <stdbool.h>

#include "base/ip.h"

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

/* What a piece of evidence rests on. One fact counts once: of one ground only the strongest piece
 * decides. */
typedef enum Ground {
    GROUND_ORIGIN,         /* who handed the message over */
    GROUND_CHAIN,          /* the lines below contradict each other */
    GROUND_SIGNATURE,      /* our DKIM signature, or its absence */
    GROUND_STORE,          /* our sent mail */
    GROUND_TAG,            /* the tag of our return paths */
    GROUND_LOGIN,          /* the account, or the script, by which it was handed in */
    GROUND_AUTHENTICATION, /* what the reporter's own checks of SPF, DKIM and DMARC found */
    GROUND_COPYABLE,       /* what anybody can copy who once had a message of ours */
    GROUND_CONTENT,        /* what the refusal says of the message */
    GROUND_REPORTERS,      /* other bounces of the same sender */
    GROUND_REPORTER,       /* who wrote the bounce */
    GROUND_FORM,           /* how the bounce is made */
    GROUND_IDENTITY,       /* what notme knows of us */
    GROUND_KIND,           /* what decided the kind of message */
    GROUND_COUNT
} Ground;

typedef enum Warning {
    WARNING_NONE,
    WARNING_STOLEN_ACCOUNT, /* sent through our account, from an address that we do not know */
    WARNING_COUNT
} Warning;

/* How a case with a warning is marked wherever one looks; and once the reviewer said that it was
 * not he. */
#define WARNING_WORD        "LOGIN?"
#define WARNING_WORD_DENIED "NOT YOU"

typedef struct Evidence {
    char *rule;
    EvidenceFor for_;
    Strength strength;
    Ground ground;
    char *text; /* one English sentence with the facts in it; safe_text is the printer's business.
                   NULL without words */
} Evidence;

/* For show --explain: every rule tried, in order. */
typedef struct RuleTried {
    const char *rule;
    bool held;
    const char *text; /* why it did or did not hold: a constant, or owned */
    char *owned;      /* NULL, or text */
} RuleTried;

/* Of a trace that has no words (trace/trace.h, Wording) a verdict has none either: no text in its
 * evidence, no warning_text, no unsettled, and no summary unless wanted. What was tried is there
 * with all words. */
typedef struct Verdict {
    guint promises; /* of Promise (trace/identity.h): what its value and its questions can hang on;
                       what is kept also adds evidence where it is not among them */
    VerdictValue value;
    VerdictValue program; /* the program's own, where the reviewer's word overrides it; else equal
                             to value */
    bool by_reviewer;
    GPtrArray *evidence;  /* of Evidence: what held, kind marks included, strongest first within
                             each side; never NULL */
    GArray *tried;        /* of RuleTried; never NULL */
    GPtrArray *questions; /* of char *: ids of the questions whose answers would settle the case
                             (question.h), what settles most first; never NULL */
    char *unsettled;      /* of an undecided case without a question: why nothing that the reviewer
                             knows settles it, the rest of such a sentence; else NULL */
    Warning warning;
    char *warning_text; /* the sentence of the warning, or NULL */
    bool login_denied;  /* of a warning: the reviewer said that it was somebody else */
    char *login;        /* of a warning: the name that logged in, where the server wrote it */
    Ip login_ip;        /* ... and from where; family 0: no warning */
    char *abused;       /* the own address in whose name it was sent, or NULL */
    char *summary;      /* one short sentence for the screen's title line, e.g. "your servers never
                           saw this message" */
} Verdict;

Verdict *verdict_new(void);
void verdict_free(Verdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Verdict, verdict_free)
/* Adds a piece of evidence; @rule and @text are copied. */
void verdict_add(Verdict *verdict, const char *rule, EvidenceFor for_, Strength strength,
                 Ground ground, const char *text);
/* The first piece for @for_, which is the strongest once sorted; NULL for none. Borrowed. */
const Evidence *verdict_strongest(const Verdict *verdict, EvidenceFor for_);
/* Whether the rule of that name held. */
bool verdict_has_rule(const Verdict *verdict, const char *rule);

/* The names that product and JSON use; of a verdict also back (-1 if unknown). */
const char *verdict_name(VerdictValue value); /* NULL for VERDICT_NONE */
int verdict_from_name(const char *name);
const char *evidence_for_name(EvidenceFor for_);
const char *strength_name(Strength strength);
const char *ground_name(Ground ground);
/* How it is marked; NULL for WARNING_NONE. */
const char *warning_word(Warning warning, bool denied);
const char *warning_name(Warning warning); /* NULL for WARNING_NONE */

#endif
