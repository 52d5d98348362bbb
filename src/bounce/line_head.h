/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a line of a bounce begins with: an address, a local name, a program. Private to src/bounce.
 */
#ifndef NOTME_BOUNCE_LINE_HEAD_H
#define NOTME_BOUNCE_LINE_HEAD_H

#include "bounce/bounce.h"

/* The address that @line begins with, past bullets and brackets, or NULL; @rest is what follows.
 * The caller frees it. */
char *line_head_address(Span line, Span *rest);
/* What follows an address at the start of a line, *@rest, says whether it is a recipient; what of
 * it is a diagnostic is left in *@rest. */
bool line_head_entry(Span *rest);
/* The recipient without a domain that @line begins with, in the forms of Exim, Postfix and
 * sendmail, or NULL: a local user, or a program ("|/bin/cat"). @next_indent is the next line's, 0
 * where it is blank. The caller frees it. */
char *line_head_name(Span line, guint indent, guint next_indent, Span *rest);
/* The address in angles or round brackets behind a name, where @line is nothing else: "Kim Lee
 * <kim@oak.example>". NULL for none; the caller frees it. */
char *line_head_named(Span line);

#endif
