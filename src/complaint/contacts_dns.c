/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See contacts_dns.h. The file "contacts" of the state folder: UNTIL TAB NAME [TAB TEXT]... */
#include "complaint/contacts_dns.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/safe.h"
#include "work/dns.h"

enum {
    TIMEOUT_MS = 3000,
    TTL_LEAST = 60,
    TTL_MOST = 7 * 86400,
    TTL_NONE = 3600, /* that there is nothing is believed for an hour */
    TEXTS_MAX = 8,
    NAMES_MAX = 20000
};

typedef struct Kept {
    gint64 until;
    GPtrArray *texts;
} Kept;

struct ContactsCache {
    char *folder, *path;
    gint64 now;
    GHashTable *names; /* char * -> Kept */
    bool changed;
};

static void kept_free(Kept *kept)
{
    g_ptr_array_unref(kept->texts);
    g_free(kept);
}

static Kept *keep(ContactsCache *cache, const char *name, gint64 until)
{
    Kept *kept = g_new0(Kept, 1);
    kept->until = until;
    kept->texts = g_ptr_array_new_with_free_func(g_free);
    g_hash_table_replace(cache->names, g_ascii_strdown(name, -1), kept);
    return kept;
}

static void read_line(ContactsCache *cache, const char *line)
{
    g_auto(GStrv) fields = g_strsplit(line, "\t", -1);
    guint count = g_strv_length(fields);
    gint64 until = count >= 2 ? g_ascii_strtoll(fields[0], NULL, 10) : 0;
    /* one that would be good for longer than any answer was written under another clock */
    if (until <= cache->now || until > cache->now + TTL_MOST ||
        g_hash_table_size(cache->names) >= NAMES_MAX)
        return;
    Kept *kept = keep(cache, fields[1], until);
    for (guint i = 2; i < count; i++)
        g_ptr_array_add(kept->texts, g_strdup(fields[i]));
}

ContactsCache *contacts_cache_load(const char *state_dir, gint64 now)
{
    ContactsCache *cache = g_new0(ContactsCache, 1);
    g_autofree char *text = NULL;
    cache->folder = g_strdup(state_dir);
    cache->path = g_build_filename(state_dir, "contacts", NULL);
    cache->now = now;
    cache->names =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)kept_free);
    if (!g_file_get_contents(cache->path, &text, NULL, NULL))
        return cache;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++)
        read_line(cache, *line);
    return cache;
}

/* A cache that cannot be written is no harm: it will be asked again. */
static void cache_write(const ContactsCache *cache)
{
    g_autoptr(GString) text = g_string_new(NULL);
    GHashTableIter iter;
    gpointer name, value;
    g_hash_table_iter_init(&iter, cache->names);
    while (g_hash_table_iter_next(&iter, &name, &value)) {
        const Kept *kept = value;
        g_string_append_printf(text, "%" G_GINT64_FORMAT "\t%s", kept->until, (char *)name);
        for (guint i = 0; i < kept->texts->len; i++)
            g_string_append_printf(text, "\t%s", (char *)kept->texts->pdata[i]);
        g_string_append_c(text, '\n');
    }
    if (g_mkdir_with_parents(cache->folder, 0700) == 0)
        g_file_set_contents_full(cache->path, text->str, (gssize)text->len,
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

void contacts_cache_end(ContactsCache *cache)
{
    if (cache->changed)
        cache_write(cache);
    g_free(cache->folder);
    g_free(cache->path);
    g_hash_table_unref(cache->names);
    g_free(cache);
}

const GPtrArray *contacts_cache_get(const ContactsCache *cache, const char *name)
{
    g_autofree char *lower = g_ascii_strdown(name, -1);
    const Kept *kept = g_hash_table_lookup(cache->names, lower);
    return kept ? kept->texts : NULL;
}

static void take_answer(ContactsCache *cache, const DnsQuery *query)
{
    gint64 ttl =
        query->status == DNS_OK ? CLAMP((gint64)query->ttl, TTL_LEAST, TTL_MOST) : TTL_NONE;
    Kept *kept = keep(cache, query->name, cache->now + ttl);
    for (guint i = 0; i < query->values->len && i < TEXTS_MAX; i++)
        g_ptr_array_add(kept->texts, safe_text(span_of(query->values->pdata[i]), SAFE_LINE));
    cache->changed = true;
}

void contacts_cache_fill(ContactsCache *cache, const GPtrArray *names, char **trouble)
{
    g_autoptr(GPtrArray) queries = g_ptr_array_new_with_free_func((GDestroyNotify)dns_query_free);
    g_autoptr(GHashTable) asked = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GError) error = NULL;
    guint failed = 0;
    for (guint i = 0; i < names->len; i++)
        if (!contacts_cache_get(cache, names->pdata[i]) && g_hash_table_add(asked, names->pdata[i]))
            g_ptr_array_add(queries, dns_query_new(names->pdata[i], DNS_TXT));
    if (!dns_ask(queries, TIMEOUT_MS, &error)) {
        if (trouble && !*trouble)
            *trouble = g_strdup(error->message);
        return;
    }
    const char *why = NULL;
    for (guint i = 0; i < queries->len; i++) {
        const DnsQuery *query = queries->pdata[i];
        if (query->status == DNS_FAILED) {
            why = query->why;
            failed++;
        } else
            take_answer(cache, query);
    }
    if (failed && trouble && !*trouble)
        *trouble = g_strdup_printf("the DNS did not answer %u of %u questions for abuse contacts "
                                   "(%s); try again later, or name them in [contacts]",
                                   failed, queries->len, why ? why : "no reason given");
}
