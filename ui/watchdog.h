/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A watch over the interface: a loop of its own that never ends (mail is written by enemies) must
 * not keep the terminal. It counts the processor's time, not the clock: one that waits is not
 * watched. */
#ifndef NOTME_UI_WATCHDOG_H
#define NOTME_UI_WATCHDOG_H

#include <glib.h>

/* From now on the process is ended by SIGVTALRM, whose handler gives the terminal back, when one
 * round of @context's loop takes more than WATCHDOG_SECONDS of processor time. The caller owns the
 * source; watchdog_stop ends it. */
enum { WATCHDOG_SECONDS = 20 };
GSource *watchdog_start(GMainContext *context);
void watchdog_stop(GSource *source);

#endif
