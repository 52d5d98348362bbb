/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A timer of the process's own time, set back in each round of the loop. */
#define _XOPEN_SOURCE 700 /* setitimer */
#include "watchdog.h"

#include <sys/time.h>

static void timer_set(int seconds)
{
    const struct itimerval timer = {.it_value = {.tv_sec = seconds}};
    setitimer(ITIMER_VIRTUAL, &timer, NULL);
}

static gboolean round_begins(GSource *source, gint *timeout)
{
    (void)source;
    *timeout = -1;
    timer_set(WATCHDOG_SECONDS);
    return FALSE;
}

static gboolean never(GSource *source)
{
    (void)source;
    return FALSE;
}

static gboolean nothing(GSource *source, GSourceFunc callback, gpointer data)
{
    (void)source;
    (void)callback;
    (void)data;
    return G_SOURCE_CONTINUE;
}

GSource *watchdog_start(GMainContext *context)
{
    static GSourceFuncs functions = {.prepare = round_begins, .check = never, .dispatch = nothing};
    GSource *source = g_source_new(&functions, sizeof(GSource));
    g_source_set_priority(source, G_PRIORITY_HIGH);
    g_source_attach(source, context);
    return source;
}

void watchdog_stop(GSource *source)
{
    timer_set(0);
    g_source_destroy(source);
    g_source_unref(source);
}
