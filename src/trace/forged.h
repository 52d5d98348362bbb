/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines below the last believed one: forged where a contradiction remains that nothing honest
 * explains, unverified otherwise. */
#ifndef NOTME_TRACE_FORGED_H
#define NOTME_TRACE_FORGED_H

#include "trace/walk.h"

/* Takes off w->doubts what has an honest explanation (a gateway that writes no line, a mail
 * service, an inside address, a clock, ids that were altered later); lines above @believed are let
 * alone. */
void forged_explain(Walk *w, int believed);
/* Marks hop @from and all below it; @own: they stand below what our own hosts wrote, and nothing
 * there is called forged. Sets forged_hop. */
void forged_mark(Walk *w, int from, bool own);

#endif
