/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting down to a death. */
#include "base/crash_point.h"

#include <glib.h>
#include <signal.h>
#include <stdlib.h>

void crash_point(void)
{
    static gint64 left = -1;
    if (left < 0) {
        const char *at = getenv("NOTME_CRASH_AT");
        left = at ? g_ascii_strtoll(at, NULL, 10) : 0;
    }
    if (left > 0 && --left == 0)
        raise(SIGKILL);
}
