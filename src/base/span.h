/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spans: a piece of a buffer that somebody else owns. All parsers of the program work on spans of
 * one buffer with explicit lengths; nothing relies on a terminating NUL, and mail may contain NULs.
 */
#ifndef NOTME_BASE_SPAN_H
#define NOTME_BASE_SPAN_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct Span {
    const char *p; /* never NULL once made by one of the functions below */
    size_t n;
} Span;

/* A span over a string literal. */
#define SPAN(literal) ((Span){(literal), sizeof(literal) - 1})

/* The span of a NUL-terminated string; NULL gives an empty span. Borrows @text. */
Span span_of(const char *text);
/* @s from offset @from (clamped), at most @n bytes of it. */
Span span_sub(Span s, size_t from, size_t n);
/* @s without white space (SP, HT, CR, LF, FF, VT, NUL) at either end. */
Span span_trim(Span s);
/* Equality; the i-forms compare ASCII letters without case (RFC 5234 strings). */
bool span_eq(Span s, const char *text);
bool span_ieq(Span s, const char *text);
bool span_istarts(Span s, const char *prefix);
bool span_iends(Span s, const char *suffix);
/* Offset of the first occurrence of @needle, or -1. The i-form ignores ASCII case. Linear for the
 * short constant needles it is meant for. */
gssize span_find(Span s, const char *needle);
gssize span_ifind(Span s, const char *needle);
/* Takes the next line off @rest into @line without its end (LF, CRLF or a bare CR); false at the
 * end. */
bool span_line(Span *rest, Span *line);
/* Nothing but ASCII, and no NUL. */
bool span_is_ascii(Span s);
/* g_ascii_tolower(), without a call for each letter. */
static inline char span_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}
/* A NUL-terminated copy (NUL bytes inside become '?'). The caller frees it with g_free. */
char *span_dup(Span s);
/* One line of @text, which is valid UTF-8: its white space as blanks, none at its ends, and no more
 * than @most bytes, cut between characters. NULL for NULL; the caller frees it. */
char *span_dup_line(const char *text, size_t most);
/* As span_dup, but invalid UTF-8 is replaced by U+FFFD: safe to put into JSON. */
char *span_dup_utf8(Span s);

#endif
