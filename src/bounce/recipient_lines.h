/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recipients at the start of lines or behind labels, and the diagnostics that follow them. Private
 * to src/bounce. */
#ifndef NOTME_BOUNCE_RECIPIENT_LINES_H
#define NOTME_BOUNCE_RECIPIENT_LINES_H

#include "bounce/bounce_text.h"
#include "bounce/recipient_list.h"

/* Reads @text line by line into @list, and marks the lines that it used. @intro: failure was spoken
 * of before the first line. */
void recipient_lines_read(BounceText *text, RecipientList *list, bool intro);

#endif
