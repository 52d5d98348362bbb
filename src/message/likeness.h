/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which message a text is, when programs have passed it on: mail readers, mbox files and pipes
 * change line ends, add a "From " line, or write down what they know of it. */
#ifndef NOTME_MESSAGE_LIKENESS_H
#define NOTME_MESSAGE_LIKENESS_H

#include "base/span.h"

typedef struct Likeness {
    char *message_id; /* the field as it stands, unfolded; NULL: none */
    char *sha1;       /* of the bytes: notmuch's id of mail without a Message-ID has it */
    char *content;    /* SHA-256 of all that is the same however it was passed on */
} Likeness;

/* @bytes are hostile: linear time. Hexadecimal digests. The caller clears it. */
Likeness likeness_of(Span bytes);
void likeness_clear(Likeness *likeness);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Likeness, likeness_clear)
bool likeness_same(const Likeness *one, const Likeness *other);

#endif
