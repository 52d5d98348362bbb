/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the store share; nobody else includes it. */
#ifndef NOTME_STORE_STORE_PRIVATE_H
#define NOTME_STORE_STORE_PRIVATE_H

#include <notmuch.h>

#include "store/store.h"

struct Store {
    notmuch_database_t *db;
    bool writable, sync_flags;
    char *root, *real_root, *name;
    GPtrArray *exclude_tags; /* of char *: search.exclude_tags */
    GPtrArray *prefixes;     /* of char *: names of index.header.*; ends with NULL */
    GPtrArray *addresses;    /* of char * */
};

/* NULL with success: there is none. A stale read-only handle is reopened. */
notmuch_message_t *store_find(Store *store, const char *id, notmuch_status_t *status);
/* @query newest first; @excluding as for store_query. NULL: no memory. */
notmuch_query_t *store_query_new(const Store *store, const char *query, bool excluding);
/* "@what: notmuch's reason". */
void store_set_error(GError **error, Store *store, notmuch_status_t status, const char *what);

#endif
