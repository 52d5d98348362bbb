/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that may be a bounce, with what the store knows of its message. */
#ifndef NOTME_READING_CANDIDATE_H
#define NOTME_READING_CANDIDATE_H

#include "campaign/campaigns.h"
#include "reading/row.h"
#include "reading/shelf.h"

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
    ShelfKey key;    /* with a shelf: under which the answer lies there */
    bool keep;       /* it is put there when it comes */
    bool silent;     /* counted, but not told */
    /* what judging made of it, where it is kept to be judged again (reader_judge.c): */
    StoreFacts *facts;  /* as asked once; NULL: not yet */
    Sighting *sighting; /* or NULL */
    Ip injection;       /* whose campaign counts for it */
    guint promises;     /* of Promise: what it depends on how it is judged */
    guint judged;       /* row_judged() when its row was told; 0: it has none */
} Candidate;

/* Both may be NULL. */
Candidate *candidate_new(const char *id, const char *file);
void candidate_free(Candidate *candidate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Candidate, candidate_free)

/* The value of the reviewer's word where it is for this very file, else VERDICT_NONE. */
VerdictValue candidate_word_value(const char *word, const char *sha256);

#endif
