/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many fixed phrases looked for in one pass. Private to src/bounce. */
#ifndef NOTME_BOUNCE_PHRASES_H
#define NOTME_BOUNCE_PHRASES_H

#include "bounce/reading.h"

/* A phrase as text_fold would write it, of at least four bytes, and a number that says what it
 * means. */
typedef struct Phrase {
    const char *text;
    int means;
} Phrase;

typedef struct PhraseIndex PhraseIndex;

/* An index over a const table that ends with a row without text. Made once and kept. */
const PhraseIndex *phrase_index(const Phrase *table, PhraseIndex **kept);
/* Called for each phrase found at offset @at; false stops. @row is its place in the table. */
typedef bool (*PhraseFound)(guint row, gsize at, void *data);
/* Linear in @folded (a text_fold result). */
void phrase_scan(const PhraseIndex *index, Span folded, PhraseFound found, void *data);

extern const Phrase phrase_meanings[]; /* phrase_table.c */
/* Set of MEANS in @folded. */
guint phrases_in(Span folded);

#endif
