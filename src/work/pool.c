/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parser pool. Each parser has up to two requests, so that it never waits for the next; the
 * first of them is the one that it works on, and the one that pays when it dies. */
#include "work/pool.h"

#include <poll.h>
#include <unistd.h>

enum { DEPTH = 2, DEADLINE_US = 10 * G_USEC_PER_SEC };

typedef struct Task {
    guint64 ticket;
    json_t *request;
    int fd;
    bool urgent, done;
    json_t *result;
    char *why;
} Task;

typedef struct Parser {
    Worker *worker;
    GQueue tasks; /* of Task: sent, not answered; the head is worked on */
    gint64 since; /* when the head became the head */
} Parser;

struct Pool {
    Parser *parsers;
    guint count;
    json_t *hello;
    PoolDone done;
    gpointer data;
    guint64 last;
    GQueue queue;   /* of Task: no parser has it yet */
    GQueue ordered; /* of Task: not urgent, not delivered, by ticket */
    guint pending;
};

static void task_free(Task *task)
{
    if (task->fd >= 0)
        close(task->fd);
    json_decref(task->request);
    json_decref(task->result);
    g_free(task->why);
    g_free(task);
}

Pool *pool_new(guint jobs, PoolDone done, gpointer data, GError **error)
{
    Pool *pool = g_new0(Pool, 1);
    pool->count = jobs ? jobs : MAX(1, g_get_num_processors());
    pool->parsers = g_new0(Parser, pool->count);
    pool->done = done;
    pool->data = data;
    /* the first is started at once, so that an error shows here; the others when there is work */
    pool->parsers[0].worker = worker_start("parser", error);
    if (!pool->parsers[0].worker) {
        pool_free(pool);
        return NULL;
    }
    return pool;
}

void pool_greet(Pool *pool, json_t *hello)
{
    pool->hello = hello;
    frame_send(pool->parsers[0].worker->link, json_incref(hello), -1);
}

/* Frees the tasks that only @queue holds: those in order are in "ordered" too. */
static void queue_clear(GQueue *queue, bool ordered_too)
{
    Task *task;
    while ((task = g_queue_pop_head(queue)))
        if (task->urgent || ordered_too)
            task_free(task);
}

void pool_free(Pool *pool)
{
    if (!pool)
        return;
    queue_clear(&pool->queue, false);
    for (guint i = 0; i < pool->count; i++) {
        queue_clear(&pool->parsers[i].tasks, false);
        worker_stop(pool->parsers[i].worker);
    }
    queue_clear(&pool->ordered, true);
    json_decref(pool->hello);
    g_free(pool->parsers);
    g_free(pool);
}

guint64 pool_submit(Pool *pool, json_t *request, int fd, bool urgent)
{
    Task *task = g_new0(Task, 1);
    task->ticket = ++pool->last;
    task->request = request;
    task->fd = fd;
    task->urgent = urgent;
    if (urgent)
        g_queue_push_head(&pool->queue, task);
    else {
        g_queue_push_tail(&pool->queue, task);
        g_queue_push_tail(&pool->ordered, task);
    }
    pool->pending++;
    return task->ticket;
}

void pool_cancel_queued(Pool *pool)
{
    Task *task;
    while ((task = g_queue_pop_head(&pool->queue))) {
        if (!task->urgent)
            g_queue_remove(&pool->ordered, task);
        pool->pending--;
        task_free(task);
    }
}

guint pool_pending(const Pool *pool)
{
    return pool->pending;
}

static void task_deliver(Pool *pool, Task *task)
{
    pool->pending--;
    pool->done(task->ticket, task->result, task->why, pool->data);
    task_free(task);
}

/* @task is answered: an urgent one is told at once, others when all before them are. */
static void task_finish(Pool *pool, Task *task, json_t *result, const char *why)
{
    task->done = true;
    task->result = result;
    task->why = g_strdup(why);
    if (task->urgent) {
        task_deliver(pool, task);
        return;
    }
    Task *head;
    while ((head = g_queue_peek_head(&pool->ordered)) && head->done) {
        g_queue_pop_head(&pool->ordered);
        task_deliver(pool, head);
    }
}

/* The parser is of no use any more: the message that it worked on gets an error, the others go
 * back to the head of the queue. */
static void parser_lose(Pool *pool, Parser *parser, const char *why)
{
    worker_stop(parser->worker);
    parser->worker = NULL;
    Task *culprit = g_queue_pop_head(&parser->tasks), *task;
    while ((task = g_queue_pop_tail(&parser->tasks)))
        g_queue_push_head(&pool->queue, task);
    if (culprit)
        task_finish(pool, culprit, NULL, why);
}

static void parser_feed(Pool *pool, Parser *parser)
{
    while (g_queue_get_length(&parser->tasks) < DEPTH && !g_queue_is_empty(&pool->queue)) {
        if (!parser->worker) {
            parser->worker = worker_start("parser", NULL);
            if (!parser->worker)
                return;
            frame_send(parser->worker->link, json_incref(pool->hello), -1);
        }
        Task *task = g_queue_pop_head(&pool->queue);
        if (g_queue_is_empty(&parser->tasks))
            parser->since = g_get_monotonic_time();
        g_queue_push_tail(&parser->tasks, task);
        frame_send(parser->worker->link, json_incref(task->request), task->fd);
    }
}

/* Spreads the queue: one for each before a second for any. */
static void pool_feed(Pool *pool)
{
    for (guint depth = 0; depth < DEPTH; depth++)
        for (guint i = 0; i < pool->count && !g_queue_is_empty(&pool->queue); i++)
            if (g_queue_get_length(&pool->parsers[i].tasks) <= depth)
                parser_feed(pool, &pool->parsers[i]);
    bool any = false;
    for (guint i = 0; i < pool->count; i++)
        any = any || pool->parsers[i].worker;
    /* no process can be started any more: do not wait for ever */
    Task *task;
    while (!any && (task = g_queue_pop_head(&pool->queue)))
        task_finish(pool, task, NULL, "no process could be started to read it");
}

static void parser_answered(Pool *pool, Parser *parser, json_t *frame)
{
    Task *task = g_queue_peek_head(&parser->tasks);
    json_t *result = json_object_get(frame, "result");
    if (!task || !result) {
        json_decref(frame);
        parser_lose(pool, parser, "the process that read it sent rubbish");
        return;
    }
    g_queue_pop_head(&parser->tasks);
    parser->since = g_get_monotonic_time();
    json_incref(result);
    json_decref(frame);
    task_finish(pool, task, result, NULL);
}

static void parser_run(Pool *pool, Parser *parser)
{
    bool closed = false;
    json_t *frame;
    while (parser->worker && (frame = frame_receive(parser->worker->link, NULL, &closed)))
        parser_answered(pool, parser, frame);
    if (!parser->worker)
        return;
    frame_flush(parser->worker->link);
    if (closed)
        parser_lose(pool, parser, "the process that read it died");
    else if (!g_queue_is_empty(&parser->tasks) &&
             g_get_monotonic_time() - parser->since > DEADLINE_US)
        parser_lose(pool, parser, "reading it took longer than 10 seconds");
}

void pool_add_polls(const Pool *pool, GArray *pollfds)
{
    for (guint i = 0; i < pool->count; i++) {
        const Parser *parser = &pool->parsers[i];
        if (!parser->worker)
            continue;
        struct pollfd it = {.fd = frame_link_fd(parser->worker->link), .events = POLLIN};
        if (frame_wants_write(parser->worker->link))
            it.events |= POLLOUT;
        g_array_append_val(pollfds, it);
    }
}

bool pool_run(Pool *pool, int timeout_ms)
{
    pool_feed(pool);
    if (timeout_ms != 0 && pool->pending) {
        GArray *polls = g_array_new(FALSE, FALSE, sizeof(struct pollfd));
        pool_add_polls(pool, polls);
        /* look at the deadlines now and then */
        int most = timeout_ms < 0 ? 1000 : MIN(timeout_ms, 1000);
        poll((struct pollfd *)polls->data, polls->len, most);
        g_array_unref(polls);
    }
    for (guint i = 0; i < pool->count; i++)
        if (pool->parsers[i].worker)
            parser_run(pool, &pool->parsers[i]);
    pool_feed(pool);
    return pool->pending > 0;
}

int pool_serve(FrameLink *link, const PoolBody *body, gpointer data)
{
    int fd = -1;
    json_t *frame = frame_receive_wait(link, &fd);
    bool good = frame && body->hello(frame, data);
    json_decref(frame);
    while (good && (frame = frame_receive_wait(link, &fd))) {
        json_t *result = body->answer(frame, fd, data);
        if (fd >= 0)
            close(fd);
        json_decref(frame);
        good =
            frame_send_wait(link, json_pack("{s:o}", "result", result ? result : json_null()), -1);
    }
    return 0;
}
