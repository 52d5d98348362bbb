/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The from clause of a Received value, taken apart: the address that the server saw, and the names
 * around it. What the names mean is the matter of received_names.h. */
#ifndef NOTME_RECEIVED_RECEIVED_FROM_H
#define NOTME_RECEIVED_RECEIVED_FROM_H

#include "received/received_comment.h"

typedef struct FromParts {
    Span name;      /* what stands directly after "from", up to the first comment */
    bool literal;   /* ... as a domain literal */
    bool words;     /* ... of several words */
    Ip name_ip;     /* ... if it is an address */
    Ip peer;        /* what the server saw; family 0 where it cannot be read */
    bool seen;      /* a place for such an address is there behind the name, readable or not */
    bool unclear;   /* the last one may hold what the client said */
    bool disputed;  /* several, and they differ */
    bool outer;     /* it stands in brackets of its own, outside comments */
    Span looked_up; /* the name beside that address */
    Span alone;     /* a name alone in a comment */
    bool has_helo;
    Span helo;  /* "(HELO x)", "helo=x", "EHLO x" in quotes: only the client's word */
    Span ident; /* what an IDENT query answered */
    Span user;  /* who authenticated */
    bool authenticated;
    bool forged;   /* "may be forged" */
    bool verified; /* CommuniGate: the name leads to the address */
    bool bare;     /* the peer is a bare address in round brackets: "(192.0.2.1)" */
    bool glued;    /* ... and no blank before them */
    bool local;    /* "[local]", "(uid 0)" */
    Span sender;   /* an envelope sender in a comment */
} FromParts;

/* Takes the from clause apart. */
void from_read(const Clauses *clauses, const Style *style, FromParts *out);

#endif
