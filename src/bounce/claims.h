/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a bounce says, outside the returned Received lines, of who handed the message over. Private
 * to src/bounce. */
#ifndef NOTME_BOUNCE_CLAIMS_H
#define NOTME_BOUNCE_CLAIMS_H

#include "bounce/bounce_text.h"

/* Adds to @out's claims, and sets its arrival_date where the sentence tells it. */
void claims_read(const BounceSource *source, const BounceText *text, Bounce *out);

#endif
