/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which messages the handles of a query are of. */
#ifndef NOTME_READING_HANDLE_FIND_H
#define NOTME_READING_HANDLE_FIND_H

#include "reading/query.h"
#include "store/store.h"

/* Looks for each handle of @query among what @among, a query of notmuch, gives, and writes the id
 * into @query: the store is asked for that message alone. False with an error, a sentence, where a
 * handle is of no message or could be of two. */
bool handle_find(Query *query, Store *store, const char *among, GError **error);

#endif
