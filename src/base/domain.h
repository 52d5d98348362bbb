/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Domain names: organisational domains (Public Suffix List), houses with several names, shared
 * providers, names that mark a home connection. */
#ifndef NOTME_BASE_DOMAIN_H
#define NOTME_BASE_DOMAIN_H

#include "base/span.h"

/* The organisational domain of @host ("mx3.example.co.uk" -> "example.co.uk"), lower case, trailing
 * dot off; for names of test and private zones (.test, .example, .local) the last two labels. NULL
 * for addresses, single labels and NULL. The caller frees it. */
char *domain_organisation(const char *host);
/* Same organisation: equal organisational domains, or domains of one house (google.com, gmail.com,
 * googlemail.com ...). False when either has none. */
bool domain_same_organisation(const char *a, const char *b);
/* Equal names without case and trailing dot. */
bool domain_same(const char *a, const char *b);
/* @host is @domain or under it. */
bool domain_is_under(const char *host, const char *domain);
/* A name that the public DNS could hold: has a dot, is no address, is not
 * .local/.lan/.internal/.localdomain ... */
bool domain_is_public_name(const char *host);
/* A shared mailbox provider (gmail.com, gmx.de ...): its domain says nothing about who owns an
 * address's hosts. */
bool domain_is_freemail(const char *domain);
/* The name marks a home or dynamic connection: the address spelt in it, dsl, dyn, dial, pool,
 * cable, ppp ... @ip may be NULL. */
struct Ip;
bool domain_looks_dynamic(const char *host, const struct Ip *ip);

#endif
