/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a domain says in the DNS about the networks that send its mail (SPF, RFC 7208). */
#ifndef NOTME_LEARN_SPF_H
#define NOTME_LEARN_SPF_H

#include <glib.h>
#include <stdbool.h>

typedef struct Spf {
    GPtrArray *networks; /* of char *, "192.0.2.0/24": the domain's own record names them */
    GPtrArray *shared;   /* the same, by include or redirect: other people's, who send for many */
    GPtrArray *notes;    /* of char *: what was not followed, one sentence each */
} Spf;

/* Asks; dns_ask in real life. Fills in the answers of @queries (of DnsQuery). */
typedef bool (*SpfAsk)(GPtrArray *queries, gpointer data, GError **error);

/* Reads the record of @domain and what it leads to, within the limits of RFC 7208 (ten look-ups,
 * two of them in vain). NULL only when the DNS cannot be asked at all; a domain without a record
 * has a note. */
Spf *spf_look(const char *domain, SpfAsk ask, gpointer data, GError **error);
void spf_free(Spf *spf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Spf, spf_free)
/* SpfAsk by the DNS. */
bool spf_ask_dns(GPtrArray *queries, gpointer data, GError **error);

#endif
