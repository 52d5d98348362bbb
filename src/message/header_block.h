/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Header blocks, taken out of a text before GMime parses it: it would make objects of each field,
 * and parse addresses and dates that nobody asked for, which is more work than all the rest of its
 * parse. What it has to know of a message stands in the Content-* fields. Private to src/message.
 */
#ifndef NOTME_MESSAGE_HEADER_BLOCK_H
#define NOTME_MESSAGE_HEADER_BLOCK_H

#include "message/message.h"

/* The name of the field that stands for those that were taken out. */
#define HEADER_BLOCK_MARK "X"

typedef struct HeaderBlock {
    gsize at;          /* where its mark is in the text for the parser */
    gsize fields, end; /* where the Content-* fields begin there, and where they end */
    GPtrArray
        *headers; /* of Header, owned: all but Content-*, in their order; NULL once given away */
} HeaderBlock;

/* @text for the parser. Of the header at its start, and of those at each of @starts (of gsize,
 * growing), a mark and the Content-* fields remain, where every line of it is well-formed and a
 * blank line ends it; the others stay as they are. @blocks (of HeaderBlock) gets what was taken
 * out. The caller frees the result, and the blocks by header_blocks_free. */
GByteArray *header_blocks_take(Span text, const GArray *starts, GArray *blocks);
/* The headers of the block whose mark is at @at, or NULL where there is none, or where they were
 * asked for before. The caller owns them. */
GPtrArray *header_blocks_find(GArray *blocks, gsize at);
/* All were asked for. */
bool header_blocks_found_all(const GArray *blocks);
GArray *header_blocks_new(void);
void header_blocks_free(GArray *blocks);

#endif
