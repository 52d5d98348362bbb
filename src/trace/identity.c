/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is own: look-ups in the reviewer's addresses, hosts, networks and forwarders. */
#include "trace/identity.h"

#include <string.h>

#include "base/address.h"
#include "base/domain.h"
#include "house/hostname.h"
#include "house/house.h"

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
    g_free(identity);
}

bool identity_is_empty(const Identity *identity)
{
    return !identity || (identity->addresses->len == 0 && identity->domains->len == 0 &&
                         identity->hosts->len == 0 && identity->networks->len == 0);
}

static bool networks_contain(const GArray *networks, const Ip *ip)
{
    for (guint i = 0; ip && ip->family && i < networks->len; i++)
        if (network_contains(&g_array_index(networks, Network, i), ip))
            return true;
    return false;
}

bool identity_owns_ip(const Identity *identity, const Ip *ip)
{
    if (!identity || !ip || !ip->family || identity->networks->len == 0)
        return false;
    Ip inner = ip_unmapped(ip);
    return (networks_contain(identity->networks, ip) ||
            networks_contain(identity->networks, &inner)) &&
           !identity_is_not_own(identity, NULL, ip);
}

static bool owns_name(const Identity *identity, const char *name, bool single_labels)
{
    if (!identity || !name || !*name)
        return false;
    for (guint i = 0; i < identity->hosts->len; i++)
        if (domain_same(name, identity->hosts->pdata[i]) && (single_labels || strchr(name, '.')))
            return true;
    for (guint i = 0; i < identity->domains->len; i++)
        if (domain_is_under(name, identity->domains->pdata[i]) &&
            !house_has_mailboxes(identity->domains->pdata[i]))
            return true;
    return false;
}

bool identity_owns_host(const Identity *identity, const char *name)
{
    return owns_name(identity, name, false);
}

bool identity_owns_writer(const Identity *identity, const char *name)
{
    return owns_name(identity, name, true);
}

bool identity_owns_address(const Identity *identity, const char *address)
{
    g_autofree char *plain = NULL, *domain = NULL;

    if (!identity || !address)
        return false;
    for (guint i = 0; i < identity->addresses->len; i++)
        if (address_same(address, identity->addresses->pdata[i]))
            return true;
    plain = address_unwrap(address, NULL);
    domain = plain ? address_domain(plain) : NULL;
    for (guint i = 0; domain && i < identity->domains->len; i++)
        if (domain_is_under(domain, identity->domains->pdata[i]) &&
            !house_has_mailboxes(identity->domains->pdata[i]))
            return true;
    return false;
}

bool identity_is_not_own(const Identity *identity, const char *name, const Ip *ip)
{
    for (guint i = 0; identity && i < identity->not_own->len; i++) {
        const char *one = identity->not_own->pdata[i];
        Network network;
        if (network_parse(span_of(one), &network)) {
            if (ip && ip->family && network_contains(&network, ip))
                return true;
        } else if (name && domain_same(name, one)) {
            return true;
        }
    }
    return false;
}

bool identity_knows_login(const Identity *identity, const Ip *ip)
{
    return identity && networks_contain(identity->known_logins, ip);
}

bool identity_has_account(const Identity *identity, const char *name)
{
    for (guint i = 0; identity && name && i < identity->accounts->len; i++)
        if (g_ascii_strcasecmp(name, identity->accounts->pdata[i]) == 0)
            return true;
    return false;
}

bool identity_is_forwarder(const Identity *identity, const char *rdns, const Ip *ip)
{
    for (guint i = 0; identity && i < identity->forwarders->len; i++) {
        const char *forwarder = identity->forwarders->pdata[i];
        Network network;

        if (network_parse(span_of(forwarder), &network)) {
            if (ip && ip->family && network_contains(&network, ip))
                return true;
        } else if (rdns && *forwarder && domain_is_under(rdns, forwarder)) {
            if (domain_same(rdns, forwarder) ||
                (hostname_is_mail_server(rdns) && !hostname_is_home(rdns, ip) &&
                 house_speaks_for(rdns, forwarder)))
                return true;
        }
    }
    return false;
}

/* --- patterns ------------------------------------------------------------------------------- */

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
    for (guint i = 0; identity && i < identity->networks->len; i++)
        if (g_array_index(identity->networks, Network, i).base.family == family)
            return true;
    return false;
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
