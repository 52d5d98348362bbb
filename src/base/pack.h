/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain values in a row of bytes: how processes hand data to each other. Numbers take as many bytes
 * as they need (seven bits each, the lowest first); texts are valid UTF-8 and end with a NUL, so
 * that they can be used where they lie. Reading believes nothing: what is too long, too large or no
 * UTF-8 breaks the whole, and reads as nothing from then on. */
#ifndef NOTME_BASE_PACK_H
#define NOTME_BASE_PACK_H

#include "base/span.h"

void pack_number(GByteArray *to, guint64 number);
/* Small numbers of either sign are short. */
void pack_signed(GByteArray *to, gint64 number);
/* NULL stays NULL; what is no UTF-8 is replaced by U+FFFD. */
void pack_text(GByteArray *to, const char *text);
/* The same with any bytes: names of files, ids. */
void pack_name(GByteArray *to, const char *name);
/* Any bytes, NULs too. */
void pack_bytes(GByteArray *to, const void *bytes, gsize length);

typedef struct Unpack {
    const guint8 *at, *end;
    bool broken;
    bool known; /* it was read before, and found good: fields_unpack leaves texts where they lie */
} Unpack;

/* @bytes stay borrowed by all that is read from it. */
Unpack unpack_new(const void *bytes, gsize length);
/* A number of at most @most. */
guint64 unpack_number(Unpack *from, guint64 most);
gint64 unpack_signed(Unpack *from, gint64 least, gint64 most);
bool unpack_bool(Unpack *from);
/* NULL where NULL was packed, or where it is broken. Borrowed. */
const char *unpack_text(Unpack *from);
/* A copy of it; the caller frees it. */
char *unpack_text_copy(Unpack *from);
/* Like unpack_text, without a look at its bytes: of what is known to be good. */
const char *unpack_text_known(Unpack *from);
/* What pack_name packed; likewise. */
const char *unpack_name(Unpack *from);
/* Borrowed; not ended by a NUL. */
Span unpack_bytes(Unpack *from);
/* All was read, and nothing was broken. */
bool unpack_finished(const Unpack *from);

#endif
