/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the bounce says of the hand-over outside Received lines, and who handed the message to the
 * reporter, whoever is trusted. */
#ifndef NOTME_TRACE_CLAIMS_H
#define NOTME_TRACE_CLAIMS_H

#include "trace/walk.h"

/* Where no line down to @believed gave a public address: the first claim that does is the
 * injection. */
void claims_use(Walk *w, int believed);
/* Sets submitter_ip: the newest public client that is not of the reporter's own. */
void claims_find_submitter(Walk *w);

#endif
