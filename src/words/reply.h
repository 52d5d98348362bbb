/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SMTP replies and status codes in text. */
#ifndef NOTME_WORDS_REPLY_H
#define NOTME_WORDS_REPLY_H

#include "base/span.h"

/* Room for an RFC 3463 status and its NUL. */
#define STATUS_SIZE 12

typedef struct Reply {
    int code;                 /* 0 if none */
    char status[STATUS_SIZE]; /* "" if none */
    gsize at;                 /* where it begins */
} Reply;

/* First SMTP reply in @text, with the RFC 2034 status behind it; false if there is none. A reply is
 * a 4yz or 5yz that stands by itself (RFC 5321 4.2) and is seen in practice, or has a status of its
 * class behind it, or words such as "said:" in front. */
bool reply_find(Span text, Reply *reply);
/* The same of a 2yz: "250 2.0.0 Ok", "said: 250 …". */
bool reply_find_success(Span text, Reply *reply);
/* The 2yz, 4yz or 5yz that @text begins with, whatever standards know; 0 for none. */
int reply_code_at_start(Span text);
/* First RFC 3463 status in @text that is no version's or section's number ("Postfix 2.5.1", "RFC
 * 5321 4.2.2"), into @out (STATUS_SIZE bytes). @at, if not NULL, gets its offset. */
bool reply_status_find(Span text, char *out, gsize *at);

#endif
