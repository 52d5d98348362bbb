/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recipients that only the text names, and what it adds to those of a report. Private to
 * src/bounce. */
#ifndef NOTME_BOUNCE_RECIPIENTS_H
#define NOTME_BOUNCE_RECIPIENTS_H

#include "bounce/bounce_text.h"
#include "bounce/recipient_list.h"

/* Fills @list; marks the lines of @text that it used. @out tells what is known by now, and gets
 * has_diagnostic and what fields of a report in the text say. */
void recipients_read(const BounceSource *source, BounceText *text, RecipientList *list,
                     Bounce *out);

#endif
