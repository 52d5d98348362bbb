/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Canonical forms: see dkim_canon.h. */
#include "dkim/dkim_canon.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Takes a line off @rest. Unlike span_line(), a bare CR is a byte like any other: it was one when
 * the message was signed. */
static bool line_next(Span *rest, Span *line)
{
    if (rest->n == 0)
        return false;
    const char *lf = memchr(rest->p, '\n', rest->n);
    gsize n = lf ? (gsize)(lf - rest->p) : rest->n;
    *line = span_sub(*rest, 0, n);
    *rest = span_sub(*rest, n + 1, rest->n);
    if (lf && line->n && line->p[line->n - 1] == '\r')
        line->n--;
    return true;
}

bool dkim_field_next(Span *rest, DkimField *out)
{
    Span start = *rest, after = *rest, line, next;
    if (!line_next(&after, &line) || line.n == 0 || is_blank(line.p[0]))
        return false;
    const char *colon = memchr(line.p, ':', line.n);
    gsize at = colon ? (gsize)(colon - line.p) : 0, end = line.n;
    out->name = span_trim(span_sub(start, 0, at));
    if (out->name.n == 0)
        return false;
    *rest = after;
    while (line_next(&after, &next) && next.n && is_blank(next.p[0])) {
        end = (gsize)(next.p - start.p) + next.n;
        *rest = after;
    }
    out->raw = span_sub(start, 0, end);
    out->value = span_sub(out->raw, at + 1, end);
    return true;
}

/* Simple: as it is, with CRLF for the line ends of folds. */
static void canon_simple(GString *out, Span raw)
{
    Span line;
    for (bool first = true; line_next(&raw, &line); first = false) {
        if (!first)
            g_string_append(out, "\r\n");
        g_string_append_len(out, line.p, (gssize)line.n);
    }
}

/* Relaxed: runs of white space are one blank, none at either end. */
static void canon_value(GString *out, Span value)
{
    bool blank = false, any = false;
    for (gsize i = 0; i < value.n; i++) {
        char c = value.p[i];
        bool end = c == '\n' || (c == '\r' && i + 1 < value.n && value.p[i + 1] == '\n');
        if (is_blank(c) || end) {
            blank = true;
            continue;
        }
        if (blank && any)
            g_string_append_c(out, ' ');
        g_string_append_c(out, c);
        any = true;
        blank = false;
    }
}

void dkim_canon_field(GString *out, const DkimField *field, bool relaxed)
{
    if (!relaxed) {
        canon_simple(out, field->raw);
        return;
    }
    for (gsize i = 0; i < field->name.n; i++)
        g_string_append_c(out, g_ascii_tolower(field->name.p[i]));
    g_string_append_c(out, ':');
    canon_value(out, field->value);
}

/* Relaxed: one line of the body without blanks at its end, runs of them as one. */
static void line_relax(GString *out, Span line)
{
    bool blank = false;
    g_string_truncate(out, 0);
    for (gsize i = 0; i < line.n; i++) {
        if (is_blank(line.p[i])) {
            blank = true;
            continue;
        }
        if (blank)
            g_string_append_c(out, ' ');
        g_string_append_c(out, line.p[i]);
        blank = false;
    }
}

void dkim_canon_body(Span body, bool relaxed, guint8 digest[SHA256_DIGEST_SIZE])
{
    struct sha256_ctx hash;
    g_autoptr(GString) line = g_string_new(NULL);
    gsize empty = 0;
    bool any = false;
    Span raw;
    sha256_init(&hash);
    while (line_next(&body, &raw)) {
        if (relaxed) {
            line_relax(line, raw);
            raw = (Span){line->str, line->len};
        }
        if (raw.n == 0) { /* counts only where another line follows */
            empty++;
            continue;
        }
        for (; empty; empty--)
            sha256_update(&hash, 2, (const guint8 *)"\r\n");
        sha256_update(&hash, raw.n, (const guint8 *)raw.p);
        sha256_update(&hash, 2, (const guint8 *)"\r\n");
        any = true;
    }
    if (!any && !relaxed)
        sha256_update(&hash, 2, (const guint8 *)"\r\n");
    sha256_digest(&hash, SHA256_DIGEST_SIZE, digest);
}
