/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reporter's standing: does what our own side saw vouch for what the bounce says of itself. */
#ifndef NOTME_TRACE_REPORTER_H
#define NOTME_TRACE_REPORTER_H

#include "trace/walk.h"

/* Judges from where the border was found: sets the standing, its reason, the reporter's
 * organisation and who handed us the bounce, and marks the lines below the border. */
void reporter_judge(Walk *w);
/* To be called when the injection is known: who handed the message over may have sent the bounce
 * back. */
void reporter_reconsider(Walk *w);

#endif
