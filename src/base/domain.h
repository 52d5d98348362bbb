/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Domain names: equal, under one another, organisational domains (Public Suffix List). Houses with
 * several names and the words in host names are house/. */
#ifndef NOTME_BASE_DOMAIN_H
#define NOTME_BASE_DOMAIN_H

#include "base/name_known.h"
#include "base/span.h"

/* The longest name, in bytes. */
enum { DOMAIN_MAX = 255 };

/* Lower case, trailing dots and white space off; NULL for none and for more than 255 bytes. The
 * caller frees it. */
char *domain_clean(const char *host);
/* The same into @name, without memory of its own; false for none. */
bool domain_clean_to(const char *host, char name[DOMAIN_MAX + 1]);
/* The organisational domain of @host ("mx3.example.co.uk" -> "example.co.uk"), lower case, trailing
 * dot off; for names of test and private zones (.test, .example, .local) the last two labels. NULL
 * for addresses, single labels and NULL. The caller frees it. */
char *domain_organisation(const char *host);
/* The same as it stands in @host, which it borrows, in its letters; empty for none. */
Span domain_organisation_in(const char *host);
/* What is remembered of @host, with its organisation. Until the next call. */
NameKnown *domain_known(const char *host);
/* As domain_organisation_in(), of what is @known of @host. */
Span domain_known_organisation(const NameKnown *known, const char *host);
/* @host without white space and dots at its end; empty for none and for more than 255 bytes. */
Span domain_trimmed(const char *host);
/* Equal but for case: names without what domain_trimmed() takes off. */
bool domain_spans_same(Span a, Span b);
/* Equal names without case and trailing dot. */
bool domain_same(const char *a, const char *b);
/* @host is @domain or under it. */
bool domain_is_under(const char *host, const char *domain);
/* A name that the public DNS could hold: has a dot, is no address, is not
 * .local/.lan/.internal/.localdomain ... */
bool domain_is_public_name(const char *host);

#endif
