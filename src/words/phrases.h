/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many fixed phrases looked for in one pass, and what the phrases of bounces mean. */
#ifndef NOTME_WORDS_PHRASES_H
#define NOTME_WORDS_PHRASES_H

#include "base/span.h"

/* Phrases are sorted by what they mean; a set of meanings is a bit mask. */
typedef enum Meaning {
    MEANS_FAILURE,
    MEANS_DELAY,
    MEANS_SUCCESS,
    MEANS_SUBJECT,   /* a bounce where it stands in the subject */
    MEANS_VIRUS,     /* a virus was found in the message */
    MEANS_CHALLENGE, /* prove that you are a person */
    MEANS_AWAY,      /* the recipient is away, or a machine has taken note */
    MEANS_RETURNED,  /* the returned message follows */
    MEANS_PERMANENT,
    MEANS_TEMPORARY,
    MEANS_ROBOT /* lists, tickets, commands: an automatic answer that reports no delivery */
} Meaning;

#define MEANS(meaning) (1u << (meaning))
/* Some outcome of a delivery is spoken of. */
#define MEANS_TALK (MEANS(MEANS_FAILURE) | MEANS(MEANS_DELAY) | MEANS(MEANS_SUCCESS))

/* Shortest phrase, in bytes: phrases are found by a hash of so many. */
#define PHRASE_MIN 4

/* A phrase as text_fold would write it, of at least PHRASE_MIN bytes, and a number that says what
 * it means. */
typedef struct Phrase {
    const char *text;
    int means;
} Phrase;

/* Phrases that mean the same. A table of lists ends with one without texts. */
typedef struct PhraseList {
    int means;
    const char *const *texts; /* PHRASES() */
} PhraseList;

#define PHRASES(...) ((const char *const[]){__VA_ARGS__, NULL})

typedef struct PhraseIndex PhraseIndex;

/* An index over a const table that ends with a row without text. Made once and kept. */
const PhraseIndex *phrase_index(const Phrase *table, PhraseIndex **kept);
/* The same over lists; a row's place counts all lists' phrases. */
const PhraseIndex *phrase_index_lists(const PhraseList *lists, PhraseIndex **kept);
/* The phrase at a place in the table. */
const Phrase *phrase_row(const PhraseIndex *index, guint row);
/* Called for each phrase found at offset @at; false stops. @row is its place in the table. */
typedef bool (*PhraseFound)(guint row, gsize at, void *data);
/* Linear in @folded (a text_fold result). */
void phrase_scan(const PhraseIndex *index, Span folded, PhraseFound found, void *data);

/* Whether no word of ASCII letters and digits goes on over offset @at. */
bool phrase_begins_word(Span text, gsize at);

extern const PhraseList phrase_meanings[]; /* phrase_table.c */
/* Set of MEANS in @folded. */
guint phrases_in(Span folded);

#endif
