/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several messages in one stream of bytes, cut where a new one begins: at a line "From " with a
 * date in it, behind an empty line, and with a header line behind it. (Bounces hold lines that
 * begin with "From " in their text.) It looks at no more of the mail than that. */
#ifndef NOTME_MAILDIR_MBOX_H
#define NOTME_MAILDIR_MBOX_H

#include <glib.h>
#include <stdbool.h>

typedef struct Mbox Mbox;

/* A message is whole. @fd (which the callee owns) is open at its first byte; -1 with @why where
 * there is no room for it. @size is what of it was kept: at most one byte more than MIME_MAX_BYTES.
 * */
typedef void (*MboxMessage)(int fd, gsize size, const char *why, gpointer data);

/* Where @several is not set, the stream is one message, unless it begins with "From ". */
Mbox *mbox_new(bool several, MboxMessage message, gpointer data);
void mbox_free(Mbox *mbox);
/* More bytes of the stream; calls back for what they complete. */
void mbox_feed(Mbox *mbox, const char *bytes, gsize length);
/* The stream has ended: calls back for the last message, at least once in all. */
void mbox_end(Mbox *mbox);
/* A message has ended that was not the last: they are to be counted. */
bool mbox_is_several(const Mbox *mbox);
/* One message only, and more of it would not be read. */
bool mbox_is_full(const Mbox *mbox);

#endif
