/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the stages of the trust walk share: the border of our mailbox, the reporter's standing, how
 * far down belief goes, what lies below. Private to src/trace. */
#ifndef NOTME_TRACE_WALK_H
#define NOTME_TRACE_WALK_H

#include "trace/links.h"
#include "trace/names.h"

/* Where the walk down the outer chain ended. */
typedef enum OuterEnd {
    OUTER_NONE,      /* the message has no Received lines */
    OUTER_HANDED,    /* at a peer that is none of our mailbox's servers */
    OUTER_WRITTEN,   /* at no peer: the last host reached wrote the message */
    OUTER_CARRIED,   /* at a forwarder: it was handed over there, and written elsewhere */
    OUTER_UNREADABLE /* nobody can say */
} OuterEnd;

typedef struct Outer {
    OuterEnd end;
    int at;             /* the hop whose peer handed it over, or the last one that was read */
    const char *server; /* a name of our mailbox's server, or NULL */
    const char *capped; /* a step that a stranger could have written, in words; or NULL */
    int capped_at; /* ... the line that shows it, -1; what stands under it may be a stranger's */
    const char *carrier; /* who carried it on, where end is OUTER_CARRIED */
    bool disputed;       /* a line holds several addresses that could be the peer's */
    bool forwarded;      /* a declared forwarder was passed */
    bool login;          /* a client who logged in handed it over */
    bool own_steps;      /* only own addresses, loopback and local steps were passed */
    bool own_address;    /* ... at least one own address among them */
} Outer;

typedef struct Walk {
    const TraceInput *input;
    const Identity *identity; /* never NULL */
    Trace *trace;
    Doubt *doubts; /* one for each returned hop */
    BounceNames names;
    NameBook ours; /* what our own side looked up */
    NameBook book; /* ... and the believed lines of the returned chain */
    Outer outer;
    const char *writer; /* the host that wrote the bounce, where it is ours for this message
                           whatever it calls itself; or NULL */
} Walk;

/* Hops by index; NULL outside the chain. */
const Hop *walk_outer(const Walk *w, int i);
const Hop *walk_returned(const Walk *w, int i);
/* peer_text() for a sentence; NULL where the trace has no words. The caller frees it. */
char *walk_peer_text(const Walk *w, const Hop *hop);
/* Whether the line under hop @i of the returned chain can be the one that its peer wrote; false
 * without such a line. */
bool walk_next_fits(const Walk *w, int i);
/* A host of ours wrote the line: by name or address, or the one that is ours for this message. */
bool walk_is_by_own(const Walk *w, const Hop *hop);
/* Hop @i's peer brought us the bounce, too, and greeted us by the very name of who wrote the next
 * line: so that name fits it, whatever it called itself before the reporter. */
bool walk_is_gateway_by_greeting(const Walk *w, int i);
/* Nobody looked hop @i's peer up, its address is beside the writer's or that of who brought us the
 * bounce, and the next line is by a host of the reporter: a machine of its own. */
bool walk_is_beside_reporter(const Walk *w, int i);
/* A name of the reporter's organisation. */
bool walk_is_reporters(const Walk *w, const char *name);
/* What a line that took a message on 127.0.0.1 greets with is a public name of another organisation
 * than its writer's and the reporter's: a program of a stranger on that machine. */
bool walk_is_strange_local(const Walk *w, const Hop *hop);

#endif
