/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work on many things of which none asks what came of another, on all cores. What comes of it is
 * taken in their order by who asked for it, so that it is the same with one core and with eight. */
#ifndef NOTME_WORK_SLICES_H
#define NOTME_WORK_SLICES_H

#include <glib.h>

typedef void (*SliceOne)(guint i, gpointer data);

/* Calls @work for each number below @count, once, on @threads threads of which the caller's is one,
 * and @take (may be NULL) for each on the caller's, in order, once @work is done with it. What
 * @work writes, @take can read. @threads: 0: as many as there are cores, at most SLICES_THREADS;
 * where NOTME_THREADS is set, so many. Returns when all is done. */
enum { SLICES_THREADS = 4 };
void slices_run(guint count, guint threads, SliceOne work, SliceOne take, gpointer data);

#endif
