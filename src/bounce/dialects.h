/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dialects of bounces: what marks each, and the readers of those that the general readers cannot
 * read. Private to src/bounce. */
#ifndef NOTME_BOUNCE_DIALECTS_H
#define NOTME_BOUNCE_DIALECTS_H

#include "bounce/reading.h"

/* Where a mark is looked for. */
typedef enum MarkPlace {
    IN_TEXT,   /* the folded text */
    IN_FROM,   /* the folded From */
    IN_HEADER, /* "Name: piece": a header that holds the piece; "Name:" any value */
    IN_TYPE    /* the whole Content-Type: boundaries tell their makers */
} MarkPlace;

typedef struct Dialect {
    const char *format; /* as in the JSON output */
    MarkPlace place;
    const char *mark; /* lower case */
    /* Reads what general readers cannot; NULL for none. Runs before them. */
    void (*read)(Reading *r);
} Dialect;

/* In the order in which they are tried; ends with a row without format. */
extern const Dialect dialects[];

/* dialect_json.c: notifications of Amazon SES by way of SNS. */
void dialect_json_read(Reading *r);
/* dialect_x400.c: recipients as X.400 addresses with "dda:SMTP=". */
void dialect_x400_read(Reading *r);

#endif
