/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See header_block.h. */
#include "message/header_block.h"

#include <string.h>

/* A block with more fields or bytes is left to the parser. */
enum { FIELDS_MOST = 2000, BYTES_MOST = 256 * 1024 };

static void block_clear(gpointer data)
{
    HeaderBlock *block = data;
    if (block->headers)
        g_ptr_array_unref(block->headers);
}

GArray *header_blocks_new(void)
{
    GArray *blocks = g_array_new(FALSE, TRUE, sizeof(HeaderBlock));
    g_array_set_clear_func(blocks, block_clear);
    return blocks;
}

void header_blocks_free(GArray *blocks)
{
    g_array_unref(blocks);
}

GPtrArray *header_blocks_find(GArray *blocks, gsize at)
{
    for (guint i = 0; i < blocks->len; i++) {
        HeaderBlock *block = &g_array_index(blocks, HeaderBlock, i);
        if (block->at == at)
            return g_steal_pointer(&block->headers);
    }
    return NULL;
}

bool header_blocks_found_all(const GArray *blocks)
{
    for (guint i = 0; i < blocks->len; i++)
        if (g_array_index(blocks, HeaderBlock, i).headers)
            return false;
    return true;
}

/* --- taking out ------------------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Length of the name that begins @line and is followed by a colon, or 0: of letters, digits and
 * hyphens only, so that no boundary and no line that a parser might see otherwise is taken. */
static gsize name_length(Span line)
{
    gsize n = 0;
    while (n < line.n &&
           (g_ascii_isalnum(line.p[n]) || (n && (line.p[n] == '-' || line.p[n] == '_'))))
        n++;
    return n < line.n && line.p[n] == ':' ? n : 0;
}

/* The next line of @rest with its LF or CRLF, which may be longer than @line says; false where
 * there is none or another control character that ends lines or texts. */
static bool line_take(Span *rest, Span *line)
{
    const char *end = memchr(rest->p, '\n', rest->n);
    if (!end)
        return false;
    gsize n = (gsize)(end - rest->p);
    *line = (Span){rest->p, n && end[-1] == '\r' ? n - 1 : n};
    *rest = span_sub(*rest, n + 1, rest->n);
    return !memchr(line->p, '\r', line->n) && !memchr(line->p, '\0', line->n);
}

/* A field from its name to the end of its last line. */
static void field_take(GPtrArray *headers, GByteArray *kept, Span name, const char *end)
{
    Span field = {name.p, (gsize)(end - name.p)};
    if (span_istarts(name, "Content-"))
        g_byte_array_append(kept, (const guint8 *)field.p, (guint)field.n);
    else
        g_ptr_array_add(headers, header_new(name, span_sub(field, name.n + 1, field.n)));
}

/* The fields at the start of @text up to the blank line; what it holds behind them, or NULL where a
 * line is not well-formed. Content-* fields are added to @kept. */
static const char *fields_take(Span text, GPtrArray *headers, GByteArray *kept)
{
    Span line, rest = span_sub(text, 0, BYTES_MOST), name = {text.p, 0};
    for (const char *at = rest.p; line_take(&rest, &line); at = rest.p) {
        if (name.n && line.n && is_blank(*line.p))
            continue;
        if (name.n)
            field_take(headers, kept, name, at);
        if (line.n == 0)
            return headers->len ? at : NULL;
        name = span_sub(line, 0, name_length(line));
        if (name.n == 0 || headers->len == FIELDS_MOST)
            return NULL;
    }
    return NULL;
}

/* What follows the block at the start of @text, which goes to @out as a mark and the fields that
 * stay, or @text where nothing was taken. */
static Span block_take(Span text, GByteArray *out, GArray *blocks)
{
    static const char mark[] = HEADER_BLOCK_MARK ":\n";
    HeaderBlock block = {.at = out->len,
                         .headers = g_ptr_array_new_with_free_func((GDestroyNotify)header_free)};
    g_byte_array_append(out, (const guint8 *)mark, sizeof mark - 1);
    block.fields = out->len;
    const char *end = fields_take(text, block.headers, out);
    block.end = out->len;
    if (end) {
        g_array_append_val(blocks, block);
        return span_sub(text, (gsize)(end - text.p), text.n);
    }
    g_byte_array_set_size(out, (guint)block.at);
    g_ptr_array_unref(block.headers);
    return text;
}

GByteArray *header_blocks_take(Span text, const GArray *starts, GArray *blocks)
{
    GByteArray *out = g_byte_array_sized_new((guint)text.n + 16);
    Span rest = block_take(text, out, blocks);
    for (guint i = 0; i < starts->len; i++) {
        const char *start = text.p + g_array_index(starts, gsize, i);
        if (start < rest.p)
            continue;
        g_byte_array_append(out, (const guint8 *)rest.p, (guint)(start - rest.p));
        rest = block_take(span_sub(rest, (gsize)(start - rest.p), rest.n), out, blocks);
    }
    g_byte_array_append(out, (const guint8 *)rest.p, (guint)rest.n);
    return out;
}
