/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characters as ncurses measures them, or cells and terminal would drift apart; unknown ones are
 * replaced. */
#include "screen/text.h"

#include <string.h>

#include "base/columns.h"
#include "base/safe.h"

static bool is_plain(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || (unsigned char)*text >= 0x7f)
            return false;
    return true;
}

char *text_shown(const char *text, bool utf8)
{
    return is_plain(text) ? g_strdup(text)
                          : safe_text(span_of(text), utf8 ? SAFE_LINE : SAFE_LINE | SAFE_ASCII);
}

int text_cell(const char **p, char cell[13])
{
    const char *start = *p;
    gunichar c = g_utf8_get_char(start);
    int width = columns_of(c);
    const char *end = g_utf8_find_next_char(start, NULL);
    if (width <= 0) {
        /* Nothing to combine with, or of unknown width. */
        *p = end;
        if (cell)
            strcpy(cell, "?");
        return 1;
    }
    while (*end) {
        const char *next = g_utf8_find_next_char(end, NULL);
        if (columns_of(g_utf8_get_char(end)) != 0)
            break;
        end = next;
    }
    if (cell) {
        const char *fits = end;
        while (fits - start > 12)
            fits = g_utf8_find_prev_char(start, fits);
        memcpy(cell, start, (gsize)(fits - start));
        cell[fits - start] = '\0';
    }
    *p = end;
    return width;
}

int text_width(const char *text, bool utf8)
{
    g_autofree char *shown = is_plain(text) ? NULL : text_shown(text, utf8);
    int width = 0;
    if (!shown)
        return (int)strlen(text);
    for (const char *p = shown; *p;)
        width += text_cell(&p, NULL);
    return width;
}
