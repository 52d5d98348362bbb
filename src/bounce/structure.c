/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each part of a message is for, and the text of it that is meant for people. */
#include <string.h>

#include "bounce/reading.h"

static const struct {
    const char *type;
    PartRole role;
} types[] = {
    {"message/delivery-status", ROLE_STATUS},
    {"message/global-delivery-status", ROLE_STATUS},
    {"message/xdelivery-status", ROLE_STATUS},
    {"message/deliverystatus", ROLE_STATUS},
    {"application/delivery-status", ROLE_STATUS},
    {"text/delivery-status", ROLE_STATUS},
    {"message/disposition-notification", ROLE_DISPOSITION},
    {"message/global-disposition-notification", ROLE_DISPOSITION},
    {"message/feedback-report", ROLE_FEEDBACK},
    {"text/rfc822-headers", ROLE_MESSAGE},
    {"text/rfc822-header", ROLE_MESSAGE},
    {"text/rfc822", ROLE_MESSAGE},
    {"text/plain", ROLE_TEXT},
    {"text/html", ROLE_TEXT},
};

static PartRole role_of_type(const char *type)
{
    for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
        if (strcmp(types[i].type, type) == 0)
            return types[i].role;
    if (g_str_has_prefix(type, "multipart/"))
        return ROLE_CONTAINER;
    if (g_str_has_prefix(type, "message/") && strcmp(type, "message/external-body") != 0)
        return ROLE_MESSAGE;
    return ROLE_OTHER;
}

static const Part *part_at(const Reading *r, int i)
{
    return message_part(r->message, (guint)i);
}

/* Text that holds report fields under a wrong type; headers of a message under text/plain. */
static PartRole role_of_text(const Reading *r, int i, PartRole by_type)
{
    const Part *part = part_at(r, i);
    if (i == r->base || !part->text || !*part->text)
        return by_type;
    const Part *parent = part_at(r, part->parent);
    bool first = message_child(r->message, part->parent, -1) == i;
    if (by_type == ROLE_OTHER && report_in_text(span_of(part->text)))
        return ROLE_STATUS;
    if (by_type == ROLE_TEXT && !first && parent && strcmp(parent->type, "multipart/report") == 0 &&
        report_in_text(span_of(part->text)))
        return ROLE_STATUS;
    return by_type;
}

bool structure_own(const Reading *r, int i)
{
    return i >= 0 && r->role[i] != ROLE_INSIDE;
}

/* Gives every part its role as seen from the message whose root is @base. */
static void roles_set(Reading *r, int base)
{
    guint n = r->message->parts->len;
    r->base = base;
    r->status = r->disposition = r->feedback = -1;
    for (guint i = 0; i < n; i++) {
        const Part *part = part_at(r, (int)i);
        bool inside =
            (int)i != base && (part->parent < 0 || r->role[part->parent] != ROLE_CONTAINER);
        r->role[i] = ROLE_INSIDE;
        if (inside || (int)i < base)
            continue;
        r->role[i] = role_of_text(r, (int)i, role_of_type(part->type));
        if (strcmp(part->type, "multipart/digest") == 0)
            r->role[i] = ROLE_OTHER;
        if (r->role[i] == ROLE_STATUS && r->status < 0)
            r->status = (int)i;
        if (r->role[i] == ROLE_DISPOSITION && r->disposition < 0)
            r->disposition = (int)i;
        if (r->role[i] == ROLE_FEEDBACK && r->feedback < 0)
            r->feedback = (int)i;
    }
}

/* Root of an attached message that is itself a report, directly under this one; or -1. */
static int wrapped_report(const Reading *r)
{
    for (guint i = 0; i < r->message->parts->len; i++) {
        const Part *part = part_at(r, (int)i);
        if (r->role[i] != ROLE_MESSAGE)
            continue;
        int child = message_child(r->message, (int)i, -1);
        const Part *root = child >= 0 ? part_at(r, child) : NULL;
        if (root && strcmp(root->type, "multipart/report") == 0 && root->report_type &&
            strcmp(root->report_type, "delivery-status") == 0 && part->depth <= 3)
            return child;
    }
    return -1;
}

/* Plain text before HTML where a multipart/alternative offers both. */
static bool is_passed_over(const Reading *r, int i)
{
    const Part *part = part_at(r, i), *parent = part_at(r, part->parent);
    if (strcmp(part->type, "text/html") != 0 || !parent)
        return false;
    bool alternative = strcmp(parent->type, "multipart/alternative") == 0;
    for (int k = message_child(r->message, part->parent, -1); k >= 0 && k < i;
         k = message_child(r->message, part->parent, k)) {
        const Part *other = part_at(r, k);
        if (strcmp(other->type, "text/plain") == 0 && other->text && r->role[k] == ROLE_TEXT &&
            span_trim(span_of(other->text)).n > 20)
            return alternative || k + 1 == i;
    }
    return false;
}

/* A part whose own header holds a message's header. */
static bool holds_header(const Part *part)
{
    return headers_get(part->headers, "Received") &&
           (headers_get(part->headers, "From") || headers_get(part->headers, "Message-ID"));
}

void text_gather(Reading *r)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < r->message->parts->len && text->len < READ_TEXT_MAX; i++) {
        const Part *part = part_at(r, (int)i);
        if (r->role[i] != ROLE_TEXT || !part->text || is_passed_over(r, (int)i))
            continue;
        if ((int)i != r->base && holds_header(part)) {
            r->role[i] = ROLE_MESSAGE;
            continue;
        }
        g_autofree char *plain =
            strcmp(part->type, "text/html") == 0 ? html_text(part->text) : NULL;
        const char *from = plain ? plain : part->text;
        gsize n = MIN(strlen(from), READ_TEXT_MAX);
        if (text->len)
            g_string_append(text, "\n\n");
        g_string_append_len(text, from, (gssize)n);
    }
    r->text = g_utf8_make_valid(text->str, (gssize)text->len);
}

void structure_read(Reading *r)
{
    guint n = r->message->parts->len;
    r->role = g_new0(PartRole, n);
    r->returned_part = -1;
    roles_set(r, 0);
    int wrapped = r->status < 0 && (r->daemon || r->automatic) ? wrapped_report(r) : -1;
    if (wrapped > 0)
        roles_set(r, wrapped);
}
