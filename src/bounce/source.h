/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message as the readers of bounces are given it: made once, changed by nobody. Private to
 * src/bounce. */
#ifndef NOTME_BOUNCE_SOURCE_H
#define NOTME_BOUNCE_SOURCE_H

#include "bounce/structure.h"

typedef struct BounceSource {
    const Message *message; /* borrowed */
    char *subject;          /* decoded, never NULL */
    Sender sender;
    Structure structure;
} BounceSource;

/* Fills @source, which the caller clears with source_clear; it borrows @message. */
void source_read(BounceSource *source, const Message *message);
void source_clear(BounceSource *source);
/* The text for people, HTML taken off, valid UTF-8, about TEXT_BYTES_MAX at most. The caller frees
 * it. */
char *source_text(const BounceSource *source);
/* The value of @name in the message's own header, or NULL. Borrowed. */
const char *source_header(const BounceSource *source, const char *name);
/* Whether header @name is there and its value holds @piece, ASCII case ignored. */
bool source_header_has(const BounceSource *source, const char *name, const char *piece);

#endif
