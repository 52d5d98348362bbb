/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exchange 5.5 and X.400 gateways: a recipient may be named by an O/R address, with the address of
 * the Internet as a domain-defined attribute ("dda:SMTP=", RFC 2156) or not at all. */
#include "bounce/dialect_x400.h"

#include <string.h>

void dialect_x400_read(const BounceSource *source, BounceText *text, RecipientList *list,
                       Bounce *out)
{
    (void)source;
    (void)out;
    for (guint i = 0; i < text->lines->len; i++) {
        Line *line = bounce_text_line(text, i);
        gssize at = span_ifind(line->text, "dda:smtp=");
        if (at < 0 || !span_istarts(line->text, "c="))
            continue;
        Span address = span_sub(line->text, (gsize)at + 9, line->text.n);
        const char *end = address.n ? memchr(address.p, ';', address.n) : NULL;
        if (end)
            address.n = (gsize)(end - address.p);
        g_autofree char *name = address.n ? span_dup_utf8(address) : NULL;
        if (name && recipient_list_add(list, name))
            line->used = true;
    }
}
