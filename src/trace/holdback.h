/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a foreign injection is no proof that the message was not ours (doc/TRACING, "a complete
 * identity"): an address of ours may have been forgotten, or others may have carried our mail on.
 */
#ifndef NOTME_TRACE_HOLDBACK_H
#define NOTME_TRACE_HOLDBACK_H

#include "trace/links.h"

/* Sets held_why and held_own of @trace, and takes the mark "forged" off a line that an address or
 * forwarder of ours may have written. */
void holdback_judge(Trace *trace, const Identity *identity, const Doubt *doubts);

#endif
