/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See change.h. Packed readings hold texts as they stand and addresses as their bytes
 * (base/fields.h), so that it is enough to look for both in them. */
#include "analysis/change.h"

#include <string.h>

/* More entries than that, and all are judged again: looking for each would take as long. */
enum { NEEDLES_MOST = 48 };

/* What is looked for: text in any case, or bytes. */
typedef struct Needle {
    char *text; /* or NULL, and then: */
    guint8 bytes[16];
    gsize length;
} Needle;

struct Change {
    bool all;       /* it reaches every reading */
    guint promises; /* of Promise: that are other now */
    bool walk;      /* not the verdict alone */
    GArray *needles;
};

static void needle_clear(gpointer data)
{
    g_free(((Needle *)data)->text);
}

/* --- what differs as a whole ------------------------------------------------------------------ */

static bool texts_same(const GPtrArray *a, const GPtrArray *b)
{
    if (a->len != b->len)
        return false;
    for (guint i = 0; i < a->len; i++)
        if (strcmp(a->pdata[i], b->pdata[i]) != 0)
            return false;
    return true;
}

static bool has_family(const GArray *networks, int family)
{
    for (guint i = 0; i < networks->len; i++)
        if (g_array_index(networks, Network, i).base.family == family)
            return true;
    return false;
}

/* What only rules of the verdict look at. */
static bool rules_same(const Identity *a, const Identity *b)
{
    return g_strcmp0(a->id_pattern, b->id_pattern) == 0 && texts_same(a->batv_keys, b->batv_keys);
}

/* What was promised otherwise, of Promise. */
static guint promises_changed(const Identity *a, const Identity *b)
{
    bool complete = a->complete == b->complete && a->complete_denied == b->complete_denied;
    bool kept = a->sent_complete == b->sent_complete &&
                a->sent_complete_denied == b->sent_complete_denied &&
                a->sent_since == b->sent_since;
    bool is_signed =
        a->dkim_always == b->dkim_always && a->dkim_always_denied == b->dkim_always_denied;
    return (complete ? 0 : PROMISE_COMPLETE) | (kept ? 0 : PROMISE_KEPT) |
           (is_signed ? 0 : PROMISE_SIGNED) |
           (texts_same(a->accounts, b->accounts) ? 0 : PROMISE_ACCOUNTS);
}

static bool whole_same(const Identity *a, const Identity *b)
{
    return identity_is_empty(a) == identity_is_empty(b) &&
           has_family(a->networks, 4) == has_family(b->networks, 4) &&
           has_family(a->networks, 6) == has_family(b->networks, 6) &&
           texts_same(a->addresses, b->addresses) && texts_same(a->dkim_keys, b->dkim_keys) &&
           texts_same(a->border, b->border) && texts_same(a->inside, b->inside) &&
           texts_same(a->authserv, b->authserv);
}

/* --- what was added or taken away ------------------------------------------------------------- */

static void add_text(Change *change, const char *text, gsize length)
{
    Needle needle = {.text = g_strndup(text, length)};
    change->all = change->all || length == 0 || change->needles->len >= NEEDLES_MOST;
    g_array_append_val(change->needles, needle);
}

/* @bits: how much of the address has to be the same. Whole bytes of it are looked for, and its
 * first group or numbers as text: headers and diagnostics are read when they are judged. */
static void add_network(Change *change, const Network *network, guint bits)
{
    const guint8 *b = network->base.bytes;
    Needle needle = {.length = MIN(network->bits, bits) / 8};
    char text[20];
    if (needle.length < 2) {
        change->all = true;
        return;
    }
    memcpy(needle.bytes, b, needle.length);
    g_array_append_val(change->needles, needle);
    g_snprintf(text, sizeof text, "%x:", (guint)(b[0] << 8 | b[1])); /* IPv4 in IPv6, too */
    add_text(change, text, strlen(text));
    if (network->base.family != 4)
        return;
    gsize n = 0;
    for (gsize i = 0; i < needle.length; i++)
        n += (gsize)g_snprintf(text + n, sizeof text - n, i < 3 ? "%u." : "%u", b[i]);
    add_text(change, text, n);
}

static void add_entry(Change *change, const char *entry)
{
    Network network;
    Span name = span_trim(span_of(entry));
    while (name.n && name.p[name.n - 1] == '.')
        name.n--;
    if (network_parse(span_of(entry), &network))
        add_network(change, &network, 128);
    else
        add_text(change, name.p, name.n);
}

static GHashTable *set_of(const GPtrArray *texts)
{
    GHashTable *set = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < texts->len; i++)
        g_hash_table_add(set, texts->pdata[i]);
    return set;
}

static void add_missing(Change *change, const GPtrArray *from, const GPtrArray *in)
{
    g_autoptr(GHashTable) set = set_of(in);
    for (guint i = 0; i < from->len && !change->all; i++)
        if (!g_hash_table_contains(set, from->pdata[i]))
            add_entry(change, from->pdata[i]);
}

static void add_texts(Change *change, const GPtrArray *before, const GPtrArray *after)
{
    add_missing(change, before, after);
    add_missing(change, after, before);
}

static bool has_network(const GArray *networks, const Network *network)
{
    for (guint i = 0; i < networks->len; i++) {
        const Network *one = &g_array_index(networks, Network, i);
        if (one->bits == network->bits && ip_equal(&one->base, &network->base))
            return true;
    }
    return false;
}

/* @bits4, @bits6: how near an address has to be for the network to be asked about. */
static void add_networks(Change *change, const GArray *before, const GArray *after, guint bits4,
                         guint bits6)
{
    const GArray *const lists[] = {before, after};
    for (guint k = 0; k < 2; k++)
        for (guint i = 0; i < lists[k]->len && !change->all; i++) {
            const Network *one = &g_array_index(lists[k], Network, i);
            if (!has_network(lists[1 - k], one))
                add_network(change, one, one->base.family == 4 ? bits4 : bits6);
        }
}

/* --- the object ------------------------------------------------------------------------------- */

Change *change_new(const Identity *before, const Identity *after)
{
    Change *change = g_new0(Change, 1);
    change->needles = g_array_new(FALSE, FALSE, sizeof(Needle));
    g_array_set_clear_func(change->needles, needle_clear);
    change->all = !whole_same(before, after);
    add_texts(change, before->domains, after->domains);
    add_texts(change, before->hosts, after->hosts);
    add_texts(change, before->forwarders, after->forwarders);
    add_texts(change, before->not_own, after->not_own);
    /* what is near our networks may be one of ours that was forgotten (trace/holds.c) */
    add_networks(change, before->networks, after->networks, 28, 64);
    add_networks(change, before->weak_networks, after->weak_networks, 32, 128);
    add_networks(change, before->known_logins, after->known_logins, 32, 128);
    change->promises = promises_changed(before, after);
    change->walk = change->all || change->needles->len || before->complete != after->complete;
    change->all = change->all || !rules_same(before, after);
    return change;
}

void change_free(Change *change)
{
    if (!change)
        return;
    g_array_unref(change->needles);
    g_free(change);
}

bool change_is_of_walk(const Change *change)
{
    return change->walk;
}

static bool has_bytes(Span s, const guint8 *bytes, gsize length)
{
    const char *end = s.n >= length ? s.p + s.n - length + 1 : s.p; /* behind the last place */
    for (const char *at = s.p; at < end; at++) {
        at = memchr(at, bytes[0], (gsize)(end - at));
        if (!at)
            return false;
        if (memcmp(at, bytes, length) == 0)
            return true;
    }
    return false;
}

bool change_reaches(const Change *change, guint promises, Span reading)
{
    bool found = change->all || (change->promises & promises);
    for (guint i = 0; i < change->needles->len && !found; i++) {
        const Needle *needle = &g_array_index(change->needles, Needle, i);
        found = needle->text ? span_ifind(reading, needle->text) >= 0
                             : has_bytes(reading, needle->bytes, needle->length);
    }
    return found;
}
