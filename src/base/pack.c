/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See pack.h. */
#include "base/pack.h"

#include <string.h>

void pack_number(GByteArray *to, guint64 number)
{
    guint8 bytes[10];
    guint n = 0;
    for (; number >= 0x80; number >>= 7)
        bytes[n++] = (guint8)(number | 0x80);
    bytes[n++] = (guint8)number;
    g_byte_array_append(to, bytes, n);
}

void pack_signed(GByteArray *to, gint64 number)
{
    guint64 bits = (guint64)number << 1;
    pack_number(to, number < 0 ? ~bits : bits);
}

static bool is_utf8(const char *text, gsize n)
{
    return span_is_ascii((Span){text, n}) || g_utf8_validate(text, (gssize)n, NULL);
}

/* The length of a text is one more than its bytes, so that NULL can be 0. */
void pack_text(GByteArray *to, const char *text)
{
    if (!text) {
        pack_number(to, 0);
        return;
    }
    gsize n = strlen(text);
    g_autofree char *valid = is_utf8(text, n) ? NULL : g_utf8_make_valid(text, (gssize)n);
    if (valid)
        n = strlen(valid);
    pack_number(to, n + 1);
    g_byte_array_append(to, (const guint8 *)(valid ? valid : text), (guint)n + 1);
}

void pack_name(GByteArray *to, const char *name)
{
    gsize n = name ? strlen(name) + 1 : 0;
    pack_number(to, n);
    if (n)
        g_byte_array_append(to, (const guint8 *)name, (guint)n);
}

void pack_bytes(GByteArray *to, const void *bytes, gsize length)
{
    pack_number(to, length);
    if (length)
        g_byte_array_append(to, bytes, (guint)length);
}

Unpack unpack_new(const void *bytes, gsize length)
{
    const guint8 *from = bytes ? bytes : (const guint8 *)"";
    return (Unpack){.at = from, .end = from + (bytes ? length : 0)};
}

static guint64 unpack_break(Unpack *from)
{
    from->broken = true;
    from->at = from->end;
    return 0;
}

static guint64 unpack_any(Unpack *from)
{
    guint64 number = 0;
    if (from->at < from->end && *from->at < 0x80) /* nearly all */
        return *from->at++;
    for (guint shift = 0; shift < 64; shift += 7) {
        if (from->at == from->end)
            return unpack_break(from);
        guint8 byte = *from->at++;
        if (shift == 63 && byte > 1)
            return unpack_break(from);
        number |= (guint64)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return number;
    }
    return unpack_break(from);
}

guint64 unpack_number(Unpack *from, guint64 most)
{
    guint64 number = unpack_any(from);
    return number <= most ? number : unpack_break(from);
}

gint64 unpack_signed(Unpack *from, gint64 least, gint64 most)
{
    guint64 bits = unpack_any(from);
    gint64 number = (gint64)(bits & 1 ? ~(bits >> 1) : bits >> 1);
    return number >= least && number <= most ? number : (gint64)unpack_break(from);
}

bool unpack_bool(Unpack *from)
{
    return unpack_number(from, 1) == 1;
}

/* Its bytes with the NUL; none where NULL was packed, or where it is broken. */
static Span text_bytes(Unpack *from)
{
    guint64 n = unpack_any(from);
    Span text = {(const char *)from->at, (gsize)n};
    if (n == 0)
        return text;
    /* g_utf8_validate takes no NUL: the text has none but at its end */
    if (n > (guint64)(from->end - from->at) || text.p[n - 1] != '\0' ||
        !is_utf8(text.p, (gsize)n - 1)) {
        unpack_break(from);
        return (Span){"", 0};
    }
    from->at += n;
    return text;
}

const char *unpack_text(Unpack *from)
{
    Span text = text_bytes(from);
    return text.n ? text.p : NULL;
}

char *unpack_text_copy(Unpack *from)
{
    Span text = text_bytes(from);
    return text.n ? g_memdup2(text.p, text.n) : NULL;
}

const char *unpack_text_known(Unpack *from)
{
    guint64 n = unpack_any(from);
    const char *text = (const char *)from->at;
    if (n > (guint64)(from->end - from->at))
        unpack_break(from);
    if (n == 0 || from->broken)
        return NULL;
    from->at += n;
    return text;
}

const char *unpack_name(Unpack *from)
{
    guint64 n = unpack_any(from);
    const char *name = (const char *)from->at;
    if (n == 0)
        return NULL;
    if (n > (guint64)(from->end - from->at) || memchr(name, '\0', (gsize)n) != name + n - 1) {
        unpack_break(from);
        return NULL;
    }
    from->at += n;
    return name;
}

Span unpack_bytes(Unpack *from)
{
    guint64 n = unpack_number(from, (guint64)(from->end - from->at));
    Span bytes = {(const char *)from->at, 0};
    if (n > (guint64)(from->end - from->at))
        unpack_break(from);
    else if (!from->broken) {
        bytes.n = n;
        from->at += n;
    }
    return bytes;
}

bool unpack_finished(const Unpack *from)
{
    return !from->broken && from->at == from->end;
}
