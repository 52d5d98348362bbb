/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a line of a bounce begins with: see line_head.h. */
#include "bounce/line_head.h"

#include <string.h>

#include "base/address.h"
#include "words/labels.h"
#include "words/reply.h"

/* Longest name of a local user (RFC 5321 4.5.3.1.1). */
#define NAME_MAX_LOCAL 64
/* Exim (transport.c, moan.c of 4.x) indents a recipient by two columns, what is said of it by four.
 */
#define EXIM_INDENT 2
/* Longest line that is a name and an address. */
#define NAMED_MAX 400
/* Longest "on" in front of a date, and word behind it ("AM", "Uhr"), in bytes. */
#define PREPOSITION_MAX 12
#define SHORT_WORD      6

/* @line without the number of a list: "1. ", "02) ". */
static Span unnumbered(Span line)
{
    gsize n = 0;
    while (n < line.n && n < 4 && g_ascii_isdigit(line.p[n]))
        n++;
    if (n == 0 || n + 2 >= line.n || !strchr(".)", line.p[n]) || line.p[n + 1] != ' ')
        return line;
    return span_trim(span_sub(line, n + 2, line.n));
}

char *line_head_address(Span line, Span *rest)
{
    static const char *const labels[] = {"mailto:", "smtp:", "rfc822;", "rfc822:", "to:", "addr:"};
    gsize i = 0;
    while (i < line.n && strchr("*->o ", line.p[i]) && line.p[i] &&
           (line.p[i] != 'o' || (i + 1 < line.n && line.p[i + 1] == ' ')))
        i++;
    if (g_str_has_prefix(line.p + i, "•") && line.n - i > 3)
        i += 3;
    Span s = unnumbered(span_trim(span_sub(line, i, line.n)));
    if (span_istarts(s, "[smtp:")) /* MailEnable's */
        s = span_sub(s, 1, s.n);
    bool angle = s.n && s.p[0] == '<', quote = s.n && (s.p[0] == '\'' || s.p[0] == '"');
    if (angle || (quote && s.n > 1 && label_is_local(s.p[1])))
        s = span_sub(s, 1, s.n);
    for (gsize k = 0; k < 4; k++)
        if (span_istarts(s, labels[k]) && (k > 1 || angle || !quote))
            s = span_trim(span_sub(s, strlen(labels[k]), s.n));
    gsize n = label_bare_length(s);
    if (n == 0 && quote) /* a quoted local part after all */
        n = label_bare_length(s = span_trim(span_sub(line, i, line.n)));
    if (n == 0)
        return NULL;
    char *address = span_dup_utf8(span_sub(s, 0, n));
    s = span_sub(s, n, s.n);
    while (s.n && s.p[0] && strchr("'\">]", s.p[0]))
        s = span_sub(s, 1, s.n);
    *rest = s;
    return address;
}

static bool is_weekday(Span s)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++)
        if (span_istarts(s, days[i]))
            return true;
    return s.n && g_ascii_isdigit(s.p[0]);
}

/* "am 02.03.2026 09:40", "le 02/03/2026 9:40 AM": Exchange 2003 says when, in its language. */
static bool is_moment(Span s)
{
    gsize n = 0, digits = 0, word = 0;
    while (n < s.n && n <= PREPOSITION_MAX && s.p[n] != ' ' && !g_ascii_isdigit(s.p[n]))
        n++;
    if (n == 0 || n > PREPOSITION_MAX || n + 1 >= s.n || !g_ascii_isdigit(s.p[n + 1]))
        return false;
    for (n++; n < s.n; n++) {
        bool digit = g_ascii_isdigit(s.p[n]), mark = strchr(" ./:-,", s.p[n]) != NULL;
        digits += digit;
        word = digit || mark ? 0 : word + 1;
        if (word > SHORT_WORD)
            return false;
    }
    return digits >= 8;
}

bool line_head_entry(Span *rest)
{
    Span s = span_trim(*rest);
    Reply reply;
    *rest = s;
    if (s.n == 0)
        return true;
    if (s.p[0] == ':' || s.p[0] == ';') {
        *rest = span_trim(span_sub(s, 1, s.n));
        return true;
    }
    if (span_istarts(s, "...") || s.p[0] == '[' || s.p[0] == '(')
        return true;
    if (s.p[0] == '<') {
        gssize close = span_find(s, ">");
        *rest = close > 0 ? span_trim(span_sub(s, (gsize)close + 1, s.n)) : SPAN("");
        if (rest->n && rest->p[0] == ':')
            *rest = span_trim(span_sub(*rest, 1, rest->n));
        return close > 0;
    }
    if ((span_istarts(s, "on ") && is_weekday(span_sub(s, 3, s.n))) || is_moment(s)) {
        *rest = SPAN("");
        return true;
    }
    if (span_istarts(s, "- ")) {
        *rest = span_trim(span_sub(s, 1, s.n));
        return true;
    }
    return reply_find(s, &reply);
}

/* A name of a local user or mailbox: no domain, no mark of HTML. */
static gsize name_length(Span s)
{
    gsize n = 0;
    while (n < s.n && n <= NAME_MAX_LOCAL && label_is_local(s.p[n]) && s.p[n] != '=')
        n++;
    return n && n <= NAME_MAX_LOCAL && g_ascii_isalnum(s.p[0]) ? n : 0;
}

/* "<userx>: …", "<userx>... …", "<userx>" over a deeper line. */
static char *name_in_angle(Span line, bool deeper, Span *rest)
{
    gsize n = name_length(span_sub(line, 1, line.n));
    if (!n || n + 1 >= line.n || line.p[n + 1] != '>')
        return NULL;
    Span behind = span_trim(span_sub(line, n + 2, line.n));
    if (behind.n ? behind.p[0] != ':' && !span_istarts(behind, "...") : !deeper)
        return NULL;
    *rest = behind;
    return span_dup_utf8(span_sub(line, 1, n));
}

/* "|/usr/bin/vacation kim" over a deeper line: an alias fed a program. */
static char *program(Span line, bool deeper)
{
    Span s = line;
    if (s.n > 2 && s.p[0] == '"' && s.p[s.n - 1] == '"')
        s = span_sub(s, 1, s.n - 2);
    return deeper && s.n > 2 && s.n <= ADDRESS_MAX && s.p[0] == '|' &&
                   (s.p[1] == '/' || s.p[1] == '"' || g_ascii_isalpha(s.p[1]))
               ? span_dup_utf8(s)
               : NULL;
}

char *line_head_name(Span line, guint indent, guint next_indent, Span *rest)
{
    bool deeper = next_indent > indent;
    *rest = (Span){"", 0};
    if (line.n > 2 && indent == 0 && line.p[0] == '<')
        return name_in_angle(line, deeper, rest);
    if (indent == 0 || indent == EXIM_INDENT) {
        char *name = program(line, deeper);
        if (name)
            return name;
    }
    gsize n = indent == EXIM_INDENT && next_indent == 2 * EXIM_INDENT ? name_length(line) : 0;
    Span behind = span_sub(line, n, line.n);
    if (!n || (behind.n && !(behind.n == 1 && behind.p[0] == ':')))
        return NULL;
    *rest = behind;
    return span_dup_utf8(span_sub(line, 0, n));
}

char *line_head_named(Span line)
{
    char close = line.n && line.n <= NAMED_MAX ? line.p[line.n - 1] : '\0';
    gsize open = line.n;
    if (close != '>' && close != ')')
        return NULL;
    while (open && line.p[open - 1] != (close == '>' ? '<' : '('))
        open--;
    if (open < 2 || memchr(line.p, ':', open) || memchr(line.p, '@', open))
        return NULL;
    Span inside = span_sub(line, open, line.n - open - 1);
    return inside.n && label_bare_length(inside) == inside.n ? span_dup_utf8(inside) : NULL;
}
