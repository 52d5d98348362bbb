/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that may be a bounce, with what the store knows of its message. */
#ifndef NOTME_READING_CANDIDATE_H
#define NOTME_READING_CANDIDATE_H

#include "reading/shelf.h"
#include "verdict/verdict.h"

typedef struct Candidate {
    char *id; /* in the store; NULL: it is not there */
    char *file;
    guint files;
    gint64 timestamp;
    char *tags;
    char *word;      /* property notme.verdict, or NULL */
    bool finding;    /* the whole finding is wanted, not only the row */
    bool alone;      /* told whatever was told before */
    ParserWish wish; /* what is asked of the parser */
    ShelfKey key;    /* with keep: under which the answer is put on the shelf */
    bool keep;
} Candidate;

/* Both may be NULL. */
Candidate *candidate_new(const char *id, const char *file);
void candidate_free(Candidate *candidate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Candidate, candidate_free)

/* The value of the reviewer's word where it is for this very file, else VERDICT_NONE. */
VerdictValue candidate_word_value(const char *word, const char *sha256);

#endif
