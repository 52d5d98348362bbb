/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening the notmuch database and asking it. */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/store_private.h"

G_DEFINE_QUARK(notme-store-error, store_error);

enum { WAIT_STEP_US = 100 * 1000, REOPEN_MOST = 5 };

static void store_free(Store *store)
{
    if (store->db)
        notmuch_database_destroy(store->db);
    g_clear_pointer(&store->addresses, g_ptr_array_unref);
    g_clear_pointer(&store->exclude_tags, g_ptr_array_unref);
    g_clear_pointer(&store->prefixes, g_ptr_array_unref);
    g_free(store->root);
    g_free(store->real_root);
    g_free(store->name);
    g_free(store);
}

/* notmuch's reason in one line, without the name of its function and the line end. */
static char *reason_of(notmuch_status_t status, const char *detail)
{
    g_autofree char *text = g_strdup(detail && *detail ? detail : notmuch_status_to_string(status));
    char *query = strstr(text, "\nQuery string was:"); /* which our caller shows */
    if (query)
        *query = '\0';
    for (char *p = text; *p; p++)
        if (*p == '\n' || *p == '\t')
            *p = ' ';
    g_strstrip(text);
    gsize n = strlen(text);
    if (n > 0 && text[n - 1] == '.')
        text[n - 1] = '\0';
    return g_steal_pointer(&text);
}

/* @detail is notmuch's (malloc) and is freed. */
static void set_open_error(GError **error, notmuch_status_t status, char *detail)
{
    g_autofree char *reason = reason_of(status, detail);
    bool no_config = status == NOTMUCH_STATUS_NO_CONFIG;
    bool no_database = status == NOTMUCH_STATUS_NO_DATABASE ||
                       status == NOTMUCH_STATUS_NO_MAIL_ROOT ||
                       (detail && strstr(detail, "No such file"));
    free(detail);
    if (no_config)
        g_set_error(error, STORE_ERROR, STORE_ERROR_CANNOT,
                    "no notmuch configuration: %s; \"notmuch setup\" and \"notmuch new\" make a "
                    "database of your mail, \"notme demo\" a small one to try",
                    reason);
    else if (no_database)
        g_set_error(error, STORE_ERROR, STORE_ERROR_CANNOT,
                    "no notmuch database: %s; \"notmuch setup\" and \"notmuch new\" make one of "
                    "your mail, \"notme demo\" a small one to try",
                    reason);
    else
        g_set_error(error, STORE_ERROR, STORE_ERROR_CANNOT,
                    "the notmuch database cannot be opened: %s", reason);
}

void store_set_error(GError **error, Store *store, notmuch_status_t status, const char *what)
{
    g_autofree char *reason =
        reason_of(status, store->db ? notmuch_database_status_string(store->db) : NULL);
    g_set_error(error, STORE_ERROR, STORE_ERROR_FAILED, "%s: %s", what, reason);
}

static bool store_open_db(Store *store, const char *config_path, bool writable, GError **error)
{
    char *detail = NULL;
    notmuch_status_t status = notmuch_database_open_with_config(
        NULL, writable ? NOTMUCH_DATABASE_MODE_READ_WRITE : NOTMUCH_DATABASE_MODE_READ_ONLY,
        config_path, NULL, &store->db, &detail);
    if (status != NOTMUCH_STATUS_SUCCESS) {
        if (store->db)
            notmuch_database_destroy(store->db);
        store->db = NULL;
        set_open_error(error, status, detail);
        return false;
    }
    free(detail);
    return true;
}

/* The file that a writer of the index locks; NULL: not found. */
static char *lock_file_of(notmuch_database_t *db)
{
    static const char *const places[] = {".notmuch/xapian/flintlock", "xapian/flintlock", NULL};
    const char *paths[] = {notmuch_config_get(db, NOTMUCH_CONFIG_DATABASE_PATH),
                           notmuch_database_get_path(db)};
    for (gsize p = 0; p < G_N_ELEMENTS(paths); p++)
        for (gsize i = 0; paths[p] && places[i]; i++) {
            char *file = g_build_filename(paths[p], places[i], NULL);
            if (g_file_test(file, G_FILE_TEST_EXISTS))
                return file;
            g_free(file);
        }
    return NULL;
}

/* libnotmuch waits for the lock inside Xapian, where nothing can be shown and nothing stopped: so
 * wait here until it is free. False when @waiting gave up. */
static bool lock_wait(const char *file, bool (*waiting)(gpointer), gpointer data)
{
    int fd = open(file, O_RDWR | O_CLOEXEC);
    bool go_on = true;
    while (fd >= 0 && go_on) {
        struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1};
        if (fcntl(fd, F_GETLK, &lock) < 0 || lock.l_type == F_UNLCK)
            break;
        go_on = !waiting || waiting(data);
        if (go_on)
            g_usleep(WAIT_STEP_US);
    }
    if (fd >= 0)
        close(fd);
    return go_on;
}

/* Appends the values of a configuration key. */
static void config_list(notmuch_database_t *db, notmuch_config_key_t key, GPtrArray *list)
{
    notmuch_config_values_t *values = notmuch_config_get_values(db, key);
    for (; values && notmuch_config_values_valid(values);
         notmuch_config_values_move_to_next(values)) {
        const char *value = notmuch_config_values_get(values);
        if (value && *value)
            g_ptr_array_add(list, g_strdup(value));
    }
    if (values)
        notmuch_config_values_destroy(values);
}

/* What stands behind @prefix in the keys that begin with it; ends with NULL. */
static GPtrArray *config_names(notmuch_database_t *db, const char *prefix)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    notmuch_config_pairs_t *pairs = notmuch_config_get_pairs(db, prefix);
    for (; pairs && notmuch_config_pairs_valid(pairs); notmuch_config_pairs_move_to_next(pairs)) {
        const char *key = notmuch_config_pairs_key(pairs);
        if (key && g_str_has_prefix(key, prefix))
            g_ptr_array_add(names, g_strdup(key + strlen(prefix)));
    }
    if (pairs)
        notmuch_config_pairs_destroy(pairs);
    g_ptr_array_add(names, NULL);
    return names;
}

static void store_learn_config(Store *store)
{
    const char *root = notmuch_config_get(store->db, NOTMUCH_CONFIG_MAIL_ROOT);
    if (!root || !*root)
        root = notmuch_database_get_path(store->db);
    store->root = g_canonicalize_filename(root, NULL);
    char *real = realpath(store->root, NULL);
    store->real_root = g_strdup(real ? real : store->root);
    free(real);
    notmuch_bool_t sync = TRUE;
    if (notmuch_config_get_bool(store->db, NOTMUCH_CONFIG_SYNC_MAILDIR_FLAGS, &sync) ==
        NOTMUCH_STATUS_SUCCESS)
        store->sync_flags = sync;
    store->name = g_strdup(notmuch_config_get(store->db, NOTMUCH_CONFIG_USER_NAME));
    store->addresses = g_ptr_array_new_with_free_func(g_free);
    const char *primary = notmuch_config_get(store->db, NOTMUCH_CONFIG_PRIMARY_EMAIL);
    if (primary && *primary)
        g_ptr_array_add(store->addresses, g_strdup(primary));
    config_list(store->db, NOTMUCH_CONFIG_OTHER_EMAIL, store->addresses);
    store->exclude_tags = g_ptr_array_new_with_free_func(g_free);
    config_list(store->db, NOTMUCH_CONFIG_EXCLUDE_TAGS, store->exclude_tags);
    store->prefixes = config_names(store->db, "index.header.");
}

static bool store_make_writable(Store *store, const char *config_path, bool (*waiting)(gpointer),
                                gpointer data, GError **error)
{
    g_autofree char *lock = lock_file_of(store->db);
    if (notmuch_database_needs_upgrade(store->db)) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_CANNOT,
                    "the notmuch database was made by an older notmuch; \"notmuch new\" brings it "
                    "up to date");
        return false;
    }
    notmuch_database_destroy(store->db);
    store->db = NULL;
    if (lock && access(lock, W_OK) < 0) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_CANNOT,
                    "the notmuch database cannot be changed: %s: %s", lock, g_strerror(errno));
        return false;
    }
    if (lock && !lock_wait(lock, waiting, data)) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_STOPPED,
                    "stopped while another program held the notmuch database");
        return false;
    }
    return store_open_db(store, config_path, true, error);
}

Store *store_open(const char *config_path, bool writable, bool (*waiting)(gpointer), gpointer data,
                  GError **error)
{
    Store *store = g_new0(Store, 1);
    store->sync_flags = true;
    store->writable = writable;
    bool good = store_open_db(store, config_path, false, error);
    if (good)
        store_learn_config(store);
    if (good && writable)
        good = store_make_writable(store, config_path, waiting, data, error);
    if (!good) {
        store_free(store);
        return NULL;
    }
    return store;
}

Store *store_create(const char *config_path, GError **error)
{
    char *detail = NULL;
    notmuch_database_t *db = NULL;
    notmuch_status_t status =
        notmuch_database_create_with_config(NULL, config_path, NULL, &db, &detail);
    if (db)
        notmuch_database_destroy(db);
    if (status != NOTMUCH_STATUS_SUCCESS) {
        g_autofree char *reason = reason_of(status, detail);
        free(detail);
        g_set_error(error, STORE_ERROR, STORE_ERROR_CANNOT,
                    "the notmuch database cannot be made: %s", reason);
        return NULL;
    }
    free(detail);
    return store_open(config_path, true, NULL, NULL, error);
}

bool store_close(Store *store, GError **error)
{
    if (!store)
        return true;
    notmuch_status_t status = notmuch_database_close(store->db);
    if (status != NOTMUCH_STATUS_SUCCESS)
        store_set_error(error, store, status, "the changes could not be written to the database");
    store_free(store);
    return status == NOTMUCH_STATUS_SUCCESS;
}

const char *store_mail_root(const Store *store)
{
    return store->root;
}

const char *store_real_root(const Store *store)
{
    return store->real_root;
}

const GPtrArray *store_addresses(const Store *store)
{
    return store->addresses;
}

const char *store_user_name(const Store *store)
{
    return store->name;
}

bool store_syncs_flags(const Store *store)
{
    return store->sync_flags;
}

guint64 store_revision(const Store *store, const char **uuid)
{
    return notmuch_database_get_revision(store->db, uuid);
}

/* After two commits of another program a read-only handle is too old to be read. */
static bool store_reopen(Store *store)
{
    return notmuch_database_reopen(store->db, NOTMUCH_DATABASE_MODE_READ_ONLY) ==
           NOTMUCH_STATUS_SUCCESS;
}

notmuch_message_t *store_find(Store *store, const char *id, notmuch_status_t *status)
{
    notmuch_message_t *message = NULL;
    *status = NOTMUCH_STATUS_SUCCESS;
    for (int i = 0; i < REOPEN_MOST; i++) {
        *status = notmuch_database_find_message(store->db, id, &message);
        if (*status != NOTMUCH_STATUS_XAPIAN_EXCEPTION || store->writable || !store_reopen(store))
            break;
    }
    return *status == NOTMUCH_STATUS_SUCCESS ? message : NULL;
}

static GPtrArray *files_of(notmuch_message_t *message)
{
    GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
    notmuch_filenames_t *names = notmuch_message_get_filenames(message);
    for (; names && notmuch_filenames_valid(names); notmuch_filenames_move_to_next(names))
        g_ptr_array_add(files, g_strdup(notmuch_filenames_get(names)));
    if (names)
        notmuch_filenames_destroy(names);
    g_ptr_array_add(files, NULL);
    return files;
}

static GPtrArray *tags_of(notmuch_message_t *message)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    notmuch_tags_t *tags = notmuch_message_get_tags(message);
    for (; tags && notmuch_tags_valid(tags); notmuch_tags_move_to_next(tags))
        g_ptr_array_add(list, g_strdup(notmuch_tags_get(tags)));
    if (tags)
        notmuch_tags_destroy(tags);
    g_ptr_array_add(list, NULL);
    return list;
}

/* Calls @each for one message of a query. False when the message could not be read: the handle is
 * stale. @stop is set when @each had enough. */
static bool message_give(notmuch_message_t *message, StoreEach each, gpointer data, bool *stop)
{
    g_autoptr(GPtrArray) files = files_of(message), tags = tags_of(message);
    const char *id = notmuch_message_get_message_id(message), *word = NULL;
    if (!id)
        return false;
    notmuch_message_get_property(message, STORE_WORD, &word);
    StoreMessage given = {.id = id,
                          .files = (const char *const *)files->pdata,
                          .file_count = files->len - 1,
                          .date = notmuch_message_get_date(message),
                          .tags = (char **)tags->pdata,
                          .word = word && *word ? word : NULL};
    *stop = given.file_count > 0 && !each(&given, data);
    return true;
}

bool store_look(Store *store, const char *id, StoreEach each, gpointer data)
{
    notmuch_status_t status;
    notmuch_message_t *message = store_find(store, id, &status);
    bool stop, there = message && message_give(message, each, data, &stop);
    if (message)
        notmuch_message_destroy(message);
    return there;
}

/* One try at @query, without the ids in @seen. False: it has to be run again on a new handle. */
static bool query_try(Store *store, notmuch_query_t *query, GHashTable *seen, StoreEach each,
                      gpointer data, notmuch_status_t *status)
{
    notmuch_messages_t *messages = NULL;
    *status = notmuch_query_search_messages(query, &messages);
    if (*status != NOTMUCH_STATUS_SUCCESS)
        return *status != NOTMUCH_STATUS_XAPIAN_EXCEPTION || store->writable;
    bool stop = false, good = true;
    for (; good && !stop && notmuch_messages_valid(messages);
         notmuch_messages_move_to_next(messages)) {
        notmuch_message_t *message = notmuch_messages_get(messages);
        const char *id = message ? notmuch_message_get_message_id(message) : NULL;
        if (!id)
            good = false;
        else if (!g_hash_table_contains(seen, id)) {
            g_hash_table_add(seen, g_strdup(id));
            good = message_give(message, each, data, &stop);
        }
        if (message)
            notmuch_message_destroy(message);
    }
    notmuch_messages_destroy(messages);
    return good;
}

/* search.exclude_tags as notmuch has them: what bears one is left out, unless the query names it.
 */
notmuch_query_t *store_query_new(const Store *store, const char *query, bool excluding)
{
    notmuch_query_t *it = notmuch_query_create(store->db, query);
    if (!it)
        return NULL;
    notmuch_query_set_sort(it, NOTMUCH_SORT_NEWEST_FIRST);
    notmuch_query_set_omit_excluded(it, excluding ? NOTMUCH_EXCLUDE_TRUE : NOTMUCH_EXCLUDE_FALSE);
    for (guint i = 0; excluding && i < store->exclude_tags->len; i++)
        notmuch_query_add_tag_exclude(it, store->exclude_tags->pdata[i]);
    return it;
}

bool store_query(Store *store, const char *query, bool excluding, StoreEach each, gpointer data,
                 GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    notmuch_status_t status = NOTMUCH_STATUS_SUCCESS;
    bool done = false;
    for (int i = 0; i < REOPEN_MOST && !done; i++) {
        if (i > 0 && !store_reopen(store))
            break;
        notmuch_query_t *it = store_query_new(store, query, excluding);
        if (!it)
            break;
        guint before = g_hash_table_size(seen);
        done = query_try(store, it, seen, each, data, &status);
        notmuch_query_destroy(it);
        if (g_hash_table_size(seen) > before)
            i = 0; /* it gets on: a long query may be overtaken more than once */
    }
    if (done && status == NOTMUCH_STATUS_SUCCESS)
        return true;
    g_autofree char *what = g_strdup_printf("query \"%s\"", query);
    store_set_error(error, store,
                    status == NOTMUCH_STATUS_SUCCESS ? NOTMUCH_STATUS_XAPIAN_EXCEPTION : status,
                    what);
    return false;
}

static guint count_try(Store *store, const char *query, bool excluding)
{
    unsigned count = 0;
    for (int i = 0; i < REOPEN_MOST; i++) {
        notmuch_query_t *it = store_query_new(store, query, excluding);
        if (!it)
            return 0;
        notmuch_status_t status = notmuch_query_count_messages(it, &count);
        notmuch_query_destroy(it);
        if (status == NOTMUCH_STATUS_SUCCESS)
            return count;
        if (store->writable || !store_reopen(store))
            break;
    }
    return 0;
}

guint store_count(Store *store, const char *query)
{
    return count_try(store, query, false);
}

guint store_count_given(Store *store, const char *query)
{
    return count_try(store, query, true);
}

guint store_count_excluded(Store *store, const char *query)
{
    if (store->exclude_tags->len == 0)
        return 0;
    guint all = count_try(store, query, false), given = count_try(store, query, true);
    return all > given ? all - given : 0;
}

const GPtrArray *store_excluded_tags(const Store *store)
{
    return store->exclude_tags;
}

const char *const *store_prefixes(const Store *store)
{
    return (const char *const *)store->prefixes->pdata;
}

static char **strv_of(GPtrArray *list)
{
    return (char **)g_ptr_array_free(list, FALSE);
}

/* A message that is there has a file: none means that the handle became stale between finding the
 * message and reading it. */
char **store_files_of(Store *store, const char *id)
{
    for (int i = 0; i < REOPEN_MOST; i++) {
        notmuch_status_t status;
        notmuch_message_t *message = store_find(store, id, &status);
        if (!message)
            return NULL;
        GPtrArray *files = files_of(message);
        notmuch_message_destroy(message);
        if (files->len > 1 || store->writable || !store_reopen(store))
            return strv_of(files);
        g_ptr_array_unref(files);
    }
    return NULL;
}

char **store_tags_of(Store *store, const char *id)
{
    notmuch_status_t status;
    notmuch_message_t *message = store_find(store, id, &status);
    if (!message)
        return NULL;
    char **tags = strv_of(tags_of(message));
    notmuch_message_destroy(message);
    return tags;
}

gint64 store_date_of(Store *store, const char *id)
{
    notmuch_status_t status;
    notmuch_message_t *message = store_find(store, id, &status);
    gint64 date = message ? notmuch_message_get_date(message) : TIME_NONE;
    if (message)
        notmuch_message_destroy(message);
    return date;
}

bool store_has_id(Store *store, const char *id)
{
    notmuch_status_t status;
    notmuch_message_t *message = store_find(store, id, &status);
    if (message)
        notmuch_message_destroy(message);
    return message != NULL;
}

char *store_id_of_file(Store *store, const char *file)
{
    notmuch_message_t *message = NULL;
    for (int i = 0; i < REOPEN_MOST; i++) {
        notmuch_status_t status =
            notmuch_database_find_message_by_filename(store->db, file, &message);
        if (status != NOTMUCH_STATUS_XAPIAN_EXCEPTION || store->writable || !store_reopen(store))
            break;
    }
    char *id = message ? g_strdup(notmuch_message_get_message_id(message)) : NULL;
    if (message)
        notmuch_message_destroy(message);
    return id;
}

char *store_property_of(Store *store, const char *id, const char *key)
{
    notmuch_status_t status;
    notmuch_message_t *message = store_find(store, id, &status);
    const char *value = NULL;
    if (message)
        notmuch_message_get_property(message, key, &value);
    char *copy = value && *value ? g_strdup(value) : NULL;
    if (message)
        notmuch_message_destroy(message);
    return copy;
}
