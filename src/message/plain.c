/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See plain.h. */
#include "message/plain.h"

#include <string.h>

#include "message/content_fields.h"
#include "message/leaf.h"
#include "message/tame.h"

/* What has more fields of one header, multiparts around a part, or levels, is left to GMime. */
enum { FIELDS_MOST = 2000, OPEN_MOST = 8, LEVELS_MOST = 20 };

typedef struct Plain {
    Message *message;
    Span rest;            /* not read yet */
    Span open[OPEN_MOST]; /* the boundaries of the multiparts around, the innermost last */
    guint count;          /* of those */
} Plain;

/* What ends a part. */
typedef enum End {
    END_DOUBT,
    END_TEXT, /* the end of all */
    END_NEXT, /* a delimiter before another part */
    END_LAST  /* the delimiter that ends a multipart */
} End;

static End entity_read(Plain *plain, int parent, int depth, bool is_message);

/* --- the header ------------------------------------------------------------------------------- */

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

/* Length of the name that begins @line and is followed by a colon, or 0. */
static gsize name_length(Span line)
{
    gsize n = 0;
    while (n < line.n &&
           (g_ascii_isalnum(line.p[n]) || (n && (line.p[n] == '-' || line.p[n] == '_'))))
        n++;
    return n < line.n && line.p[n] == ':' ? n : 0;
}

/* On the way through the fields of a part. */
typedef struct Fields {
    GPtrArray *headers; /* of Header */
    GPtrArray *late;    /* where Content-* go: of a message they stand behind the others */
    ContentFields content;
} Fields;

/* A field from its name to the end of its last line. */
static bool field_take(Fields *fields, Span name, const char *end)
{
    const char *start = name.p + name.n + 1;
    Span value = {start, (gsize)(end - start)};
    bool content = span_istarts(name, "Content-");
    g_ptr_array_add(content ? fields->late : fields->headers, header_new(name, value));
    return !content || content_fields_add(&fields->content, name, value);
}

/* The fields at the start of the text and the blank line behind them. */
static bool fields_take(Plain *plain, Fields *fields)
{
    Span line, name = {plain->rest.p, 0};
    guint count = 0;
    for (const char *at = plain->rest.p; line_take(&plain->rest, &line); at = plain->rest.p) {
        if (name.n && line.n && (*line.p == ' ' || *line.p == '\t'))
            continue;
        if (name.n && !field_take(fields, name, at))
            return false;
        if (line.n == 0)
            return count > 0 || fields->late == fields->headers; /* a part needs none */
        name = span_sub(line, 0, name_length(line));
        if (name.n == 0 || ++count > FIELDS_MOST)
            return false;
    }
    return false;
}

static bool header_take(Plain *plain, Part *part, bool is_message, ContentFields *content)
{
    g_autoptr(GPtrArray) late = is_message ? g_ptr_array_new() : g_ptr_array_ref(part->headers);
    Fields fields = {.headers = part->headers, .late = late};
    bool good = fields_take(plain, &fields);
    if (is_message)
        g_ptr_array_extend(part->headers, late, NULL, NULL);
    *content = fields.content;
    return good;
}

/* --- what it says of the part ----------------------------------------------------------------- */

static bool is_listed(Span text, const char *const *list, bool (*is)(Span, const char *))
{
    for (; *list; list++)
        if (is(text, *list))
            return true;
    return false;
}

/* Parts of other types may be messages or parts of such for GMime. */
static bool is_leaf(Span type)
{
    static const char *const majors[] = {"text/",  "application/", "image/",
                                         "audio/", "video/",       NULL};
    static const char *const types[] = {
        "message/delivery-status",          "message/global-delivery-status",
        "message/disposition-notification", "message/global-disposition-notification",
        "message/feedback-report",          NULL};
    return is_listed(type, majors, span_istarts) || is_listed(type, types, span_ieq);
}

static char *lower(Span text)
{
    return text.n ? g_ascii_strdown(text.p, (gssize)text.n) : NULL;
}

static void describe(Part *part, const ContentFields *content)
{
    Span name = content->file_name.p ? content->file_name : content->name;
    if (content->type.p) {
        g_free(part->type);
        part->type = lower(content->type);
    }
    part->charset = lower(content->charset);
    part->report_type = lower(content->report_type);
    part->name = name.p ? span_dup(name) : NULL;
    part->attachment = content->disposition.p && span_ieq(content->disposition, "attachment");
}

/* --- bodies ----------------------------------------------------------------------------------- */

static bool span_same(Span a, Span b)
{
    return a.n == b.n && memcmp(a.p, b.p, a.n) == 0;
}

static bool starts_with(Span text, Span start)
{
    return text.n >= start.n && memcmp(text.p, start.p, start.n) == 0;
}

static bool ends_in_crlf(Span line)
{
    return line.n && line.p[line.n - 1] == '\r';
}

/* What @line is, which begins with two hyphens; END_TEXT where it is none of ours. */
static End delimiter_kind(const Plain *plain, Span line)
{
    Span own = plain->open[plain->count - 1], said = span_sub(line, 2, line.n);
    said.n -= ends_in_crlf(said);
    if (starts_with(said, own)) {
        Span behind = span_sub(said, own.n, said.n);
        return behind.n == 0 ? END_NEXT : span_eq(behind, "--") ? END_LAST : END_DOUBT;
    }
    for (guint i = 0; i < plain->count; i++)
        if (starts_with(said, plain->open[i]))
            return END_DOUBT;
    return END_TEXT;
}

/* What stands in front of the delimiter @line, whose end of line is the delimiter's (RFC
 * 2046 5.1.1); false where their ends differ. */
static bool body_before(Span all, Span line, Span *body)
{
    gsize n = (gsize)(line.p - all.p), end = ends_in_crlf(line) ? 2 : 1;
    *body = span_sub(all, 0, n - MIN(n, end));
    /* there is a header in front of the first */
    return ends_in_crlf((Span){line.p - 2, 1}) == ends_in_crlf(line);
}

/* The text up to the next delimiter, which is passed over. */
static End body_take(Plain *plain, Span *body)
{
    Span all = plain->rest;
    *body = all;
    while (plain->count && plain->rest.n) {
        const char *start = plain->rest.p, *lf = memchr(start, '\n', plain->rest.n);
        Span line = {start, lf ? (gsize)(lf - start) : plain->rest.n};
        plain->rest = span_sub(plain->rest, line.n + 1, plain->rest.n);
        if (line.n < 2 || start[0] != '-' || start[1] != '-')
            continue;
        End end = delimiter_kind(plain, line);
        if (end != END_TEXT)
            return lf && body_before(all, line, body) ? end : END_DOUBT;
    }
    plain->rest = span_sub(all, all.n, 0);
    return END_TEXT;
}

static End leaf_take(Plain *plain, Part *part, const ContentFields *content)
{
    Span body;
    End end = body_take(plain, &body);
    if (end != END_DOUBT)
        leaf_read_sent(plain->message, part, body, content->encoding);
    return end;
}

/* A boundary that no other can be taken for. */
static bool boundary_add(Plain *plain, Span boundary)
{
    if (boundary.n == 0 || boundary.p[0] == ' ' || boundary.p[boundary.n - 1] == ' ' ||
        plain->count == OPEN_MOST)
        return false;
    for (guint i = 0; i < plain->count; i++)
        if (span_same(plain->open[i], boundary))
            return false;
    plain->open[plain->count++] = boundary;
    return true;
}

static End multipart_take(Plain *plain, const ContentFields *content, int self, int depth)
{
    Span between;
    if (span_ieq(content->type, "multipart/digest") || !boundary_add(plain, content->boundary))
        return END_DOUBT;
    End end = body_take(plain, &between);
    if (end != END_NEXT)
        return END_DOUBT;
    while (end == END_NEXT)
        end = entity_read(plain, self, depth + 1, false);
    plain->count--;
    return end == END_LAST ? body_take(plain, &between) : end;
}

/* The part at the start of the text, with all that is in it. */
static End entity_read(Plain *plain, int parent, int depth, bool is_message)
{
    GPtrArray *parts = plain->message->parts;
    ContentFields content;
    if (depth > LEVELS_MOST || parts->len >= TAME_PARTS_MOST)
        return END_DOUBT;
    int self = (int)parts->len;
    Part *part = part_new(parent, depth, "text/plain");
    g_ptr_array_add(parts, part);
    if (!header_take(plain, part, is_message, &content))
        return END_DOUBT;
    describe(part, &content);
    if (g_str_has_prefix(part->type, "multipart/"))
        return multipart_take(plain, &content, self, depth);
    if (strcmp(part->type, "message/rfc822") == 0)
        return leaf_is_encoded(content.encoding) ? END_DOUBT
                                                 : entity_read(plain, self, depth + 1, true);
    return is_leaf(span_of(part->type)) ? leaf_take(plain, part, &content) : END_DOUBT;
}

bool plain_read(Message *message, Span text, int parent, int depth)
{
    Plain plain = {.message = message, .rest = text};
    return entity_read(&plain, parent, depth, true) == END_TEXT;
}
