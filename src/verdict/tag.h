/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tag of the return path to which the bounce was sent. */
#ifndef NOTME_VERDICT_TAG_H
#define NOTME_VERDICT_TAG_H

#include "verdict/batv.h"
#include "verdict/case.h"

typedef struct Tag {
    BatvResult result; /* the best that an address of ours gave */
    char *address; /* that gave it; where it is BATV_PLAIN, one of ours that our server recorded;
                      NULL for none */
    bool recorded; /* our own server wrote it down; a To was written by who sent the bounce */
} Tag;

Tag tag_find(const Case *c);
void tag_clear(Tag *tag);

#endif
