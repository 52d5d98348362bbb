/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who signs our mail: see signers.h. */
#include "learn/signers.h"

#include <string.h>

#include "dkim/dkim_key.h"
#include "dkim/dkim_tags.h"
#include "work/dns.h"

bool signers_have_key(const GPtrArray *keys, const char *name)
{
    gsize n = strlen(name);
    for (guint i = 0; i < keys->len; i++) {
        const char *key = keys->pdata[i];
        if (g_ascii_strncasecmp(key, name, n) == 0 && key[n] == '=')
            return true;
    }
    return false;
}

/* What is kept of a record: the key, and that it is for its own domain only. Of the record's own
 * words none goes into the configuration. */
static char *record_reduce(const char *record)
{
    DkimTags tags;
    DkimKey key;
    const char *why = NULL;
    if (!dkim_tags_read(span_of(record), &tags) || !dkim_key_read(span_of(record), &key, &why))
        return NULL;
    g_autofree char *text = dkim_tag_packed(dkim_tag(&tags, "p", NULL));
    bool plain =
        *text && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                              "+/=") == strlen(text);
    char *reduced = plain ? g_strconcat("p=", text, key.same_domain ? "; t=s" : NULL, NULL) : NULL;
    dkim_key_clear(&key);
    return reduced;
}

/* Why there is no key in the answer, or NULL with the key in *@text. */
static const char *answer_read(const DnsQuery *query, char **text)
{
    if (query->status == DNS_FAILED)
        return query->why ? query->why : "no answer";
    if (query->status == DNS_NONE)
        return "there is no key of this name any more";
    for (guint i = 0; i < query->values->len && !*text; i++)
        *text = record_reduce(query->values->pdata[i]);
    return *text ? NULL : "what is there is no key that proves anything";
}

GPtrArray *signers_look(const GPtrArray *names, SpfAsk ask, gpointer data, GPtrArray *notes,
                        GError **error)
{
    g_autoptr(GPtrArray) queries = g_ptr_array_new_with_free_func((GDestroyNotify)dns_query_free);
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < names->len && i < SIGNERS_MOST; i++) {
        g_autofree char *host = signer_place(names->pdata[i]);
        g_ptr_array_add(queries, dns_query_new(host, DNS_TXT));
    }
    if (queries->len && !ask(queries, data, error))
        return NULL;
    for (guint i = 0; i < queries->len; i++) {
        const DnsQuery *query = queries->pdata[i];
        g_autofree char *text = NULL;
        const char *why = answer_read(query, &text);
        if (why)
            g_ptr_array_add(notes, g_strdup_printf("%s: %s", query->name, why));
        else
            g_ptr_array_add(keys, g_strconcat(names->pdata[i], "=", text, NULL));
    }
    return g_steal_pointer(&keys);
}
