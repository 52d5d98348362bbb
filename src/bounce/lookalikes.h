/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mail by machines that speaks as bounces do and reports on no message of ours. Private to
 * src/bounce. */
#ifndef NOTME_BOUNCE_LOOKALIKES_H
#define NOTME_BOUNCE_LOOKALIKES_H

#include "bounce/bounce.h"
#include "bounce/bounce_text.h"
#include "bounce/source.h"

/* Whether the message only sounds like a bounce: goods that were not delivered, a summary of many
 * messages. Never true of what brings a message back, or names in its header who failed. */
bool lookalike(const BounceSource *source, const BounceText *text, const Bounce *bounce);

#endif
