/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our own signatures (RFC 6376), verified with libopendkim and the configured keys: nothing is
 * looked up. Without the library the answer is always "unknown". */
#ifndef NOTME_VERDICT_DKIM_H
#define NOTME_VERDICT_DKIM_H

#include "bounce/bounce.h"

/* Looks in @message (a whole message, as it was sent) for a signature by one of @keys (of char *,
 * "SELECTOR:DOMAIN=KEY" with KEY the base64 or PEM of the public key, or the record of the DNS)
 * that verifies and covers a To or Cc that names one of @recipients (of Recipient). TRI_NO: a
 * signature by one of the keys is there and does not verify. @when is the date of the message
 * (TIME_NONE). */
Tri dkim_check(Span message, const GPtrArray *keys, const GPtrArray *recipients, gint64 when);

/* For a process that will not be able to open files, and has keys: opens the library, for good. */
void dkim_prepare(void);

#endif
