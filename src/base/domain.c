/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Domain names: see domain.h. Organisational domains come from libpsl's compiled-in list, so that
 * no file is opened. */
#include "base/domain.h"

#include <libpsl.h>
#include <string.h>

#include "base/ip.h"

/* Houses with several names: one row a house. */
static const char *const houses[][12] = {
    {"google.com", "gmail.com", "googlemail.com", "googlegroups.com", "1e100.net"},
    {"outlook.com", "hotmail.com", "live.com", "msn.com", "microsoft.com", "office365.com",
     "onmicrosoft.com", "exchangelabs.com", "office.com", "hotmail.co.uk",
     "messaging.microsoft.com", "frontbridge.com"},
    {"yahoo.com", "yahoodns.net", "ymail.com", "rocketmail.com", "yahoo-inc.com"},
    {"aol.com", "aim.com", "netscape.net", "aol.net"},
    {"gmx.net", "gmx.de", "gmx.com", "gmx.at", "gmx.ch", "web.de", "mail.com", "kundenserver.de",
     "1and1.com", "ui-dns.de"},
    {"mail.ru", "inbox.ru", "list.ru", "bk.ru", "smailru.net"},
    {"yandex.ru", "yandex.net", "yandex.com", "ya.ru"},
    {"icloud.com", "me.com", "mac.com", "apple.com"},
    {"messagelabs.com", "symanteccloud.com", "messagelabs.net"},
    {"proofpoint.com", "pphosted.com", "ppe-hosted.com"},
    {"zoho.com", "zohomail.com", "zoho.eu", "zohocorp.com", "zoho.in"},
    {"wanadoo.fr", "orange.fr", "orange.net", "francetelecom.net"},
    {"comcast.net", "comcast.com", "comcastbusiness.net"},
    {"amazonses.com", "amazon.com"},
    {"qq.com", "tencent.com", "foxmail.com", "exmail.qq.com"},
    {"163.com", "126.com", "netease.com", "yeah.net", "188.com"},
    {"ezweb.ne.jp", "au.com", "kddi.com", "dion.ne.jp"},
    {"earthlink.net", "mindspring.com"},
    {"mimecast.com", "mimecast.net"},
    {"barracuda.com", "barracudanetworks.com", "ess.barracudanetworks.com"},
};

/* Providers that give mailboxes to anybody. */
static const char *const freemail[] = {
    "gmail.com",       "googlemail.com", "outlook.com",    "hotmail.com",    "live.com",
    "msn.com",         "hotmail.co.uk",  "hotmail.fr",     "hotmail.de",     "hotmail.it",
    "outlook.de",      "outlook.fr",     "live.co.uk",     "live.fr",        "live.nl",
    "yahoo.com",       "yahoo.co.uk",    "yahoo.co.jp",    "yahoo.de",       "yahoo.fr",
    "yahoo.it",        "yahoo.es",       "yahoo.com.br",   "yahoo.co.in",    "ymail.com",
    "rocketmail.com",  "aol.com",        "aim.com",        "gmx.de",         "gmx.net",
    "gmx.com",         "gmx.at",         "gmx.ch",         "web.de",         "freenet.de",
    "t-online.de",     "mail.com",       "mail.ru",        "inbox.ru",       "list.ru",
    "bk.ru",           "yandex.ru",      "yandex.com",     "ya.ru",          "rambler.ru",
    "icloud.com",      "me.com",         "mac.com",        "protonmail.com", "proton.me",
    "pm.me",           "tutanota.com",   "tuta.io",        "zoho.com",       "zohomail.com",
    "fastmail.com",    "fastmail.fm",    "hushmail.com",   "posteo.de",      "mailbox.org",
    "qq.com",          "foxmail.com",    "163.com",        "126.com",        "yeah.net",
    "sina.com",        "naver.com",      "hanmail.net",    "daum.net",       "orange.fr",
    "wanadoo.fr",      "free.fr",        "laposte.net",    "sfr.fr",         "libero.it",
    "virgilio.it",     "tiscali.it",     "comcast.net",    "verizon.net",    "sbcglobal.net",
    "att.net",         "bellsouth.net",  "cox.net",        "charter.net",    "earthlink.net",
    "btinternet.com",  "sky.com",        "talktalk.net",   "ntlworld.com",   "bigpond.com",
    "optusnet.com.au", "rogers.com",     "shaw.ca",        "sympatico.ca",   "uol.com.br",
    "bol.com.br",      "terra.com.br",   "seznam.cz",      "centrum.cz",     "wp.pl",
    "o2.pl",           "onet.pl",        "interia.pl",     "ukr.net",        "rediffmail.com",
    "docomo.ne.jp",    "ezweb.ne.jp",    "softbank.ne.jp", "nifty.com",      "telia.com",
    "bluewin.ch",      "chello.nl",      "ziggo.nl",       "telenet.be",     "skynet.be",
};

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

/* Name endings that the public DNS does not hold (RFC 6761, 6762, 8375 and habit). */
static const char *const private_ends[] = {
    "local", "lan",      "internal", "localdomain", "localhost", "home",     "corp",
    "intra", "intranet", "private",  "home.arpa",   "domain",    "workgroup"};

/* Lower case, trailing dot and white space off; NULL for none or what cannot be a name. */
static char *clean(const char *host)
{
    Span s = span_trim(span_of(host));
    while (s.n && s.p[s.n - 1] == '.')
        s.n--;
    if (s.n == 0 || s.n > 255)
        return NULL;
    return g_ascii_strdown(s.p, (gssize)s.n);
}

static bool is_address(const char *host)
{
    Ip ip;
    return ip_parse_literal(span_of(host), &ip);
}

char *domain_organisation(const char *host)
{
    g_autofree char *name = clean(host);
    if (!name || !strchr(name, '.') || is_address(name) || strpbrk(name, " []@:/") ||
        !g_utf8_validate(name, -1, NULL))
        return NULL;
    const char *found = psl_registrable_domain(psl_builtin(), name);
    return found ? g_strdup(found) : NULL;
}

static int house_of(const char *organisation)
{
    for (gsize i = 0; i < G_N_ELEMENTS(houses); i++)
        for (gsize k = 0; k < G_N_ELEMENTS(houses[i]) && houses[i][k]; k++)
            if (strcmp(houses[i][k], organisation) == 0)
                return (int)i;
    return -1;
}

bool domain_same_organisation(const char *a, const char *b)
{
    g_autofree char *x = domain_organisation(a), *y = domain_organisation(b);
    if (!x || !y)
        return false;
    if (strcmp(x, y) == 0)
        return true;
    int house = house_of(x);
    return house >= 0 && house == house_of(y);
}

bool domain_same(const char *a, const char *b)
{
    g_autofree char *x = clean(a), *y = clean(b);
    return x && y && strcmp(x, y) == 0;
}

bool domain_is_under(const char *host, const char *domain)
{
    g_autofree char *x = clean(host), *y = clean(domain);
    if (!x || !y)
        return false;
    gsize n = strlen(x), m = strlen(y);
    return n >= m && strcmp(x + n - m, y) == 0 && (n == m || x[n - m - 1] == '.');
}

bool domain_is_public_name(const char *host)
{
    g_autofree char *name = clean(host);
    if (!name || !strchr(name, '.') || name[0] == '.' || is_address(name))
        return false;
    for (const char *p = name; *p; p++)
        if (!g_ascii_isalnum(*p) && !strchr(".-_", *p) && (guchar)*p < 0x80)
            return false;
    for (gsize i = 0; i < G_N_ELEMENTS(private_ends); i++)
        if (domain_is_under(name, private_ends[i]))
            return false;
    return true;
}

bool domain_is_freemail(const char *domain)
{
    g_autofree char *name = clean(domain);
    for (gsize i = 0; name && i < G_N_ELEMENTS(freemail); i++)
        if (strcmp(freemail[i], name) == 0)
            return true;
    return false;
}

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

bool domain_looks_dynamic(const char *host, const Ip *ip)
{
    g_autofree char *name = clean(host), *organisation = domain_organisation(host);
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
