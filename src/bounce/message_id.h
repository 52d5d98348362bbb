/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Message-IDs (RFC 5322 3.6.4) that may be looked up in a store: none longer than a mail can hold.
 */
#ifndef NOTME_BOUNCE_MESSAGE_ID_H
#define NOTME_BOUNCE_MESSAGE_ID_H

#include "base/span.h"

/* The id in @value without angle brackets and white space; NULL for none, and for what no line may
 * hold (RFC 5322 2.1.1). The caller frees it. */
char *message_id_bare(Span value);
/* Adds the ids in @value, "<a@b> <c@d>", to @ids (of char *), which holds @most at most. @value may
 * be NULL. */
void message_ids_add(GPtrArray *ids, const char *value, guint most);

#endif
