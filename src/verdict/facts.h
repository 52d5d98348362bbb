/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What judging needs to know beside the message and the identity: the answers of the store, and
 * what other bounces of the same sender say. Plain data, filled by the caller. */
#ifndef NOTME_VERDICT_FACTS_H
#define NOTME_VERDICT_FACTS_H

#include "bounce/bounce.h"

/* What only the store knows. */
typedef struct StoreFacts {
    bool asked;    /* false: there is no store (check) */
    Tri sent_here; /* a file under the sent folders has the returned id, the failed recipient and
                      fitting dates; no: it has no such id; unknown: one that does not fit */
    Tri replies_to_known;
    Tri known_correspondent;
    char *sent_text; /* which message, for the sentence: "Train times", Fri 27 Nov 21:43 (in Sent);
                        may be NULL */
    bool sent_kept;  /* a sent folder holds something */
    char *sent_to;   /* a sent file has its id, date and subject, and went to these, of whom none is
                        a failed recipient; NULL: none does */
    char *sent_misfit;     /* a sent file that has the id and does not fit, and in what, for the
                              sentence: "a letter with this id is in Sent, but to ..."; NULL: none */
    char *known_addressee; /* with known_correspondent: which addressee, where it is no failed
                              recipient; NULL */
} StoreFacts;

/* What the bounces of one address say together (doc/TRACING, 8): how many organisations took mail
 * in our name from it. */
typedef struct CaseCounts {
    guint organisations; /* of vouched reporters, none a customer of another, within 72 hours */
    char *names;         /* some of them, for the sentence: "aol.com, gmx.net and 5 more" */
    gint64 first, last;  /* when the first and the last of them took it; TIME_NONE */
    bool sent_here;      /* something of that address is in our sent mail */
    bool nameless;       /* it was looked up, and has no name or a home connection's */
    gint64 looked;       /* when the other bounces were looked at last */
} CaseCounts;

#endif
