/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parser pool. Each parser has up to two frames of requests, so that it never waits for the
 * next; what queues up while it is at them makes the next frame, so that frames are small where
 * somebody waits and large where much is to be read.
 *
 * Where a parser is lost, nobody can tell which of its messages did it, and what it says itself
 * cannot be believed: each is given to a parser of its own, alone, and the one that is lost with it
 * pays. */
#include "work/pool.h"

#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/pack.h"
#include "work/pool_wire.h"

/* A build that looks for faults in itself is several times slower. */
#if defined __SANITIZE_ADDRESS__
#define SLOWER 6
#else
#define SLOWER 1
#endif

enum {
    FRAMES = 2,
    BATCH = 16, /* requests of one frame; not above FRAME_FDS */
    DEADLINE_MS = 10000 * SLOWER,
    START_MS = 30000,
    SUSPECT_MS = 2000, /* several messages without an answer for so long are read one by one */
    ROUND_MS = 1000,
    HURRY = 100, /* messages of one parser that somebody may be waiting for: then it is nice */
    PATIENCE = 10,
    LIFE = 50000,     /* messages of one parser: what took it over has an end there */
    LIFE_MS = 300000, /* its time at work, which keeps it well below its limit of CPU time */
};

typedef struct Task {
    GByteArray *request;
    int fd;
    gpointer item;
    bool urgent, done, cancelled;
    bool alone;      /* to be read alone: a parser was lost with it and others */
    GByteArray *got; /* the answer, kept until those before it are told */
    char *why;
} Task;

typedef struct Parser {
    Worker *worker;
    GQueue tasks;                /* of Task: sent, not answered, in order */
    GArray *sizes;               /* of guint: how many of the tasks are in each of the frames */
    guint told;                  /* tasks that it ever got */
    gint64 waited_ms, worked_ms; /* without an answer; in all */
    bool greeted;
    Confinement confinement;
} Parser;

struct Pool {
    PoolOptions options;
    Parser *parsers;
    guint count;
    GByteArray *hello;
    GQueue queue;   /* of Task: no parser has it yet */
    GQueue ordered; /* of Task: not urgent, not delivered, in order */
    guint pending;
    bool greeted; /* a parser has been up */
    bool told_unconfined;
    gint64 round_at; /* when the parsers were last looked at */
};

/* --- tasks ------------------------------------------------------------------------------------ */

static void task_free(Task *task)
{
    if (task->fd >= 0)
        close(task->fd);
    if (task->request)
        g_byte_array_unref(task->request);
    if (task->got)
        g_byte_array_unref(task->got);
    g_free(task->why);
    g_free(task);
}

static void task_drop(Pool *pool, Task *task)
{
    if (pool->options.item_free && task->item && !task->cancelled)
        pool->options.item_free(task->item);
    task_free(task);
}

static void task_deliver(Pool *pool, Task *task)
{
    pool->pending--;
    Span answer = {task->got ? (const char *)task->got->data : NULL,
                   task->got ? task->got->len : 0};
    if (!task->cancelled)
        pool->options.done(task->item, answer, task->why, pool->options.data);
    task_free(task);
}

/* @task is answered: an urgent one is told at once, others when all before them are. */
static void task_finish(Pool *pool, Task *task, Span answer, const char *why)
{
    task->done = true;
    task->why = g_strdup(why);
    if (!why) {
        task->got = g_byte_array_sized_new((guint)answer.n + 1);
        g_byte_array_append(task->got, (const guint8 *)answer.p, (guint)answer.n);
    }
    if (task->fd >= 0)
        close(task->fd);
    task->fd = -1;
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

/* --- the pool --------------------------------------------------------------------------------- */

static bool parser_start(Pool *pool, Parser *parser, GError **error)
{
    parser->worker = worker_start("parser", error);
    parser->greeted = false;
    parser->told = 0;
    parser->waited_ms = parser->worked_ms = 0;
    if (!parser->worker)
        return false;
    frame_link_limit(parser->worker->link, POOL_ANSWER_MOST + POOL_FRAME_MORE, false);
    if (pool->hello) {
        GByteArray *hello = g_byte_array_sized_new(pool->hello->len);
        g_byte_array_append(hello, pool->hello->data, pool->hello->len);
        frame_send_bytes(parser->worker->link, hello, NULL, 0);
    }
    return true;
}

Pool *pool_new(const PoolOptions *options, GError **error)
{
    Pool *pool = g_new0(Pool, 1);
    pool->options = *options;
    pool->count = options->jobs ? options->jobs : MAX(1, g_get_num_processors());
    pool->parsers = g_new0(Parser, pool->count);
    for (guint i = 0; i < pool->count; i++)
        pool->parsers[i].sizes = g_array_new(FALSE, FALSE, sizeof(guint));
    /* the first is started at once, so that an error shows here; the others when there is work */
    if (!options->lazy && !parser_start(pool, &pool->parsers[0], error)) {
        pool_free(pool);
        return NULL;
    }
    return pool;
}

void pool_greet(Pool *pool, GByteArray *hello)
{
    pool->hello = hello;
    if (!pool->parsers[0].worker)
        return;
    GByteArray *first = g_byte_array_sized_new(hello->len);
    g_byte_array_append(first, hello->data, hello->len);
    frame_send_bytes(pool->parsers[0].worker->link, first, NULL, 0);
}

/* Frees the tasks that only @queue holds: those in order are in "ordered" too. */
static void queue_clear(Pool *pool, GQueue *queue, bool ordered_too)
{
    Task *task;
    while ((task = g_queue_pop_head(queue)))
        if (task->urgent || ordered_too)
            task_drop(pool, task);
}

void pool_free(Pool *pool)
{
    if (!pool)
        return;
    queue_clear(pool, &pool->queue, false);
    for (guint i = 0; i < pool->count; i++) {
        queue_clear(pool, &pool->parsers[i].tasks, false);
        g_array_unref(pool->parsers[i].sizes);
        worker_stop(pool->parsers[i].worker);
    }
    queue_clear(pool, &pool->ordered, true);
    if (pool->hello)
        g_byte_array_unref(pool->hello);
    g_free(pool->parsers);
    g_free(pool);
}

void pool_submit(Pool *pool, GByteArray *request, int fd, bool urgent, gpointer item)
{
    if (pool->pending == 0)
        pool->round_at = 0;
    Task *task = g_new0(Task, 1);
    task->request = request;
    task->fd = fd;
    task->urgent = urgent;
    task->item = item;
    if (urgent)
        g_queue_push_head(&pool->queue, task);
    else {
        g_queue_push_tail(&pool->queue, task);
        g_queue_push_tail(&pool->ordered, task);
    }
    pool->pending++;
}

void pool_submit_known(Pool *pool, Span answer, gpointer item)
{
    if (g_queue_is_empty(&pool->ordered)) {
        pool->options.done(item, answer, NULL, pool->options.data);
        return;
    }
    Task *task = g_new0(Task, 1);
    task->fd = -1;
    task->item = item;
    pool->pending++;
    g_queue_push_tail(&pool->ordered, task);
    task_finish(pool, task, answer, NULL);
}

static void task_cancel(gpointer data, gpointer user)
{
    Task *task = data;
    const Pool *pool = user;
    if (!task->cancelled && pool->options.item_free && task->item)
        pool->options.item_free(task->item);
    task->cancelled = true;
}

void pool_cancel(Pool *pool)
{
    Task *task;
    while ((task = g_queue_pop_head(&pool->queue))) {
        if (!task->urgent)
            g_queue_remove(&pool->ordered, task);
        pool->pending--;
        task_drop(pool, task);
    }
    for (guint i = 0; i < pool->count; i++)
        g_queue_foreach(&pool->parsers[i].tasks, task_cancel, pool);
    /* answered, and waiting for one before them */
    g_queue_foreach(&pool->ordered, task_cancel, pool);
}

guint pool_pending(const Pool *pool)
{
    return pool->pending;
}

/* --- handing out ------------------------------------------------------------------------------ */

/* One frame of up to @most tasks from the head of the queue; one that is to be alone is. */
static void parser_send(Pool *pool, Parser *parser, guint most)
{
    GByteArray *frame = g_byte_array_new();
    pack_number(frame, POOL_REQUESTS);
    int fds[BATCH];
    guint count = 0, fd_count = 0;
    Task *task;
    while (count < most && (task = g_queue_peek_head(&pool->queue)) && !(count && task->alone)) {
        g_queue_pop_head(&pool->queue);
        g_queue_push_tail(&parser->tasks, task);
        pack_number(frame, task->fd >= 0);
        pack_bytes(frame, task->request->data, task->request->len);
        if (task->fd >= 0) {
            if (task->alone)
                lseek(task->fd, 0, SEEK_SET); /* the parser that was lost has read from it */
            fds[fd_count++] = task->fd;
        }
        count++;
        if (task->alone)
            break;
    }
    g_array_append_val(parser->sizes, count);
    if (parser->told < HURRY && parser->told + count >= HURRY)
        setpriority(PRIO_PROCESS, (id_t)parser->worker->pid, PATIENCE);
    parser->told += count;
    frame_send_bytes(parser->worker->link, frame, fds, fd_count);
}

/* Is @parser ready for another frame? One that was told enough ends first. */
static bool parser_takes(Pool *pool, Parser *parser)
{
    const Task *last = g_queue_peek_tail(&parser->tasks);
    const Task *next = g_queue_peek_head(&pool->queue);
    bool idle = g_queue_is_empty(&parser->tasks);
    if (parser->worker && (parser->told >= LIFE || parser->worked_ms >= LIFE_MS)) {
        if (!idle)
            return false;
        worker_stop(parser->worker);
        parser->worker = NULL;
    }
    if (idle)
        return true;
    return parser->sizes->len < FRAMES && !last->alone && !next->alone;
}

static bool has_parser(const Pool *pool)
{
    for (guint i = 0; i < pool->count; i++)
        if (pool->parsers[i].worker)
            return true;
    return false;
}

/* The first parser is on its way. Another one would take its time from it, and nothing is to be
 * seen before the first has answered. */
static bool is_first_starting(const Pool *pool)
{
    return !pool->greeted && has_parser(pool);
}

/* Spreads the queue: one frame for each before a second for any. */
static void pool_feed(Pool *pool)
{
    for (guint depth = 0; depth < FRAMES; depth++)
        for (guint i = 0; i < pool->count && !g_queue_is_empty(&pool->queue); i++) {
            Parser *parser = &pool->parsers[i];
            if (parser->sizes->len > depth || !parser_takes(pool, parser))
                continue;
            if (!parser->worker && (is_first_starting(pool) || !parser_start(pool, parser, NULL)))
                continue;
            guint share = (pool->queue.length + pool->count - 1) / pool->count;
            parser_send(pool, parser, MIN(BATCH, share));
        }
    /* no process can be started any more: do not wait for ever */
    Task *task;
    while (!has_parser(pool) && (task = g_queue_pop_head(&pool->queue)))
        task_finish(pool, task, (Span){"", 0}, "no process could be started to read it");
}

/* --- what comes back -------------------------------------------------------------------------- */

/* The parser is of no use any more. Its only message gets an error; of several each is read again,
 * alone. */
static void parser_lose(Pool *pool, Parser *parser, const char *why)
{
    worker_stop(parser->worker);
    parser->worker = NULL;
    g_array_set_size(parser->sizes, 0);
    Task *task;
    if (parser->tasks.length == 1) {
        task_finish(pool, g_queue_pop_head(&parser->tasks), (Span){"", 0}, why);
        return;
    }
    while ((task = g_queue_pop_tail(&parser->tasks))) {
        task->alone = true;
        g_queue_push_head(&pool->queue, task);
    }
}

static const char rubbish[] = "the process that read it sent rubbish";

/* All of a frame of answers is looked at before any of it is believed. */
static bool answers_good(const Pool *pool, const Parser *parser, Unpack from)
{
    for (guint count = 1; !from.broken && from.at < from.end; count++) {
        Span answer = unpack_bytes(&from);
        if (from.broken || count > parser->tasks.length ||
            (pool->options.check && !pool->options.check(answer, pool->options.data)))
            return false;
    }
    return !from.broken;
}

/* The first of @parser's messages is answered. */
static void parser_answered(Pool *pool, Parser *parser, Span answer)
{
    Task *task = g_queue_pop_head(&parser->tasks);
    guint *left = &g_array_index(parser->sizes, guint, 0);
    if (--*left == 0)
        g_array_remove_index(parser->sizes, 0);
    task_finish(pool, task, answer, NULL);
}

static void pool_tell_confinement(Pool *pool, Confinement confinement)
{
    const char *word = confinement_word(confinement);
    if (word && pool->options.unconfined && !pool->told_unconfined)
        pool->options.unconfined(word, pool->options.data);
    pool->told_unconfined = true;
}

/* One frame of @parser; false: it is rubbish. */
static bool parser_frame(Pool *pool, Parser *parser, Span bytes)
{
    Unpack from = unpack_new(bytes.p, bytes.n);
    switch ((PoolWire)unpack_number(&from, POOL_WIRE_COUNT - 1)) {
    case POOL_CONFINED:
        parser->confinement = (Confinement)unpack_number(&from, CONFINE_COUNT - 1);
        parser->greeted = pool->greeted = true;
        pool_tell_confinement(pool, parser->confinement);
        return unpack_finished(&from);
    case POOL_ANSWERS:
        if (!answers_good(pool, parser, from))
            return false;
        while (from.at < from.end)
            parser_answered(pool, parser, unpack_bytes(&from));
        return true;
    default:
        return false;
    }
}

/* Frames that came from @parser; ages it by @elapsed_ms where none did. */
static void parser_run(Pool *pool, Parser *parser, gint64 elapsed_ms)
{
    bool closed = false, good = true, any = false;
    Frame frame;
    if (!g_queue_is_empty(&parser->tasks))
        parser->worked_ms += elapsed_ms;
    while (good && frame_receive_bytes(parser->worker->link, &frame, &closed)) {
        good = parser_frame(pool, parser, frame.bytes);
        any = true;
    }
    frame_flush(parser->worker->link);
    parser->waited_ms =
        any || g_queue_is_empty(&parser->tasks) ? 0 : parser->waited_ms + elapsed_ms;
    gint64 deadline = pool->options.deadline_ms ? pool->options.deadline_ms : DEADLINE_MS;
    if (!parser->greeted) /* it reads nothing yet: a busy machine is slow to start it */
        deadline = START_MS;
    bool several = parser->tasks.length > 1 && parser->greeted;
    if (!good)
        parser_lose(pool, parser, rubbish);
    else if (closed)
        parser_lose(pool, parser, "the process that read it died");
    else if (parser->waited_ms > (several ? MIN(deadline, SUSPECT_MS) : deadline)) {
        g_autofree char *why = g_strdup_printf(
            "reading it took longer than %" G_GINT64_FORMAT " seconds", MAX(deadline / 1000, 1));
        parser_lose(pool, parser, why);
    }
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

/* Milliseconds since the last round. A round takes no longer than ROUND_MS: where more has passed,
 * this process was stopped or busy elsewhere, and that is not the parsers' fault. */
static gint64 pool_elapsed(Pool *pool)
{
    gint64 now = g_get_monotonic_time() / 1000, before = pool->round_at;
    pool->round_at = now;
    return before ? CLAMP(now - before, 0, ROUND_MS) : 0;
}

static void pool_poll(Pool *pool, int timeout_ms)
{
    g_autoptr(GArray) polls = g_array_new(FALSE, FALSE, sizeof(struct pollfd));
    pool_add_polls(pool, polls);
    guint deadline = pool->options.deadline_ms ? pool->options.deadline_ms : DEADLINE_MS;
    int most = (int)MIN(ROUND_MS, deadline);
    poll((struct pollfd *)(void *)polls->data, polls->len,
         timeout_ms < 0 ? most : MIN(timeout_ms, most));
}

bool pool_run(Pool *pool, int timeout_ms)
{
    pool_feed(pool);
    if (timeout_ms != 0 && pool->pending)
        pool_poll(pool, timeout_ms);
    gint64 elapsed = pool_elapsed(pool);
    for (guint i = 0; i < pool->count; i++)
        if (pool->parsers[i].worker)
            parser_run(pool, &pool->parsers[i], elapsed);
    pool_feed(pool);
    return pool->pending > 0;
}

Confinement pool_confinement(Pool *pool)
{
    Parser *parser = &pool->parsers[0];
    while (!parser->greeted && parser->worker) {
        pool_poll(pool, ROUND_MS);
        parser_run(pool, parser, 0);
    }
    return parser->greeted ? parser->confinement : CONFINE_REFUSED;
}
