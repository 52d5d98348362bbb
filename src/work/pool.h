/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pool of parser processes. Bytes go in as descriptors, JSON comes out, in the order asked for.
 * What the JSON means is the business of whoever gives the bodies. A parser that dies or takes too
 * long costs its message only: that one gets an error, the parser a successor. */
#ifndef NOTME_WORK_POOL_H
#define NOTME_WORK_POOL_H

#include "work/process.h"

typedef struct Pool Pool;
/* @result is the parser's answer, or NULL with @why when it died, hung (10 s) or sent rubbish.
 * Borrowed for the call. */
typedef void (*PoolDone)(guint64 ticket, const json_t *result, const char *why, gpointer data);

/* @jobs 0: as many as there are cores. The first process starts at once, so that it is ready when
 * its work is known; nothing may be submitted before pool_greet. */
Pool *pool_new(guint jobs, PoolDone done, gpointer data, GError **error);
/* @hello is sent to each parser first (reference taken over). Once. */
void pool_greet(Pool *pool, json_t *hello);
void pool_free(Pool *pool);
/* Queues a request (taken over) with an open descriptor (taken over; -1: none). Urgent ones go to
 * the head of the queue. Returns its ticket. Descriptors stay open until the answer: the caller
 * watches pool_pending and does not queue thousands. */
guint64 pool_submit(Pool *pool, json_t *request, int fd, bool urgent);
/* Forgets queued requests that no parser has yet; @done is not called for them. */
void pool_cancel_queued(Pool *pool);
guint pool_pending(const Pool *pool);
/* One round of poll and work, at most @timeout_ms; calls @done for what came in, in order of
 * submission among non-urgent ones. True while something is pending. */
bool pool_run(Pool *pool, int timeout_ms);
/* For callers with a poll of their own. */
void pool_add_polls(const Pool *pool, GArray *pollfds);

/* The other side: what a parser process is made of. @hello gets the first frame and says whether
 * it is good; @answer answers one request (a new reference; @fd is closed by pool_serve). Returns
 * an exit status when the pool is gone. */
typedef struct PoolBody {
    bool (*hello)(const json_t *hello, gpointer data);
    json_t *(*answer)(const json_t *request, int fd, gpointer data);
} PoolBody;
int pool_serve(FrameLink *link, const PoolBody *body, gpointer data);

#endif
