/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message as the readers of bounces are given it: see source.h. */
#include "bounce/source.h"

#include <string.h>

#include "message/header_decode.h"
#include "words/html.h"
#include "words/text.h"

void source_read(BounceSource *source, const Message *message)
{
    const char *subject = message_header(message, "Subject");
    *source = (BounceSource){.message = message, .subject = header_decode(subject ? subject : "")};
    sender_read(&source->sender, message);
    structure_read(&source->structure, message, &source->sender);
}

void source_clear(BounceSource *source)
{
    g_clear_pointer(&source->subject, g_free);
    sender_clear(&source->sender);
    structure_clear(&source->structure);
}

const char *source_header(const BounceSource *source, const char *name)
{
    return message_header(source->message, name);
}

bool source_header_has(const BounceSource *source, const char *name, const char *piece)
{
    const char *value = source_header(source, name);
    return value && span_ifind(span_of(value), piece) >= 0;
}

/* Plain text before HTML where a multipart/alternative offers both. */
static bool is_passed_over(const BounceSource *source, guint i)
{
    const Message *message = source->message;
    const Part *part = message_part(message, i);
    const Part *parent = message_part(message, (guint)part->parent);
    if (strcmp(part->type, "text/html") != 0 || !parent)
        return false;
    bool alternative = strcmp(parent->type, "multipart/alternative") == 0;
    for (int k = message_child(message, part->parent, -1); k >= 0 && k < (int)i;
         k = message_child(message, part->parent, k)) {
        const Part *other = message_part(message, (guint)k);
        if (strcmp(other->type, "text/plain") == 0 && other->text &&
            source->structure.role[k] == ROLE_TEXT && span_trim(span_of(other->text)).n > 20)
            return alternative || k + 1 == (int)i;
    }
    return false;
}

char *source_text(const BounceSource *source)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < source->message->parts->len && text->len < TEXT_BYTES_MAX; i++) {
        const Part *part = message_part(source->message, i);
        if (source->structure.role[i] != ROLE_TEXT || !part->text || is_passed_over(source, i))
            continue;
        g_autofree char *plain =
            strcmp(part->type, "text/html") == 0 ? html_text(part->text) : NULL;
        const char *from = plain ? plain : part->text;
        gsize n = MIN(strlen(from), TEXT_BYTES_MAX);
        if (text->len)
            g_string_append(text, "\n\n");
        g_string_append_len(text, from, (gssize)n);
    }
    return g_utf8_make_valid(text->str, (gssize)text->len);
}
