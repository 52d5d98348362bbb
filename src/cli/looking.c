/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See looking.h. */
#include "cli/looking.h"

#include <stdio.h>
#include <unistd.h>

#include "base/count.h"
#include "cli/interrupt.h"

/* What takes no longer than the first needs no word; then as often as can be read. */
enum { SHOWN_AFTER_US = 300 * 1000, SHOWN_EVERY_US = 100 * 1000 };

void looking_begin(Looking *looking, const char *name)
{
    interrupt_catch();
    *looking =
        (Looking){.name = name, .terminal = isatty(STDERR_FILENO), .began = g_get_monotonic_time()};
}

bool looking_goes_on(Looking *looking)
{
    gint64 now = g_get_monotonic_time();
    bool due = now - looking->began > SHOWN_AFTER_US && now - looking->shown > SHOWN_EVERY_US;
    if (looking->terminal && due && !interrupt_came()) {
        char read[32];
        count_text(looking->reader ? reader_done(looking->reader) : 0, read);
        fprintf(stderr, "\r\033[K%s: judging, %s read", looking->name, read);
        fflush(stderr);
        looking->shown = now;
        looking->line = true;
    }
    return !interrupt_came();
}

void looking_end(Looking *looking)
{
    if (looking->line)
        fputs("\r\033[K", stderr);
}

bool looking_was_stopped(void)
{
    if (interrupt_came())
        fputs("Stopped; nothing was done.\n", stderr);
    return interrupt_came();
}
