/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the store knows of a query's parts: which messages each of them gives. */
#ifndef NOTME_READING_QUERY_FACTS_H
#define NOTME_READING_QUERY_FACTS_H

#include "reading/query.h"
#include "store/store.h"

typedef struct QueryFacts QueryFacts;

/* Asks @store for all parts of @query that it does not imply. NULL with an error where one of them
 * fails. */
QueryFacts *query_facts_new(const Query *query, Store *store, GError **error);
void query_facts_free(QueryFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(QueryFacts, query_facts_free)
/* A QueryHas (query_match.h): @data is the QueryFacts. */
bool query_facts_has(guint part, const char *id, gpointer data);

#endif
