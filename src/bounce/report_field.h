/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields of delivery reports (RFC 3464, RFC 6533): names and values. Private to src/bounce. */
#ifndef NOTME_BOUNCE_REPORT_FIELD_H
#define NOTME_BOUNCE_REPORT_FIELD_H

#include "bounce/bounce.h"

/* Takes "dns;" and the like off @value. Borrows it. */
Span report_untyped(Span value);
/* The host in a field such as Reporting-MTA: type, comment and port taken off. NULL for none. The
 * caller frees it. */
char *report_host(const char *value);
/* Whether @name is a field of a recipient (RFC 3464 2.3 and what vendors add). */
bool report_is_recipient_field(const char *name);
/* Puts what @field says into @one. */
void report_recipient_field(Recipient *one, const Header *field);
/* Puts what @field says of the message into @out; false if it is no such field. */
bool report_message_field(Bounce *out, const Header *field);
/* Whether @line begins with the name of a report field and ":". */
bool report_line_is_field(Span line);
/* True when @text holds the fields of a delivery report at the start of lines. */
bool report_in_text(Span text);

#endif
