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
/* Makes @folder (0700) and what is missing above it, each name made to last in the folder that
 * holds it. One that is there is left as it is. False with errno set. */
bool durable_make_folder(const char *folder);
/* rename(2) that never replaces: errno is EEXIST then. */
bool durable_rename_new(const char *from, const char *to);

#endif
