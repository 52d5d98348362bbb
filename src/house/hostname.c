/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words in host names: see hostname.h. */
#include "house/hostname.h"

#include <string.h>

#include "base/domain.h"

/* @word is not empty; the lists are in lower case. Most words differ in the first letter. */
static bool is_listed(Span word, const char *const *list, gsize n)
{
    char first = g_ascii_tolower(word.p[0]);
    for (gsize i = 0; i < n; i++)
        if (list[i][0] == first && span_ieq(word, list[i]))
            return true;
    return false;
}

/* What of @host stands before its organisational domain; empty where it has none. */
static Span own_labels(const char *host)
{
    Span organisation = domain_organisation_in(host), name = domain_trimmed(host);
    return span_sub(name, 0, organisation.n ? name.n - organisation.n : 0);
}

/* Takes the next run of letters off @rest; false at the end. @dots counts the dots before it. */
static bool next_run(Span *rest, Span *run, unsigned *dots)
{
    gsize at = 0, n = 0;
    while (at < rest->n && !g_ascii_isalpha(rest->p[at]))
        *dots += rest->p[at++] == '.';
    while (at + n < rest->n && g_ascii_isalpha(rest->p[at + n]))
        n++;
    *run = (Span){rest->p + at, n};
    *rest = span_sub(*rest, at + n, rest->n);
    return n > 0;
}

/* --- mail servers ----------------------------------------------------------------------------- */

/* Words that hosts which carry mail have in their names, and hardly any others. */
static bool is_carrier_word(Span run)
{
    static const char *const words[] = {"out", "outbound", "outgoing", "inbound", "relay",
                                        "mta", "omta",     "imta",     "msa",     "mout",
                                        "mda", "esa",      "bounce",   "bounces"};
    return span_ifind(run, "mail") >= 0 || span_ifind(run, "smtp") >= 0 ||
           span_istarts(run, "mx") || is_listed(run, words, G_N_ELEMENTS(words));
}

/* ... and words that stand also in names of other machines of a network's edge. */
static bool is_mail_word(Span run)
{
    static const char *const words[] = {
        "gate",  "gateway", "in",      "filter",     "exch",    "exchange", "edge",  "hub",
        "store", "post",    "spam",    "av",         "scan",    "ironport", "lb",    "barracuda",
        "front", "back",    "imap",    "pop",        "ex",      "list",     "lists", "cluster",
        "msg",   "fwd",     "forward", "submission", "notes",   "domino",   "virus", "proxy",
        "omr",   "ndr",     "dsn",     "fw",         "firewall"};
    return is_carrier_word(run) || span_iends(run, "gw") ||
           is_listed(run, words, G_N_ELEMENTS(words));
}

/* What may stand between the mail word and the organisation: other mail words, and where the host
 * is. In the first label also codes of places and rows ("mail-wr1-f42"). */
static bool is_place(Span run, bool first)
{
    static const char *const words[] = {"east", "west",     "north",  "south",      "central",
                                        "apac", "emea",     "amer",   "prod",       "core",
                                        "int",  "internal", "global", "protection", "region"};
    return run.n <= (first ? 3 : 2) || is_carrier_word(run) ||
           is_listed(run, words, G_N_ELEMENTS(words));
}

bool hostname_is_central_server(const char *host)
{
    Span rest = own_labels(host), run;
    unsigned dots = 0;
    bool found = false;
    while (next_run(&rest, &run, &dots)) {
        if (is_carrier_word(run) && (found || dots == 0))
            found = true;
        else if ((dots > 0 && !found) || !is_place(run, dots == 0))
            return false;
    }
    return found;
}

bool hostname_is_plain_server(const char *host)
{
    Span rest = own_labels(host), run;
    unsigned dots = 0;
    bool found = false;
    while (next_run(&rest, &run, &dots)) {
        if (dots > 0 || (!is_mail_word(run) && !is_place(run, true)))
            return false;
        found = found || is_mail_word(run);
    }
    return found;
}

/* --- the edge of a network -------------------------------------------------------------------- */

static bool first_label_has(const char *host, bool (*is)(Span run))
{
    Span rest = {host, host ? strcspn(host, ".") : 0}, run;
    unsigned dots = 0;
    while (next_run(&rest, &run, &dots))
        if (is(run))
            return true;
    return false;
}

static bool is_translator_word(Span run)
{
    static const char *const words[] = {
        "natgw",   "fw",    "firewall", "lb",      "balancer", "router", "rtr",  "vip",
        "traefik", "nginx", "docker",   "ingress", "vpn",      "utm",    "masq", "loadbalancer"};
    return span_iends(run, "nat") || span_iends(run, "proxy") ||
           is_listed(run, words, G_N_ELEMENTS(words));
}

static bool is_edge_word(Span run)
{
    static const char *const words[] = {"gate", "gateway", "bridge", "front", "edge", "wan"};
    return is_translator_word(run) || span_iends(run, "gw") ||
           is_listed(run, words, G_N_ELEMENTS(words));
}

bool hostname_is_translator(const char *host)
{
    return first_label_has(host, is_translator_word);
}

bool hostname_is_edge(const char *host)
{
    return first_label_has(host, is_edge_word);
}

bool hostname_is_sibling(const char *a, const char *b)
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

/* --- home connections ------------------------------------------------------------------------- */

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

/* The four numbers of @ip stand in @name, in either order, parted by anything but a digit or run
 * together with leading zeros, or as eight hexadecimal digits. */
static bool spells_address(Span labels, const Ip *ip)
{
    char name[DOMAIN_MAX + 1];
    static const char HEX[] = "0123456789abcdef";
    char forms[2][13] = {{0}};
    const guint8 *b = ip->bytes;
    for (gsize i = 0; i < labels.n; i++)
        name[i] = g_ascii_tolower(labels.p[i]);
    name[labels.n] = '\0';
    for (gsize i = 0; i < 4; i++) {
        memcpy(forms[0] + 2 * i, (char[]){HEX[b[i] >> 4], HEX[b[i] & 15]}, 2);
        memcpy(forms[1] + 3 * i, (char[]){HEX[b[i] / 100], HEX[b[i] / 10 % 10], HEX[b[i] % 10]}, 3);
    }
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

/* --- what is remembered ----------------------------------------------------------------------- */

/* What words stand in a name before its organisation. */
enum { WORDS_LOOKED = 1 << 0, WORDS_HOME = 1 << 1, WORDS_CARRIER = 1 << 2, WORDS_MAIL = 1 << 3 };

static guint words_in(const char *host)
{
    Span rest = own_labels(host), run;
    unsigned dots = 0;
    bool whole = !rest.n && !domain_organisation_in(host).n; /* all of it is its own */
    guint words = WORDS_LOOKED;
    if (whole)
        rest = domain_trimmed(host);
    while (next_run(&rest, &run, &dots)) {
        if (!whole && is_listed(run, home_words, G_N_ELEMENTS(home_words)))
            words |= WORDS_HOME;
        if (is_carrier_word(run))
            words |= WORDS_CARRIER;
        if (is_mail_word(run))
            words |= WORDS_MAIL;
    }
    return words;
}

static guint words_of(const char *host)
{
    guint words = name_known(host)->words;
    if (!words) {
        words = words_in(host);
        name_known(host)->words = (guint8)words;
    }
    return words;
}

bool hostname_is_mail_server(const char *host)
{
    return words_of(host) & WORDS_MAIL;
}

bool hostname_is_home(const char *host, const Ip *ip)
{
    guint words = words_of(host);
    if (words & (WORDS_HOME | WORDS_CARRIER))
        return words & WORDS_HOME;
    Span labels = own_labels(host);
    return labels.n && ip && ip->family == 4 && spells_address(labels, ip);
}
