/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trust walk: the border of our mailbox, the reporter's standing, then down the returned chain
 * as far as honest hands wrote it. The hop where belief ends is the injection: what stands below it
 * the sender may have written, so nothing below it is ever asked who the sender is. */
#ifndef NOTME_TRACE_TRACE_WALK_H
#define NOTME_TRACE_TRACE_WALK_H

#include "trace/trace.h"

/* Never NULL; the caller frees it. @identity may be NULL. The same but for the words whatever
 * @wording is. */
Trace *trace_walk(const TraceInput *input, const Identity *identity, Wording wording);

#endif
