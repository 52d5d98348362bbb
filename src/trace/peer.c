/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions about one hop. See peer.h. */
#include "trace/peer.h"

#include <string.h>

#include "base/domain.h"
#include "house/hostname.h"
#include "house/house.h"

const char *peer_looked_up(const Hop *hop)
{
    return hop->lookup == LOOKUP_NAME ? hop->from_rdns : NULL;
}

const char *peer_name(const Hop *hop)
{
    const char *name = peer_looked_up(hop);
    if (!name)
        name = hop->from_helo ? hop->from_helo : hop->from_rdns;
    return name;
}

char *peer_text(const Hop *hop)
{
    char text[IP_TEXT_SIZE];
    const char *ip = ip_write(&hop->from_ip, text) ? text : NULL, *name = peer_name(hop);
    if (ip && name && hop->helo_ip.family && name == hop->from_helo)
        name = NULL;
    if (ip && name && name == peer_looked_up(hop))
        return g_strconcat(ip, " (", name, ")", NULL);
    if (ip && name && name == hop->from_helo)
        return g_strconcat(ip, ", which called itself \"", name, "\"", NULL);
    if (ip && name)
        return g_strconcat(ip, ", whose name \"", name, "\" nobody verified", NULL);
    if (ip)
        return g_strdup(ip);
    if (name)
        return g_strdup(name);
    return g_strdup(hop->local ? "a program on the same machine" : "an unnamed client");
}

const char *peer_writer(const Hop *hop)
{
    return hop->by ? hop->by : "an unnamed server";
}

bool peer_is_nameless_or_home(const Hop *hop)
{
    const char *name = peer_looked_up(hop);
    if (!name && hop->lookup == LOOKUP_NOT)
        name = hop->from_rdns ? hop->from_rdns : hop->from_helo;
    return !name || !strchr(name, '.') || hop->rdns_forged || hostname_is_home(name, &hop->from_ip);
}

bool peer_is_unreadable(const Hop *hop)
{
    return !hop->local && (!hop->from_ip.family || ip_kind(&hop->from_ip) == IP_RESERVED);
}

bool peer_written_by_own(const Hop *hop, const Identity *identity)
{
    if (hop->by && identity_owns_host(identity, hop->by))
        return true;
    return hop->by_ip.family && identity_owns_ip(identity, &hop->by_ip);
}

bool peer_greets_as_writer(const Hop *hop)
{
    return domain_same(hop->from_helo, hop->by) && !ip_near(&hop->from_ip, &hop->by_ip, 24, 64);
}

bool peer_has_other_name(const Hop *hop)
{
    return hop->from_rdns && strchr(hop->from_rdns, '.') &&
           !peer_name_is_localhost(hop->from_rdns) && !house_same(hop->from_rdns, hop->from_helo);
}

bool peer_is_of_browser(const Hop *hop)
{
    return hop->with && g_ascii_strncasecmp(hop->with, "HTTP", 4) == 0;
}

bool peer_name_is_localhost(const char *name)
{
    Ip ip;
    if (!name)
        return false;
    if (ip_parse_literal(span_of(name), &ip))
        return ip_kind(&ip) == IP_LOOPBACK;
    return g_ascii_tolower(*name) == 'l' && g_ascii_strncasecmp(name, "localhost", 9) == 0 &&
           (name[9] == '\0' || name[9] == '.');
}

bool peer_name_is_single_label(const char *name)
{
    return name && *name && !strchr(name, '.') && !strchr(name, ':');
}

bool peer_name_is_same_machine(const char *a, const char *b)
{
    gsize n = strcspn(a, ".");
    return n > 0 && strcspn(b, ".") == n && g_ascii_strncasecmp(a, b, n) == 0;
}
