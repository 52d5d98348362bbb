/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One Received line, read by tokens (doc/TRACING). What the receiver saw (address, looked-up name)
 * and what the client said (HELO) are never mixed. */
#ifndef NOTME_RECEIVED_RECEIVED_H
#define NOTME_RECEIVED_RECEIVED_H

#include "received/hop.h"

/* Reads one Received value (unfolded, without the name). Never NULL; an unknown clause spoils only
 * itself. Linear time. The caller frees it. */
Hop *received_parse(Span value);

#endif
