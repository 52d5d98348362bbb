/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the reader's process share; nobody else includes it. */
#ifndef NOTME_READING_READER_WORKER_PRIVATE_H
#define NOTME_READING_READER_WORKER_PRIVATE_H

#include "reading/candidate.h"
#include "reading/promises.h"
#include "reading/reader.h"
#include "reading/reader_wire.h"
#include "reading/reader_worker.h"
#include "reading/shelf.h"

typedef struct ReaderWorker {
    FrameLink *link;
    Config *config;
    Shelf *shelf;
    json_int_t number; /* "q" of the last frame from the session */
    Reader *reader;    /* of the query */
    Reader *asides;    /* of cases: their own parsers, started when first asked */
    guint64 asides_at; /* the revision of the database that they see */
    GByteArray *rows;  /* not sent yet ... */
    guint row_count;   /* ... so many */
    gint64 last_batch; /* when rows were sent last */
    guint sent;
    char *query;
    bool wanted;              /* the query is to be read */
    bool reading;             /* it is being read */
    bool complete;            /* it was read to its end */
    bool configured;          /* the rows were judged by another configuration */
    bool judging;             /* they are to be judged again */
    json_t *case_held;        /* asked for while they are; NULL: none */
    guint64 revision, looked; /* of the database: at the query, and when it was last looked at */
    guint messages; /* in the database at the query: what is removed changes no revision */
    bool gone;
    GByteArray *judged;  /* rows that are judged otherwise, not sent yet ... */
    guint judged_count;  /* ... so many */
    GByteArray *finding; /* of the case that is asked for, packed */
    char *problem;
    GHashTable *looks;         /* file -> number of the row that is read again */
    bool promises_asked;       /* by a row of the query */
    Promises *promises;        /* as they were counted last, or NULL ... */
    char *promises_key;        /* ... for what of the configuration ... */
    guint64 promises_revision; /* ... and of the database */
} ReaderWorker;

/* Sends @frame (taken over) with the number of the query. */
void reader_worker_send(ReaderWorker *worker, json_t *frame);
/* Begins a frame of packed values. */
GByteArray *reader_worker_frame(const ReaderWorker *worker, ReaderFrame kind);
/* Sends such a frame (taken over). */
void reader_worker_send_packed(ReaderWorker *worker, GByteArray *frame);
/* One row is another now: sent with the next reader_worker_send_judged. */
void reader_worker_judged(ReaderWorker *worker, guint n, const Row *row);
void reader_worker_send_judged(ReaderWorker *worker);
/* Answers to frames of their names. */
void reader_worker_case(ReaderWorker *worker, const json_t *frame);
void reader_worker_text(ReaderWorker *worker, const json_t *frame);
void reader_worker_match(ReaderWorker *worker, const json_t *frame);
/* Tells what became of @rows after a job, and that this was all. */
void reader_worker_looked(ReaderWorker *worker, const json_t *rows);

#endif
