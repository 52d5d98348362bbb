/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the reader share; nobody else includes it. */
#ifndef NOTME_READING_READER_PRIVATE_H
#define NOTME_READING_READER_PRIVATE_H

#include "maildir/maildir.h"
#include "reading/candidate.h"
#include "reading/query_facts.h"
#include "reading/query_match.h"
#include "reading/reader.h"
#include "reading/store_facts.h"
#include "work/pool.h"

struct Reader {
    Config *config;
    ReaderOptions options;
    Store *store;   /* NULL: none */
    Maildirs *dirs; /* with the store */
    Facts *facts;
    Campaigns *campaigns; /* NULL: none are known */
    Pool *pool;
    Query *query; /* that is read; NULL: none, files are named */
    QueryFacts *query_facts;
    bool trash_too, quarantine_too; /* the query asks for what is there by name */
    bool stopped;                   /* @each or @between had enough */
    guint candidates;               /* messages */
    guint total;                    /* ... that there will be; 0: not counted */
    guint done;
    GHashTable *given; /* ids that the query gave */
    char *text;        /* of reader_text */
    char *last_id;     /* of the message told last ... */
    GHashTable *last;  /* ... and the hashes of its files that were told */
    Shelf *own_shelf;  /* where none was given, and one is needed */
    guint64 revision;  /* of the database, when the query began */
    bool holding;      /* what comes back is held, and not told yet */
    GPtrArray *book;   /* of Candidate: with ReaderOptions.keep those that were told, in order; or
                          what is held */
    GPtrArray
        *others; /* of Candidate: that are kept, too, but not told: for what they are witness of */
};

/* Says why @file was not read. */
void reader_tell(Reader *reader, const char *file, const char *why);
/* A PoolDone: @item is a Candidate (taken over), @data the reader. */
void reader_parsed(gpointer item, Span answer, const char *why, gpointer data);
/* Opens the file of @candidate (taken over), or takes what is known of it, and hands it on. */
void reader_hand_on(Reader *reader, Candidate *candidate, bool may_vanish);

/* The next two change nothing but @candidate, so that several threads can judge, each another. */

/* Notes what @candidate is witness of. */
void reader_see(const Reader *reader, Candidate *candidate, const Reading *reading,
                const Judgement *judgement);
/* The verdict on what was walked. Counts the campaigns where they are not counted
 * (campaigns_count). */
void reader_decide(const Reader *reader, Candidate *candidate, const Reading *reading,
                   Judgement *judgement);
/* The row of what was decided; NULL for a message that is neither bounce nor notice. The caller
 * frees it. */
Row *reader_row(const Candidate *candidate, const Finding *finding);

#endif
