/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A set of ids a part. */
#include "reading/query_facts.h"
#include "reading/query_store.h"

struct QueryFacts {
    GPtrArray *sets; /* of GHashTable of char * */
};

void query_facts_free(QueryFacts *facts)
{
    if (!facts)
        return;
    g_ptr_array_unref(facts->sets);
    g_free(facts);
}

static bool id_take(const StoreMessage *message, gpointer data)
{
    g_hash_table_add(data, g_strdup(message->id));
    return true;
}

QueryFacts *query_facts_new(const Query *query, Store *store, GError **error)
{
    g_autoptr(QueryFacts) facts = g_new0(QueryFacts, 1);
    g_autoptr(GPtrArray) parts = query_parts(query);
    g_autofree char *all = query_for_store(query);
    facts->sets = g_ptr_array_new_with_free_func((GDestroyNotify)g_hash_table_unref);
    for (guint i = 0; i < parts->len; i++) {
        g_autofree char *asked =
            g_strcmp0(all, "*") == 0
                ? g_strdup(parts->pdata[i])
                : g_strdup_printf("(%s) and (%s)", (const char *)parts->pdata[i], all);
        GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        g_ptr_array_add(facts->sets, ids);
        if (!store_query(store, asked, false, id_take, ids, error))
            return NULL;
    }
    return g_steal_pointer(&facts);
}

bool query_facts_has(guint part, const char *id, gpointer data)
{
    const QueryFacts *facts = data;
    return id && part < facts->sets->len && g_hash_table_contains(facts->sets->pdata[part], id);
}
