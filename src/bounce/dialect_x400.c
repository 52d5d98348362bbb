/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exchange 5.5 and X.400 gateways: a recipient may be named by an O/R address, with the address of
 * the Internet as a domain-defined attribute ("dda:SMTP=", RFC 2156) or not at all. */
#include "bounce/dialect_x400.h"

#include <string.h>

#include "base/date.h"

/* Longest line that names a person. */
#define PERSON_MAX 200

/* "c=us;a= ;p=oak;dda:SMTP=kim@oak.example;": the address. */
static bool read_attribute(RecipientList *list, Line *line)
{
    gssize at = span_ifind(line->text, "dda:smtp=");
    if (at < 0 || !span_istarts(line->text, "c="))
        return false;
    Span address = span_sub(line->text, (gsize)at + 9, line->text.n);
    const char *end = address.n ? memchr(address.p, ';', address.n) : NULL;
    if (end)
        address.n = (gsize)(end - address.p);
    g_autofree char *name = address.n ? span_dup_utf8(address) : NULL;
    line->used = name && recipient_list_add(list, name);
    return line->used;
}

/* "Kim Oak on Fri, 27 Feb 2026 18:52:54 +0300": a person of the address book, without an address.
 */
static bool is_person(Span text)
{
    Date date;
    gssize at = -1;
    for (gsize from = 0;;) {
        gssize more = span_find(span_sub(text, from, text.n), " on ");
        if (more < 0)
            break;
        at = (gssize)from + more;
        from = (gsize)at + 4;
    }
    return at > 0 && !memchr(text.p, '@', (gsize)at) &&
           date_parse(span_sub(text, (gsize)at + 4, text.n), &date);
}

/* The person in line @i, with what the deeper lines below say. */
static void read_person(BounceText *text, RecipientList *list, guint i)
{
    Line *head = bounce_text_line(text, i);
    Recipient *one = recipient_list_append(list);
    head->used = one != NULL;
    for (guint k = i + 1; one && k < text->lines->len; k++) {
        Line *line = bounce_text_line(text, k);
        if (line->text.n == 0 || line->indent <= head->indent)
            return;
        line->used = true;
        recipient_go_on(one, line->text);
    }
}

void dialect_x400_read(const BounceSource *source, BounceText *text, RecipientList *list,
                       Bounce *out)
{
    bool listed = false;
    (void)source;
    (void)out;
    for (guint i = 0; i < text->lines->len; i++) {
        Line *line = bounce_text_line(text, i);
        listed = listed || span_ifind(line->text, "did not reach the following recipient") >= 0;
        if (line->used || read_attribute(list, line))
            continue;
        if (listed && line->text.n < PERSON_MAX && is_person(line->text))
            read_person(text, list, i);
    }
}
