/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every stage needs of the message: sender, subject, structure, readable text. */
#include "bounce/reading.h"

#include <string.h>

#include "base/address.h"

/* Readable text that is kept. */
#define TEXT_MAX (512u << 10)

static char *lower_decoded(const char *value)
{
    g_autofree char *decoded = header_decode(value ? value : "");
    return g_utf8_strdown(decoded, -1);
}

static bool is_null_path(const Message *message)
{
    const char *path = message_header(message, "Return-Path");
    if (!path)
        return false;
    Span s = span_trim(span_of(path));
    return span_eq(s, "<>") || s.n == 0;
}

static void read_sender(Reading *reading)
{
    const Message *message = reading->message;
    const char *from = message_header(message, "From");
    Bounce *bounce = reading->bounce;
    bounce->from = from ? address_extract(span_of(from)) : NULL;
    bounce->from_domain = address_domain(bounce->from);
    bounce->null_return_path = is_null_path(message);
    reading->subject = lower_decoded(message_header(message, "Subject"));
    reading->from_name = lower_decoded(from);
    const char *at = bounce->from ? strrchr(bounce->from, '@') : NULL;
    reading->local = at ? g_ascii_strdown(bounce->from, at - bounce->from) : g_strdup("");
}

static bool is_multipart(const Part *part)
{
    return g_str_has_prefix(part->type, "multipart/");
}

static bool is_status_type(const char *type)
{
    return strcmp(type, "message/delivery-status") == 0 ||
           strcmp(type, "message/global-delivery-status") == 0 ||
           strcmp(type, "text/delivery-status") == 0 ||
           strcmp(type, "message/delivery-report") == 0;
}

/* A first child of @parent of one of the types that @is takes, looking through multiparts. */
static int find_part(const Message *message, int parent, bool (*is)(const char *), int depth)
{
    for (int i = message_child(message, parent, -1); i >= 0;
         i = message_child(message, parent, i)) {
        const Part *part = message_part(message, (guint)i);
        if (is(part->type))
            return i;
        if (is_multipart(part) && depth < 6) {
            int found = find_part(message, i, is, depth + 1);
            if (found >= 0)
                return found;
        }
    }
    return -1;
}

static bool is_report(const char *type)
{
    return strcmp(type, "multipart/report") == 0;
}

/* The message's own report: at its root, or directly in multiparts that a list or filter added. */
static void read_structure(Reading *reading)
{
    const Message *message = reading->message;
    const Part *root = message_part(message, (guint)reading->root);
    reading->report =
        is_report(root->type) ? reading->root : find_part(message, reading->root, is_report, 0);
    reading->status =
        is_status_type(root->type)
            ? reading->root
            : find_part(message, reading->report >= 0 ? reading->report : reading->root,
                        is_status_type, 0);
    g_free(reading->report_type);
    reading->report_type =
        reading->report >= 0 ? g_strdup(message_part(message, (guint)reading->report)->report_type)
                             : NULL;
    if (reading->status >= 0)
        reading->bounce->has_report = true;
}

/* A filter's wrapper: bounce sender, no report of its own, an attached message that is a report. */
static void look_through(Reading *reading)
{
    const Message *message = reading->message;
    if (reading->status >= 0)
        return;
    for (int i = message_child(message, reading->root, -1); i >= 0;
         i = message_child(message, reading->root, i)) {
        const Part *part = message_part(message, (guint)i);
        int inner = strcmp(part->type, "message/rfc822") == 0 ? message_child(message, i, -1) : -1;
        if (inner < 0)
            continue;
        if (is_report(message_part(message, (guint)inner)->type) &&
            find_part(message, inner, is_status_type, 0) >= 0 &&
            (reading->bounce->null_return_path || strstr(reading->local, "mailer-daemon") ||
             strstr(reading->local, "postmaster"))) {
            reading->root = inner;
            read_structure(reading);
            return;
        }
    }
}

static void add_text(Reading *reading, const Part *part)
{
    GString *text = reading->text;
    if (text->len >= TEXT_MAX || !part->text)
        return;
    if (text->len && text->str[text->len - 1] != '\n')
        g_string_append_c(text, '\n');
    if (strcmp(part->type, "text/html") == 0)
        html_to_text(part->text, text);
    else
        g_string_append(text, part->text);
    if (text->len > TEXT_MAX)
        g_string_truncate(text, TEXT_MAX);
}

static bool has_plain_sibling(const Message *message, int at)
{
    const Part *part = message_part(message, (guint)at);
    if (part->parent < 0 ||
        strcmp(message_part(message, (guint)part->parent)->type, "multipart/alternative") != 0)
        return false;
    for (int i = message_child(message, part->parent, -1); i >= 0;
         i = message_child(message, part->parent, i)) {
        const Part *other = message_part(message, (guint)i);
        if (strcmp(other->type, "text/plain") == 0 && other->size > 20)
            return true;
    }
    return false;
}

static bool is_own_text(const Message *message, int at)
{
    const Part *part = message_part(message, (guint)at);
    if (!part->text || g_str_has_prefix(part->type, "message/") ||
        strcmp(part->type, "text/rfc822-headers") == 0 || strcmp(part->type, "text/rfc822") == 0 ||
        is_status_type(part->type))
        return false;
    if (!g_str_has_prefix(part->type, "text/") && strcmp(part->type, "application/octet-stream"))
        return false;
    return strcmp(part->type, "text/html") != 0 || !has_plain_sibling(message, at);
}

/* The readable text of the parts below @parent, but not of attached messages. */
static void read_text(Reading *reading, int parent, int depth)
{
    const Message *message = reading->message;
    const Part *part = message_part(message, (guint)parent);
    if (is_own_text(message, parent) &&
        !(part->attachment && parent != reading->root && part->name))
        add_text(reading, part);
    if (!is_multipart(part) || depth > 8)
        return;
    for (int i = message_child(message, parent, -1); i >= 0; i = message_child(message, parent, i))
        read_text(reading, i, depth + 1);
}

Reading *reading_new(const Message *message)
{
    Reading *reading = g_new0(Reading, 1);
    reading->message = message;
    reading->bounce = bounce_new();
    reading->text = g_string_new(NULL);
    reading->returned = -1;
    read_sender(reading);
    read_structure(reading);
    look_through(reading);
    read_text(reading, reading->root, 0);
    return reading;
}

Bounce *reading_finish(Reading *reading)
{
    Bounce *bounce = reading->bounce;
    g_free(reading->subject);
    g_free(reading->from_name);
    g_free(reading->local);
    g_free(reading->report_type);
    g_free(reading->lower);
    g_string_free(reading->text, TRUE);
    g_free(reading);
    return bounce;
}

void reading_mark(Reading *reading, const char *rule, char *text)
{
    KindMark *mark = g_new(KindMark, 1);
    mark->rule = g_strdup(rule);
    mark->text = text;
    g_ptr_array_add(reading->bounce->marks, mark);
}
