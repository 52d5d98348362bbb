/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See json_line.h. */
#include "base/json_line.h"

#include <string.h>

#include "base/safe.h"

enum { DEPTH_MOST = 16 };

typedef struct Line {
    const char *at, *end;
    const char *const *refused;
    int depth;
    char open[DEPTH_MOST]; /* '{' or '[' */
} Line;

static bool take(Line *line, char c)
{
    if (line->at == line->end || *line->at != c)
        return false;
    line->at++;
    return true;
}

/* Behind a backslash. */
static bool take_escape(Line *line)
{
    if (line->at == line->end || !strchr("\"\\/bfnrtu", *line->at) || *line->at == '\0')
        return false;
    if (*line->at++ != 'u')
        return true;
    for (int i = 0; i < 4; i++, line->at++)
        if (line->at == line->end || !g_ascii_isxdigit(*line->at))
            return false;
    return true;
}

/* A character outside ASCII, which may be shown. */
static bool take_wide(Line *line)
{
    gunichar c = g_utf8_get_char_validated(line->at, line->end - line->at);
    if (c == (gunichar)-1 || c == (gunichar)-2 || safe_is_hostile(c))
        return false;
    line->at += g_utf8_skip[(guchar)*line->at];
    return true;
}

static bool take_string(Line *line)
{
    if (!take(line, '"'))
        return false;
    while (line->at < line->end) {
        guchar c = (guchar)*line->at;
        if (c >= 0x80) {
            if (!take_wide(line))
                return false;
            continue;
        }
        if (c < 0x20 || c == 0x7f)
            return false;
        line->at++;
        if (c == '"')
            return true;
        if (c == '\\' && !take_escape(line))
            return false;
    }
    return false;
}

/* The name of a member, and its colon. Those of the outermost object must not be ours. */
static bool take_name(Line *line)
{
    const char *from = line->at + 1;
    if (!take_string(line))
        return false;
    Span name = {from, (gsize)(line->at - from - 1)};
    if (line->depth == 1) {
        if (memchr(name.p, '\\', name.n))
            return false;
        for (const char *const *one = line->refused; *one; one++)
            if (span_eq(name, *one))
                return false;
    }
    return take(line, ':');
}

static bool take_digits(Line *line)
{
    const char *from = line->at;
    while (line->at < line->end && g_ascii_isdigit(*line->at))
        line->at++;
    return line->at > from;
}

static bool take_number(Line *line)
{
    take(line, '-');
    if (!take(line, '0') && !take_digits(line))
        return false;
    return !take(line, '.') || take_digits(line);
}

static bool take_word(Line *line, const char *word)
{
    gsize n = strlen(word);
    if ((gsize)(line->end - line->at) < n || memcmp(line->at, word, n) != 0)
        return false;
    line->at += n;
    return true;
}

static bool take_plain(Line *line)
{
    char c = line->at < line->end ? *line->at : '\0';
    switch (c) {
    case '"':
        return take_string(line);
    case 't':
        return take_word(line, "true");
    case 'f':
        return take_word(line, "false");
    case 'n':
        return take_word(line, "null");
    default:
        return take_number(line);
    }
}

static bool take_open(Line *line)
{
    char c = line->at < line->end ? *line->at : '\0';
    if ((c != '{' && c != '[') || line->depth == DEPTH_MOST)
        return false;
    line->open[line->depth++] = c;
    line->at++;
    return true;
}

/* Closes what ends here. */
static bool take_close(Line *line)
{
    if (line->depth == 0 || !take(line, line->open[line->depth - 1] == '{' ? '}' : ']'))
        return false;
    line->depth--;
    return true;
}

/* A value begins at line->at; what it holds is read without recursion. */
static bool take_value(Line *line)
{
    for (;;) {
        if (take_open(line)) {
            if (!take_close(line)) {
                if (line->open[line->depth - 1] == '{' && !take_name(line))
                    return false;
                continue; /* with its first value */
            }
        } else if (!take_plain(line))
            return false;
        while (take_close(line))
            ;
        if (line->depth == 0)
            return true;
        if (!take(line, ',') || (line->open[line->depth - 1] == '{' && !take_name(line)))
            return false;
    }
}

bool json_line_good(Span text, const char *const *refused)
{
    Line line = {.at = text.p, .end = text.p + text.n, .refused = refused};
    return text.n > 1 && *text.p == '{' && take_value(&line) && line.at == line.end;
}
