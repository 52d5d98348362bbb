/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See handle_find.h. */
#include "reading/handle_find.h"

#include <gio/gio.h>
#include <string.h>

#include "base/id_term.h"
#include "reading/handle.h"

/* What is looked for: handles, and the id of the one message found for each. */
typedef struct Search {
    GHashTable *ids; /* handle -> id, "" before one was found */
    char *twice;     /* a handle of two messages with both ids, as a sentence; or NULL */
} Search;

static bool search_message(const StoreMessage *message, gpointer data)
{
    Search *search = data;
    char handle[HANDLE_SIZE];
    for (guint i = 0; i < message->file_count && !search->twice; i++) {
        handle_of(message->id, message->files[i], handle);
        const char *id = g_hash_table_lookup(search->ids, handle);
        if (!id || strcmp(id, message->id) == 0)
            continue;
        if (*id)
            search->twice = handle_twice(handle, id, message->id);
        else
            g_hash_table_insert(search->ids, g_strdup(handle), g_strdup(message->id));
    }
    return !search->twice;
}

/* Calls @each for every handle in the query. */
static void each_handle(Query *query, void (*each)(Query *handle, gpointer data), gpointer data)
{
    if (query->kind == QUERY_OWN && query->term == OWN_HANDLE)
        each(query, data);
    for (guint i = 0; query->children && i < query->children->len; i++)
        each_handle(query->children->pdata[i], each, data);
}

static void search_wanted(Query *query, gpointer data)
{
    Search *search = data;
    g_hash_table_insert(search->ids, g_strconcat("@", query->value, NULL), g_strdup(""));
}

static void search_tell(Query *query, gpointer data)
{
    Search *search = data;
    g_autofree char *handle = g_strconcat("@", query->value, NULL);
    g_free(query->text);
    query->text = id_term(g_hash_table_lookup(search->ids, handle));
}

/* What is wrong, or NULL. The caller frees it. */
static char *search_wrong(const Search *search)
{
    GHashTableIter iter;
    gpointer handle, id;
    if (search->twice)
        return g_strdup(search->twice);
    g_hash_table_iter_init(&iter, search->ids);
    while (g_hash_table_iter_next(&iter, &handle, &id))
        if (!*(const char *)id)
            return g_strdup_printf("%s: no bounce or notice has this handle; \"notme list\" on a "
                                   "terminal prints them",
                                   (const char *)handle);
    return NULL;
}

bool handle_find(Query *query, Store *store, const char *among, GError **error)
{
    Search search = {.ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
    each_handle(query, search_wanted, &search);
    bool good = true;
    if (g_hash_table_size(search.ids)) {
        good = store_query(store, among, false, search_message, &search, error);
        g_autofree char *wrong = good ? search_wrong(&search) : NULL;
        if (wrong)
            g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, wrong);
        good = good && !wrong;
        if (good)
            each_handle(query, search_tell, &search);
    }
    g_hash_table_unref(search.ids);
    g_free(search.twice);
    return good;
}
