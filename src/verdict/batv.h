/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Return paths that carry a signature (draft-levine-smtp-batv and its relatives). */
#ifndef NOTME_VERDICT_BATV_H
#define NOTME_VERDICT_BATV_H

#include "base/address.h"
#include "base/date.h"

typedef enum BatvResult {
    BATV_PLAIN,   /* no tag */
    BATV_TAGGED,  /* a tag that no key could verify */
    BATV_WRONG,   /* a key of that number is known, and the tag is not of it */
    BATV_OLD,     /* right, but its day is long past or far away */
    BATV_VERIFIED /* made with the key, and of these days */
} BatvResult;

/* Checks @address against @keys (of char *, "N:secret"). @when is the time at which the bounce came
 * (TIME_NONE: the day is not checked). */
BatvResult batv_check(const char *address, const GPtrArray *keys, gint64 when);
/* The tag "KDDDSSSSSS" of @address ("local@domain") for day @day and key number @key; 11 bytes with
 * the NUL. */
void batv_tag(const char *address, const char *secret, char key, unsigned day, char tag[11]);

#endif
