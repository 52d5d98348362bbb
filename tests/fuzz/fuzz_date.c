/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: dates. A date that is read has its parts in agreement, and reads the same once more
 * from its own form. */
#include <stdlib.h>

#include "base/date.h"

#define FUZZ_SEEDS                                                                                 \
    "Tue, 3 Jun 2003 16:22:51 -0400 (EDT)", "3 Jun 03 16:22 PDT", "2003-06-03T16:22:51.123+02:00", \
        "Tue Jun  3 16:22:51 MEST 2003", "03-Jun-2003 04:22:51 PM", "Tue, 03 Jun 2003 16.22.51 Z", \
        "2003/06/03 16:22:51 GMT+0200", "21st February 1999, 23:59:60 +1545"

static void fuzz_one(const char *data, gsize size)
{
    Date date, again;
    if (!date_parse((Span){data, size}, &date)) {
        if (date.utc != TIME_NONE || date.local != TIME_NONE)
            abort();
        return;
    }
    if (date.local == TIME_NONE || date.has_zone != (date.utc != TIME_NONE) ||
        (date.has_zone && date.utc != date.local - (gint64)date.zone * 60) ||
        ABS(date.zone) > 16 * 60)
        abort();
    g_autofree char *text = date_format_rfc3339(date.local);
    if (text && (!date_parse(span_of(text), &again) || again.utc != date.local))
        abort();
}

#include "fuzz.h"
