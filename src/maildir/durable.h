/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing that has to last. */
#ifndef NOTME_MAILDIR_DURABLE_H
#define NOTME_MAILDIR_DURABLE_H

#include <glib.h>
#include <stdbool.h>

/* Writes all of @bytes; false with errno set. */
bool durable_write(int fd, const char *bytes, gsize length);
/* Makes the names in @folder last (fsync of the folder); false with errno set. A file system that
 * cannot do it is no error. */
bool durable_sync_folder(const char *folder);

#endif
