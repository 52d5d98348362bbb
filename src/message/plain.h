/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages about whose structure nothing is in doubt: each line of each header is well-formed, each
 * multipart says its boundary once, is divided by it and ended by it, and no other line looks like
 * one of the boundaries around it. Nearly all mail is of that kind, and needs no objects of a
 * parser: GMime reads the rest. Private to src/message. */
#ifndef NOTME_MESSAGE_PLAIN_H
#define NOTME_MESSAGE_PLAIN_H

#include "message/message.h"

/* Adds the parts of @text, a message below part @parent of @message at @depth. False where anything
 * is in doubt; the caller takes the parts off again that were added until then. What it adds is
 * what GMime makes of the same text. Linear time, bounded stack. */
bool plain_read(Message *message, Span text, int parent, int depth);

#endif
