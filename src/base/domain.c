/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Domain names: see domain.h. Organisational domains come from libpsl's compiled-in list, so that
 * no file is opened. */
#include "base/domain.h"

#include <libpsl.h>
#include <string.h>

#include "base/ip.h"

/* Name endings that the public DNS does not hold (RFC 6761, 6762, 8375 and habit; "pps.filterd" is
 * how Proofpoint's filter greets the server on its machine). */
static const char *const private_ends[] = {
    "local", "lan",      "internal", "localdomain", "localhost", "home",      "corp",
    "intra", "intranet", "private",  "home.arpa",   "domain",    "workgroup", "filterd"};

char *domain_clean(const char *host)
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

static char *organisation_find(const char *host)
{
    g_autofree char *name = domain_clean(host);
    if (!name || !strchr(name, '.') || is_address(name) || strpbrk(name, " []@:/") ||
        !g_utf8_validate(name, -1, NULL))
        return NULL;
    const char *found = psl_registrable_domain(psl_builtin(), name);
    return found ? g_strdup(found) : NULL;
}

/* What was asked last. One message asks for the same few names again and again, and each look into
 * the list costs as much as parsing a header. A name takes the place of another with its hash. */
typedef struct Asked {
    char *host;
    char *organisation; /* or NULL */
} Asked;

enum { ASKED_COUNT = 4096, ASKED_LENGTH_MAX = 255 };

static Asked *asked_place(const char *host)
{
    static Asked places[ASKED_COUNT];
    return &places[g_str_hash(host) % ASKED_COUNT];
}

char *domain_organisation(const char *host)
{
    if (!host || strlen(host) > ASKED_LENGTH_MAX)
        return organisation_find(host);
    Asked *asked = asked_place(host);
    if (!asked->host || strcmp(asked->host, host) != 0) {
        char *organisation = organisation_find(host);
        g_free(asked->host);
        g_free(asked->organisation);
        *asked = (Asked){g_strdup(host), organisation};
    }
    return g_strdup(asked->organisation);
}

Span domain_trimmed(const char *host)
{
    Span s = span_trim(span_of(host));
    while (s.n && s.p[s.n - 1] == '.')
        s.n--;
    return s.n > 255 ? (Span){"", 0} : s;
}

static bool is_same(Span a, Span b)
{
    return a.n == b.n && g_ascii_strncasecmp(a.p, b.p, a.n) == 0;
}

bool domain_same(const char *a, const char *b)
{
    Span x = domain_trimmed(a), y = domain_trimmed(b);
    return x.n && is_same(x, y);
}

bool domain_is_under(const char *host, const char *domain)
{
    Span x = domain_trimmed(host), y = domain_trimmed(domain);
    return x.n && y.n && x.n >= y.n && is_same(span_sub(x, x.n - y.n, y.n), y) &&
           (x.n == y.n || x.p[x.n - y.n - 1] == '.');
}

bool domain_is_public_name(const char *host)
{
    g_autofree char *name = domain_clean(host);
    if (!name || !strchr(name, '.') || name[0] == '.' || is_address(name))
        return false;
    for (const char *p = name; *p; p++)
        if (!g_ascii_isalnum(*p) && !strchr(".-_", *p) && (guchar)*p < 0x80)
            return false;
    gsize n = strlen(name);
    for (gsize i = 0; i < G_N_ELEMENTS(private_ends); i++) {
        gsize m = strlen(private_ends[i]);
        if (n >= m && memcmp(name + n - m, private_ends[i], m) == 0 &&
            (n == m || name[n - m - 1] == '.'))
            return false;
    }
    return true;
}
