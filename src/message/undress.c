/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes off what mail is pasted or kept in: see undress.h. Each step looks at the text and either
 * replaces it or leaves it. */
#include "message/undress.h"

#include <string.h>

#include "message/tame.h"

static void note(GString *shape, const char *what)
{
    if (!strstr(shape->str, what))
        g_string_append_printf(shape, "%s%s", shape->len ? ", " : "", what);
}

/* UTF-16 by its byte order mark, or by NULs in every other byte. */
static const char *utf16_name(const GString *text)
{
    gsize even = 0, odd = 0, n = MIN(text->len, 200);
    const guint8 *p = (const guint8 *)text->str;
    if (n < 4)
        return NULL;
    if (p[0] == 0xff && p[1] == 0xfe)
        return "UTF-16LE";
    if (p[0] == 0xfe && p[1] == 0xff)
        return "UTF-16BE";
    for (gsize i = 0; i < n; i++)
        if (p[i] == 0)
            *(i % 2 ? &odd : &even) += 1;
    if (odd > n * 2 / 5 && even == 0)
        return "UTF-16LE";
    return even > n * 2 / 5 && odd == 0 ? "UTF-16BE" : NULL;
}

static void take_utf16(GString *text, GString *shape)
{
    const char *name = utf16_name(text);
    gsize length = 0;
    if (!name)
        return;
    g_autofree char *utf8 = g_convert_with_fallback(text->str, (gssize)(text->len & ~(gsize)1),
                                                    "UTF-8", name, "?", NULL, &length, NULL);
    if (!utf8)
        return;
    g_string_truncate(text, 0);
    g_string_append_len(text, utf8, (gssize)length);
    note(shape, "UTF-16");
}

static void take_mark(GString *text, GString *shape)
{
    if (text->len >= 3 && memcmp(text->str, "\xef\xbb\xbf", 3) == 0) {
        g_string_erase(text, 0, 3);
        note(shape, "byte order mark");
    }
}

/* Bare CRs as line ends: where the first lines have them and no LF. */
static void take_bare_cr(GString *text, GString *shape)
{
    const char *cr = memchr(text->str, '\r', text->len);
    if (!cr || (gsize)(cr - text->str) + 1 >= text->len || cr[1] == '\n' ||
        memchr(text->str, '\n', (gsize)(cr - text->str)))
        return;
    bool any = false;
    for (gsize i = 0; i < text->len; i++)
        if (text->str[i] == '\r' && (i + 1 == text->len || text->str[i + 1] != '\n')) {
            if (i > 0 && text->str[i - 1] == '\n' && !any)
                continue;
            text->str[i] = '\n';
            any = true;
        }
    if (any)
        note(shape, "bare CR");
}

/* Length of blank lines at the start. */
static gsize blank_lines(const GString *text)
{
    Span rest = {text->str, text->len}, line;
    gsize length = 0;
    while (span_line(&rest, &line)) {
        if (span_trim(line).n)
            break;
        length = text->len - rest.n;
    }
    return length;
}

static void take_start(GString *text, GString *shape)
{
    gsize n = blank_lines(text);
    if (n && n < text->len) {
        g_string_erase(text, 0, (gssize)n);
        note(shape, "leading blank lines");
    }
    Span s = {text->str, text->len}, line;
    if ((span_istarts(s, "From ") || span_istarts(s, ">From ")) && s.p[s.p[0] == '>'] == 'F' &&
        span_line(&s, &line) && !memchr(line.p, ':', MIN(line.n, 5))) {
        g_string_erase(text, 0, (gssize)(text->len - s.n));
        note(shape, "mbox");
    }
}

/* "Name: " at the start of @line. */
static bool is_header(Span line)
{
    gsize n = 0;
    while (n < line.n && (g_ascii_isalnum(line.p[n]) || line.p[n] == '-' || line.p[n] == '_'))
        n++;
    return n > 1 && n < line.n && line.p[n] == ':' && (n + 1 == line.n || line.p[n + 1] != '/');
}

/* White space before the first line: @line without it must be a header. */
static gsize indentation(Span line)
{
    gsize n = 0;
    while (n < line.n && (line.p[n] == ' ' || line.p[n] == '\t'))
        n++;
    return n && (is_header(span_sub(line, n, line.n)) ||
                 span_istarts(span_sub(line, n, line.n), "From "))
               ? n
               : 0;
}

/* Rewrites each line by @take, which returns how many bytes go from its front. */
static void rewrite(GString *text, gsize (*take)(Span line, gsize n), gsize n)
{
    GString *out = g_string_sized_new(text->len);
    Span rest = {text->str, text->len}, line;
    const char *start = rest.p;
    while (span_line(&rest, &line)) {
        gsize skip = take(line, n);
        gsize whole = (gsize)(rest.p - start); /* with the line's end */
        g_string_append_len(out, start + skip, (gssize)(whole - skip));
        start = rest.p;
    }
    g_string_assign(text, "");
    g_string_append_len(text, out->str, (gssize)out->len);
    g_string_free(out, TRUE);
}

static gsize take_indent(Span line, gsize n)
{
    gsize i = 0;
    while (i < n && i < line.n && (line.p[i] == ' ' || line.p[i] == '\t'))
        i++;
    return i;
}

static gsize take_quote(Span line, gsize n)
{
    (void)n;
    gsize i = 0;
    while (i < line.n && i < 3 && line.p[i] == ' ')
        i++;
    if (i == line.n || line.p[i] != '>')
        return 0;
    i++;
    return i < line.n && line.p[i] == ' ' ? i + 1 : i;
}

/* Two of the first three lines at least must show the quoting, so that one ">" harms nothing. */
static bool is_quoted(const GString *text)
{
    Span rest = {text->str, text->len}, line;
    int seen = 0, quoted = 0;
    bool header = false;
    while (seen < 3 && span_line(&rest, &line)) {
        gsize n = take_quote(line, 0);
        Span inside = span_sub(line, n, line.n);
        seen++;
        quoted += n > 0;
        header = header || (n > 0 && (is_header(span_trim(inside)) || take_quote(inside, 0)));
    }
    return header && quoted >= 2;
}

static bool take_layer(GString *text, GString *shape)
{
    Span rest = {text->str, text->len}, line;
    if (!span_line(&rest, &line))
        return false;
    gsize n = indentation(line);
    if (n) {
        rewrite(text, take_indent, n);
        note(shape, "indented");
        return true;
    }
    if (is_quoted(text)) {
        rewrite(text, take_quote, 0);
        note(shape, "quoted");
        return true;
    }
    return false;
}

/* A NUL ends a header for the parser: it becomes "?" there. Bodies keep theirs. */
static void take_nuls(GString *text)
{
    if (!memchr(text->str, '\0', text->len))
        return;
    for (gsize i = 0; i < text->len; i++) {
        char c = text->str[i];
        if (c == '\n' && i + 1 < text->len &&
            (text->str[i + 1] == '\n' ||
             (text->str[i + 1] == '\r' && i + 2 < text->len && text->str[i + 2] == '\n')))
            return;
        if (c == '\0')
            text->str[i] = '?';
    }
}

/* "Name:" of letters, digits and hyphens, or white space: what may begin a line of a header. */
static bool begins_header_line(Span line)
{
    gsize n = 0;
    if (line.p[0] == ' ' || line.p[0] == '\t')
        return true;
    while (n < line.n && (g_ascii_isalnum(line.p[n]) || line.p[n] == '-' || line.p[n] == '_'))
        n++;
    return n > 0 && g_ascii_isalpha(line.p[0]) && n < line.n && line.p[n] == ':';
}

/* "Content-Type: message/rfc822" and its relatives, at the start of @line. */
static bool names_message(Span line)
{
    static const char *const types[] = {"message/rfc822", "message/global", "text/rfc822",
                                        "message/news"};
    const char *colon = line.n ? memchr(line.p, ':', MIN(line.n, 20)) : NULL;
    if (!colon || !span_istarts(line, "Content-Type"))
        return false;
    Span type = span_trim(span_sub(line, (gsize)(colon - line.p) + 1, line.n));
    for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
        if (span_istarts(type, types[i]))
            return true;
    return false;
}

/* Attached messages on the way through a text. */
typedef struct Mending {
    enum { OUTSIDE, PART_HEADER, BLANK, INSIDE } state;
    GString *out; /* what was mended so far, NULL until something is */
    gsize copied; /* how much of the text is in @out */
    gsize blank;  /* where the blank lines began that stand first */
    bool waiting; /* there are such */
    gsize indent; /* white space in front of each line of the header */
    bool plain;   /* under a text type: not parsed, so its folding need not be mended */
} Mending;

/* Replaces the text from @from up to @to by @with. */
static void replace_piece(Mending *m, const GString *text, gsize from, gsize to, const char *with)
{
    m->out = m->out ? m->out : g_string_sized_new(text->len + 64);
    g_string_append_len(m->out, text->str + m->copied, (gssize)(from - m->copied));
    g_string_append(m->out, with);
    m->copied = to;
}

/* The first line of an attached message that is not blank. Blank lines and an mbox line before its
 * header would end it for the parser before it began. */
static void begin_message(Mending *m, const GString *text, Span line, gsize at)
{
    bool quoted = line.n && line.p[0] == '>';
    bool mbox = span_istarts(line, "From ") || (quoted && span_istarts(line, ">From "));
    m->indent = indentation(line);
    m->state = INSIDE;
    if (mbox && !memchr(line.p, ':', MIN(line.n, 5))) {
        gsize end = at + line.n;
        while (end < text->len && (text->str[end] == '\r' || text->str[end] == '\n'))
            if (text->str[end++] == '\n')
                break;
        replace_piece(m, text, m->waiting ? m->blank : at, end, "");
        m->state = BLANK;
    } else if (m->waiting && (m->indent || is_header(line))) {
        replace_piece(m, text, m->blank, at, "");
    }
    m->waiting = false;
}

static void mend_line(Mending *m, const GString *text, Span line)
{
    gsize at = (gsize)(line.p - text->str);
    bool boundary = line.n > 2 && line.p[0] == '-' && line.p[1] == '-';
    if (boundary) {
        m->state = OUTSIDE;
    } else if (m->state != INSIDE && names_message(line)) {
        m->state = PART_HEADER;
        m->plain = span_ifind(line, "text/") >= 0;
    } else if (span_trim(line).n == 0) {
        if (m->state == BLANK && !m->waiting) {
            m->waiting = true;
            m->blank = at;
        }
        m->state = m->state == PART_HEADER || m->state == BLANK ? BLANK : OUTSIDE;
        return;
    } else if (m->state == BLANK) {
        begin_message(m, text, line, at);
        if (m->indent)
            replace_piece(m, text, at, at + m->indent, "");
        return;
    } else if (m->state == INSIDE && m->indent) {
        gsize n = take_indent(line, m->indent);
        bool lost = !m->plain && !begins_header_line(span_sub(line, n, line.n));
        replace_piece(m, text, at, at + n, lost ? " " : "");
    } else if (m->state == INSIDE && !m->plain && !begins_header_line(line)) {
        replace_piece(m, text, at, at, " ");
    }
    m->waiting = false;
}

/* Headers of attached messages: what stands in front of them is taken off, as it is of the whole,
 * and folded lines that lost their white space get it back: the parser would drop what continues a
 * line. */
static void mend_attached(GString *text)
{
    Mending mending = {.state = OUTSIDE};
    Span rest = {text->str, text->len}, line;
    if (span_ifind(rest, "message/") < 0 && span_ifind(rest, "text/rfc822") < 0)
        return;
    while (span_line(&rest, &line))
        mend_line(&mending, text, line);
    if (!mending.out)
        return;
    g_string_append_len(mending.out, text->str + mending.copied,
                        (gssize)(text->len - mending.copied));
    g_string_assign(text, "");
    g_string_append_len(text, mending.out->str, (gssize)mending.out->len);
    g_string_free(mending.out, TRUE);
}

GString *undress(Span bytes, char **shape, bool *cut)
{
    GString *text = g_string_new_len(bytes.p, (gssize)bytes.n);
    g_autoptr(GString) names = g_string_new(NULL);
    take_utf16(text, names);
    take_mark(text, names);
    take_bare_cr(text, names);
    take_start(text, names);
    for (int layer = 0; layer < 6 && take_layer(text, names); layer++)
        take_start(text, names);
    take_nuls(text);
    bool tamed = tame(text);
    if (cut)
        *cut = *cut || tamed;
    mend_attached(text);
    *shape = names->len ? g_strdup(names->str) : NULL;
    return text;
}
