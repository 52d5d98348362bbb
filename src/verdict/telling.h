/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screen and "notme show" say of a case in the same words. */
#ifndef NOTME_VERDICT_TELLING_H
#define NOTME_VERDICT_TELLING_H

#include "bounce/bounce.h"
#include "verdict/origin.h"

/* "believed", "FORGED": beside a host of a chain; of an injection what origin_word() says.
 * Constant.
 */
const char *telling_mark(HopMark mark, Origin origin);
/* The same in the chain of the message itself, where who handed it over need not have sent it. */
const char *telling_outer_mark(HopMark mark);
/* What who wrote it is called: "reporter", of an answer "server"; of a fake "from", which is all
 * that is known of him. Constant. */
const char *telling_reporter_label(BounceKind kind, VerdictValue verdict);
/* What a recipient is to a message of @kind: "failed", "read by". Constant. */
const char *telling_recipient_label(BounceKind kind);
/* Of what brought back nothing, or no Received line. Constant. */
const char *telling_nothing(const Bounce *bounce);
/* Why nothing that the reviewer knows settles an undecided case; NULL where something does. The
 * caller frees it. */
char *telling_unsettled(const Verdict *verdict);
/* How long the message was on its way from the older line to the newer: "4 s after the line below
 * it"; NULL where one has no date, or there is no older one. The caller frees it. */
char *telling_gap(const Hop *newer, const Hop *older);
/* Over the Received lines of the message itself. Constant. */
const char *telling_outer(BounceKind kind);
/* Of a delay: how long the server goes on trying; @until is the date as it is written there. The
 * caller frees it. */
char *telling_until(const char *until);
/* The address that is spoken of, or "(nobody named)". Borrowed. */
const char *telling_recipient(const Recipient *recipient);
/* The host that the line says the message came from, in the words of who wrote it: its looked-up
 * name, address or greeting. The caller frees it. */
char *telling_from(const Hop *hop);

#endif
