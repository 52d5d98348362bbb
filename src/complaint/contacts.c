/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See contacts.h. */
#include "complaint/contacts.h"

#include <gio/gio.h>
#include <string.h>

#include "base/address.h"
#include "base/domain.h"
#include "complaint/contacts_dns.h"
#include "complaint/incident.h"

static const char abusix[] = "abuse-contacts.abusix.zone", abuse_net[] = "contacts.abuse.net";

enum { ADDRESSES_MAX = 3, FILE_MAX = 256 << 20 };

struct Contacts {
    const Config *config;
    GHashTable *networks; /* "FAMILY/BITS/BYTES" -> address */
    bool bits[2][129];    /* lengths of prefixes that are there, by family */
};

ContactQuery *contact_query_new(const Ip *ip, const char *host)
{
    ContactQuery *query = g_new0(ContactQuery, 1);
    query->ip = *ip;
    query->host = g_strdup(host);
    query->addresses = g_ptr_array_new_with_free_func(g_free);
    return query;
}

void contact_query_free(ContactQuery *query)
{
    g_free(query->host);
    g_ptr_array_unref(query->addresses);
    g_free(query);
}

/* --- addresses that are no use ---------------------------------------------------------------- */

/* Registries answer with an address of their own where the holder of a network named none: they
 * hand out addresses, and do nothing about mail. */
static const char *const registries[] = {
    "arin.net",  "ripe.net",    "apnic.net", "lacnic.net", "afrinic.net", "iana.org",
    "icann.org", "abusix.zone", "abuse.net", "nic.ad.jp",  "krnic.net",   "nic.or.kr",
};
static const char *const nobodies[] = {
    "nobody",  "noreply",  "no-reply", "donotreply",    "do-not-reply",
    "unread",  "invalid",  "devnull",  "null",          "none",
    "unknown", "no-abuse", "noabuse",  "not-monitored", "unmonitored",
};
static const char *const dead_domains[] = {"invalid", "localhost", "localdomain", "local", "arpa"};

static bool is_placeholder(const char *address)
{
    const char *at = strrchr(address, '@');
    gsize n = (gsize)(at - address);
    for (gsize i = 0; i < G_N_ELEMENTS(nobodies); i++)
        if (strlen(nobodies[i]) == n && g_ascii_strncasecmp(address, nobodies[i], n) == 0)
            return true;
    for (gsize i = 0; i < G_N_ELEMENTS(registries); i++)
        if (domain_is_under(at + 1, registries[i]))
            return true;
    for (gsize i = 0; i < G_N_ELEMENTS(dead_domains); i++)
        if (domain_is_under(at + 1, dead_domains[i]))
            return true;
    return false;
}

static bool has_address(const GPtrArray *addresses, const char *address)
{
    for (guint i = 0; i < addresses->len; i++)
        if (g_ascii_strcasecmp(addresses->pdata[i], address) == 0)
            return true;
    return false;
}

void contact_addresses(const char *text, const Identity *identity, GPtrArray *addresses)
{
    g_auto(GStrv) words = g_strsplit_set(text, " ,;\t\"<>", 64);
    for (char **word = words; *word && addresses->len < ADDRESSES_MAX; word++) {
        const char *address = g_str_has_prefix(*word, "mailto:") ? *word + 7 : *word;
        if (incident_is_address(address) && !is_placeholder(address) &&
            !(identity && identity_owns_address(identity, address)) &&
            !has_address(addresses, address))
            g_ptr_array_add(addresses, g_strdup(address));
    }
}

/* --- networks --------------------------------------------------------------------------------- */

static char *network_key(const Ip *ip, guint bits)
{
    GString *key = g_string_new(NULL);
    g_string_printf(key, "%u/%u/", ip->family, bits);
    for (guint i = 0; i * 8 < bits; i++) {
        guint left = bits - i * 8;
        guint8 byte = left >= 8 ? ip->bytes[i] : (guint8)(ip->bytes[i] & (0xff00 >> left));
        g_string_append_printf(key, "%02x", byte);
    }
    return g_string_free(key, FALSE);
}

static void networks_add(Contacts *contacts, const Network *network, const char *address)
{
    char *key = network_key(&network->base, network->bits);
    contacts->bits[network->base.family == 6][network->bits] = true;
    if (g_hash_table_contains(contacts->networks, key)) { /* the first word counts */
        g_free(key);
        return;
    }
    g_hash_table_insert(contacts->networks, key, g_strdup(address));
}

static void networks_of_config(Contacts *contacts)
{
    GHashTableIter iter;
    gpointer name, address;
    Network network;
    g_hash_table_iter_init(&iter, contacts->config->contacts);
    while (g_hash_table_iter_next(&iter, &name, &address))
        if (network_parse(span_of(name), &network))
            networks_add(contacts, &network, address);
}

static bool read_line(Contacts *contacts, const char *file, guint number, Span line, GError **error)
{
    Network network;
    line = span_trim(line);
    if (line.n == 0 || line.p[0] == '#')
        return true;
    gsize n = 0;
    while (n < line.n && line.p[n] != ' ' && line.p[n] != '\t')
        n++;
    g_autofree char *address = span_dup(span_trim(span_sub(line, n, line.n)));
    if (network_parse(span_sub(line, 0, n), &network) && incident_is_address(address)) {
        networks_add(contacts, &network, address);
        return true;
    }
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                "%s:%u: not a network and a mail address, like \"192.0.2.0/24 abuse@example.net\"",
                file, number);
    return false;
}

static bool networks_of_file(Contacts *contacts, GError **error)
{
    const char *file = contacts->config->contacts_file;
    g_autoptr(GMappedFile) map = NULL;
    if (!file || !(map = g_mapped_file_new(file, FALSE, error)))
        return !file;
    gsize length = g_mapped_file_get_length(map);
    if (length == 0)
        return true;
    if (length > FILE_MAX) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: larger than %d MiB", file,
                    FILE_MAX >> 20);
        return false;
    }
    Span rest = {g_mapped_file_get_contents(map), length}, line;
    for (guint number = 1; span_line(&rest, &line); number++)
        if (!read_line(contacts, file, number, line, error))
            return false;
    return true;
}

Contacts *contacts_new(const Config *config, GError **error)
{
    g_autoptr(Contacts) contacts = g_new0(Contacts, 1);
    contacts->config = config;
    contacts->networks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    networks_of_config(contacts);
    return networks_of_file(contacts, error) ? g_steal_pointer(&contacts) : NULL;
}

void contacts_free(Contacts *contacts)
{
    if (!contacts)
        return;
    g_hash_table_unref(contacts->networks);
    g_free(contacts);
}

/* --- asking ----------------------------------------------------------------------------------- */

static bool answer(const Contacts *contacts, ContactQuery *query, const char *text)
{
    guint before = query->addresses->len;
    contact_addresses(text, contacts->config->identity, query->addresses);
    return query->addresses->len > before;
}

/* By the smallest network that holds the address. */
static bool ask_networks(const Contacts *contacts, ContactQuery *query)
{
    if (!query->ip.family)
        return false;
    for (int bits = query->ip.family == 4 ? 32 : 128; bits >= 0; bits--) {
        if (!contacts->bits[query->ip.family == 6][bits])
            continue;
        g_autofree char *key = network_key(&query->ip, (guint)bits);
        const char *address = g_hash_table_lookup(contacts->networks, key);
        if (address && answer(contacts, query, address))
            return true;
    }
    return false;
}

/* By the longest configured domain that the host is under. */
static bool ask_domains(const Contacts *contacts, ContactQuery *query)
{
    for (const char *name = query->host; name && *name;) {
        g_autofree char *lower = g_ascii_strdown(name, -1);
        const char *address = g_hash_table_lookup(contacts->config->contacts, lower);
        if (address && answer(contacts, query, address))
            return true;
        name = strchr(name, '.');
        name = name ? name + 1 : NULL;
    }
    return false;
}

char *contact_reversed(const Ip *ip, const char *zone)
{
    GString *name = g_string_new(NULL);
    int count = ip->family == 4 ? 4 : 16;
    for (int i = count - 1; i >= 0; i--)
        if (count == 4)
            g_string_append_printf(name, "%u.", ip->bytes[i]);
        else
            g_string_append_printf(name, "%x.%x.", ip->bytes[i] & 15u, (guint)ip->bytes[i] >> 4);
    g_string_append(name, zone);
    return g_string_free(name, FALSE);
}

static char *abusix_name(const ContactQuery *query)
{
    return query->ip.family ? contact_reversed(&query->ip, abusix) : NULL;
}

static char *abuse_net_name(const ContactQuery *query)
{
    g_autofree char *domain = domain_organisation(query->host);
    return domain && domain_is_public_name(domain) ? g_strdup_printf("%s.%s", domain, abuse_net)
                                                   : NULL;
}

/* One service: all questions that are still open at once. */
static void ask_service(const Contacts *contacts, ContactsCache *cache, GPtrArray *queries,
                        char *(*name_of)(const ContactQuery *), char **trouble)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < queries->len; i++) {
        const ContactQuery *query = queries->pdata[i];
        char *name = query->addresses->len ? NULL : name_of(query);
        if (name)
            g_ptr_array_add(names, name);
    }
    contacts_cache_fill(cache, names, trouble);
    for (guint i = 0; i < queries->len; i++) {
        ContactQuery *query = queries->pdata[i];
        g_autofree char *name = query->addresses->len ? NULL : name_of(query);
        const GPtrArray *texts = name ? contacts_cache_get(cache, name) : NULL;
        for (guint k = 0; texts && k < texts->len; k++)
            answer(contacts, query, texts->pdata[k]);
    }
}

void contacts_ask(Contacts *contacts, GPtrArray *queries, bool dns, gint64 now, char **trouble)
{
    for (guint i = 0; i < queries->len; i++)
        if (!ask_domains(contacts, queries->pdata[i]))
            ask_networks(contacts, queries->pdata[i]);
    if (!dns)
        return;
    ContactsCache *cache = contacts_cache_load(contacts->config->state_dir, now);
    ask_service(contacts, cache, queries, abusix_name, trouble);
    ask_service(contacts, cache, queries, abuse_net_name, trouble);
    contacts_cache_end(cache);
}
