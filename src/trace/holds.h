/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a foreign injection is no proof that the message was not ours: an address of ours may have
 * been forgotten, or others may have carried our mail on. Each hold is a question to the reviewer.
 */
#ifndef NOTME_TRACE_HOLDS_H
#define NOTME_TRACE_HOLDS_H

#include "trace/walk.h"

/* Sets held_why and held_own of the trace, and takes the mark "forged" off a line that an address
 * or forwarder of ours may have written. */
void holds_judge(Walk *w);

#endif
