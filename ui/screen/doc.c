/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of pieces with roles: wrapping, cutting, drawing. */
#include "screen/doc.h"

#include <stdarg.h>
#include <string.h>

#include "base/span.h"
#include "screen/text.h"

/* A raw source may be long; the rest is told to be there. */
enum { MOST_LINES = 200000 };

typedef struct Piece {
    Role role;
    char *text; /* safe already */
} Piece;

struct Doc {
    int width;
    bool utf8;
    int column;
    bool full;        /* lines were dropped */
    GPtrArray *lines; /* of GArray of Piece; the last is open */
};

static void piece_clear(gpointer data)
{
    g_free(((Piece *)data)->text);
}

static void line_new(Doc *doc)
{
    GArray *line = g_array_new(FALSE, FALSE, sizeof(Piece));
    g_array_set_clear_func(line, piece_clear);
    g_ptr_array_add(doc->lines, line);
    doc->column = 0;
}

static void line_free(gpointer line)
{
    g_array_unref(line);
}

Doc *doc_new(int width, bool utf8)
{
    Doc *doc = g_new0(Doc, 1);
    doc->width = MAX(width, 1);
    doc->utf8 = utf8;
    doc->lines = g_ptr_array_new_with_free_func(line_free);
    line_new(doc);
    return doc;
}

void doc_free(Doc *doc)
{
    if (!doc)
        return;
    g_ptr_array_unref(doc->lines);
    g_free(doc);
}

int doc_width(const Doc *doc)
{
    return doc->width;
}

bool doc_utf8(const Doc *doc)
{
    return doc->utf8;
}

int doc_lines(const Doc *doc)
{
    return (int)doc->lines->len - 1;
}

int doc_column(const Doc *doc)
{
    return doc->column;
}

void doc_end(Doc *doc)
{
    if (doc->lines->len < MOST_LINES)
        line_new(doc);
    else {
        g_array_set_size(doc->lines->pdata[doc->lines->len - 1], 0);
        doc->column = 0;
        doc->full = true;
    }
}

bool doc_is_full(const Doc *doc)
{
    return doc->full;
}

static void line_add(Doc *doc, Role role, char *text, int width)
{
    Piece piece = {role, text};
    g_array_append_val(doc->lines->pdata[doc->lines->len - 1], piece);
    doc->column += width;
}

/* How many bytes of @text fit into @width columns; *@used is their width. */
static gsize fitting(const char *text, int width, int *used)
{
    const char *p = text;
    *used = 0;
    while (*p) {
        const char *next = p;
        int w = text_cell(&next, NULL);
        if (*used + w > width)
            break;
        *used += w;
        p = next;
    }
    return (gsize)(p - text);
}

static void put_shown(Doc *doc, Role role, const char *shown, int end, bool tell)
{
    int used, room = end - doc->column;
    gsize n = fitting(shown, MAX(room, 0), &used);
    if (room <= 0)
        return;
    if (!shown[n] || !tell) {
        line_add(doc, role, g_strndup(shown, n), used);
        return;
    }
    n = fitting(shown, room - 1, &used);
    g_autofree char *part = g_strndup(shown, n);
    line_add(doc, role, g_strconcat(part, doc->utf8 ? "…" : "~", NULL), used + 1);
}

void doc_put(Doc *doc, Role role, const char *text)
{
    doc_put_to(doc, role, text, doc->width);
}

void doc_put_to(Doc *doc, Role role, const char *text, int column)
{
    g_autofree char *shown = text_shown(text, doc->utf8);
    put_shown(doc, role, shown, MIN(column, doc->width), true);
}

void doc_printf(Doc *doc, Role role, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    doc_put(doc, role, text);
}

void doc_tab(Doc *doc, int column, int least)
{
    doc_tab_as(doc, ROLE_NORMAL, column, least);
}

void doc_tab_as(Doc *doc, Role role, int column, int least)
{
    int n = MAX(column - doc->column, least);
    g_autofree char *blanks = g_strnfill((gsize)MAX(n, 0), ' ');
    put_shown(doc, role, blanks, doc->width, false);
}

/* A line does not end with a word of one character, such as a key: it belongs to what follows. @n:
 * where the line would be broken. */
static gsize break_before_key(const char *text, gsize n)
{
    gsize end = n;
    while (end > 0 && text[end - 1] == ' ')
        end--;
    return end > 2 && text[end - 2] == ' ' ? end - 1 : n;
}

/* Bytes to take onto a line of @room columns: up to the last blank, or what fits. */
static gsize break_at(const char *text, int room, bool fresh)
{
    int used;
    gsize n = fitting(text, room, &used);
    if (!text[n])
        return n;
    if (text[n] == ' ')
        return break_before_key(text, n);
    for (gsize k = n; k > 0; k--)
        if (text[k - 1] == ' ')
            return break_before_key(text, k);
    return fresh ? MAX(n, 1) : 0;
}

void doc_wrap(Doc *doc, Role role, const char *text, int indent)
{
    g_autofree char *shown = text_shown(text, doc->utf8);
    const char *p = shown;
    indent = doc->width - indent < 8 ? 0 : indent;
    while (*p && !doc->full) {
        gsize n = break_at(p, doc->width - doc->column, doc->column <= indent);
        g_autofree char *part = g_strndup(p, n);
        put_shown(doc, role, part, doc->width, false);
        if (n == 0 && doc->column <= indent)
            break; /* not even one fits, on a line of its own */
        for (p += n; *p == ' '; p++)
            ;
        if (*p) {
            doc_end(doc);
            doc_tab(doc, indent, 0);
        }
    }
}

void doc_field(Doc *doc, const char *label, int column, Role role, const char *text)
{
    doc_tab(doc, 1, 0);
    doc_put(doc, ROLE_DIM, label);
    doc_tab(doc, column, 1);
    doc_wrap(doc, role, text, column);
    doc_end(doc);
}

void doc_rule(Doc *doc, Role role, Glyph glyph, const char *text, int indent)
{
    enum { SIDE = 4 }; /* each of them is three bytes on the line */
    const char *sign = glyph_text(glyph, doc->utf8);
    doc_tab(doc, indent, 0);
    for (int i = 0; i < SIDE; i++)
        doc_put(doc, role, sign);
    doc_printf(doc, role, " %s ", text);
    for (int i = 0; i < SIDE && doc->column < doc->width; i++)
        doc_put(doc, role, sign);
}

void doc_text(Doc *doc, Role role, const char *text)
{
    Span rest = span_of(text), line;
    while (!doc->full && span_line(&rest, &line)) {
        g_autofree char *one = span_dup_utf8(line);
        g_autofree char *shown = text_shown(one, doc->utf8);
        const char *p = shown;
        do {
            gsize n = break_at(p, doc->width, true);
            int used;
            if (fitting(p, doc->width, &used) == 0 && *p)
                break; /* not even one fits */
            g_autofree char *part = g_strndup(p, n);
            put_shown(doc, role, part, doc->width, false);
            for (p += n; n && *p == ' '; p++)
                ;
            doc_end(doc);
        } while (*p && !doc->full);
    }
}

char *doc_line_text(const Doc *doc, int line)
{
    GString *text = g_string_new(NULL);
    const GArray *pieces = doc->lines->pdata[line];
    for (guint i = 0; i < pieces->len; i++)
        g_string_append(text, g_array_index(pieces, Piece, i).text);
    return g_string_free(text, FALSE);
}

static void matches_show(Screen *screen, int x, int y, int end, const char *line,
                         const char *needle)
{
    gssize at = needle && *needle ? span_ifind(span_of(line), needle) : -1;
    if (at < 0)
        return;
    g_autofree char *before = g_strndup(line, (gsize)at);
    int from = x + text_width(before, screen->utf8);
    screen_role(screen, from, y, MIN(end, from + text_width(needle, screen->utf8)), ROLE_MATCH);
}

void doc_draw(const Doc *doc, Screen *screen, int x, int y, int width, int height, int top,
              const char *needle)
{
    for (int i = 0; i < height && top + i < doc_lines(doc); i++) {
        const GArray *pieces = doc->lines->pdata[top + i];
        int column = x;
        for (guint k = 0; k < pieces->len; k++) {
            const Piece *piece = &g_array_index(pieces, Piece, k);
            column = screen_put(screen, column, y + i, x + width, piece->text, piece->role);
        }
        if (needle && *needle) {
            g_autofree char *text = doc_line_text(doc, top + i);
            matches_show(screen, x, y + i, x + width, text, needle);
        }
    }
}
