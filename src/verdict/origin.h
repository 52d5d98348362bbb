/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From where the returned message came, in words that say no more than is known. */
#ifndef NOTME_VERDICT_ORIGIN_H
#define NOTME_VERDICT_ORIGIN_H

#include "trace/trace.h"
#include "verdict/verdict.h"

typedef enum Origin {
    ORIGIN_UNKNOWN, /* no address is stated */
    ORIGIN_CLAIMED, /* nobody who is vouched for stands for the address, or the client gave it */
    ORIGIN_STATED,  /* the lowest address that a server states; whether it began there is open */
    ORIGIN_KNOWN
} Origin;

/* Whether a line so marked is believed. */
bool origin_is_believed(HopMark mark);
/* The line of the returned chain whose client sent it: of a warning the one that records the login,
 * else the injection's; -1: no line records who sent it. */
int origin_hop(const Trace *trace, const Verdict *verdict);
/* Of a fake it is who brought it, which our own server recorded; of a warning it is who logged in.
 */
Origin origin_of(const Trace *trace, const Verdict *verdict);
/* Who is shown as the sender in a list, in few words. */
typedef struct OriginShown {
    Ip ip;          /* who handed it over; of a fake, who brought it; family 0: not stated */
    bool own, open; /* it is ours; whether it was sent from there is not known */
} OriginShown;

OriginShown origin_shown(const Trace *trace, const Verdict *verdict);
/* "SENT FROM" and the like, beside the address. Constant. */
const char *origin_word(Origin origin);
/* What stands between a chain's lines where belief ends; @injected: a line above shows who handed
 * the message in; @narrow: there is little room. Constant. */
const char *origin_break(Origin origin, bool injected, bool narrow);
/* Where the address stands, if in no Received line: "a field of the report says so". Constant, NULL
 * for Received lines. */
const char *origin_source(InjectionSource source);
/* The whole as a sentence's end: address, name, what it called itself, what is open about it; NULL
 * where no address is stated. The caller frees it. */
char *origin_text(const Trace *trace, const Verdict *verdict);

#endif
