/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store: the only folder that meets libnotmuch. Query -> ids, files, dates, tags; what only the
 * store knows; changes. */
#ifndef NOTME_STORE_STORE_H
#define NOTME_STORE_STORE_H

#include "base/date.h"
#include "base/span.h"

typedef struct Store Store;

/* The property that holds the reviewer's word on a verdict. */
#define STORE_WORD "notme.verdict"

/* One message of a query. Owned by the caller of store_query's callback only for the call. */
typedef struct StoreMessage {
    const char *id;           /* Message-ID without brackets */
    const char *const *files; /* absolute paths, NULL-terminated; all files with this id */
    guint file_count;
    gint64 date;      /* Unix seconds, UTC */
    char **tags;      /* NULL-terminated */
    const char *word; /* property notme.verdict, or NULL */
} StoreMessage;

#define STORE_ERROR (store_error_quark())
GQuark store_error_quark(void);
typedef enum StoreError {
    STORE_ERROR_CANNOT,  /* no database, no configuration, wrong version, no permission */
    STORE_ERROR_STOPPED, /* @waiting returned false */
    STORE_ERROR_GONE,    /* the message or file is not in the database (any more) */
    STORE_ERROR_FAILED   /* disk full, read-only, database damaged */
} StoreError;

/* Opens the database read-only (or for writing) named by the notmuch configuration @config_path
 * (NULL: notmuch's own choice, honouring NOTMUCH_CONFIG and NOTMUCH_PROFILE). Errors are sentences:
 * no database (how to make one), locked, wrong version. @writable waits for the lock; @waiting (may
 * be NULL) is then called ten times a second and returns false to give up. */
Store *store_open(const char *config_path, bool writable, bool (*waiting)(gpointer), gpointer data,
                  GError **error);
/* Makes the database that the notmuch configuration @config_path describes, and opens it for
 * writing.
 */
Store *store_create(const char *config_path, GError **error);
/* Closes; for a writable store only this makes changes last. False with an error if they could not
 * be written. */
bool store_close(Store *store, GError **error);
static inline void store_forget(Store *store)
{
    store_close(store, NULL);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_forget)
/* The folder that holds the mail, absolute: as all file names of the store begin. It may be or go
 * through a symbolic link; store_real_root is the same folder with links resolved. */
const char *store_mail_root(const Store *store);
const char *store_real_root(const Store *store);
/* notmuch's user.primary_email and other_email, user.name; borrowed. */
const GPtrArray *store_addresses(const Store *store);
const char *store_user_name(const Store *store);
/* Of the last change, for "lastmod:" queries; @uuid (may be NULL; borrowed) names the database that
 * it counts for. */
guint64 store_revision(const Store *store, const char **uuid);

/* Runs @query newest first; calls @each until it returns false. @excluding: search.exclude_tags
 * hold as in notmuch, where what bears such a tag is left out unless the query names it. A
 * read-only handle that another program's commits made stale is reopened and the query resumed. */
typedef bool (*StoreEach)(const StoreMessage *message, gpointer data);
bool store_query(Store *store, const char *query, bool excluding, StoreEach each, gpointer data,
                 GError **error);
/* One message, by its id: calls @each if it is there. */
bool store_look(Store *store, const char *id, StoreEach each, gpointer data);
guint store_count(Store *store, const char *query);
/* The same, but search.exclude_tags hold: as many as store_query gives with @excluding. */
guint store_count_given(Store *store, const char *query);
/* search.exclude_tags of the notmuch configuration (of char *); borrowed. */
const GPtrArray *store_excluded_tags(const Store *store);
/* How many messages of @query search.exclude_tags leave out. */
guint store_count_excluded(Store *store, const char *query);
/* Names that the notmuch configuration adds as prefixes of queries (index.header.*); a
 * NULL-terminated list, borrowed. */
const char *const *store_prefixes(const Store *store);
/* Files of one id; NULL if it is not there. Free with g_strfreev. */
char **store_files_of(Store *store, const char *id);
bool store_has_id(Store *store, const char *id);
/* Tags of one id, sorted as notmuch does; NULL if it is not there. Free with g_strfreev. */
char **store_tags_of(Store *store, const char *id);
/* When the message @id was sent, by the database; TIME_NONE if it is not there. */
gint64 store_date_of(Store *store, const char *id);
/* The message that @file belongs to, by the database; NULL: none. The caller frees it. */
char *store_id_of_file(Store *store, const char *file);
/* First value of the property @key of @id, or NULL. The caller frees it. */
char *store_property_of(Store *store, const char *id, const char *key);

/* Writing (store_write.c). Nothing lasts before store_close. */

/* maildir.synchronize_flags of the notmuch configuration. */
bool store_syncs_flags(const Store *store);
typedef struct StoreChange {
    const char *const *add, *const *remove; /* tags, NULL-terminated; NULL: none */
    const char *property;                   /* key, or NULL */
    const char *value; /* its only value from then on; NULL: it is taken away */
} StoreChange;
/* Applies @change to @id in one freeze/thaw. Files are not renamed: flags are the caller's. */
bool store_change(Store *store, const char *id, const StoreChange *change, GError **error);
/* Puts @file into the index; @id gets the message's id (may be NULL). A file that is there already
 * stays. */
bool store_add_file(Store *store, const char *file, char **id, GError **error);
/* Takes @file out of the index (not from the disk); with the last file the message goes, tags and
 * all. One that is not there is no error. */
bool store_remove_file(Store *store, const char *file, GError **error);

#endif
