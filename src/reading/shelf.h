/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What parsers answered for files, kept for as long as the files stay what they are: nothing is
 * read twice in a session. Answers are kept as they came, packed. */
#ifndef NOTME_READING_SHELF_H
#define NOTME_READING_SHELF_H

#include <sys/types.h>

#include "reading/parser.h"

typedef struct Shelf Shelf;

/* One state of one file, and what was asked about it. All its bytes count: no padding. */
typedef struct ShelfKey {
    guint64 device, inode, size;
    gint64 changed, changed_ns, status, status_ns; /* mtime and ctime */
    guint64 wish;
} ShelfKey;

/* Bytes of readings that are kept by those who have no other wish: of some thirty thousand
 * bounces. */
enum { SHELF_MOST = 48 << 20 };
/* Keeps at most @most bytes; what comes then is read again each time. */
Shelf *shelf_new(gsize most);
void shelf_free(Shelf *shelf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Shelf, shelf_free)
/* False where the file cannot be looked at, or what is asked is not kept: texts, headers. */
bool shelf_key(const char *file, ParserWish wish, ShelfKey *key);
/* Borrowed until shelf_free; its bytes are NULL where nothing is known. */
Span shelf_find(const Shelf *shelf, const ShelfKey *key);
/* Forgets all. */
void shelf_clear(Shelf *shelf);
void shelf_keep(Shelf *shelf, const ShelfKey *key, Span answer);

#endif
