/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Message-IDs in header values (RFC 5322 3.6.4). Private to src/bounce. */
#ifndef NOTME_BOUNCE_MESSAGE_ID_H
#define NOTME_BOUNCE_MESSAGE_ID_H

#include "base/span.h"

/* The id in @value without angle brackets and white space; NULL for none, and for what no line may
 * hold (RFC 5322 2.1.1). The caller frees it. */
char *id_bare(Span value);
/* Adds the ids in @value, "<a@b> <c@d>", to @ids (of char *), which holds @most at most. @value may
 * be NULL. */
void ids_add(GPtrArray *ids, const char *value, guint most);

#endif
