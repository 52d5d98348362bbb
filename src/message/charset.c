/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text of parts to UTF-8: see charset.h. */
#include "message/charset.h"

#include <gmime/gmime.h>
#include <string.h>

/* LF ends; NULs and other things that no text holds are kept visible by later stages. */
static char *normalise(const char *text, gsize n)
{
    char *out = g_malloc(n + 1), *w = out;
    for (gsize i = 0; i < n; i++) {
        if (text[i] == '\r') {
            *w++ = '\n';
            i += i + 1 < n && text[i + 1] == '\n';
        } else {
            *w++ = text[i] ? text[i] : '?';
        }
    }
    *w = '\0';
    return out;
}

static char *convert(Span bytes, const char *charset)
{
    gsize length = 0;
    g_autofree char *text = g_convert_with_fallback(bytes.p, (gssize)bytes.n, "UTF-8", charset, "?",
                                                    NULL, &length, NULL);
    return text ? normalise(text, length) : NULL;
}

static bool is_utf8(Span bytes)
{
    while (bytes.n) { /* g_utf8_validate stops at a NUL */
        const char *end = NULL;
        if (g_utf8_validate_len(bytes.p, bytes.n, &end))
            return true;
        if (*end != '\0')
            return false;
        bytes = span_sub(bytes, (gsize)(end - bytes.p) + 1, bytes.n);
    }
    return true;
}

/* ISO-2022-JP and -KR announce themselves (RFC 1468, RFC 1557). */
static const char *escapes(Span bytes)
{
    if (span_find(bytes, "\033$)C") >= 0)
        return "ISO-2022-KR";
    return span_find(bytes, "\033$") >= 0 || span_find(bytes, "\033(J") >= 0 ? "ISO-2022-JP" : NULL;
}

char *charset_decode(Span bytes, const char *charset)
{
    const char *known = charset && *charset ? g_mime_charset_iconv_name(charset) : NULL;
    bool plain = !known || g_ascii_strcasecmp(known, "utf-8") == 0 ||
                 g_ascii_strcasecmp(known, "us-ascii") == 0 ||
                 g_ascii_strcasecmp(known, "ascii") == 0 || strcmp(known, "ANSI_X3.4-1968") == 0;
    char *text = NULL;
    if (!plain)
        text = convert(bytes, known);
    if (!text && escapes(bytes))
        text = convert(bytes, escapes(bytes));
    if (!text && is_utf8(bytes))
        text = normalise(bytes.p, bytes.n);
    if (!text && plain && known && g_ascii_strcasecmp(known, "utf-8") == 0) {
        g_autofree char *valid = g_utf8_make_valid(bytes.p, (gssize)bytes.n);
        text = normalise(valid, strlen(valid));
    }
    if (!text)
        text = convert(bytes, "WINDOWS-1252");
    if (!text)
        text = convert(bytes, "ISO-8859-1");
    if (text && g_utf8_validate(text, -1, NULL))
        return text;
    char *valid = g_utf8_make_valid(text ? text : "", -1);
    g_free(text);
    return valid;
}
