/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the text of a bounce leads: hosts of links, and attachments that no report has. Private to
 * src/bounce. */
#ifndef NOTME_BOUNCE_LINKS_H
#define NOTME_BOUNCE_LINKS_H

#include "bounce/bounce_text.h"

/* Adds to @out's links and baits; diagnostics and the returned message are left out. */
void links_read(const BounceSource *source, const BounceText *text, Bounce *out);

#endif
