/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See exits.h. */
#include "learn/exits.h"

typedef struct Exit {
    char *ip;
    bool named_ours;
    guint messages;
    GHashTable *sources; /* from where it took mail of ours, where its own line says so */
} Exit;

struct Exits {
    GHashTable *table; /* address -> Exit */
};

static void exit_free(gpointer data)
{
    Exit *one = data;
    g_free(one->ip);
    g_hash_table_unref(one->sources);
    g_free(one);
}

Exits *exits_new(void)
{
    Exits *exits = g_new0(Exits, 1);
    exits->table = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, exit_free);
    return exits;
}

void exits_free(Exits *exits)
{
    if (!exits)
        return;
    g_hash_table_unref(exits->table);
    g_free(exits);
}

/* The line below is what the host that handed it over wrote, if it is there at all. */
static char *source_of(const Trace *trace)
{
    guint below = (guint)trace->injection.hop + 1;
    const Hop *hop = below < trace->returned->len ? trace->returned->pdata[below] : NULL;
    bool client = !hop || hop->authenticated || ip_kind(&hop->from_ip) != IP_PUBLIC;
    return client ? NULL : ip_format(&hop->from_ip);
}

void exits_add(Exits *exits, const Trace *trace, bool by_us, bool named_ours)
{
    const Injection *injection = &trace->injection;
    if (by_us || injection->hop < 0 || ip_kind(&injection->ip) != IP_PUBLIC)
        return;
    g_autofree char *ip = ip_format(&injection->ip);
    Exit *one = g_hash_table_lookup(exits->table, ip);
    if (!one) {
        one = g_new0(Exit, 1);
        one->ip = g_steal_pointer(&ip);
        one->sources = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        g_hash_table_insert(exits->table, one->ip, one);
    }
    one->messages++;
    one->named_ours = one->named_ours || named_ours;
    char *source = source_of(trace);
    if (source)
        g_hash_table_add(one->sources, source);
}

static bool is_carrier(const Exits *exits, const Exit *one, GHashTable *ours)
{
    GHashTableIter iter;
    gpointer source;
    if (one->named_ours || g_hash_table_contains(ours, one->ip))
        return false;
    g_hash_table_iter_init(&iter, one->sources);
    while (g_hash_table_iter_next(&iter, &source, NULL))
        if (!g_str_equal(source, one->ip) &&
            (g_hash_table_contains(exits->table, source) || g_hash_table_contains(ours, source)))
            return true;
    return false;
}

static void count(GHashTable *counts, const Exit *one)
{
    guint had = GPOINTER_TO_UINT(g_hash_table_lookup(counts, one->ip));
    g_hash_table_replace(counts, g_strdup(one->ip), GUINT_TO_POINTER(had + one->messages));
}

void exits_find(const Exits *exits, GHashTable *ours, GHashTable *carriers)
{
    g_autoptr(GPtrArray) own = g_ptr_array_new();
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, exits->table);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        if (is_carrier(exits, value, ours))
            count(carriers, value);
        else
            g_ptr_array_add(own, value);
    for (guint i = 0; i < own->len; i++)
        count(ours, own->pdata[i]);
}
