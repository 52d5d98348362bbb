/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What statuses and reply codes say of the reason by themselves. Private to src/bounce. */
#ifndef NOTME_BOUNCE_REASON_CODES_H
#define NOTME_BOUNCE_REASON_CODES_H

#include "bounce/bounce.h"

/* By the detail of an RFC 3463 status (IANA's registry; Exchange's own): @firm asks for those with
 * one meaning only, else for the others. REASON_NONE where it has none, and for NULL. */
Reason reason_of_status(const char *status, bool firm);
/* By the subject of an RFC 3463 status, where the detail says nothing. */
Reason reason_of_subject(const char *status);
/* By a reply code: @firm as above. */
Reason reason_of_code(int code, bool firm);

#endif
