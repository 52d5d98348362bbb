/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times in few columns. */
#include "screen/clock.h"

#include <string.h>
#include <time.h>

#include "base/date.h"

gint64 clock_now(void)
{
    const char *frozen = g_getenv("NOTME_NOW");
    Date date;
    if (!frozen || !*frozen)
        return g_get_real_time() / G_USEC_PER_SEC;
    if (strspn(frozen, "0123456789") == strlen(frozen))
        return g_ascii_strtoll(frozen, NULL, 10);
    return date_parse(span_of(frozen), &date) && date.utc != TIME_NONE
               ? date.utc
               : g_get_real_time() / G_USEC_PER_SEC;
}

static void format_time(gint64 timestamp, const char *format, char *text, gsize size)
{
    g_autoptr(GDateTime) time =
        timestamp == TIME_NONE ? NULL : g_date_time_new_from_unix_local(timestamp);
    g_autofree char *formatted = time ? g_date_time_format(time, format) : NULL;
    g_strlcpy(text, formatted ? formatted : "no date", size);
}

void clock_short_date(gint64 timestamp, gint64 now, char text[16])
{
    static const gint64 long_ago = 300LL * 86400;
    time_t t = (time_t)timestamp, n = (time_t)now;
    struct tm then, today;
    localtime_r(&n, &today);
    bool same_day =
        localtime_r(&t, &then) && then.tm_yday == today.tm_yday && then.tm_year == today.tm_year;
    bool far = timestamp < now - long_ago || timestamp > now + 86400;
    format_time(timestamp, same_day ? "%H:%M" : far ? "%Y-%m" : "%b %d", text, 16);
}

char *clock_long_date(gint64 timestamp)
{
    char text[64];
    format_time(timestamp, "%a %-d %b %Y %H:%M", text, sizeof text);
    return g_strdup(text);
}

void clock_of_day(gint64 timestamp, char text[16])
{
    format_time(timestamp, "%H:%M:%S", text, 16);
}
