/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mail that was packed: gzip is unpacked, as notmuch and Dovecot do; other packed or plainly other
 * data is named instead of being read as mail. */
#ifndef NOTME_MESSAGE_PACKED_H
#define NOTME_MESSAGE_PACKED_H

#include "base/span.h"

/* @bytes (taken over) as they are, or unpacked where they are gzip data (RFC 1952), at most one
 * byte more than MIME_MAX_BYTES. NULL with an error where they are no mail. The caller unrefs the
 * result. For the process that reads the mail: the bytes are hostile. */
GByteArray *packed_open(GByteArray *bytes, GError **error);

/* @first, the first three bytes of some data, are those of gzip data. */
bool packed_is_gzip(Span first);

/* gzip data as they come: several members one behind the other are one, and what is behind the
 * last is passed over (gzip(1), and gzread() of zlib, which notmuch reads mail by). */
typedef struct Unzip Unzip;
Unzip *unzip_new(void);
void unzip_free(Unzip *unzip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Unzip, unzip_free)
/* Unpacks the start of @in, as much as has room in the @room bytes at @out; *@in becomes what is
 * left of it. 0: all of it was taken, or no more can be. */
gsize unzip_some(Unzip *unzip, Span *in, char *out, gsize room);
/* What is wrong with the data, all of which was given: a constant, or NULL. */
const char *unzip_why(const Unzip *unzip);

#endif
