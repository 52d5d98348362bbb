/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See mix.h. */
#include "base/mix.h"

#include <string.h>

guint64 mix_bytes(guint64 hash, const void *bytes, gsize n)
{
    const guchar *from = bytes;
    guint64 eight = 0;
    gsize i = 0;
    for (; i + sizeof eight <= n; i += sizeof eight) {
        memcpy(&eight, from + i, sizeof eight);
        hash = mix_number(hash, eight);
    }
    for (; i < n; i++)
        hash = mix_number(hash, from[i]);
    return hash;
}

guint64 mix_text(guint64 hash, const char *text)
{
    gsize n = text ? strlen(text) : 0;
    return mix_bytes(mix_number(hash, text ? n + 1 : 0), text, n);
}
