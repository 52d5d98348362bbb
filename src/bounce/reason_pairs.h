/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two words near each other that make a reason together. Private to src/bounce. */
#ifndef NOTME_BOUNCE_REASON_PAIRS_H
#define NOTME_BOUNCE_REASON_PAIRS_H

#include "bounce/bounce.h"

/* What was found: @at and @n are its place in the text; reason is REASON_NONE for nothing. */
typedef struct ReasonFound {
    Reason reason;
    gsize at, n;
} ReasonFound;

/* The first pair of a thing and a state of reason_part_words in @text (a reason_text). Where it is
 * about the sender it is REASON_POLICY. Linear. */
ReasonFound reason_pair(Span text);

#endif
