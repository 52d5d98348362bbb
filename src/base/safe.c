/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mail bytes made safe for a terminal: see safe.h. */
#include "base/safe.h"

/* Characters that move, hide or reorder what a terminal shows. */
bool safe_is_hostile(gunichar c)
{
    if (c < 0x20 || (c >= 0x7f && c < 0xa0))
        return true;
    if (c == 0xad || c == 0x61c || c == 0x180e || c == 0xfeff || c == 0x115f || c == 0x1160 ||
        c == 0x3164 || c == 0xffa0)
        return true;
    return (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || (c >= 0xfff0 && c <= 0xfffb) ||
           (c >= 0xe0000 && c <= 0xe0fff);
}

static void append_char(GString *out, gunichar c, SafeFlags flags, size_t *column)
{
    if (c == '\n' && flags & SAFE_KEEP_NEWLINES) {
        g_string_append_c(out, '\n');
        *column = 0;
        return;
    }
    gsize before = out->len;
    if (c == '\t')
        g_string_append_printf(out, "%*s", flags & SAFE_KEEP_NEWLINES ? (int)(8 - *column % 8) : 1,
                               "");
    else if (c < 0x80 && safe_is_hostile(c))
        g_string_append_printf(out, "\\x%02x", c);
    else if (safe_is_hostile(c) || (c >= 0x80 && flags & SAFE_ASCII))
        g_string_append_printf(out, "\\u{%04x}", c);
    else
        g_string_append_unichar(out, c);
    *column += c < 0x80 ? out->len - before : 1;
}

char *safe_text(Span text, SafeFlags flags)
{
    GString *out = g_string_sized_new(text.n + 16);
    size_t column = 0;
    for (size_t i = 0; i < text.n;) {
        unsigned char byte = (unsigned char)text.p[i];
        if (byte == '\r' && flags & SAFE_KEEP_NEWLINES) {
            append_char(out, '\n', flags, &column);
            i += i + 1 < text.n && text.p[i + 1] == '\n' ? 2 : 1;
            continue;
        }
        gunichar c = g_utf8_get_char_validated(text.p + i, (gssize)(text.n - i));
        if (byte == 0) {
            c = 0;
        } else if (c == (gunichar)-1 || c == (gunichar)-2) {
            g_string_append_printf(out, "\\x%02x", byte);
            column += 4;
            i++;
            continue;
        }
        append_char(out, c, flags, &column);
        i += (size_t)g_utf8_skip[byte]; /* it is valid, but need not end in a NUL */
    }
    return g_string_free(out, FALSE);
}

char *safe_json(const char *text)
{
    GString *out = g_string_sized_new(256);
    for (const char *p = text; *p;) {
        const char *plain = p;
        while (*p >= 0x20 && *p < 0x7f)
            p++;
        g_string_append_len(out, plain, p - plain);
        if (!*p)
            break;
        gunichar c = g_utf8_get_char(p);
        p = g_utf8_find_next_char(p, NULL);
        if (!safe_is_hostile(c))
            g_string_append_unichar(out, c);
        else if (c < 0x10000)
            g_string_append_printf(out, "\\u%04x", c);
        else /* RFC 8259 7: a pair of surrogates */
            g_string_append_printf(out, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10),
                                   0xdc00 + ((c - 0x10000) & 0x3ff));
    }
    return g_string_free(out, FALSE);
}
