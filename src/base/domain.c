/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Domain names: see domain.h. Organisational domains come from libpsl's compiled-in list, so that
 * no file is opened. */
#include "base/domain.h"

#include <libpsl.h>
#include <string.h>

#include "base/ip.h"

/* Name endings that the public DNS does not hold (RFC 6761, 6762, 8375 and habit; "pps.filterd" is
 * how Proofpoint's filter greets the server on its machine). */
static const Span private_ends[] = {
    SPAN("local"),     SPAN("lan"),    SPAN("internal"),  SPAN("localdomain"), SPAN("localhost"),
    SPAN("home"),      SPAN("corp"),   SPAN("intra"),     SPAN("intranet"),    SPAN("private"),
    SPAN("home.arpa"), SPAN("domain"), SPAN("workgroup"), SPAN("filterd")};

Span domain_trimmed(const char *host)
{
    Span s = span_trim(span_of(host));
    while (s.n && s.p[s.n - 1] == '.')
        s.n--;
    return s.n > DOMAIN_MAX ? (Span){"", 0} : s;
}

bool domain_clean_to(const char *host, char name[DOMAIN_MAX + 1])
{
    Span s = domain_trimmed(host);
    for (gsize i = 0; i < s.n; i++)
        name[i] = span_lower(s.p[i]);
    name[s.n] = '\0';
    return s.n > 0;
}

char *domain_clean(const char *host)
{
    char name[DOMAIN_MAX + 1];
    return domain_clean_to(host, name) ? g_strdup(name) : NULL;
}

static bool is_address(const char *host)
{
    Ip ip;
    return ip_parse_literal(span_of(host), &ip);
}

/* How many bytes at the end of @host, without dots behind it, are its organisation's; 0: none. */
static gsize organisation_length(const char *host)
{
    char name[DOMAIN_MAX + 1];
    if (!domain_clean_to(host, name) || !strchr(name, '.') || is_address(name) ||
        strpbrk(name, " []@:/") || !g_utf8_validate(name, -1, NULL))
        return 0;
    const char *found = psl_registrable_domain(psl_builtin(), name);
    return found ? strlen(found) : 0;
}

static Span organisation_in(const char *host)
{
    Span name = domain_trimmed(host);
    gsize length = name.n ? organisation_length(host) : 0;
    return span_sub(name, name.n - MIN(length, name.n), name.n);
}

bool domain_spans_same(Span a, Span b)
{
    return a.n == b.n && ((*a.p ^ *b.p) & ~0x20) == 0 &&
           (memcmp(a.p, b.p, a.n) == 0 || g_ascii_strncasecmp(a.p, b.p, a.n) == 0);
}

static bool is_public_name(const char *host)
{
    Span name = domain_trimmed(host);
    if (!name.n || !memchr(name.p, '.', name.n) || name.p[0] == '.')
        return false;
    for (gsize i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (!g_ascii_isalnum(c) && c != '.' && c != '-' && c != '_' && (guchar)c < 0x80)
            return false;
    }
    Ip ip;
    if (g_ascii_isdigit(name.p[name.n - 1]) && ip_parse(name, &ip))
        return false;
    for (gsize i = 0; i < G_N_ELEMENTS(private_ends); i++) {
        Span end = private_ends[i];
        if (name.n >= end.n && domain_spans_same(span_sub(name, name.n - end.n, end.n), end) &&
            (name.n == end.n || name.p[name.n - end.n - 1] == '.'))
            return false;
    }
    return true;
}

NameKnown *domain_known(const char *host)
{
    NameKnown *known = name_known(host);
    if (known->found)
        return known;
    Span organisation = organisation_in(host);
    known->found = true;
    known->is_public = is_public_name(host);
    known->at = organisation.n ? (guint)(organisation.p - host) : 0;
    known->n = (guint8)organisation.n; /* at most DOMAIN_MAX */
    return known;
}

Span domain_known_organisation(const NameKnown *known, const char *host)
{
    return known->n ? (Span){host + known->at, known->n} : SPAN("");
}

Span domain_organisation_in(const char *host)
{
    return domain_known_organisation(domain_known(host), host);
}

char *domain_organisation(const char *host)
{
    Span organisation = domain_organisation_in(host);
    return organisation.n ? g_ascii_strdown(organisation.p, (gssize)organisation.n) : NULL;
}

bool domain_same(const char *a, const char *b)
{
    Span x = domain_trimmed(a), y = domain_trimmed(b);
    return x.n && domain_spans_same(x, y);
}

bool domain_is_under(const char *host, const char *domain)
{
    Span x = domain_trimmed(host), y = domain_trimmed(domain);
    return x.n && y.n && x.n >= y.n && domain_spans_same(span_sub(x, x.n - y.n, y.n), y) &&
           (x.n == y.n || x.p[x.n - y.n - 1] == '.');
}

bool domain_is_public_name(const char *host)
{
    return domain_known(host)->is_public;
}
