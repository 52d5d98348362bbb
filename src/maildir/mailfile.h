/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of mail: opened carefully, read up to what the parser takes. */
#ifndef NOTME_MAILDIR_MAILFILE_H
#define NOTME_MAILDIR_MAILFILE_H

#include <glib.h>
#include <stdbool.h>

/* Opens a regular file for reading; never waits (a FIFO is refused). -1 with an error whose message
 * is the reason alone ("No such file or directory"). The caller closes it. */
int mailfile_open(const char *path, GError **error);
/* What @fd holds, at most one byte more than MIME_MAX_BYTES (which tells that there was more). NULL
 * with the reason. The caller unrefs it. */
GByteArray *mailfile_read(int fd, GError **error);

#endif
