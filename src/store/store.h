/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store: the only folder that meets libnotmuch. Query -> ids, files, dates, tags; what only the
 * store knows; changes. */
#ifndef NOTME_STORE_STORE_H
#define NOTME_STORE_STORE_H

#include "base/date.h"
#include "base/span.h"

typedef struct Store Store;

/* One message of a query. Owned by the caller of store_query's callback only for the call. */
typedef struct StoreMessage {
    const char *id;           /* Message-ID without brackets */
    const char *const *files; /* absolute paths, NULL-terminated; all files with this id */
    guint file_count;
    gint64 date;             /* Unix seconds, UTC */
    const char *const *tags; /* NULL-terminated */
    const char *word;        /* property notme.verdict, or NULL */
} StoreMessage;

/* Opens the database read-only (or for writing) named by the notmuch configuration @config_path
 * (NULL: notmuch's own choice, honouring NOTMUCH_CONFIG and NOTMUCH_PROFILE). Errors are sentences:
 * no database (how to make one), locked, wrong version. @writable waits for the lock; @waiting (may
 * be NULL) is called once if it has to wait. */
Store *store_open(const char *config_path, bool writable, void (*waiting)(gpointer), gpointer data,
                  GError **error);
/* Closes; for a writable store only this makes changes last. False with an error if they could not
 * be written. */
bool store_close(Store *store, GError **error);
const char *store_mail_root(const Store *store); /* absolute, symbolic links resolved */
/* notmuch's user.primary_email and other_email, user.name; borrowed. */
const GPtrArray *store_addresses(const Store *store);
const char *store_user_name(const Store *store);
guint64 store_revision(const Store *store);

/* Runs @query newest first; calls @each until it returns false. exclude_tags are not applied: the
 * query names what it leaves out. A read-only handle that another program's commits made stale is
 * reopened and the query resumed. */
typedef bool (*StoreEach)(const StoreMessage *message, gpointer data);
bool store_query(Store *store, const char *query, StoreEach each, gpointer data, GError **error);
guint store_count(Store *store, const char *query);
/* Files of one id; NULL if it is not there. Free with g_strfreev. */
char **store_files_of(Store *store, const char *id);
bool store_has_id(Store *store, const char *id);

#endif
