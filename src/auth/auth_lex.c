/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of an authentication field: see auth_lex.h. */
#include "auth/auth_lex.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void skip(AuthLex *lex, gsize n)
{
    lex->rest = span_sub(lex->rest, n, lex->rest.n);
}

/* The length of a quoted string that begins at @at, to its end or that of the field. */
static gsize quoted_length(AuthLex *lex, gsize at)
{
    Span s = lex->rest;
    gsize i = at + 1;
    while (i < s.n && s.p[i] != '"')
        i += s.p[i] == '\\' && i + 1 < s.n ? 2 : 1;
    if (i >= s.n) {
        lex->clean = false;
        return s.n - at;
    }
    return i + 1 - at;
}

bool auth_lex_comment(AuthLex *lex, Span *comment)
{
    gsize i = 0, depth = 0, quotes = 0;
    while (i < lex->rest.n && is_blank(lex->rest.p[i]))
        i++;
    skip(lex, i);
    Span s = lex->rest;
    if (s.n == 0 || s.p[0] != '(')
        return false;
    for (i = 0; i < s.n; i++) {
        if (s.p[i] == '\\')
            i++;
        else if (s.p[i] == '"')
            quotes++;
        else if (s.p[i] == '(')
            depth++;
        else if (s.p[i] == ')' && --depth == 0)
            break;
    }
    i = MIN(i, s.n);
    if (i == s.n || quotes % 2)
        lex->clean = false;
    *comment = span_sub(s, 1, i - 1);
    skip(lex, i + 1);
    return true;
}

bool auth_lex_at_end(const AuthLex *lex)
{
    return lex->rest.n == 0 || lex->rest.p[0] == ';';
}

bool auth_lex_next_part(AuthLex *lex)
{
    if (lex->rest.n == 0)
        return false;
    skip(lex, 1);
    return true;
}

/* Takes a run of bytes up to white space, a semicolon, a comment or one of @stop; quoted strings
 * count whole. */
static Span take_word(AuthLex *lex, char stop)
{
    Span s = lex->rest;
    gsize n = 0;
    while (n < s.n && !is_blank(s.p[n]) && s.p[n] != ';' && s.p[n] != '(' && s.p[n] != stop) {
        if (s.p[n] == ')')
            lex->clean = false;
        n += s.p[n] == '"' ? quoted_length(lex, n) : 1;
    }
    skip(lex, n);
    return (Span){s.p, n};
}

AuthPair auth_lex_pair(AuthLex *lex)
{
    AuthPair pair = {take_word(lex, '='), {lex->rest.p, 0}, false};
    Span comment;
    while (auth_lex_comment(lex, &comment))
        ;
    if (lex->rest.n == 0 || lex->rest.p[0] != '=')
        return pair;
    skip(lex, 1);
    while (auth_lex_comment(lex, &comment))
        ;
    pair.has_value = true;
    pair.value = take_word(lex, ';');
    return pair;
}

Span auth_lex_word(AuthLex *lex)
{
    return take_word(lex, ';');
}

char *auth_value_text(Span value)
{
    Span s = span_trim(value);
    if (s.n >= 2 && s.p[0] == '<' && s.p[s.n - 1] == '>')
        s = span_sub(s, 1, s.n - 2);
    AuthLex whole = {s, true};
    bool quoted = s.n >= 2 && s.p[0] == '"' && quoted_length(&whole, 0) == s.n && whole.clean;
    if (!quoted)
        return span_dup_utf8(s);
    GString *text = g_string_sized_new(s.n);
    for (gsize i = 1; i + 1 < s.n; i++) {
        if (s.p[i] == '\\' && i + 2 < s.n)
            i++;
        g_string_append_c(text, s.p[i]);
    }
    char *valid = span_dup_utf8((Span){text->str, text->len});
    g_string_free(text, TRUE);
    return valid;
}
