/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each part of a message is for: see structure.h. */
#include "bounce/structure.h"

#include <string.h>

#include "bounce/report_field.h"

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

static const Part *part_at(const Message *message, int i)
{
    return message_part(message, (guint)i);
}

/* Text that holds report fields under a wrong type; headers of a message under text/plain. */
static PartRole role_of_text(const Message *message, int base, int i, PartRole by_type)
{
    const Part *part = part_at(message, i);
    if (i == base || !part->text || !*part->text)
        return by_type;
    const Part *parent = part_at(message, part->parent);
    bool first = message_child(message, part->parent, -1) == i;
    if (by_type == ROLE_OTHER && report_in_text(span_of(part->text)))
        return ROLE_STATUS;
    if (by_type == ROLE_TEXT && !first && parent && strcmp(parent->type, "multipart/report") == 0 &&
        report_in_text(span_of(part->text)))
        return ROLE_STATUS;
    return by_type;
}

bool structure_own(const Structure *structure, int i)
{
    return i >= 0 && structure->role[i] != ROLE_INSIDE;
}

static void first_of(int *place, PartRole role, PartRole wanted, guint i)
{
    if (role == wanted && *place < 0)
        *place = (int)i;
}

/* Gives every part its role as seen from the message whose root is @base. */
static void roles_set(Structure *s, const Message *message, int base)
{
    s->base = base;
    s->status = s->disposition = s->feedback = -1;
    for (guint i = 0; i < message->parts->len; i++) {
        const Part *part = part_at(message, (int)i);
        bool inside =
            (int)i != base && (part->parent < 0 || s->role[part->parent] != ROLE_CONTAINER);
        s->role[i] = ROLE_INSIDE;
        if (inside || (int)i < base)
            continue;
        s->role[i] = role_of_text(message, base, (int)i, role_of_type(part->type));
        if (strcmp(part->type, "multipart/digest") == 0)
            s->role[i] = ROLE_OTHER;
        first_of(&s->status, s->role[i], ROLE_STATUS, i);
        first_of(&s->disposition, s->role[i], ROLE_DISPOSITION, i);
        first_of(&s->feedback, s->role[i], ROLE_FEEDBACK, i);
    }
}

/* Root of an attached message that is itself a report, directly under this one; or -1. */
static int wrapped_report(const Structure *s, const Message *message)
{
    for (guint i = 0; i < message->parts->len; i++) {
        const Part *part = part_at(message, (int)i);
        if (s->role[i] != ROLE_MESSAGE)
            continue;
        int child = message_child(message, (int)i, -1);
        const Part *root = child >= 0 ? part_at(message, child) : NULL;
        if (root && strcmp(root->type, "multipart/report") == 0 && root->report_type &&
            strcmp(root->report_type, "delivery-status") == 0 && part->depth <= 3)
            return child;
    }
    return -1;
}

/* A part whose own header holds a message's header. */
static bool holds_header(const Part *part)
{
    return headers_get(part->headers, "Received") &&
           (headers_get(part->headers, "From") || headers_get(part->headers, "Message-ID"));
}

void structure_read(Structure *structure, const Message *message, const Sender *sender)
{
    structure->role = g_new0(PartRole, message->parts->len);
    roles_set(structure, message, 0);
    bool machine = sender->daemon || sender->automatic;
    int wrapped = structure->status < 0 && machine ? wrapped_report(structure, message) : -1;
    if (wrapped > 0)
        roles_set(structure, message, wrapped);
    for (guint i = 0; i < message->parts->len; i++)
        if ((int)i != structure->base && structure->role[i] == ROLE_TEXT &&
            holds_header(part_at(message, (int)i)))
            structure->role[i] = ROLE_MESSAGE;
}

void structure_clear(Structure *structure)
{
    g_clear_pointer(&structure->role, g_free);
}
