/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See slices.h. Each thread takes the next slice that nobody has; so they end at about the same
 * time, whatever the things cost. */
#include "work/slices.h"

/* Few enough for small work to be spread, many enough that taking them costs nothing. */
enum { SLICE_LENGTH = 8 };

typedef struct Slices {
    guint count;
    SliceOne work;
    gpointer data;
    gint next;  /* slice that nobody has; atomic */
    gint *done; /* for each slice; atomic */
} Slices;

static guint slices_count(const Slices *slices)
{
    return (slices->count + SLICE_LENGTH - 1) / SLICE_LENGTH;
}

/* Does one that nobody has; false: there is none. */
static gboolean slices_do_next(Slices *slices)
{
    guint slice = (guint)g_atomic_int_add(&slices->next, 1);
    if (slice >= slices_count(slices))
        return FALSE;
    guint end = MIN((slice + 1) * SLICE_LENGTH, slices->count);
    for (guint i = slice * SLICE_LENGTH; i < end; i++)
        slices->work(i, slices->data);
    g_atomic_int_set(&slices->done[slice], 1);
    return TRUE;
}

static gpointer slices_thread(gpointer data)
{
    while (slices_do_next(data)) {
    }
    return NULL;
}

/* Takes what is done, from slice @from on; where it ended. */
static guint slices_take(Slices *slices, guint from, SliceOne take)
{
    guint slice = from;
    for (; slice < slices_count(slices) && g_atomic_int_get(&slices->done[slice]); slice++) {
        guint end = MIN((slice + 1) * SLICE_LENGTH, slices->count);
        for (guint i = slice * SLICE_LENGTH; take && i < end; i++)
            take(i, slices->data);
    }
    return slice;
}

static guint slices_threads(void)
{
    const char *said = g_getenv("NOTME_THREADS");
    guint64 threads = said ? g_ascii_strtoull(said, NULL, 10) : g_get_num_processors();
    return (guint)CLAMP(threads, 1, SLICES_THREADS);
}

void slices_run(guint count, guint threads, SliceOne work, SliceOne take, gpointer data)
{
    Slices slices = {.count = count, .work = work, .data = data};
    slices.done = g_new0(gint, slices_count(&slices) + 1);
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    threads = MIN(threads ? threads : slices_threads(), slices_count(&slices));
    for (guint i = 1; i < threads; i++) {
        GThread *thread = g_thread_try_new("slices", slices_thread, &slices, NULL);
        if (thread) /* where there can be no more, those that are there do it all */
            g_ptr_array_add(others, thread);
    }
    guint taken = 0;
    while (slices_do_next(&slices))
        taken = slices_take(&slices, taken, take);
    for (guint i = 0; i < others->len; i++)
        g_thread_join(others->pdata[i]);
    slices_take(&slices, taken, take);
    g_free(slices.done);
}
