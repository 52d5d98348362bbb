/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See reading_headers.h. */
#include "analysis/reading_headers.h"

#include <string.h>

/* Headers that are kept of one message, and the bytes of one: more is no mail of anybody. */
enum { KEPT_MAX = 200, VALUE_MAX = 4000 };

typedef enum Keep { KEEP_VALUE, KEEP_NAME, KEEP_TAGS } Keep;

typedef struct Kept {
    const char *name; /* NULL ends a table */
    Keep keep;
} Kept;

static const Kept outer_kept[] = {
    {"Authentication-Results", KEEP_VALUE},
    {"Delivered-To", KEEP_VALUE},
    {"Envelope-To", KEEP_VALUE},
    {"Received-SPF", KEEP_VALUE},
    {"Return-Path", KEEP_VALUE},
    {"To", KEEP_VALUE},
    {"X-Delivered-To", KEEP_VALUE},
    {"X-Envelope-To", KEEP_VALUE},
    {"X-Original-To", KEEP_VALUE},
    {NULL, KEEP_NAME},
};

static const Kept returned_kept[] = {
    {"Authentication-Results", KEEP_VALUE},
    {"Cc", KEEP_NAME},
    {"Date", KEEP_NAME},
    {"DKIM-Signature", KEEP_TAGS},
    {"Feedback-ID", KEEP_VALUE},
    {"From", KEEP_NAME},
    {"List-Id", KEEP_NAME},
    {"Message-ID", KEEP_NAME},
    {"Received-SPF", KEEP_VALUE},
    {"Return-Path", KEEP_VALUE},
    {"To", KEEP_NAME},
    {"X-Forefront-Antispam-Report", KEEP_VALUE},
    {"X-Mailgun-Sid", KEEP_VALUE},
    {"X-MC-User", KEEP_VALUE},
    {"X-MS-Exchange-CrossTenant-Id", KEEP_VALUE},
    {"X-OriginatorOrg", KEEP_VALUE},
    {"X-PHP-Script", KEEP_VALUE},
    {"X-Source-Dir", KEEP_VALUE},
    {NULL, KEEP_NAME},
};

static const Kept *kept_find(const Kept *table, const Header *header)
{
    for (; table->name; table++)
        if (header_is(header, table->name))
            return table;
    return NULL;
}

static bool is_long_tag(Span tag)
{
    const char *equals = tag.n ? memchr(tag.p, '=', tag.n) : NULL;
    Span name = span_trim(span_sub(tag, 0, equals ? (gsize)(equals - tag.p) : 0));
    return span_eq(name, "b") || span_eq(name, "bh") || span_eq(name, "h");
}

/* @header with the short tags of its value only. */
static Header *tags_cut(const Header *header)
{
    g_autoptr(GString) value = g_string_new(NULL);
    Span rest = span_sub(span_of(header->value), 0, VALUE_MAX);
    while (rest.n) {
        const char *end = memchr(rest.p, ';', rest.n);
        gsize n = end ? (gsize)(end - rest.p) : rest.n;
        Span tag = span_trim(span_sub(rest, 0, n));
        rest = span_sub(rest, n + (end != NULL), rest.n);
        if (is_long_tag(tag))
            continue;
        g_string_append_len(value, tag.p, (gssize)tag.n);
        if (end)
            g_string_append_c(value, ';');
    }
    return header_new(span_of(header->name), (Span){value->str, value->len});
}

/* What stays of @header. */
static Header *header_cut(Header *header, Keep keep)
{
    Span value = span_of(header->value);
    switch (keep) {
    case KEEP_NAME:
        return header_new(span_of(header->name), (Span){"", 0});
    case KEEP_TAGS:
        return tags_cut(header);
    default:
        return value.n <= VALUE_MAX
                   ? header_ref(header)
                   : header_new(span_of(header->name), span_sub(value, 0, VALUE_MAX));
    }
}

/* Those of @headers that @table names, or all without a table. */
static GPtrArray *headers_kept(const GPtrArray *headers, const Kept *table)
{
    GPtrArray *kept = g_ptr_array_new_with_free_func((GDestroyNotify)header_free);
    guint received = 0;
    for (guint i = 0; i < headers->len; i++) {
        Header *header = headers->pdata[i], *one = NULL;
        const Kept *row = table && kept->len < KEPT_MAX ? kept_find(table, header) : NULL;
        if (row)
            one = header_cut(header, row->keep);
        else if (!table)
            one = header_ref(header);
        if (one) {
            one->above = received;
            g_ptr_array_add(kept, one);
        }
        if (header_is(header, "Received"))
            received++;
    }
    return kept;
}

GPtrArray *reading_headers_outer(const GPtrArray *headers)
{
    return headers_kept(headers, outer_kept);
}

GPtrArray *reading_headers_returned(const GPtrArray *headers)
{
    return headers_kept(headers, returned_kept);
}

GPtrArray *reading_headers_all(const GPtrArray *headers)
{
    return headers_kept(headers, NULL);
}
