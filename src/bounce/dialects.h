/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dialects of bounces: what marks each, and the readers of those that the general readers cannot
 * read. Private to src/bounce. */
#ifndef NOTME_BOUNCE_DIALECTS_H
#define NOTME_BOUNCE_DIALECTS_H

#include "bounce/bounce_text.h"
#include "bounce/recipient_list.h"

/* Where a mark is looked for. */
typedef enum MarkPlace {
    IN_TEXT,   /* the folded text */
    IN_FROM,   /* the folded From */
    IN_HEADER, /* "name: piece": a header that holds the piece; "name:" any value */
    IN_TYPE    /* the whole Content-Type: boundaries tell their makers */
} MarkPlace;

typedef struct Dialect {
    const char *format; /* as in the JSON output */
    MarkPlace place;
    const char *mark; /* as text_fold writes it, of at least PHRASE_MIN bytes */
    /* Reads what general readers cannot; NULL for none. Runs before them. */
    void (*read)(const BounceSource *source, BounceText *text, RecipientList *list, Bounce *out);
} Dialect;

/* In the order in which they are tried; ends with a row without format. */
extern const Dialect dialects[];

/* Names @out's format, and lets the dialect read what the general readers cannot. */
void dialect_find(const BounceSource *source, BounceText *text, RecipientList *list, Bounce *out);

#endif
