/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is own: look-ups in the reviewer's addresses, hosts, networks and forwarders. */
#include "trace/identity.h"

#include <string.h>

#include "base/address.h"
#include "base/domain.h"
#include "base/name_set.h"
#include "base/network_set.h"
#include "house/hostname.h"
#include "house/house.h"

/* --- the index -------------------------------------------------------------------------------- */

/* What is own, by hash: made when it is first asked for, so that somebody with 100,000 domains
 * waits no longer for a message than others. */
struct IdentityIndex {
    guint entries;    /* of the identity, when it was made */
    GPtrArray *plain; /* of char *: addresses without BATV and SRS */
    NameSet *addresses, *domains, *hosts, *forwarders, *not_own;
    NetworkSet *networks, *weak, *logins, *forwarding, *not_own_networks;
    NetworkSet *near; /* the neighbours of own addresses */
};

/* What is next to an own address: the same /28, or the same /64. */
enum { NEAR_BITS4 = 28, NEAR_BITS6 = 64 };

static guint entries_of(const Identity *identity)
{
    return identity->addresses->len + identity->domains->len + identity->hosts->len +
           identity->networks->len + identity->weak_networks->len + identity->forwarders->len +
           identity->not_own->len + identity->known_logins->len;
}

static NetworkSet *networks_of(const GArray *networks)
{
    NetworkSet *set = network_set_new();
    for (guint i = 0; i < networks->len; i++)
        network_set_add(set, &g_array_index(networks, Network, i));
    return set;
}

static NetworkSet *neighbours_of(const GArray *networks)
{
    NetworkSet *set = network_set_new();
    for (guint i = 0; i < networks->len; i++) {
        Network near = g_array_index(networks, Network, i);
        near.bits = near.base.family == 4 ? NEAR_BITS4 : NEAR_BITS6;
        network_set_add(set, &near);
    }
    return set;
}

/* Those of @entries that are networks; the others are names. */
static NetworkSet *networks_among(GPtrArray *entries, NameSet **names)
{
    NetworkSet *set = network_set_new();
    g_autoptr(GPtrArray) rest = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < entries->len; i++) {
        Network network;
        if (network_parse(span_of(entries->pdata[i]), &network))
            network_set_add(set, &network);
        else
            g_ptr_array_add(rest, g_strdup(entries->pdata[i]));
    }
    *names = name_set_new(rest);
    return set;
}

static IdentityIndex *index_new(const Identity *identity)
{
    IdentityIndex *index = g_new0(IdentityIndex, 1);
    index->entries = entries_of(identity);
    index->plain = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < identity->addresses->len; i++)
        g_ptr_array_add(index->plain, address_unwrap(identity->addresses->pdata[i], NULL));
    index->addresses = name_set_new(index->plain);
    index->domains = name_set_new(identity->domains);
    index->hosts = name_set_new(identity->hosts);
    index->networks = networks_of(identity->networks);
    index->weak = networks_of(identity->weak_networks);
    index->logins = networks_of(identity->known_logins);
    index->near = neighbours_of(identity->networks);
    index->forwarding = networks_among(identity->forwarders, &index->forwarders);
    index->not_own_networks = networks_among(identity->not_own, &index->not_own);
    return index;
}

static void index_free(IdentityIndex *index)
{
    if (!index)
        return;
    name_set_free(index->addresses);
    name_set_free(index->domains);
    name_set_free(index->hosts);
    name_set_free(index->forwarders);
    name_set_free(index->not_own);
    network_set_free(index->networks);
    network_set_free(index->weak);
    network_set_free(index->logins);
    network_set_free(index->near);
    network_set_free(index->forwarding);
    network_set_free(index->not_own_networks);
    g_ptr_array_unref(index->plain);
    g_free(index);
}

/* --- the object ------------------------------------------------------------------------------- */

Identity *identity_new(void)
{
    Identity *identity = g_new0(Identity, 1);
    identity->addresses = g_ptr_array_new_with_free_func(g_free);
    identity->domains = g_ptr_array_new_with_free_func(g_free);
    identity->hosts = g_ptr_array_new_with_free_func(g_free);
    identity->forwarders = g_ptr_array_new_with_free_func(g_free);
    identity->batv_keys = g_ptr_array_new_with_free_func(g_free);
    identity->dkim_keys = g_ptr_array_new_with_free_func(g_free);
    identity->accounts = g_ptr_array_new_with_free_func(g_free);
    identity->not_own = g_ptr_array_new_with_free_func(g_free);
    identity->border = g_ptr_array_new_with_free_func(g_free);
    identity->inside = g_ptr_array_new_with_free_func(g_free);
    identity->authserv = g_ptr_array_new_with_free_func(g_free);
    identity->known_logins = g_array_new(false, false, sizeof(Network));
    identity->networks = g_array_new(false, false, sizeof(Network));
    identity->weak_networks = g_array_new(false, false, sizeof(Network));
    identity->sent_since = TIME_NONE;
    return identity;
}

static GPtrArray *texts_copy(GPtrArray *texts)
{
    GPtrArray *copy = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < texts->len; i++)
        g_ptr_array_add(copy, g_strdup(texts->pdata[i]));
    return copy;
}

Identity *identity_copy(const Identity *identity)
{
    Identity *copy = g_memdup2(identity, sizeof *identity);
    copy->addresses = texts_copy(identity->addresses);
    copy->domains = texts_copy(identity->domains);
    copy->hosts = texts_copy(identity->hosts);
    copy->forwarders = texts_copy(identity->forwarders);
    copy->batv_keys = texts_copy(identity->batv_keys);
    copy->dkim_keys = texts_copy(identity->dkim_keys);
    copy->accounts = texts_copy(identity->accounts);
    copy->not_own = texts_copy(identity->not_own);
    copy->border = texts_copy(identity->border);
    copy->inside = texts_copy(identity->inside);
    copy->authserv = texts_copy(identity->authserv);
    copy->known_logins = g_array_copy(identity->known_logins);
    copy->networks = g_array_copy(identity->networks);
    copy->weak_networks = g_array_copy(identity->weak_networks);
    copy->id_pattern = g_strdup(identity->id_pattern);
    copy->index = NULL;
    return copy;
}

void identity_free(Identity *identity)
{
    if (!identity)
        return;
    g_ptr_array_unref(identity->addresses);
    g_ptr_array_unref(identity->domains);
    g_ptr_array_unref(identity->hosts);
    g_ptr_array_unref(identity->forwarders);
    g_ptr_array_unref(identity->batv_keys);
    g_ptr_array_unref(identity->dkim_keys);
    g_ptr_array_unref(identity->accounts);
    g_ptr_array_unref(identity->not_own);
    g_ptr_array_unref(identity->border);
    g_ptr_array_unref(identity->inside);
    g_ptr_array_unref(identity->authserv);
    g_array_unref(identity->known_logins);
    g_array_unref(identity->networks);
    g_array_unref(identity->weak_networks);
    g_free(identity->id_pattern);
    index_free(identity->index);
    g_free(identity);
}

bool identity_is_empty(const Identity *identity)
{
    return !identity || (identity->addresses->len == 0 && identity->domains->len == 0 &&
                         identity->hosts->len == 0 && identity->networks->len == 0);
}

/* --- look-ups --------------------------------------------------------------------------------- */

/* Made, or made again, where it is needed: it is no part of what the identity says. */
static const IdentityIndex *index_of(const Identity *identity)
{
    Identity *own = (Identity *)(gsize)identity;
    if (!own->index || own->index->entries != entries_of(identity)) {
        index_free(own->index);
        own->index = index_new(identity);
    }
    return own->index;
}

void identity_prepare(const Identity *identity)
{
    index_of(identity);
}

bool identity_owns_ip(const Identity *identity, const Ip *ip)
{
    if (!identity || !ip || !ip->family || identity->networks->len == 0)
        return false;
    const NetworkSet *networks = index_of(identity)->networks;
    Ip inner = ip_unmapped(ip);
    bool wraps = inner.family != ip->family;
    return (network_set_contains(networks, ip) ||
            (wraps && network_set_contains(networks, &inner))) &&
           !identity_is_not_own(identity, NULL, ip);
}

bool identity_is_near(const Identity *identity, const Ip *ip)
{
    return network_set_contains(index_of(identity)->near, ip);
}

bool identity_is_weak(const Identity *identity, const Ip *ip)
{
    return network_set_contains(index_of(identity)->weak, ip);
}

/* Where everybody can have an address, no host is ours by its name. */
static bool has_no_mailboxes(const char *domain, const void *data)
{
    (void)data;
    return !house_has_mailboxes(domain);
}

static bool owns_name(const Identity *identity, const char *name, bool single_labels)
{
    if (!identity || !name || !*name)
        return false;
    const IdentityIndex *index = index_of(identity);
    return ((single_labels || strchr(name, '.')) && name_set_has(index->hosts, name)) ||
           name_set_above(index->domains, name, has_no_mailboxes, NULL);
}

bool identity_owns_host(const Identity *identity, const char *name)
{
    return owns_name(identity, name, false);
}

bool identity_owns_writer(const Identity *identity, const char *name)
{
    return owns_name(identity, name, true);
}

bool identity_has_address(const Identity *identity, const char *address)
{
    if (!identity || !address || identity->addresses->len == 0)
        return false;
    g_autofree char *own = NULL;
    return name_set_has(index_of(identity)->addresses, address_plain(address, &own));
}

bool identity_owns_address(const Identity *identity, const char *address)
{
    if (!identity || !address)
        return false;
    g_autofree char *own = NULL;
    const char *plain = address_plain(address, &own);
    const IdentityIndex *index = index_of(identity);
    if (name_set_has(index->addresses, plain))
        return true;
    const char *at = strrchr(plain, '@');
    return at && at[1] && name_set_above(index->domains, at + 1, has_no_mailboxes, NULL);
}

/* The host that is named is not under @domain. */
static bool is_not_above(const char *domain, const void *host)
{
    return !domain_is_under(host, domain);
}

bool identity_is_worn_by(const Identity *identity, const char *host)
{
    return name_set_within(index_of(identity)->domains, host, is_not_above, host);
}

bool identity_is_not_own(const Identity *identity, const char *name, const Ip *ip)
{
    if (!identity || identity->not_own->len == 0)
        return false;
    const IdentityIndex *index = index_of(identity);
    return network_set_contains(index->not_own_networks, ip) ||
           (name && name_set_has(index->not_own, name));
}

bool identity_knows_login(const Identity *identity, const Ip *ip)
{
    return identity && network_set_contains(index_of(identity)->logins, ip);
}

bool identity_has_account(const Identity *identity, const char *name)
{
    for (guint i = 0; identity && name && i < identity->accounts->len; i++)
        if (g_ascii_strcasecmp(name, identity->accounts->pdata[i]) == 0)
            return true;
    return false;
}

static bool is_spoken_for(const char *forwarder, const void *host)
{
    return house_speaks_for(host, forwarder);
}

bool identity_is_forwarder(const Identity *identity, const char *rdns, const Ip *ip)
{
    if (!identity || identity->forwarders->len == 0)
        return false;
    const IdentityIndex *index = index_of(identity);
    if (network_set_contains(index->forwarding, ip) ||
        (rdns && name_set_has(index->forwarders, rdns)))
        return true;
    return rdns && hostname_is_mail_server(rdns) && !hostname_is_home(rdns, ip) &&
           name_set_above(index->forwarders, rdns, is_spoken_for, rdns);
}

/* --- patterns --------------------------------------------------------------------------------- */

/* "*" stands for any run without a dot. Linear but for the runs, which end at the next dot. */
static bool pattern_fits(const char *pattern, const char *name)
{
    const char *star = NULL, *from = NULL;
    while (*name) {
        if (*pattern == '*') {
            star = pattern++;
            from = name;
        } else if (*pattern && g_ascii_tolower(*pattern) == g_ascii_tolower(*name)) {
            pattern++;
            name++;
        } else if (star && *from && *from != '.') {
            pattern = star + 1;
            name = ++from;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

bool identity_matches(const GPtrArray *patterns, const char *name)
{
    for (guint i = 0; name && i < patterns->len; i++)
        if (pattern_fits(patterns->pdata[i], name))
            return true;
    return false;
}

bool identity_pattern_is_good(const char *pattern)
{
    if (!strchr(pattern, '.'))
        return *pattern && !strchr(pattern, '*');
    g_autofree char *organisation = domain_organisation(pattern);
    return organisation && !strchr(organisation, '*');
}

bool identity_has_network(const Identity *identity, int family)
{
    return identity && network_set_has_family(index_of(identity)->networks, family);
}

bool identity_may_own_ip(const Identity *identity, const Ip *ip)
{
    Ip inner = ip_unmapped(ip);
    return ip_kind(&inner) == IP_PUBLIC && !identity_has_network(identity, inner.family) &&
           !identity_is_not_own(identity, NULL, ip);
}

bool identity_complete_for(const Identity *identity, int family)
{
    return identity && identity->complete && identity_has_network(identity, family);
}
