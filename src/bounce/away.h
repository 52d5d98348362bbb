/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answering machines that are told by nothing but their words. Private to src/bounce. */
#ifndef NOTME_BOUNCE_AWAY_H
#define NOTME_BOUNCE_AWAY_H

#include "bounce/bounce_text.h"
#include "words/phrases.h"

/* Phrases of their subjects, and of their texts; each ends with a row without text. */
extern const Phrase away_subjects[];
extern const Phrase away_texts[];

/* Whether the subject is nothing but an automatic reply's phrase, or such a phrase with ":" and the
 * subject that it answers, as Exchange (2003 and later, in all its languages) and Yahoo write. */
bool away_subject(const BounceSource *source);
/* The same, with such a phrase in a short text to one person, who is no list. */
bool away_reply(const BounceSource *source, const BounceText *text);

#endif
