/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes to a Message: the one place that meets GMime. Undresses what mail is pasted in (mbox From
 * line, CRLF, bare CR, leading blank lines, byte order mark, UTF-16 text, indentation, "> "
 * quoting) and reads the rest: what is plain (plain.h) as it stands, all else with GMime, tolerant
 * of broken boundaries. */
#ifndef NOTME_MESSAGE_MIME_H
#define NOTME_MESSAGE_MIME_H

#include "message/message.h"

/* Most of a message that is read, in bytes; behind it Message.truncated is set. */
#define MIME_MAX_BYTES (8u << 20)
/* Nesting, parts and headers that are kept. */
#define MIME_MAX_DEPTH 100
#define MIME_MAX_PARTS 2000

/* Call once before mime_read. Idempotent. */
void mime_init(void);
/* For a process that will not be able to open files: opens the charsets that mail is written in,
 * and keeps them. Once. */
void mime_prepare(void);
/* Never NULL: bytes that are no mail give a message without headers. Linear time, bounded stack.
 * The caller owns it. */
Message *mime_read(const char *bytes, gsize length);
/* The same, all of it by GMime, which mime_read asks only where the structure is in doubt: for
 * tests that compare. */
Message *mime_read_parsed(const char *bytes, gsize length);

/* An attached message, or the header of one, as its bytes came. */
typedef struct MimeAttached {
    char *bytes;
    gsize size;
    bool headers_only; /* a part of type text/rfc822-headers or alike */
} MimeAttached;

/* The attached messages and headers of messages in @bytes, transfer encodings taken off, in
 * document order, not those inside other attached ones; at most four. Never NULL (of MimeAttached);
 * the caller unrefs it. */
GPtrArray *mime_attached(const char *bytes, gsize length);

#endif
