/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mail that was packed: gzip is unpacked, as notmuch and Dovecot do; other packed or plainly other
 * data is named instead of being read as mail. */
#ifndef NOTME_MESSAGE_PACKED_H
#define NOTME_MESSAGE_PACKED_H

#include <glib.h>

/* @bytes (taken over) as they are, or unpacked where they are gzip data (RFC 1952), at most one
 * byte more than MIME_MAX_BYTES. NULL with an error where they are no mail. The caller unrefs the
 * result. For the process that reads the mail: the bytes are hostile. */
GByteArray *packed_open(GByteArray *bytes, GError **error);

#endif
