/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The from clause of a Received value: what the client said and what the receiver saw of it. */
#ifndef NOTME_TRACE_RECEIVED_FROM_H
#define NOTME_TRACE_RECEIVED_FROM_H

#include "trace/received_clauses.h"
#include "trace/received_software.h"

/* The from clause taken apart, before anybody says what its name means. */
typedef struct FromParts {
    Span name;      /* what stands directly after "from", up to the first comment */
    bool literal;   /* ... as a domain literal */
    Ip name_ip;     /* ... if it is an address */
    Ip peer;        /* the last address that the receiver wrote behind the name */
    bool seen;      /* a place for such an address is there, readable or not */
    bool disputed;  /* several, and they differ */
    bool outer;     /* it stands in brackets of its own, outside comments */
    Span looked_up; /* the name beside that address */
    Span alone;     /* a name alone in a comment */
    bool has_helo;
    Span helo;  /* "(HELO x)", "helo=x", "EHLO x" in quotes: only the client's word */
    bool keyed; /* by "helo=" or quotes, as Exim and ZMailer do */
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
void from_read(const Clauses *clauses, const Writer *writer, FromParts *out);

/* Fills the from_ fields of @hop by @writer's habit. */
void from_interpret(const Clauses *clauses, const Writer *writer, const FromParts *parts, Hop *hop);

#endif
