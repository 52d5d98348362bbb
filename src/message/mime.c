/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes to a Message, by GMime: see mime.h. */
#include "message/mime.h"

#include <string.h>

#include "message/charset.h"
#include "message/gmime_types.h"
#include "message/leaf.h"
#include "message/plain.h"
#include "message/tame.h"
#include "message/undress.h"

/* Headers that are kept of one part. */
#define HEADERS_MAX TAME_FIELDS_MOST
/* How far the first delimiter stands in a body whose Content-Type was lost. */
#define PREAMBLE_MAX 400

G_STATIC_ASSERT(MIME_MAX_PARTS == TAME_PARTS_MOST);

typedef struct Walk {
    Message *message;
    bool parsed;  /* all by GMime */
    int reparsed; /* attached messages that had to be parsed again: bounded */
} Walk;

static void walk_object(Walk *walk, GMimeObject *object, int parent, int depth, int self);

void mime_init(void)
{
    g_mime_init();
}

void mime_prepare(void)
{
    charset_prepare();
}

static GByteArray *copy_of(Span text)
{
    GByteArray *bytes = g_byte_array_sized_new((guint)text.n + 1);
    return g_byte_array_append(bytes, (const guint8 *)text.p, (guint)text.n);
}

/* @bytes, taken over, come out of undress(). */
static GMimeMessage *parse(GByteArray *bytes)
{
    g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_byte_array(bytes);
    g_autoptr(GMimeParser) parser = g_mime_parser_new_with_stream(stream);
    return g_mime_parser_construct_message(parser, NULL);
}

static void headers_add(Walk *walk, Part *part, GMimeObject *object)
{
    GMimeHeaderList *list = g_mime_object_get_header_list(object);
    int count = g_mime_header_list_get_count(list);
    for (int i = 0; i < count; i++) {
        if (part->headers->len >= HEADERS_MAX) {
            walk->message->truncated = true;
            return;
        }
        GMimeHeader *header = g_mime_header_list_get_header_at(list, i);
        const char *raw = g_mime_header_get_raw_value(header);
        const char *value = raw ? raw : g_mime_header_get_value(header);
        g_ptr_array_add(part->headers,
                        header_new(span_of(g_mime_header_get_name(header)), span_of(value)));
    }
}

/* A new part at the end, or NULL where there are too many. */
static Part *add_part(Walk *walk, int parent, int depth, const char *type, int *self)
{
    Message *message = walk->message;
    if (message->parts->len >= MIME_MAX_PARTS || depth > MIME_MAX_DEPTH) {
        message->truncated = true;
        return NULL;
    }
    Part *part = part_new(parent, depth, type);
    *self = (int)message->parts->len;
    g_ptr_array_add(message->parts, part);
    return part;
}

static char *type_name(GMimeContentType *type)
{
    const char *major = type ? g_mime_content_type_get_media_type(type) : NULL;
    const char *minor = type ? g_mime_content_type_get_media_subtype(type) : NULL;
    char *name =
        g_strjoin("/", major && *major ? major : "text", minor && *minor ? minor : "plain", NULL);
    if (!g_utf8_validate(name, -1, NULL)) {
        g_free(name);
        return g_strdup("text/plain");
    }
    for (char *p = name; *p; p++)
        *p = g_ascii_tolower(*p);
    return name;
}

static char *type_of(GMimeObject *object)
{
    return type_name(g_mime_object_get_content_type(object));
}

static char *lower_utf8(const char *text)
{
    g_autofree char *valid = text ? g_utf8_make_valid(text, -1) : NULL;
    return valid && *valid ? g_ascii_strdown(valid, -1) : NULL;
}

static void describe(Part *part, GMimeContentType *type, GMimeContentDisposition *how)
{
    const char *name = NULL;
    if (type) {
        part->charset = lower_utf8(g_mime_content_type_get_parameter(type, "charset"));
        part->report_type = lower_utf8(g_mime_content_type_get_parameter(type, "report-type"));
        name = g_mime_content_type_get_parameter(type, "name");
    }
    if (how) {
        const char *word = g_mime_content_disposition_get_disposition(how);
        const char *file = g_mime_content_disposition_get_parameter(how, "filename");
        part->attachment = word && g_ascii_strcasecmp(word, "attachment") == 0;
        name = file ? file : name;
    }
    part->name = name ? g_utf8_make_valid(name, -1) : NULL;
}

/* The bytes of @content where they lie in what was parsed; false where that cannot be told. */
static bool content_span(GMimeDataWrapper *content, Span *span)
{
    GMimeStream *stream = g_mime_data_wrapper_get_stream(content);
    const GByteArray *all = stream && GMIME_IS_STREAM_MEM(stream)
                                ? g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream))
                                : NULL;
    if (!all || stream->bound_start < 0 || stream->bound_end > all->len ||
        stream->bound_start > stream->bound_end)
        return false;
    *span = (Span){(const char *)all->data + stream->bound_start,
                   (gsize)(stream->bound_end - stream->bound_start)};
    return true;
}

static GByteArray *content_of(GMimePart *mime)
{
    GMimeDataWrapper *content = g_mime_part_get_content(mime);
    GMimeContentEncoding encoding = g_mime_part_get_content_encoding(mime);
    Span span;
    if (!content)
        return g_byte_array_new();
    if (encoding != GMIME_CONTENT_ENCODING_UUENCODE && content_span(content, &span))
        return leaf_decoded(span, encoding);
    GByteArray *bytes = g_byte_array_new();
    g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_byte_array(bytes);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    g_mime_data_wrapper_write_to_stream(content, stream);
    return bytes;
}

static Span span_of_bytes(const GByteArray *bytes)
{
    return (Span){bytes->len ? (const char *)bytes->data : "", bytes->len};
}

static void walk_attached(Walk *walk, GMimeMessage *message, int parent, int depth)
{
    int self;
    if (!message)
        return;
    GMimeObject *content = g_mime_message_get_mime_part(message);
    g_autofree char *type = content ? type_of(content) : g_strdup("text/plain");
    Part *part = add_part(walk, parent, depth, type, &self);
    if (!part)
        return;
    headers_add(walk, part, GMIME_OBJECT(message));
    if (content)
        walk_object(walk, content, parent, depth, self);
}

/* @text as a message below @parent. */
static void walk_text(Walk *walk, Span text, int parent, int depth)
{
    bool truncated = walk->message->truncated;
    guint count = walk->message->parts->len;
    if (!walk->parsed && plain_read(walk->message, text, parent, depth))
        return;
    g_ptr_array_set_size(walk->message->parts, (int)count);
    walk->message->truncated = truncated;
    g_autoptr(GMimeMessage) message = parse(copy_of(text));
    walk_attached(walk, message, parent, depth);
}

/* An attached message that came encoded, against RFC 2046 5.2.1: parsed again. */
static bool walk_encoded(Walk *walk, Part *part, GMimePart *mime, int self, int depth)
{
    if (strcmp(part->type, "message/rfc822") != 0 && strcmp(part->type, "message/global") != 0)
        return false;
    if (++walk->reparsed > 20) {
        walk->message->truncated = true;
        return false;
    }
    GByteArray *bytes = content_of(mime);
    g_autofree char *shape = NULL;
    walk->message->truncated = walk->message->truncated || bytes->len > TEXT_MAX;
    GString *text =
        undress(span_sub(span_of_bytes(bytes), 0, TEXT_MAX), &shape, &walk->message->truncated);
    part->size = bytes->len;
    g_byte_array_unref(bytes);
    if (text->len)
        walk_text(walk, (Span){text->str, text->len}, self, depth + 1);
    g_string_free(text, TRUE);
    return true;
}

static void walk_leaf(Walk *walk, Part *part, GMimePart *mime, int self, int depth)
{
    if (walk_encoded(walk, part, mime, self, depth))
        return;
    GMimeDataWrapper *content = g_mime_part_get_content(mime);
    GMimeContentEncoding encoding = g_mime_part_get_content_encoding(mime);
    Span sent;
    if (content && encoding != GMIME_CONTENT_ENCODING_UUENCODE && content_span(content, &sent)) {
        leaf_read_sent(walk->message, part, sent, encoding);
        return;
    }
    g_autoptr(GByteArray) bytes = content_of(mime);
    leaf_read(walk->message, part, span_of_bytes(bytes));
}

/* Where the parts really begin when the header names another boundary: the first line that starts
 * with two hyphens and is followed by a header of a part. NULL if there is none; the caller frees
 * it. */
static char *boundary_of(Span text)
{
    Span line, rest = text;
    while (span_line(&rest, &line)) {
        if (line.n < 4 || line.n > 200 || line.p[0] != '-' || line.p[1] != '-')
            continue;
        Span next, after = rest;
        if (span_line(&after, &next) && span_istarts(next, "Content-"))
            return span_dup(span_trim(span_sub(line, 2, line.n)));
    }
    return NULL;
}

/* The parts that @boundary divides @text into, below @self; false where it divides nothing. */
static bool walk_divided(Walk *walk, Span text, const char *boundary, int self, int depth)
{
    if (strchr(boundary, '"') || ++walk->reparsed > 20)
        return false;
    g_autofree char *head =
        g_strdup_printf("Content-Type: multipart/mixed; boundary=\"%s\"\n\n", boundary);
    GByteArray *whole = g_byte_array_sized_new((guint)(strlen(head) + text.n + 1));
    g_byte_array_append(whole, (const guint8 *)head, (guint)strlen(head));
    g_byte_array_append(whole, (const guint8 *)text.p, (guint)text.n);
    g_byte_array_append(whole, (const guint8 *)"\n", 1);
    GMimeMessage *again = parse(whole);
    GMimeObject *content = again ? g_mime_message_get_mime_part(again) : NULL;
    int count = content && GMIME_IS_MULTIPART(content)
                    ? g_mime_multipart_get_count(GMIME_MULTIPART(content))
                    : 0;
    for (int i = 0; i < count; i++)
        walk_object(walk, g_mime_multipart_get_part(GMIME_MULTIPART(content), i), self, depth + 1,
                    -1);
    g_clear_object(&again);
    return count > 0;
}

/* A multipart in which the named boundary never came. */
static void walk_unparted(Walk *walk, GMimeMultipart *multipart, int self, int depth)
{
    const char *prologue = g_mime_multipart_get_prologue(multipart);
    Span text = span_trim(span_sub(span_of(prologue), 0, TEXT_MAX));
    g_autofree char *boundary = text.n ? boundary_of(text) : NULL;
    if (text.n == 0 || (boundary && walk_divided(walk, text, boundary, self, depth)))
        return;
    int child;
    Part *part = add_part(walk, self, depth + 1, "text/plain", &child);
    if (part) {
        part->size = text.n;
        part->text = charset_decode(text, NULL);
    }
}

/* @self: index of the part that stands for @object already (a message's root), or -1. */
static void walk_object(Walk *walk, GMimeObject *object, int parent, int depth, int self)
{
    g_autofree char *type = type_of(object);
    Part *part =
        self >= 0 ? walk->message->parts->pdata[self] : add_part(walk, parent, depth, type, &self);
    if (!part)
        return;
    headers_add(walk, part, object);
    describe(part, g_mime_object_get_content_type(object),
             g_mime_object_get_content_disposition(object));
    if (GMIME_IS_MULTIPART(object)) {
        GMimeMultipart *multipart = GMIME_MULTIPART(object);
        int count = g_mime_multipart_get_count(multipart);
        for (int i = 0; i < count; i++)
            walk_object(walk, g_mime_multipart_get_part(multipart, i), self, depth + 1, -1);
        if (count == 0)
            walk_unparted(walk, multipart, self, depth);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
        walk_attached(walk, g_mime_message_part_get_message(GMIME_MESSAGE_PART(object)), self,
                      depth + 1);
    } else if (GMIME_IS_PART(object)) {
        walk_leaf(walk, part, GMIME_PART(object), self, depth);
    }
}

/* Bytes without a header at their start: one part of text. */
static void read_bare(Walk *walk, Span text)
{
    int self;
    Part *part = add_part(walk, -1, 0, "text/plain", &self);
    part->size = text.n;
    part->text = charset_decode(span_sub(text, 0, TEXT_MAX), NULL);
}

/* Behind the first blank line of @text. */
static Span body_behind(Span text)
{
    Span line;
    while (span_line(&text, &line))
        if (span_trim(line).n == 0)
            return text;
    return SPAN("");
}

/* A root without Content-Type whose body begins with a delimiter, or with what old programs may put
 * before it: the field was lost on the way. */
static void read_headless(Walk *walk, Span text)
{
    Part *root = walk->message->parts->pdata[0];
    if (walk->message->parts->len > 1 || headers_get(root->headers, "Content-Type"))
        return;
    Span body = span_sub(body_behind(text), 0, TEXT_MAX);
    g_autofree char *boundary = boundary_of(span_sub(body, 0, PREAMBLE_MAX));
    if (!boundary || !walk_divided(walk, body, boundary, 0, 0))
        return;
    g_free(root->type);
    root->type = g_strdup("multipart/mixed");
    g_clear_pointer(&root->text, g_free);
}

static Message *message_read(const char *bytes, gsize length, bool parsed)
{
    Walk walk = {.message = message_new(), .parsed = parsed};
    gsize kept = MIN(length, MIME_MAX_BYTES);
    walk.message->truncated = kept < length;
    g_autoptr(GString) text =
        undress((Span){bytes ? bytes : "", kept}, &walk.message->shape, &walk.message->truncated);
    mime_init();
    walk_text(&walk, (Span){text->str, text->len}, -1, 0);
    if (walk.message->parts->len == 0)
        read_bare(&walk, (Span){text->str, text->len});
    else
        read_headless(&walk, (Span){text->str, text->len});
    return walk.message;
}

Message *mime_read(const char *bytes, gsize length)
{
    return message_read(bytes, length, false);
}

Message *mime_read_parsed(const char *bytes, gsize length)
{
    return message_read(bytes, length, true);
}

/* --- attached messages as bytes --------------------------------------------------------------- */

#define ATTACHED_MAX 4

static void attached_free(gpointer data)
{
    MimeAttached *attached = data;
    g_free(attached->bytes);
    g_free(attached);
}

static GByteArray *bytes_of(GMimeObject *object)
{
    GByteArray *bytes = g_byte_array_new();
    g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_byte_array(bytes);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    g_mime_object_write_to_stream(object, NULL, stream);
    return bytes;
}

static bool is_message_type(const char *type)
{
    return g_str_has_prefix(type, "text/rfc822") || g_str_has_prefix(type, "message/rfc822") ||
           strcmp(type, "message/global") == 0 || strcmp(type, "message/global-headers") == 0;
}

/* Multiparts in multiparts: an attached message ends the way down. */
static void attached_find(GMimeObject *object, int depth, GPtrArray *out)
{
    if (!object || depth > MIME_MAX_DEPTH || out->len >= ATTACHED_MAX)
        return;
    g_autofree char *type = type_of(object);
    GByteArray *bytes = NULL;
    if (GMIME_IS_MULTIPART(object)) {
        GMimeMultipart *multipart = GMIME_MULTIPART(object);
        int count = MIN(g_mime_multipart_get_count(multipart), MIME_MAX_PARTS);
        for (int i = 0; i < count; i++)
            attached_find(g_mime_multipart_get_part(multipart, i), depth + 1, out);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
        GMimeMessage *inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
        bytes = inner ? bytes_of(GMIME_OBJECT(inner)) : NULL;
    } else if (GMIME_IS_PART(object) && is_message_type(type)) {
        bytes = content_of(GMIME_PART(object));
    }
    if (!bytes)
        return;
    MimeAttached *attached = g_new(MimeAttached, 1);
    attached->headers_only = strstr(type, "header") != NULL;
    attached->size = bytes->len;
    attached->bytes = (char *)g_byte_array_free(bytes, FALSE);
    g_ptr_array_add(out, attached);
}

GPtrArray *mime_attached(const char *bytes, gsize length)
{
    g_autofree char *shape = NULL;
    GPtrArray *out = g_ptr_array_new_with_free_func(attached_free);
    g_autoptr(GString) text =
        undress((Span){bytes ? bytes : "", MIN(length, MIME_MAX_BYTES)}, &shape, NULL);
    mime_init();
    g_autoptr(GMimeMessage) message = parse(copy_of((Span){text->str, text->len}));
    if (message)
        attached_find(g_mime_message_get_mime_part(message), 0, out);
    return out;
}
