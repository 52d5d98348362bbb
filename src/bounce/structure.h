/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each part of a message is for. Private to src/bounce. */
#ifndef NOTME_BOUNCE_STRUCTURE_H
#define NOTME_BOUNCE_STRUCTURE_H

#include "bounce/sender.h"

/* What a part is for, as seen from the message that reports. */
typedef enum PartRole {
    ROLE_INSIDE,    /* belongs to an attached message: says nothing of this one */
    ROLE_CONTAINER, /* multipart */
    ROLE_TEXT,      /* for people */
    ROLE_STATUS,    /* RFC 3464, RFC 6533 */
    ROLE_DISPOSITION,
    ROLE_FEEDBACK,
    ROLE_MESSAGE, /* an attached message or header block */
    ROLE_OTHER
} PartRole;

typedef struct Structure {
    int base;       /* root of the message that reports: 0, or a report in a filter's wrapper */
    PartRole *role; /* of each part */
    int status, disposition, feedback; /* part or -1 */
} Structure;

/* Fills @structure, which the caller clears with structure_clear. */
void structure_read(Structure *structure, const Message *message, const Sender *sender);
void structure_clear(Structure *structure);
/* Whether part @i is of the message that reports (no attached message's). */
bool structure_own(const Structure *structure, int i);

#endif
