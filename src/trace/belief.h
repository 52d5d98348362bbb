/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far down the returned chain honest hands wrote it. */
#ifndef NOTME_TRACE_BELIEF_H
#define NOTME_TRACE_BELIEF_H

#include "trace/walk.h"

/* From the newest line down, belief passes by the peer, never by the name in "by". Marks the
 * believed lines, sets the injection where a peer is reached beyond which nobody vouches, and says
 * whether belief came over a step that a stranger could have written (capped). Returns how many
 * lines are believed. */
int belief_walk(Walk *w);
/* What is found is no proof, for a stranger could have written line @from; @why being a constant;
 * the first reason stays. NULL: nothing. */
void belief_cap(Walk *w, int from, const char *why);
/* The peer of hop @i is the injection. */
void belief_set_injection(Walk *w, int i);

#endif
