/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spans: see span.h. */
#include "base/span.h"

#include <string.h>

Span span_of(const char *text)
{
    return text ? (Span){text, strlen(text)} : SPAN("");
}

Span span_sub(Span s, size_t from, size_t n)
{
    from = MIN(from, s.n);
    return (Span){s.p + from, MIN(n, s.n - from)};
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';
}

Span span_trim(Span s)
{
    while (s.n && is_blank(s.p[0]))
        s = span_sub(s, 1, s.n);
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

bool span_eq(Span s, const char *text)
{
    return s.n == strlen(text) && memcmp(s.p, text, s.n) == 0;
}

/* Letters that differ in case only differ in one bit: what differs in others is no match, which is
 * nearly all that is ever compared. */
static bool may_match(char a, char b)
{
    return ((a ^ b) & ~0x20) == 0;
}

static bool letters_match(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (a[i] != b[i] && ((a[i] ^ b[i]) != 0x20 || !g_ascii_isalpha(a[i])))
            return false;
    return true;
}

bool span_ieq(Span s, const char *text)
{
    if (s.n && !may_match(*s.p, *text))
        return false;
    return s.n == strlen(text) && letters_match(s.p, text, s.n);
}

bool span_istarts(Span s, const char *prefix)
{
    if (s.n && *prefix && !may_match(*s.p, *prefix))
        return false;
    size_t n = strlen(prefix);
    return s.n >= n && letters_match(s.p, prefix, n);
}

bool span_iends(Span s, const char *suffix)
{
    size_t n = strlen(suffix);
    return s.n >= n && letters_match(s.p + s.n - n, suffix, n);
}

gssize span_find(Span s, const char *needle)
{
    size_t n = strlen(needle);
    if (n == 0)
        return 0;
    const char *end = s.p + s.n;
    for (const char *at = s.p; (size_t)(end - at) >= n; at++) {
        at = memchr(at, needle[0], (size_t)(end - at) - n + 1);
        if (!at)
            return -1;
        if (memcmp(at, needle, n) == 0)
            return at - s.p;
    }
    return -1;
}

gssize span_ifind(Span s, const char *needle)
{
    size_t n = strlen(needle);
    if (n == 0)
        return 0;
    if (s.n < n)
        return -1;
    char low = (char)g_ascii_tolower(needle[0]), up = (char)g_ascii_toupper(needle[0]);
    const char *end = s.p + s.n - n + 1; /* behind the last place where it can begin */
    const char *a = memchr(s.p, low, (size_t)(end - s.p));
    const char *b = low == up ? NULL : memchr(s.p, up, (size_t)(end - s.p));
    while (a || b) {
        const char **next = !b || (a && a < b) ? &a : &b;
        const char *at = *next;
        if (letters_match(at + 1, needle + 1, n - 1))
            return at - s.p;
        *next = memchr(at + 1, *at, (size_t)(end - at - 1));
    }
    return -1;
}

/* The first end of a line in @s, or its length. In steps, so that a text of bare CRs is not
 * searched to its end for each. */
static size_t line_length(Span s)
{
    enum { STEP = 128 };
    for (size_t i = 0; i < s.n; i += STEP) {
        size_t n = MIN(s.n - i, STEP);
        const char *lf = memchr(s.p + i, '\n', n);
        const char *cr = memchr(s.p + i, '\r', lf ? (size_t)(lf - s.p) - i : n);
        if (cr || lf)
            return (size_t)((cr ? cr : lf) - s.p);
    }
    return s.n;
}

bool span_line(Span *rest, Span *line)
{
    if (rest->n == 0)
        return false;
    size_t i = line_length(*rest);
    *line = (Span){rest->p, i};
    if (i < rest->n)
        i += rest->p[i] == '\r' && i + 1 < rest->n && rest->p[i + 1] == '\n' ? 2 : 1;
    *rest = span_sub(*rest, i, rest->n);
    return true;
}

bool span_is_ascii(Span s)
{
    const guint64 ones = G_GUINT64_CONSTANT(0x0101010101010101), tops = ones << 7;
    size_t i = 0;
    for (guint64 eight; i + sizeof eight <= s.n; i += sizeof eight) {
        memcpy(&eight, s.p + i, sizeof eight);
        /* a byte below one borrows from its top bit */
        if ((eight | (eight - ones)) & tops)
            return false;
    }
    for (; i < s.n; i++)
        if ((guchar)(s.p[i] - 1) >= 0x7f)
            return false;
    return true;
}

char *span_dup(Span s)
{
    char *copy = g_malloc(s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        copy[i] = s.p[i] ? s.p[i] : '?';
    copy[s.n] = '\0';
    return copy;
}

char *span_dup_utf8(Span s)
{
    return span_is_ascii(s) ? g_strndup(s.p, s.n) : g_utf8_make_valid(s.p, (gssize)s.n);
}

char *span_dup_line(const char *text, size_t most)
{
    char *line = g_strdup(text);
    if (!line)
        return NULL;
    g_strstrip(g_strdelimit(line, "\t\n\v\f\r", ' '));
    char *cut = strlen(line) > most ? g_utf8_find_prev_char(line, line + most + 1) : NULL;
    if (cut)
        *cut = '\0';
    return line;
}
