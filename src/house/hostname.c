/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words in host names: see hostname.h. */
#include "house/hostname.h"

#include <string.h>

#include "base/domain.h"

/* --- mail servers --- */

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

/* How much of the clean name @name stands before its organisational domain. */
static gsize own_labels(const char *name)
{
    g_autofree char *organisation = domain_organisation(name);
    gsize n = strlen(name);
    return organisation ? n - MIN(strlen(organisation), n) : n;
}

bool hostname_is_mail_server(const char *host)
{
    g_autofree char *name = domain_clean(host);
    gsize end = name ? own_labels(name) : 0, n = 0;
    for (gsize at = 0; at < end; at += n ? n : 1) {
        for (n = 0; at + n < end && g_ascii_isalpha(name[at + n]);)
            n++;
        if (n && is_mail_word((Span){name + at, n}))
            return true;
    }
    return false;
}

/* --- home connections --- */

/* Words in a host's own labels that mark a home or dynamic connection. A word counts whole, between
 * dots, hyphens and digits. */
static const char *const home_words[] = {
    "dsl",        "adsl",    "vdsl",        "xdsl",        "sdsl",      "dyn",        "dynamic",
    "dynip",      "dial",    "dialup",      "dialin",      "pool",      "pools",      "cable",
    "cablemodem", "ppp",     "pppoe",       "dhcp",        "catv",      "hsd",        "broadband",
    "home",       "res",     "residential", "wifi",        "wlan",      "mobile",     "umts",
    "gprs",       "lte",     "fios",        "ftth",        "cpe",       "isdn",       "modem",
    "client",     "clients", "cust",        "customer",    "customers", "subscriber", "user",
    "users",      "nat",     "bb",          "adsldyn",     "dyndsl",    "adslgp",     "rev",
    "revip",      "fibre",   "fiber",       "internetdsl", "speedy",
};

static bool is_home_word(const char *word, gsize n)
{
    for (gsize i = 0; i < G_N_ELEMENTS(home_words); i++)
        if (strlen(home_words[i]) == n && memcmp(home_words[i], word, n) == 0)
            return true;
    return false;
}

/* The four numbers of @ip stand in @name, in either order, parted by anything but a digit or run
 * together with leading zeros, or as eight hexadecimal digits. */
static bool spells_address(const char *name, const Ip *ip)
{
    char forms[2][20];
    const guint8 *b = ip->bytes;
    g_snprintf(forms[0], 20, "%02x%02x%02x%02x", b[0], b[1], b[2], b[3]);
    g_snprintf(forms[1], 20, "%03u%03u%03u%03u", b[0], b[1], b[2], b[3]);
    if (strstr(name, forms[0]) || strstr(name, forms[1]))
        return true;
    unsigned numbers[64];
    gsize count = 0;
    for (const char *p = name; *p && count < 64;) {
        if (!g_ascii_isdigit(*p)) {
            p++;
            continue;
        }
        unsigned v = 0;
        for (; g_ascii_isdigit(*p); p++)
            v = v < 100000 ? v * 10 + (unsigned)(*p - '0') : v;
        numbers[count++] = v;
    }
    for (gsize i = 0; i + 4 <= count; i++) {
        const unsigned *n = numbers + i;
        if ((n[0] == b[0] && n[1] == b[1] && n[2] == b[2] && n[3] == b[3]) ||
            (n[0] == b[3] && n[1] == b[2] && n[2] == b[1] && n[3] == b[0]))
            return true;
    }
    return false;
}

bool hostname_is_home(const char *host, const Ip *ip)
{
    g_autofree char *name = domain_clean(host), *organisation = domain_organisation(host);
    if (!name || !organisation)
        return false;
    gsize own = strlen(name) - MIN(strlen(organisation), strlen(name));
    name[own] = '\0'; /* the labels in front of the organisational domain */
    for (gsize i = 0; i < own;) {
        gsize start = i;
        while (i < own && g_ascii_isalpha(name[i]))
            i++;
        if (i > start && is_home_word(name + start, i - start))
            return true;
        if (i == start)
            i++;
    }
    return ip && ip->family == 4 && spells_address(name, ip);
}
