/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of tags, "v=1; a=rsa-sha256; ..." (RFC 6376 3.2), as in signatures and key records. */
#ifndef NOTME_DKIM_DKIM_TAGS_H
#define NOTME_DKIM_DKIM_TAGS_H

#include "base/span.h"

enum { DKIM_TAGS_MAX = 40 };

typedef struct DkimTag {
    Span name, value; /* without white space around them; folds inside the value stay */
} DkimTag;

/* Borrows from the text that was read. */
typedef struct DkimTags {
    DkimTag tags[DKIM_TAGS_MAX];
    gsize n;
} DkimTags;

/* False for what is no such list: a part without "=", an empty name, a name twice, too many. */
bool dkim_tags_read(Span text, DkimTags *out);
/* The value of tag @name (with case), or an empty span. @found may be NULL. */
Span dkim_tag(const DkimTags *tags, const char *name, bool *found);
/* The value without any white space ("b=", "bh=", "h="), which folding put there. The caller frees
 * it. */
char *dkim_tag_packed(Span value);

#endif
