/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way through the servers of our mailbox by the names that were learned of them
 * (doc/TRACING). */
#ifndef NOTME_TRACE_INSIDE_H
#define NOTME_TRACE_INSIDE_H

#include "received/received.h"
#include "trace/identity.h"

typedef enum InsideEnd {
    INSIDE_BORDER,   /* at the line in which one of our servers took it from the world */
    INSIDE_STRANGER, /* at a line of nobody that was learned, below lines of ours */
    INSIDE_NOTHING   /* it did not come by the way that was learned: past a filter, from an address
                        of our own, from a user of the machine */
} InsideEnd;

typedef struct Inside {
    InsideEnd end;
    int at; /* the line where it ends; with INSIDE_NOTHING it says nothing */
    const char
        *capped;   /* a step on the way that a stranger could have written, in words; or NULL */
    int capped_at; /* ... the line that shows it, the newest such; -1 */
} Inside;

/* A program that fetched the mail from a mailbox wrote the line. */
bool inside_is_fetch(const Hop *hop);
/* The line is of LMTP: nobody but a mail server speaks it to its mailboxes (RFC 2033 5), logged in
 * or not ("LMTPA", RFC 3848). */
bool inside_is_delivery(const Hop *hop);
/* The line shows a step on the machine itself, without a peer. */
bool inside_is_local(const Hop *hop);
/* The line is one of these, at whose other side the world never stands. */
bool inside_is_step(const Hop *hop);

/* Goes down @outer (of Hop, newest first) over lines of @identity's inside to the first of its
 * border. Belief passes by the peer here, too: where a server of the inside took the message from a
 * public address, it must be by its name one of the organisation that wrote the line below. */
Inside inside_find(const Identity *identity, const GPtrArray *outer);

#endif
