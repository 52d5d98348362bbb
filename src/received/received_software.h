/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which software wrote a Received line, as the line shows it, and how that software fills the from
 * clause. */
#ifndef NOTME_RECEIVED_RECEIVED_SOFTWARE_H
#define NOTME_RECEIVED_RECEIVED_SOFTWARE_H

#include "received/hop.h"
#include "received/received_clauses.h"

/* What the name directly after "from" is. */
typedef enum Habit {
    HABIT_SHAPE,     /* not known: the shape of the clause decides */
    HABIT_SAID,      /* what the client said; the looked-up name is in the comment (sendmail,
                        Postfix, Gmail, Exchange) */
    HABIT_LOOKED_UP, /* the looked-up name; what the client said is in the comment, or the same
                        (Exim, ZMailer, qmail, CommuniGate) */
    HABIT_NAMELESS,  /* the looked-up name, and what the client said is not recorded (smap) */
    HABIT_CONSTANT   /* always the same word (Postini's "source") */
} Habit;

/* What else is known of the from clauses of a software. */
typedef enum Trait {
    /* the comment is always "(name [address])": a "HELO" or "account" in it is a name that
     * somebody chose */
    TRAIT_PLAIN = 1 << 0,
    /* a looked-up name is written only if it leads back to the address */
    TRAIT_VERIFIES = 1 << 1,
    /* it looks every address up: without a name, there is none */
    TRAIT_ALWAYS = 1 << 2,
    /* an address in brackets directly after "from" is always what the client said */
    TRAIT_SAID = 1 << 3,
    /* what the server saw comes first, and what stands behind the greeting is none of it */
    TRAIT_SEEN = 1 << 4,
    /* the name may be of several words (a queue of GroupWise) */
    TRAIT_WORDS = 1 << 5,
    /* without an address, the name may be that of a channel inside the host: "ims-ms-daemon" */
    TRAIT_CHANNELS = 1 << 6
} Trait;

typedef struct Style {
    Software software;
    Habit habit;
    unsigned traits; /* of Trait */
    bool named;      /* by more than the shape of an id */
} Style;

/* Recognises the writer of the line by what stands outside the from clause, which nobody but the
 * server writes. */
Style software_recognise(const Clauses *clauses);

/* The traits of software that makes sure of what it writes: sendmail, Postfix, Gmail. */
#define TRAIT_CAREFUL (TRAIT_PLAIN | TRAIT_VERIFIES | TRAIT_ALWAYS | TRAIT_SAID)

/* Shapes of ids. An id of a shape may still be of other software. */
bool software_id_is_exim(Span id);      /* 1AbCdE-0001Xy-2z, 1AbCdE-00000001Xyz-2zAB (4.97) */
bool software_id_is_sendmail(Span id);  /* g6O9fF401441, i8FJcSRZ007847 (8.10 and newer) */
bool software_id_is_gmail(Span id);     /* 15sm3010007qcg.2.2010.06.23.11.32.25, y30csp895790nnd */
bool software_id_is_courier(Span id);   /* 0EFD1EE6.4D01AABF.0000A424 */
bool software_id_is_intermail(Span id); /* 20011223173546.KSYS10139.host@helo */
bool software_id_is_domino(Span id);    /* 2013060320225112-123 */

#endif
