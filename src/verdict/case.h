/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that a rule may look at, and what several rules ask of it. */
#ifndef NOTME_VERDICT_CASE_H
#define NOTME_VERDICT_CASE_H

#include "trace/trace.h"
#include "verdict/decide.h"
#include "verdict/facts.h"
#include "verdict/verdict.h"

typedef struct Case {
    const Bounce *bounce;
    const Trace *trace;
    const Identity *identity;
    const StoreFacts *facts;  /* NULL: no store */
    const CaseCounts *counts; /* NULL: no other cases */
    guint *promises;          /* of Promise: notes what value and questions hang on */
    bool wordless;            /* no sentence of evidence is made */
    bool tells;               /* ... and of what was tried, too */
    /* found by case_prepare: */
    const Hop *hop;   /* of the injection; NULL if it is known from elsewhere or not at all */
    bool vouched;     /* the reporter is vouched for, and nothing above the bounce is capped */
    bool complete;    /* the identity is complete for the injection's family of addresses, or the
                         reviewer said that this one is not ours */
    bool own_wrote;   /* our own host wrote the bounce */
    bool foreign;     /* the injection is known, is neither ours nor a forwarder's, and none of
                         our hosts took it */
    bool shared;      /* the injection lies in a network that we share with others */
    bool bare_sender; /* the injection was looked up, and has no name or a home connection's */
    bool denied;      /* the reviewer said that the injection is not ours */
    bool held_own, held_carrier, held_sent; /* open holds; see decide.h */
    char *hold_text;                        /* of the first of them, or NULL */
    /* found by verdict_judge, once for all rules: */
    const struct Tag *tag;             /* tag.h */
    const struct Results *results;     /* results.h */
    const struct Authentication *said; /* authentication.h */
} Case;

/* Fills the rest, where bounce, trace, identity, promises, wordless and tells are set. */
void case_prepare(Case *c);
void case_clear(Case *c);

/* Notes that the verdict depends on what was promised, of Promise. */
void case_note_promise(const Case *c, guint promises);
/* The value of @evidence; notes where it would be another if not all ways of ours were named, or if
 * they were. */
VerdictValue case_decide(const Case *c, const GPtrArray *evidence, const Circumstances *about);
/* For a sentence, and so NULL where the case is wordless; the caller frees them. An address as
 * text, or "unknown". */
char *case_ip_text(const Case *c, const Ip *ip);
/* That of the injection. */
char *case_ip(const Case *c);
/* ... as a sentence names it: the looked-up name in parentheses, else what it called itself in
 * words. */
char *case_sender(const Case *c);
/* Who wrote the line that shows the injection. Borrowed. */
const char *case_writer(const Case *c);
/* The name that was looked up for the injection's address, or NULL. Borrowed. */
const char *case_sender_name(const Case *c);
/* The word for the message that reports: "bounce" or "notice". */
const char *case_noun(const Case *c);
/* Something explains still that an honest hand handed it over. */
bool case_is_held(const Case *c);
/* A sent file of ours is the returned message. */
bool case_was_sent_here(const Case *c);
/* A name of ours, or one of our addresses in brackets; @name may be NULL. */
bool case_is_ours(const Case *c, const char *name);
/* The account or tenant at a shared house is ours; @name may be NULL. */
bool case_has_account(const Case *c, const char *name);
/* An address lies in one of the networks that we share with others. */
bool case_is_shared(const Case *c, const Ip *ip);

#endif
