/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of the words that give a reason; the first row that fits decides. Private to src/bounce.
 */
#ifndef NOTME_BOUNCE_REASON_H
#define NOTME_BOUNCE_REASON_H

#include "bounce/phrases.h"

extern const Phrase reason_plain_words[];   /* reason_words_plain.c */
extern const Phrase reason_other_words[];   /* reason_words_other.c */
extern const Phrase reason_context_words[]; /* reason_words_other.c */

#endif
