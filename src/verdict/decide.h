/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deciding from the evidence, ground by ground (doc/TRACING, 7). */
#ifndef NOTME_VERDICT_DECIDE_H
#define NOTME_VERDICT_DECIDE_H

#include "verdict/verdict.h"

/* What deciding takes into account beside the evidence. */
typedef struct Circumstances {
    bool one_voice;       /* nothing but the bounce itself speaks for its origin, login and
                             authentication: together they are one ground for genuine */
    bool held_own;        /* the address that handed it over may be one of ours */
    bool held_carrier;    /* ... or that of a machine of the recipient's: a filter, a gateway */
    bool held_way;        /* ... or of who carries mail for many: a forwarder, a list */
    bool held_sent;       /* ... or of who got a message of ours with this id, and sent it on */
    bool bare_sender;     /* the address was looked up and has no name, or a home connection's */
    bool denied;          /* the reviewer said that the address is not ours: then what is held is
                             held for a machine of the recipient's */
    bool complete;        /* the reviewer named all that he sends through */
    bool bare_handing;    /* who handed us the bounce was looked up and has no name, or a home
                             connection's */
    bool complete_report; /* a machine-readable part, a failed recipient and a returned message */
    bool bait;            /* it holds bait */
    bool sharp_bait;      /* the bait is a file, or a link that wears one of our domains */
} Circumstances;

/* @evidence is of Evidence. Never VERDICT_NONE. */
VerdictValue decide(const GPtrArray *evidence, const Circumstances *about);

#endif
