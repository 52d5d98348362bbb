/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See duration.h. */
#include "base/duration.h"

bool duration_parse(const char *text, gint64 *seconds)
{
    static const struct {
        char unit;
        gint64 seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}, {'y', 31557600}};
    char *end;
    if (!g_ascii_isdigit(*text))
        return false;
    gint64 number = g_ascii_strtoll(text, &end, 10);
    if (number > 1000000)
        return false;
    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        if (end[0] == units[i].unit && end[1] == '\0') {
            *seconds = number * units[i].seconds;
            return true;
        }
    }
    return false;
}
