/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See exits.h. */
#include "learn/exits.h"

enum { WITNESSES_LEAST = 2 };

typedef struct Exit {
    char *ip;
    char *name; /* which is ours, or NULL */
    guint messages;
    GHashTable *sources;   /* from where it took mail of ours, where its own line says so */
    GHashTable *witnesses; /* organisations that saw it */
} Exit;

struct Exits {
    GHashTable *table; /* address -> Exit */
};

static void exit_free(gpointer data)
{
    Exit *one = data;
    g_free(one->ip);
    g_free(one->name);
    g_hash_table_unref(one->sources);
    g_hash_table_unref(one->witnesses);
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

static GHashTable *texts_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static Exit *exit_count(Exits *exits, const Ip *address, const char *name)
{
    g_autofree char *ip = ip_format(address);
    Exit *one = g_hash_table_lookup(exits->table, ip);
    if (!one) {
        one = g_new0(Exit, 1);
        one->ip = g_steal_pointer(&ip);
        one->sources = texts_new();
        one->witnesses = texts_new();
        g_hash_table_insert(exits->table, one->ip, one);
    }
    one->messages++;
    if (!one->name)
        one->name = g_strdup(name);
    return one;
}

void exits_add_bounce(Exits *exits, const Trace *trace, bool by_us, const char *name)
{
    const Injection *injection = &trace->injection;
    if (by_us || injection->hop < 0 || ip_kind(&injection->ip) != IP_PUBLIC)
        return;
    Exit *one = exit_count(exits, &injection->ip, name);
    if (trace->reporter == REPORTER_VOUCHED && trace->reporter_organisation)
        g_hash_table_add(one->witnesses, g_ascii_strdown(trace->reporter_organisation, -1));
    char *source = source_of(trace);
    if (source)
        g_hash_table_add(one->sources, source);
}

void exits_add_post(Exits *exits, const Ip *ip, const char *name, const char *witness)
{
    g_hash_table_add(exit_count(exits, ip, name)->witnesses, g_ascii_strdown(witness, -1));
}

static bool is_carrier(const Exits *exits, const Exit *one, GHashTable *ours)
{
    GHashTableIter iter;
    gpointer source;
    if (one->name || g_hash_table_contains(ours, one->ip))
        return false;
    g_hash_table_iter_init(&iter, one->sources);
    while (g_hash_table_iter_next(&iter, &source, NULL))
        if (!g_str_equal(source, one->ip) &&
            (g_hash_table_contains(exits->table, source) || g_hash_table_contains(ours, source)))
            return true;
    return false;
}

static void count(GHashTable *counts, const char *text, guint messages)
{
    guint had = GPOINTER_TO_UINT(g_hash_table_lookup(counts, text));
    g_hash_table_replace(counts, g_ascii_strdown(text, -1), GUINT_TO_POINTER(had + messages));
}

void exits_find(const Exits *exits, GHashTable *ours, GHashTable *hosts, GHashTable *carriers,
                GHashTable *single)
{
    g_autoptr(GPtrArray) own = g_ptr_array_new();
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, exits->table);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const Exit *one = value;
        bool seen = g_hash_table_size(one->witnesses) >= WITNESSES_LEAST ||
                    g_hash_table_contains(ours, one->ip);
        if (is_carrier(exits, one, ours))
            count(carriers, one->ip, one->messages);
        else if (seen)
            g_ptr_array_add(own, value);
        else
            count(single, one->ip, one->messages);
    }
    for (guint i = 0; i < own->len; i++) {
        const Exit *one = own->pdata[i];
        count(ours, one->ip, one->messages);
        if (one->name)
            count(hosts, one->name, one->messages);
    }
}
