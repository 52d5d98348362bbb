/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Message-IDs that may be looked up: see message_id.h. */
#include "bounce/message_id.h"

#include <string.h>

/* RFC 5322 2.1.1: the longest line of a message. */
#define ID_MAX 998

char *message_id_bare(Span value)
{
    Span id = span_trim(value);
    const char *open = id.n ? memchr(id.p, '<', id.n) : NULL;
    if (open)
        id = span_sub(id, (gsize)(open - id.p) + 1, id.n);
    const char *close = id.n ? memchr(id.p, '>', id.n) : NULL;
    if (close)
        id.n = (gsize)(close - id.p);
    id = span_trim(id);
    return id.n && id.n <= ID_MAX ? span_dup_utf8(id) : NULL;
}

void message_ids_add(GPtrArray *ids, const char *value, guint most)
{
    Span rest = span_of(value);
    while (rest.n && ids->len < most) {
        const char *open = memchr(rest.p, '<', rest.n);
        if (!open)
            return;
        rest = span_sub(rest, (gsize)(open - rest.p) + 1, rest.n);
        const char *close = rest.n ? memchr(rest.p, '>', rest.n) : NULL;
        if (!close)
            return;
        char *id = message_id_bare((Span){rest.p, (gsize)(close - rest.p)});
        if (id)
            g_ptr_array_add(ids, id);
        rest = span_sub(rest, (gsize)(close - rest.p) + 1, rest.n);
    }
}
