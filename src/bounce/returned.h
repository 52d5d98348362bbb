/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The returned message: in a part of its own, in a part's own header, or as a block of headers in
 * the text. Private to src/bounce. */
#ifndef NOTME_BOUNCE_RETURNED_H
#define NOTME_BOUNCE_RETURNED_H

#include "bounce/bounce.h"
#include "bounce/source.h"

/* Where the returned message stands in the text. */
typedef struct ReturnedPlace {
    bool found;
    bool certain;      /* all that is behind @at belongs to it */
    bool announced;    /* words in front of it announce it */
    gsize at;          /* offset of its first byte */
    guint first, last; /* its first and last line */
} ReturnedPlace;

/* Fills @out (empty, from bounce_new) from the parts of @source or from @text (source_text). */
ReturnedPlace returned_read(const BounceSource *source, const char *text, Returned *out);
/* The part of @source that holds the returned message, whose headers @out (empty) is given; -1:
 * none does, and @out is as it was. */
int returned_part(const BounceSource *source, Returned *out);
/* From, To, Subject, Message-ID, Date and the rest out of its headers. */
void returned_describe(Returned *returned);

#endif
