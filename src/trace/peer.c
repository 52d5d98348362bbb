/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions about one hop. See peer.h. */
#include "trace/peer.h"

#include <string.h>

#include "base/domain.h"

const char *peer_looked_up(const Hop *hop)
{
    return hop->rdns_checked && !hop->rdns_forged ? hop->from_rdns : NULL;
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
    g_autofree char *ip = ip_format(&hop->from_ip);
    const char *name = peer_name(hop);

    if (ip && name && hop->helo_ip.family && name == hop->from_helo)
        name = NULL;
    if (ip && name)
        return g_strdup_printf("%s (%s)", ip, name);
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

    if (!name && !hop->rdns_checked)
        name = hop->from_rdns ? hop->from_rdns : hop->from_helo;
    return !name || !strchr(name, '.') || hop->rdns_forged ||
           domain_looks_dynamic(name, &hop->from_ip);
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

bool name_is_localhost(const char *name)
{
    Ip ip;

    if (!name)
        return false;
    if (ip_parse_literal(span_of(name), &ip))
        return ip_kind(&ip) == IP_LOOPBACK;
    return g_ascii_strcasecmp(name, "localhost") == 0 ||
           g_ascii_strncasecmp(name, "localhost.", 10) == 0;
}

bool name_is_single_label(const char *name)
{
    return name && *name && !strchr(name, '.') && !strchr(name, ':');
}

/* A run of letters as mail servers have it in their names. */
static bool is_mail_word(Span run)
{
    static const char *const words[] = {
        "relay",   "gate",   "gateway",  "out",        "in",    "inbound", "mta",     "outbound",
        "filter",  "exch",   "exchange", "edge",       "hub",   "store",   "post",    "spam",
        "av",      "scan",   "ironport", "barracuda",  "lb",    "front",   "back",    "imap",
        "pop",     "ex",     "list",     "lists",      "esa",   "cluster", "msg",     "fwd",
        "forward", "mda",    "omta",     "submission", "notes", "domino",  "virus",   "proxy",
        "omr",     "bounce", "bounces",  "ndr",        "dsn",   "fw",      "firewall"};

    if (span_ifind(run, "mail") >= 0 || span_ifind(run, "smtp") >= 0 || span_istarts(run, "mx") ||
        span_iends(run, "gw"))
        return true;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (span_ieq(run, words[i]))
            return true;
    return false;
}

bool name_is_mail_server(const char *name)
{
    g_autofree char *organisation = domain_organisation(name);
    gsize end = name ? strlen(name) : 0, n = 0;

    if (organisation)
        end -= MIN(strlen(organisation), end);
    for (gsize at = 0; at < end; at += n ? n : 1) {
        for (n = 0; at + n < end && g_ascii_isalpha(name[at + n]);)
            n++;
        if (n && is_mail_word((Span){name + at, n}))
            return true;
    }
    return false;
}

bool name_is_sibling(const char *a, const char *b)
{
    const char *x = a, *y = b;

    while (*x && *y) {
        if (g_ascii_isdigit(*x) || g_ascii_isdigit(*y)) {
            while (g_ascii_isdigit(*x))
                x++;
            while (g_ascii_isdigit(*y))
                y++;
        } else if (g_ascii_tolower(*x++) != g_ascii_tolower(*y++)) {
            return false;
        }
    }
    return !*x && !*y;
}
