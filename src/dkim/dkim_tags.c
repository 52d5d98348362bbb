/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of tags: see dkim_tags.h. */
#include "dkim/dkim_tags.h"

#include <string.h>

static bool is_known(const DkimTags *tags, Span name)
{
    for (gsize i = 0; i < tags->n; i++)
        if (tags->tags[i].name.n == name.n && memcmp(tags->tags[i].name.p, name.p, name.n) == 0)
            return true;
    return false;
}

bool dkim_tags_read(Span text, DkimTags *out)
{
    out->n = 0;
    while (text.n) {
        const char *semicolon = memchr(text.p, ';', text.n);
        gsize length = semicolon ? (gsize)(semicolon - text.p) : text.n;
        Span part = span_trim(span_sub(text, 0, length));
        text = span_sub(text, length + 1, text.n);
        if (part.n == 0)
            continue;
        const char *equals = memchr(part.p, '=', part.n);
        gsize at = equals ? (gsize)(equals - part.p) : 0;
        Span name = span_trim(span_sub(part, 0, at));
        if (name.n == 0 || out->n == DKIM_TAGS_MAX || is_known(out, name))
            return false;
        out->tags[out->n++] = (DkimTag){name, span_trim(span_sub(part, at + 1, part.n))};
    }
    return true;
}

Span dkim_tag(const DkimTags *tags, const char *name, bool *found)
{
    for (gsize i = 0; i < tags->n; i++)
        if (span_eq(tags->tags[i].name, name)) {
            if (found)
                *found = true;
            return tags->tags[i].value;
        }
    if (found)
        *found = false;
    return (Span){"", 0};
}

char *dkim_tag_packed(Span value)
{
    GString *text = g_string_sized_new(value.n);
    for (gsize i = 0; i < value.n; i++)
        if (value.p[i] && !strchr(" \t\r\n", value.p[i]))
            g_string_append_c(text, value.p[i]);
    return g_string_free(text, FALSE);
}
