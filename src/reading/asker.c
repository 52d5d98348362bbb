/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See asker.h. */
#include "reading/asker.h"

#include <gio/gio.h>

#include "maildir/mailfile.h"
#include "work/pool.h"

struct Asker {
    Pool *pool;
    ParserWish wish;
    Parsed *parsed; /* of the message that was asked for */
    char *why;
};

static void asker_done(gpointer item, Span answer, const char *why, gpointer data)
{
    (void)item;
    Asker *asker = data;
    if (why)
        asker->why = g_strdup(why);
    else
        asker->parsed = parsed_read(answer, asker->wish, &asker->why);
}

Asker *asker_new(const Config *config, GError **error)
{
    g_autoptr(Asker) asker = g_new0(Asker, 1);
    const PoolOptions options = {.jobs = 1, .done = asker_done, .data = asker};
    asker->pool = pool_new(&options, error);
    if (!asker->pool)
        return NULL;
    pool_greet(asker->pool, parser_hello(config));
    return g_steal_pointer(&asker);
}

void asker_free(Asker *asker)
{
    if (!asker)
        return;
    pool_free(asker->pool);
    g_free(asker);
}

/* Takes over @fd. */
static Parsed *asker_ask_of(Asker *asker, int fd, ParserWish wish, GError **error)
{
    asker->wish = wish;
    pool_submit(asker->pool, parser_request(wish), fd, false, NULL);
    while (pool_run(asker->pool, 1000))
        ;
    g_autofree char *why = g_steal_pointer(&asker->why);
    if (!asker->parsed)
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, why);
    return g_steal_pointer(&asker->parsed);
}

static Parsed *asker_ask(Asker *asker, const char *file, ParserWish wish, GError **error)
{
    int fd = mailfile_open(file, error);
    return fd < 0 ? NULL : asker_ask_of(asker, fd, wish, error);
}

Reading *asker_reading(Asker *asker, const char *file, guint more, GError **error)
{
    const ParserWish wish = {.what = WANT_READING, .any = true, .more = more};
    g_autoptr(Parsed) parsed = asker_ask(asker, file, wish, error);
    return parsed ? reading_ref(parsed->reading) : NULL;
}

GPtrArray *asker_headers(Asker *asker, const char *file)
{
    const ParserWish wish = {.what = WANT_HEADERS};
    g_autoptr(Parsed) parsed = asker_ask(asker, file, wish, NULL);
    return parsed ? g_ptr_array_ref(parsed->headers) : NULL;
}

bool asker_likeness_of(Asker *asker, int fd, Likeness *likeness, GError **error)
{
    const ParserWish wish = {.what = WANT_LIKENESS};
    g_autoptr(Parsed) parsed = asker_ask_of(asker, fd, wish, error);
    if (!parsed)
        return false;
    *likeness = parsed->likeness;
    parsed->likeness = (Likeness){0};
    return true;
}

bool asker_likeness(Asker *asker, const char *file, Likeness *likeness, GError **error)
{
    int fd = mailfile_open(file, error);
    return fd >= 0 && asker_likeness_of(asker, fd, likeness, error);
}
