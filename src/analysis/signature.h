/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our own signature on the message that came back. */
#ifndef NOTME_ANALYSIS_SIGNATURE_H
#define NOTME_ANALYSIS_SIGNATURE_H

#include "bounce/bounce.h"

/* Fills bounce->returned.signature. @bytes is the bounce as it came; @keys as in Identity, or NULL;
 * @when the moment when it came (seconds, UTC), or TIME_NONE. The header that was read as the
 * returned one is what is verified: another part of the bounce with a good signature is none. */
void signature_look(Bounce *bounce, const char *bytes, gsize length, const GPtrArray *keys,
                    gint64 when);

#endif
