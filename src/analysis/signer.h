/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of the keys that a message is signed with (DKIM), as its header claims. */
#ifndef NOTME_ANALYSIS_SIGNER_H
#define NOTME_ANALYSIS_SIGNER_H

#include <glib.h>

enum { SIGNERS_MOST = 30 };

/* The names "SELECTOR:DOMAIN" of the signatures among @headers (of Header), lower case (of char *);
 * at most SIGNERS_MOST, none that could not stand in the DNS. Whether the domain is one's own is
 * for the caller to ask: anybody can write such a header. The caller unrefs it. */
GPtrArray *signers_of(const GPtrArray *headers);
/* Where the key of that name stands in the DNS: "s1._domainkey.alder.example" (RFC 6376, 3.6.2.1).
 * The caller frees it. */
char *signer_place(const char *name);

#endif
