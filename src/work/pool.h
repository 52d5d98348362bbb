/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pool of parser processes. Requests go in with open descriptors, answers come out in the order
 * asked for; both are bytes, whose meaning is the business of whoever gives the bodies. Many travel
 * in one frame. A parser that dies, takes too long or sends rubbish costs its message only: that
 * one gets an error, the parser a successor. */
#ifndef NOTME_WORK_POOL_H
#define NOTME_WORK_POOL_H

#include "work/confine.h"
#include "work/process.h"

/* Most bytes of one answer; a body cuts or refuses what is longer. */
enum { POOL_ANSWER_MOST = 16 << 20 };

typedef struct Pool Pool;
/* @answer is borrowed for the call; its bytes are NULL where @why says what became of it instead:
 * the parser died, hung or sent rubbish. @item is what was given with the request. */
typedef void (*PoolDone)(gpointer item, Span answer, const char *why, gpointer data);
typedef struct PoolOptions {
    bool lazy;         /* no process is started before there is work */
    guint jobs;        /* parsers; 0: as many as there are cores */
    guint deadline_ms; /* for one message; 0: 10 seconds */
    PoolDone done;
    bool (*check)(Span answer, gpointer data); /* is it what a parser answers; NULL: anything is.
                                                  What is not is rubbish */
    /* Told once, where the parsers are not confined: what to say; may be NULL. */
    void (*unconfined)(const char *word, gpointer data);
    GDestroyNotify item_free; /* for items of requests that were cancelled; may be NULL */
    gpointer data;
} PoolOptions;

/* The first process starts at once, so that it is ready when its work is known; nothing may be
 * submitted before pool_greet. @options is copied. */
Pool *pool_new(const PoolOptions *options, GError **error);
/* @hello (taken over) is sent to each parser first. Once. */
void pool_greet(Pool *pool, GByteArray *hello);
void pool_free(Pool *pool);
/* Queues a request (taken over) with an open descriptor (taken over; -1: none). Urgent ones go to
 * the head of the queue. Descriptors stay open until the answer: the caller watches pool_pending
 * and does not queue thousands. */
void pool_submit(Pool *pool, GByteArray *request, int fd, bool urgent, gpointer item);
/* What is known already takes its place in the order: @answer is told when all before it are. */
void pool_submit_known(Pool *pool, Span answer, gpointer item);
/* Forgets all requests: what parsers are at is dropped when it comes. @done is called for none. */
void pool_cancel(Pool *pool);
guint pool_pending(const Pool *pool);
/* One round of poll and work, at most @timeout_ms; calls @done for what came in, in order of
 * submission among non-urgent ones. True while something is pending. */
bool pool_run(Pool *pool, int timeout_ms);
/* For callers with a poll of their own: what to wait for before pool_run(pool, 0), which they call
 * once a second at least while something is pending. */
void pool_add_polls(const Pool *pool, GArray *pollfds);
/* Waits until the first parser has said whether it is confined. */
Confinement pool_confinement(Pool *pool);

/* The other side: what a parser process is made of. @hello gets the first frame and says whether it
 * is good; behind it the process is confined. @answer appends the answer to one request; @fd, which
 * pool_serve closes, is -1 where there is none. Returns an exit status when the pool is gone. */
typedef struct PoolBody {
    bool (*hello)(Span hello, gpointer data);
    void (*answer)(Span request, int fd, GByteArray *answer, gpointer data);
} PoolBody;
int pool_serve(FrameLink *link, const PoolBody *body, gpointer data);

#endif
