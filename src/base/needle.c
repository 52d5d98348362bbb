/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding what was typed: as bytes first, which is nearly always enough, then as folded letters. */
#include "base/needle.h"

#include <string.h>

#include "base/span.h"

bool needle_in(const char *needle, const char *text)
{
    if (!text || !needle || !*needle)
        return false;
    if (span_ifind(span_of(text), needle) >= 0)
        return true;
    g_autofree char *folded = g_utf8_casefold(text, -1);
    g_autofree char *wanted = g_utf8_casefold(needle, -1);
    return strstr(folded, wanted) != NULL;
}
