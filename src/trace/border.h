/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The border of our own mailbox: the line in which one of its servers took the message from the
 * world. Above it is the inside, below it the sender's word. */
#ifndef NOTME_TRACE_BORDER_H
#define NOTME_TRACE_BORDER_H

#include "trace/walk.h"

/* Walks down the outer chain: fills w->outer and w->ours, and marks the hops down to the border. By
 * the identity's patterns where it has them (notme learn), else by what can be told without. */
void border_find(Walk *w);

#endif
