/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a query asks of the store, and what is left for query_match.h to decide. */
#ifndef NOTME_READING_QUERY_STORE_H
#define NOTME_READING_QUERY_STORE_H

#include "reading/query.h"

/* What notmuch is asked: all that can match, and more where own terms decide. The caller frees it.
 */
char *query_for_store(const Query *query);
/* Own terms decide: what the store gives has to be looked at (query_match.h). */
bool query_has_own(const Query *query);
/* The notmuch parts that query_for_store does not imply, in the order of their numbers (of const
 * char *, borrowed from @query; the caller unrefs). */
GPtrArray *query_parts(const Query *query);
/* The query asks for @prefix with @value outside of any not: "tag:quarantined". */
bool query_asks_for(const Query *query, const char *prefix, const char *value);

#endif
