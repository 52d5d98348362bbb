/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exchange 5.5 and X.400 gateways: a recipient may be named by an O/R address, with the address of
 * the Internet as a domain-defined attribute ("dda:SMTP=", RFC 2156) or not at all. */
#include <string.h>

#include "bounce/dialects.h"

void dialect_x400_read(Reading *r)
{
    for (guint i = 0; i < r->lines->len; i++) {
        Line *line = &g_array_index(r->lines, Line, i);
        gssize at = span_ifind(line->text, "dda:smtp=");
        if (at < 0 || !span_istarts(line->text, "c="))
            continue;
        Span address = span_sub(line->text, (gsize)at + 9, line->text.n);
        const char *end = address.n ? memchr(address.p, ';', address.n) : NULL;
        if (end)
            address.n = (gsize)(end - address.p);
        if (!address.n || r->bounce->recipients->len >= READ_RECIPIENTS_MAX)
            continue;
        Recipient *one = recipient_new();
        one->final = span_dup_utf8(address);
        g_ptr_array_add(r->bounce->recipients, one);
        line->used = true;
    }
}
