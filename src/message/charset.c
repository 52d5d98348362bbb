/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text of parts to UTF-8: see charset.h. */
#include "message/charset.h"

#include <gmime/gmime.h>
#include <string.h>

/* LF ends; NULs and other things that no text holds are kept visible by later stages. A bare CR
 * ends a line only in a text without any LF: else who is quoted in one line could make lines of his
 * own with it. */
static char *normalise(const char *text, gsize n)
{
    char *out = g_malloc(n + 1), *w = out;
    const char bare = memchr(text, '\n', n) ? ' ' : '\n';
    if (!memchr(text, '\r', n) && !memchr(text, '\0', n)) {
        memcpy(out, text, n);
        w += n;
        n = 0;
    }
    for (gsize i = 0; i < n; i++) {
        gsize end = i;
        while (end < n && text[end] == '\r')
            end++;
        if (end > i && end < n && text[end] == '\n') {
            *w++ = '\n';
            i = end;
        } else if (end > i) {
            memset(w, bare, end - i);
            w += end - i;
            i = end - 1;
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
    if (span_is_ascii(bytes))
        return true;
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

/* In which ASCII stands for itself, and nothing else is written with it. */
static bool holds_ascii(const char *charset)
{
    static const char *const families[] = {"iso-8859-", "windows-125", "koi8-"};
    for (gsize i = 0; i < G_N_ELEMENTS(families); i++)
        if (span_istarts(span_of(charset), families[i]))
            return true;
    return false;
}

char *charset_decode(Span bytes, const char *charset)
{
    const char *known = charset && *charset ? g_mime_charset_iconv_name(charset) : NULL;
    bool plain = !known || g_ascii_strcasecmp(known, "utf-8") == 0 ||
                 g_ascii_strcasecmp(known, "us-ascii") == 0 ||
                 g_ascii_strcasecmp(known, "ascii") == 0 || strcmp(known, "ANSI_X3.4-1968") == 0;
    char *text = NULL;
    if (!plain && holds_ascii(known) && span_is_ascii(bytes))
        return normalise(bytes.p, bytes.n);
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
    if (text && is_utf8(span_of(text)))
        return text;
    char *valid = g_utf8_make_valid(text ? text : "", -1);
    g_free(text);
    return valid;
}

void charset_prepare(void)
{
    static const char *const names[] = {
        "ISO-2022-JP",  "SHIFT_JIS",    "EUC-JP",       "CP932",        "EUC-KR",
        "ISO-2022-KR",  "CP949",        "GB2312",       "GBK",          "GB18030",
        "BIG5",         "KOI8-R",       "KOI8-U",       "WINDOWS-1250", "WINDOWS-1251",
        "WINDOWS-1252", "WINDOWS-1253", "WINDOWS-1254", "WINDOWS-1255", "WINDOWS-1256",
        "WINDOWS-1257", "WINDOWS-1258", "ISO-8859-1",   "ISO-8859-2",   "ISO-8859-3",
        "ISO-8859-4",   "ISO-8859-5",   "ISO-8859-6",   "ISO-8859-7",   "ISO-8859-8",
        "ISO-8859-9",   "ISO-8859-10",  "ISO-8859-13",  "ISO-8859-14",  "ISO-8859-15",
        "ISO-8859-16",  "UTF-7",        "UTF-16",       "UTF-16LE",     "UTF-16BE",
        "TIS-620",      "US-ASCII",     "UTF-8",        "CP850",        "CP866"};
    /* never closed: the C library lets go of what nothing holds open */
    static GIConv kept[G_N_ELEMENTS(names) + 1];
    if (kept[0])
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        kept[i] = g_iconv_open("UTF-8", names[i]);
    /* headers are decoded in steps over UTF-8 */
    kept[G_N_ELEMENTS(names)] = g_iconv_open("UCS-4LE", "UTF-8");
}
