/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of the sent folders that has the id of what came back: whether it is that message, and in
 * what not. */
#ifndef NOTME_ANALYSIS_SENT_COPY_H
#define NOTME_ANALYSIS_SENT_COPY_H

#include <glib.h>

#include "verdict/facts.h"

/* What came back. Times are Unix seconds, UTC; TIME_NONE. All borrowed. */
typedef struct SentWanted {
    gint64 date;                 /* it bears */
    gint64 when;                 /* the bounce was written */
    const char *subject;         /* decoded, or NULL */
    const GPtrArray *recipients; /* of char *: whom it did not reach */
} SentWanted;

/* What we have. All borrowed. */
typedef struct SentCopy {
    const char *folder;       /* where it lies, for sentences */
    const char *subject;      /* decoded, or NULL */
    const GPtrArray *headers; /* of Header */
} SentCopy;

/* Sets what @answer says of the sent mail: sent_here and sent_text where @copy has the date and a
 * recipient of @wanted; else sent_misfit, and sent_to where only the recipient differs. What an
 * earlier copy said stays where this one says no more. True if it is the message. */
bool sent_copy_answer(const SentCopy *copy, const SentWanted *wanted, StoreFacts *answer);

#endif
