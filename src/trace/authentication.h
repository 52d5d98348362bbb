/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What our own server found of the bounce's authenticity (RFC 8601), and whether it bears on the
 * reporter. */
#ifndef NOTME_TRACE_AUTHENTICATION_H
#define NOTME_TRACE_AUTHENTICATION_H

#include "trace/walk.h"

/* Raises or lowers the standing by Authentication-Results and Received-SPF that our own server
 * wrote: those on top of the message or directly above a believed line, under the border's name.
 * @peer handed us the bounce. */
void authentication_judge(Walk *w, const Peer *peer);

#endif
