/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a query with all that other bounces say. */
#ifndef NOTME_READING_READER_COUNTED_H
#define NOTME_READING_READER_COUNTED_H

#include "reading/reader.h"

/* Brings the campaigns up to date (campaigns_renew.h) and reads @query as reader_query does. Where
 * nothing is kept yet and @query is that of the review, both are done at once. */
bool reader_query_counted(Reader *reader, const char *query, GError **error);

#endif
