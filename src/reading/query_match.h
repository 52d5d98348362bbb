/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a row is one that a query asks for. */
#ifndef NOTME_READING_QUERY_MATCH_H
#define NOTME_READING_QUERY_MATCH_H

#include "reading/query.h"
#include "reading/row.h"

/* Whether the message @id is one that part @part of the query (query_parts) gives. */
typedef bool (*QueryHas)(guint part, const char *id, gpointer data);

/* @has may be NULL where query_parts is empty. */
bool query_match(const Query *query, const Row *row, QueryHas has, gpointer data);

#endif
