/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See returned_text.h. It looks where returned_read looks, so that what is read is what is shown.
 */
#include "bounce/returned_text.h"

#include <string.h>

#include "bounce/returned.h"
#include "message/header_decode.h"
#include "words/header_run.h"
#include "words/html.h"

static void append_headers(GString *text, const GPtrArray *headers)
{
    for (guint i = 0; i < headers->len; i++) {
        const Header *header = headers->pdata[i];
        g_autofree char *value = header_decode(header->value);
        g_strdelimit(value, "\r\n", ' '); /* a field that begins in another's value is none */
        g_string_append_printf(text, "%s: %s\n", header->name, value);
    }
}

/* Part @i and those in it, as far as they are text. */
static void append_parts(GString *text, const Message *message, guint i)
{
    guint n = message->parts->len;
    g_autofree bool *within = g_new0(bool, n);
    for (guint k = i; k < n; k++) {
        const Part *part = message_part(message, k);
        within[k] = k == i || (part->parent >= 0 && within[part->parent]);
        if (!within[k] || !part->text)
            continue;
        bool html = strcmp(part->type, "text/html") == 0;
        g_autofree char *plain = html ? html_text(part->text) : NULL;
        g_string_append_printf(text, "\n%s", plain ? plain : part->text);
        if (part->name)
            g_string_append_printf(text, "\n[%s]\n", part->name);
    }
}

static void append_part(GString *text, const BounceSource *source, guint i, const Returned *found)
{
    const Part *part = message_part(source->message, i);
    int child = message_child(source->message, (int)i, -1);
    if (child >= 0 && source->structure.role[child] == ROLE_INSIDE) {
        append_headers(text, message_part(source->message, (guint)child)->headers);
        append_parts(text, source->message, (guint)child);
    } else if (found->headers == part->headers) { /* a part whose own header is the message's */
        append_headers(text, part->headers);
        append_parts(text, source->message, i);
    } else {
        g_string_append(text, part->text);
    }
}

/* The block of headers in the text for people, and what follows it. */
static void append_run(GString *text, const BounceSource *source)
{
    HeaderRun run;
    g_autofree char *whole = source_text(source);
    if (!header_run_find(whole, &run))
        return;
    g_autoptr(GString) block = header_run_text(whole, &run);
    g_string_append_len(text, block->str, (gssize)block->len);
    if (run.rank == RUN_CERTAIN)
        g_string_append(text, whole + run.end);
}

char *returned_text(const Message *message)
{
    BounceSource source;
    GString *text = g_string_new(NULL);
    g_autoptr(Bounce) scratch = bounce_new();
    source_read(&source, message);
    int part = returned_part(&source, &scratch->returned);
    if (part >= 0)
        append_part(text, &source, (guint)part, &scratch->returned);
    else
        append_run(text, &source);
    source_clear(&source);
    return g_string_free(text, FALSE);
}
