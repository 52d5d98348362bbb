/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes made harmless for GMime: see tame.h. */
#include "message/tame.h"

#include <string.h>

/* Of one field: groups of addresses, addresses, parameters, bytes of a list of addresses and of any
 * other. Of a text: delimiters, of which
 * each part has one, and each multipart another. */
enum {
    GROUPS_MOST = 100,
    ADDRESSES_MOST = 10000,
    PARAMETERS_MOST = 200,
    LIST_MOST = 256 << 10,
    BYTES_MOST = 512 << 10,
    DELIMITERS_MOST = TAME_PARTS_MOST + TAME_PARTS_MOST / 2
};

typedef enum Field { FIELD_NONE, FIELD_OTHER, FIELD_ADDRESSES, FIELD_PARAMETERS } Field;

/* On the way through the lines of a text. */
typedef struct Tamer {
    Field field; /* that the line belongs to */
    guint groups, addresses, parameters;
    gsize bytes;      /* of the field */
    bool cut;         /* nothing more of the field is taken */
    guint fields;     /* since the last blank line */
    guint delimiters; /* of the text */
    bool changed;
} Tamer;

/* Fields that GMime reads as lists of addresses. */
static const Span address_fields[] = {SPAN("from"),
                                      SPAN("to"),
                                      SPAN("cc"),
                                      SPAN("bcc"),
                                      SPAN("reply-to"),
                                      SPAN("sender"),
                                      SPAN("resent-from"),
                                      SPAN("resent-to"),
                                      SPAN("resent-cc"),
                                      SPAN("resent-bcc"),
                                      SPAN("disposition-notification-to")};
static const Span parameter_fields[] = {SPAN("content-type"), SPAN("content-disposition")};

static bool is_named(Span name, const Span *names, gsize count)
{
    for (gsize i = 0; i < count; i++)
        if (name.n == names[i].n && span_ieq(name, names[i].p))
            return true;
    return false;
}

/* A name of letters, digits and hyphens, and a colon; of some, a blank. */
static Field field_of(Span line)
{
    gsize n = 0;
    while (n < line.n && (g_ascii_isalnum(line.p[n]) || line.p[n] == '-' || line.p[n] == '_'))
        n++;
    Span name = span_sub(line, 0, n);
    if (n == 0 || n == line.n || !memchr(": \t", line.p[n], 3))
        return FIELD_NONE;
    if (is_named(name, address_fields, G_N_ELEMENTS(address_fields)))
        return FIELD_ADDRESSES;
    if (is_named(name, parameter_fields, G_N_ELEMENTS(parameter_fields)))
        return FIELD_PARAMETERS;
    return line.p[n] == ':' ? FIELD_OTHER : FIELD_NONE;
}

/* How many bytes of @line may stay, of which the field may have @most marks; @count is of the whole
 * field. */
static gsize marks_allow(Span line, char mark, guint *count, guint most)
{
    for (const char *p = line.p, *end = p + line.n; (p = memchr(p, mark, (gsize)(end - p))); p++)
        if (++*count > most)
            return (gsize)(p - line.p);
    return line.n;
}

/* How many bytes of @line, which is of a field, may stay. */
static gsize field_allows(Tamer *t, Span line)
{
    gsize most = t->field == FIELD_ADDRESSES ? LIST_MOST : BYTES_MOST, stays = line.n;
    if (t->cut)
        return 0;
    if (t->field == FIELD_ADDRESSES) {
        stays = marks_allow(span_sub(line, 0, stays), ':', &t->groups, GROUPS_MOST);
        stays = marks_allow(span_sub(line, 0, stays), ',', &t->addresses, ADDRESSES_MOST);
    } else if (t->field == FIELD_PARAMETERS) {
        stays = marks_allow(line, ';', &t->parameters, PARAMETERS_MOST);
    }
    stays = MIN(stays, most - MIN(t->bytes, most));
    t->bytes += line.n;
    t->cut = stays < line.n;
    return stays;
}

static void begin_field(Tamer *t, Span line)
{
    t->field = field_of(line);
    t->groups = t->addresses = t->parameters = 0;
    t->bytes = 0;
    t->cut = t->field != FIELD_NONE && ++t->fields > TAME_FIELDS_MOST;
}

/* How many bytes of @line, which has its end with it, may stay. */
static gsize line_allows(Tamer *t, Span line)
{
    bool blank = line.p[0] == '\n' || (line.p[0] == '\r' && line.n == 2 && line.p[1] == '\n');
    bool delimiter = line.n > 2 && line.p[0] == '-' && line.p[1] == '-';
    if (delimiter || blank) {
        t->delimiters += delimiter;
        t->fields = 0;
        t->field = FIELD_NONE;
    } else if (line.p[0] != ' ' && line.p[0] != '\t') {
        begin_field(t, line);
    }
    return t->field == FIELD_NONE ? line.n : field_allows(t, line);
}

bool tame(GString *text)
{
    Tamer tamer = {0};
    gsize kept = 0;
    for (gsize at = 0, next; at < text->len; at = next) {
        const char *lf = memchr(text->str + at, '\n', text->len - at);
        next = lf ? (gsize)(lf - text->str) + 1 : text->len;
        gsize stays = line_allows(&tamer, (Span){text->str + at, next - at});
        tamer.changed = tamer.changed || stays < next - at || tamer.delimiters > DELIMITERS_MOST;
        if (tamer.delimiters > DELIMITERS_MOST)
            break;
        if (kept < at)
            memmove(text->str + kept, text->str + at, stays);
        kept += stays;
        if (stays && stays < next - at)
            text->str[kept++] = '\n';
    }
    g_string_truncate(text, kept);
    return tamer.changed;
}
