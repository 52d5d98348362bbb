/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message as plain data: see message.h. */
#include "message/message.h"

#include <string.h>

static Span without_blanks(Span line)
{
    while (line.n && (*line.p == ' ' || *line.p == '\t'))
        line = span_sub(line, 1, line.n);
    while (line.n && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t'))
        line.n--;
    return line;
}

/* @value on one line. The caller frees it. */
static char *unfold(Span value)
{
    g_autofree char *text = g_malloc(value.n + 1);
    gsize n = 0;
    Span line;
    while (span_line(&value, &line)) {
        line = without_blanks(line);
        if (n && line.n)
            text[n++] = ' ';
        memcpy(text + n, line.p, line.n);
        n += line.n;
    }
    text[n] = '\0';
    for (char *nul; (nul = memchr(text, '\0', n));)
        *nul = '?';
    return span_is_ascii((Span){text, n}) ? g_steal_pointer(&text)
                                          : g_utf8_make_valid(text, (gssize)n);
}

static bool has_byte(Span s, char c)
{
    return memchr(s.p, c, s.n) != NULL;
}

Header *header_new(Span name, Span value)
{
    Header *header = g_new0(Header, 1);
    header->refs = 1;
    value = span_trim(value);
    bool folded = has_byte(value, '\n') || has_byte(value, '\r') || has_byte(value, '\0');
    header->name = span_dup_utf8(span_trim(name));
    header->value = folded ? unfold(value) : span_dup_utf8(value);
    return header;
}

Header *header_ref(Header *header)
{
    header->refs++;
    return header;
}

void header_free(Header *header)
{
    if (!header || --header->refs > 0)
        return;
    g_free(header->name);
    g_free(header->value);
    g_free(header);
}

const char *headers_get(const GPtrArray *headers, const char *name)
{
    for (guint i = 0; headers && i < headers->len; i++) {
        const Header *header = headers->pdata[i];
        if (header_is(header, name))
            return header->value;
    }
    return NULL;
}

GPtrArray *headers_all(const GPtrArray *headers, const char *name)
{
    GPtrArray *values = g_ptr_array_new();
    for (guint i = 0; headers && i < headers->len; i++) {
        const Header *header = headers->pdata[i];
        if (header_is(header, name))
            g_ptr_array_add(values, header->value);
    }
    return values;
}

/* Length of the header's name at the start of @line, or 0 if it is no header. RFC 5322 2.2 allows
 * any printable character but ":"; a web address is not meant. */
static gsize name_length(Span line)
{
    gsize n = 0;
    while (n < line.n && n <= 76 && line.p[n] > ' ' && line.p[n] < 127 && line.p[n] != ':')
        n++;
    if (n == 0 || n > 76 || n >= line.n)
        return 0;
    gsize colon = n;
    while (colon < line.n && (line.p[colon] == ' ' || line.p[colon] == '\t'))
        colon++;
    if (colon >= line.n || line.p[colon] != ':' ||
        (colon + 2 < line.n && line.p[colon + 1] == '/' && line.p[colon + 2] == '/'))
        return 0;
    return n;
}

static void flush(GPtrArray *headers, Span *name, GString *value)
{
    if (name->n)
        g_ptr_array_add(headers, header_new(*name, (Span){value->str, value->len}));
    name->n = 0;
    g_string_truncate(value, 0);
}

GPtrArray *headers_parse(Span text, Span *rest)
{
    GPtrArray *headers = g_ptr_array_new_with_free_func((GDestroyNotify)header_free);
    g_autoptr(GString) value = g_string_new(NULL);
    Span name = {"", 0}, line, left = text;
    while (span_line(&left, &line)) {
        if (span_trim(line).n == 0) {
            if (name.n)
                break;
            continue;
        }
        gsize n = name_length(line);
        if (n && line.p[0] != ' ' && line.p[0] != '\t') {
            flush(headers, &name, value);
            name = span_sub(line, 0, n);
            const char *colon = memchr(line.p, ':', line.n);
            Span first = span_sub(line, (gsize)(colon - line.p) + 1, line.n);
            g_string_append_len(value, first.p, (gssize)first.n);
        } else if (name.n) {
            Span more = span_trim(line);
            g_string_append_c(value, ' ');
            g_string_append_len(value, more.p, (gssize)more.n);
        }
    }
    flush(headers, &name, value);
    if (rest)
        *rest = left;
    return headers;
}

Part *part_new(int parent, int depth, const char *type)
{
    Part *part = g_new0(Part, 1);
    part->parent = parent;
    part->depth = depth;
    part->type = g_ascii_strdown(type, -1);
    part->headers = g_ptr_array_new_with_free_func((GDestroyNotify)header_free);
    return part;
}

static void part_free(gpointer data)
{
    Part *part = data;
    g_free(part->type);
    g_free(part->charset);
    g_free(part->name);
    g_free(part->report_type);
    g_free(part->text);
    g_ptr_array_unref(part->headers);
    g_free(part);
}

Message *message_new(void)
{
    Message *message = g_new0(Message, 1);
    message->parts = g_ptr_array_new_with_free_func(part_free);
    return message;
}

void message_free(Message *message)
{
    if (!message)
        return;
    g_ptr_array_unref(message->parts);
    g_free(message->shape);
    g_free(message);
}

const Part *message_part(const Message *message, guint i)
{
    return i < message->parts->len ? message->parts->pdata[i] : NULL;
}

const GPtrArray *message_headers(const Message *message)
{
    return message_part(message, 0)->headers;
}

const char *message_header(const Message *message, const char *name)
{
    return headers_get(message_headers(message), name);
}

int message_child(const Message *message, int parent, int after)
{
    guint from = (guint)(after < 0 ? parent + 1 : after + 1);
    for (guint i = from; i < message->parts->len; i++) {
        const Part *part = message->parts->pdata[i];
        if (part->parent == parent)
            return (int)i;
    }
    return -1;
}
