/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a header may be looked up in a store: Message-IDs (RFC 5322 3.6.4) and addresses, none
 * longer than a mail can hold. */
#ifndef NOTME_BOUNCE_MESSAGE_ID_H
#define NOTME_BOUNCE_MESSAGE_ID_H

#include "base/span.h"

/* The id in @value without angle brackets and white space; NULL for none, and for what no line may
 * hold (RFC 5322 2.1.1). The caller frees it. */
char *id_bare(Span value);
/* Adds the ids in @value, "<a@b> <c@d>", to @ids (of char *), which holds @most at most. @value may
 * be NULL. */
void ids_add(GPtrArray *ids, const char *value, guint most);

/* The addr-spec in @value; NULL for none, and for one longer than ADDRESS_MAX. The caller frees it.
 */
char *address_bounded(const char *value);
/* Adds the addr-specs of the list @value to @out (of char *), which holds @most at most. */
void addresses_add(GPtrArray *out, const char *value, guint most);

#endif
