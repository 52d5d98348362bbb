/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as lines, and text folded for comparing. */
#include "words/text.h"

#include <string.h>

/* Most of a greeting, and of the name that it may hold. */
#define GREETING_MAX 200

GArray *text_lines(Span text)
{
    GArray *lines = g_array_new(FALSE, TRUE, sizeof(Line));
    Span rest = text, raw;
    while (lines->len < TEXT_LINES_MAX && span_line(&rest, &raw)) {
        Line line = {span_trim(raw), 0, false};
        for (gsize i = 0; i < raw.n && (raw.p[i] == ' ' || raw.p[i] == '\t'); i++)
            line.indent = raw.p[i] == '\t' ? (line.indent / 8 + 1) * 8 : line.indent + 1;
        g_array_append_val(lines, line);
    }
    return lines;
}

static bool is_blank(gunichar c)
{
    return c <= ' ' || c == 0xa0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200b);
}

/* The character at the start of @text, which is not ASCII, to *@out: quotes as their plain kin,
 * letters small, nothing for a blank. Its length is returned. */
static gsize fold_wide(Span text, char **out, bool *gap)
{
    gunichar wide = g_utf8_get_char_validated(text.p, (gssize)text.n);
    if (wide == (gunichar)-1 || wide == (gunichar)-2)
        return 1;
    gsize length = (gsize)g_unichar_to_utf8(wide, NULL);
    if (is_blank(wide)) {
        *gap = true;
        return length;
    }
    if (*gap)
        *(*out)++ = ' ';
    *gap = false;
    if (wide == 0x2018 || wide == 0x2019)
        *(*out)++ = '\'';
    else
        *out += g_unichar_to_utf8(g_unichar_tolower(wide), *out);
    return length;
}

char *text_fold(Span text)
{
    gsize n = MIN(text.n, TEXT_BYTES_MAX);
    /* a small letter is at most one byte longer than its capital of two */
    char *out = g_malloc(n + n / 2 + 2), *w = out;
    bool gap = false; /* a blank stands before the next letter */
    for (gsize i = 0; i < n;) {
        char c = text.p[i];
        if ((guchar)c >= 0x80) {
            i += fold_wide(span_sub(text, i, n - i), &w, &gap);
        } else if (c <= ' ') {
            gap = true;
            i++;
        } else {
            if (gap)
                *w++ = ' ';
            gap = false;
            *w++ = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
            i++;
        }
        gap = gap && w > out;
    }
    *w = '\0';
    return out;
}

/* Whether @line cannot begin a line of a header: a soft line break cut a word or a blank before it.
 */
static bool is_torn(Span line)
{
    gsize n = 0;
    while (n < line.n && (g_ascii_isalnum(line.p[n]) || line.p[n] == '-' || line.p[n] == '_'))
        n++;
    return line.n && line.p[0] != ' ' && line.p[0] != '\t' &&
           !(n && n < line.n && line.p[n] == ':');
}

char *text_harden(Span text)
{
    Span rest = text, line, next;
    guint soft = 0;
    while (span_line(&rest, &line)) {
        Span after = rest;
        if (line.n && line.p[line.n - 1] == '=' && span_line(&after, &next) && is_torn(next))
            soft++;
    }
    if (soft < 2 && !(soft && span_find(text, "=3D") >= 0))
        return NULL;
    GString *out = g_string_sized_new(text.n);
    for (gsize i = 0; i < text.n; i++) {
        bool hex =
            i + 2 < text.n && g_ascii_isxdigit(text.p[i + 1]) && g_ascii_isxdigit(text.p[i + 2]);
        if (text.p[i] == '=' && i + 1 < text.n && text.p[i + 1] == '\n') {
            i++;
        } else if (text.p[i] == '=' && hex) {
            int c = g_ascii_xdigit_value(text.p[i + 1]) * 16 + g_ascii_xdigit_value(text.p[i + 2]);
            g_string_append_c(out, c ? (char)c : '?');
            i += 2;
        } else {
            g_string_append_c(out, text.p[i]);
        }
    }
    return g_string_free(out, FALSE);
}

bool text_greets(Span text, Span names)
{
    Span line = {"", 0}, rest = text;
    while (span_line(&rest, &line) && span_trim(line).n == 0)
        ;
    g_autofree char *folded = text_fold(span_sub(names, 0, GREETING_MAX));
    g_autofree char *first = text_fold(span_sub(line, 0, GREETING_MAX));
    gsize n = strchr(first, '@') ? 0 : strcspn(folded, "@");
    for (gsize i = 0, word = 0; i < n; i += word + 1) {
        for (word = 0; i + word < n; word++)
            if (!g_ascii_isalpha(folded[i + word]) && (guchar)folded[i + word] < 0x80)
                break;
        g_autofree char *name = g_strndup(folded + i, word);
        if (word >= 3 && strstr(first, name))
            return true;
    }
    return false;
}

bool text_asks(Span text)
{
    for (gsize i = 1; i < text.n; i++)
        if (text.p[i] == '?' && (i + 1 == text.n || g_ascii_isspace(text.p[i + 1])))
            return true;
    return false;
}
