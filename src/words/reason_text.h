/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a diagnostic, as the tables of reasons are written. */
#ifndef NOTME_WORDS_REASON_TEXT_H
#define NOTME_WORDS_REASON_TEXT_H

#include "base/span.h"

/* What @text says, without whom and where: addresses, host names, URLs, IP addresses, reply codes
 * and RFC 3463 statuses are taken out (none of them is a diagnosis, and each can hold words like
 * "spam"). Small letters without accents, "RecipNotFound" and "over_quota" as words, "doesn't" as
 * "doesnt", "e-mail" as "email", punctuation and white space as one blank between words; one blank
 * behind the last. UTF-8; a byte that is none is read as ISO 8859-1, as old servers write it. At
 * most TEXT_BYTES_MAX bytes are read. Linear. The caller frees it. */
char *reason_text(Span text);

#endif
