/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files read by several parser processes: see check_pool.h. A file that no parser may have (it
 * cannot be opened) waits in the same queue, so that the order stays. */
#include "cli/check_pool.h"

#include <unistd.h>

#include "maildir/mailfile.h"
#include "reading/parser.h"
#include "work/pool.h"

/* Files that are open at once, for each process. */
enum { WINDOW = 8, POLL_MS = 1000 };

typedef struct Item {
    char *file, *error;
} Item;

typedef struct Run {
    GQueue waiting; /* of Item, in order */
    const Identity *identity;
    CheckEach each;
    gpointer data;
    bool stopped;
} Run;

static void item_free(Item *item)
{
    g_free(item->file);
    g_free(item->error);
    g_free(item);
}

static void tell(Run *run, Finding *finding)
{
    if (run->stopped)
        finding_free(finding);
    else
        run->stopped = !run->each(finding, run->data);
}

/* Files at the head that could not be opened. */
static void tell_unread(Run *run)
{
    Item *item;
    while ((item = g_queue_peek_head(&run->waiting)) && item->error) {
        tell(run, finding_unreadable(item->file, item->error));
        item_free(g_queue_pop_head(&run->waiting));
    }
}

static void on_done(gpointer head, Span answer, const char *why, gpointer data)
{
    Run *run = data;
    tell_unread(run);
    Item *item = g_queue_pop_head(&run->waiting);
    g_assert(item == head);
    g_autoptr(Candidate) candidate = candidate_new(NULL, item->file);
    g_autofree char *error = g_strdup(why);
    g_autoptr(Parsed) parsed = why ? NULL : parsed_read(answer, candidate, &error);
    if (parsed && parsed->reading) {
        g_autoptr(Judgement) judgement = judgement_make(parsed->reading, run->identity, NULL, NULL);
        tell(run, finding_new(item->file, parsed->reading, judgement));
    } else
        tell(run, finding_unreadable(item->file,
                                     error ? error : "the process that read it sent rubbish"));
    item_free(item);
    tell_unread(run);
}

static void submit(Run *run, Pool *pool, const char *file)
{
    g_autoptr(GError) error = NULL;
    Item *item = g_new0(Item, 1);
    item->file = g_strdup(file);
    g_queue_push_tail(&run->waiting, item);
    int fd = mailfile_open(file, &error);
    if (fd < 0) {
        item->error = g_strdup(error->message);
        return;
    }
    g_autoptr(Candidate) candidate = candidate_new(NULL, file);
    candidate->any = true;
    pool_submit(pool, parser_request(candidate), fd, false, item);
}

bool check_pool_run(const Config *config, const GPtrArray *files, guint jobs, CheckEach each,
                    gpointer data, GError **error)
{
    Run run = {.identity = config->identity, .each = each, .data = data};
    const PoolOptions options = {.jobs = jobs, .done = on_done, .data = &run};
    Pool *pool = pool_new(&options, error);
    if (!pool)
        return false;
    pool_greet(pool, parser_hello(config));
    guint window = WINDOW * (jobs ? jobs : MAX(1, g_get_num_processors()));
    for (guint i = 0; i < files->len && !run.stopped; i++) {
        submit(&run, pool, files->pdata[i]);
        while (pool_pending(pool) >= window && !run.stopped)
            pool_run(pool, POLL_MS);
    }
    while (pool_pending(pool) > 0 && !run.stopped)
        pool_run(pool, POLL_MS);
    tell_unread(&run);
    g_queue_clear_full(&run.waiting, (GDestroyNotify)item_free);
    pool_free(pool);
    return true;
}
