/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking houses up: see house.h. */
#include "house/house.h"

#include <string.h>

#include "base/domain.h"
#include "house/hostname.h"
#include "house/house_private.h"

/* One name of a house. */
typedef struct Entry {
    const House *house;
    bool mailboxes; /* anybody may have an address there */
} Entry;

static void add_names(GHashTable *index, const House *house, const char *list, bool mailboxes)
{
    g_auto(GStrv) names = g_strsplit(list, " ", -1);
    for (gsize i = 0; names[i]; i++) {
        Entry *entry = g_new(Entry, 1);
        *entry = (Entry){house, mailboxes};
        if (*names[i])
            g_hash_table_insert(index, g_strdup(names[i]), entry);
        else
            g_free(entry);
    }
}

static void add_table(GHashTable *index, const House *table, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        add_names(index, &table[i], table[i].domains, false);
        add_names(index, &table[i], table[i].mailboxes, true);
    }
}

/* All names of all tables, of Entry by char *. Made once from constant data, and only read after
 * that. */
static GHashTable *index_get(void)
{
    static gsize index;
    if (g_once_init_enter(&index)) {
        GHashTable *made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
        gsize n;
        const House *table = house_table(&n);
        add_table(made, table, n);
        table = house_access(&n);
        add_table(made, table, n);
        g_once_init_leave(&index, (gsize)made);
    }
    return (GHashTable *)index;
}

static const House *house_named(const char *name)
{
    const Entry *entry = g_hash_table_lookup(index_get(), name);
    return entry ? entry->house : NULL;
}

/* @organisation, one of those in names, as a name of a house, or NULL. */
static const House *house_of(Span organisation)
{
    char name[DOMAIN_MAX + 1];
    for (gsize i = 0; i < organisation.n; i++)
        name[i] = span_lower(organisation.p[i]);
    name[organisation.n] = '\0';
    return house_named(name);
}

/* The house of @host's organisation, which is put into @organisation, or NULL. */
static const House *house_behind(const char *host, Span *organisation)
{
    NameKnown *known = domain_known(host);
    *organisation = domain_known_organisation(known, host);
    if (!known->house_found) {
        known->house_found = true;
        known->house = known->n ? house_of(*organisation) : NULL;
    }
    return known->house;
}

const House *house_find(const char *host)
{
    char name[DOMAIN_MAX + 1];
    const char *rest = domain_clean_to(host, name) ? name : NULL;
    while (rest && *rest) {
        const House *house = house_named(rest);
        if (house)
            return house;
        rest = strchr(rest, '.');
        rest = rest ? rest + 1 : NULL;
    }
    return NULL;
}

bool house_same(const char *a, const char *b)
{
    Span x, y;
    const House *house = house_behind(a, &x), *other = house_behind(b, &y);
    if (!x.n || !y.n)
        return false;
    return (house && house == other) || domain_spans_same(x, y);
}

bool house_has_mailboxes(const char *domain)
{
    char name[DOMAIN_MAX + 1];
    const Entry *entry =
        domain_clean_to(domain, name) ? g_hash_table_lookup(index_get(), name) : NULL;
    return entry && entry->mailboxes;
}

bool house_is_shared(const char *host)
{
    const House *house = house_find(host);
    return house && (house->kind == HOUSE_MAILBOX || house->kind == HOUSE_SERVICE ||
                     house->kind == HOUSE_CLOUD || *house->mailboxes);
}

bool house_speaks_for(const char *name, const char *claimed)
{
    const House *house = house_find(name);
    if ((house && !house->customers && house->kind != HOUSE_ACCESS) ||
        hostname_is_central_server(name) || domain_is_under(claimed, name) ||
        hostname_is_sibling(name, claimed))
        return true;
    if (!house && hostname_is_plain_server(name) && !hostname_is_translator(name))
        return true;
    g_autofree char *organisation = domain_organisation(name);
    const char *part = strchr(name, '.');
    return part && !domain_same(part + 1, organisation) && domain_is_under(claimed, part + 1);
}
