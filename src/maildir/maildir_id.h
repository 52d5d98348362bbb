/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a file is the message that it is taken for: names of files are given to other messages.
 */
#ifndef NOTME_MAILDIR_ID_H
#define NOTME_MAILDIR_ID_H

#include <stdbool.h>

/* Why it is not touched where it is another. */
#define MAILDIR_ANOTHER "another message has its name by now (\"notmuch reindex\" may help)"

/* False: the file @path has another id than @id, as notmuch 0.37 knows messages:
 * what stands between < and > in its Message-ID field, blanks taken out, the
 * whole field where there are none, "notmuch-sha1-" and a hash where it is too long or missing.
 * True where it has this one, and where that cannot be told without decoding the header. Not there,
 * or not readable, is no other message. */
bool maildir_may_be(const char *path, const char *id);

#endif
