/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The returned message as a person reads it. */
#ifndef NOTME_BOUNCE_RETURNED_TEXT_H
#define NOTME_BOUNCE_RETURNED_TEXT_H

#include "message/message.h"

/* The header fields of the message that @message brings back, one a line, encoded words (RFC 2047)
 * decoded; an empty line; and its text as far as it came back, HTML taken off. Empty where nothing
 * of it did. It is as its sender wrote it, not made safe for a terminal. The caller frees it. */
char *returned_text(const Message *message);

#endif
