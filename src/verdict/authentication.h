/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signatures, and what the reporter's own checks of SPF, DKIM and DMARC found. */
#ifndef NOTME_VERDICT_AUTHENTICATION_H
#define NOTME_VERDICT_AUTHENTICATION_H

#include "verdict/rule.h"

/* The domain of ours in whose name a signature of the returned message is made, whether it verifies
 * or not; NULL for none. The caller frees it. */
char *authentication_signed_by_us(const Case *c);
/* The headers that came back are all that the message had when it was refused. */
bool authentication_has_all_headers(const Case *c);

/* The diagnostic of the first recipient that was refused because such a check failed, or NULL.
 * Borrowed. */
const char *authentication_refusal(const Case *c);

Answer authentication_unsigned(const Case *c);
/* The refusal says that the checks failed: against us, ... */
Answer authentication_refused(const Case *c);
/* ... or, where it names an address of ours, for us. */
Answer authentication_refused_us(const Case *c);

#endif
