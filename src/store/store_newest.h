/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The newest messages of a query: notmuch gives all of a query or nothing, and some are dear. */
#ifndef NOTME_STORE_STORE_NEWEST_H
#define NOTME_STORE_STORE_NEWEST_H

#include "store/store.h"

/* How far back was looked, and how many there were; zero at first. */
typedef struct StoreNewest {
    gint64 days;
    guint there;
} StoreNewest;

/* A query for the @count newest messages of @query, which should be a cheap one, or a few times as
 * many; where too many are of one second, as in a flood, it names the @count by their ids. NULL:
 * there are not so many, or they are a flood and too many to be named, or it could not be asked:
 * all is left to ask for. @looked is that of the last call, for fewer. @excluding: as for
 * store_query. The caller frees it. */
char *store_newest(Store *store, const char *query, bool excluding, guint count,
                   StoreNewest *looked);
/* The query for what of @query is of the last thirty days, and in @older for all else of it: of the
 * whole of it notmuch gives nothing before all is found and sorted. The caller frees both. */
char *store_newest_month(const char *query, char **older);
/* What of @query is in @newest, too, and not in @before, which are such queries; NULL: none. The
 * caller frees it. */
char *store_newest_join(const char *query, const char *newest, const char *before);

#endif
