/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions to the DNS: many at once, each with a time-out (c-ares). Only for who asked for it:
 * "complain --dns", "learn --dns". NOTME_DNS_SERVER=IP:PORT names another server, for tests. */
#ifndef NOTME_WORK_DNS_H
#define NOTME_WORK_DNS_H

#include <glib.h>
#include <stdbool.h>

typedef enum DnsType { DNS_A = 1, DNS_MX = 15, DNS_TXT = 16, DNS_AAAA = 28 } DnsType;
typedef enum DnsStatus {
    DNS_FAILED, /* no answer, or none that can be read: may be asked again */
    DNS_NONE,   /* there is no such name, or nothing of this type */
    DNS_OK
} DnsStatus;

typedef struct DnsQuery {
    char *name;
    DnsType type;
    /* the answer: */
    DnsStatus status;
    GPtrArray *values; /* of char *: addresses as text; hosts of MX; the strings of a TXT joined.
                          Any bytes but NUL can be in a TXT */
    guint32 ttl;       /* seconds; the least of all values */
    char *why;         /* of DNS_FAILED */
} DnsQuery;

DnsQuery *dns_query_new(const char *name, DnsType type);
void dns_query_free(DnsQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DnsQuery, dns_query_free)
/* Asks all of @queries (of DnsQuery) and fills in their answers. Gives up the rest when nothing
 * came for @timeout_ms. False with an error only where the DNS cannot be asked at all. */
bool dns_ask(GPtrArray *queries, guint timeout_ms, GError **error);
/* The answer in the packet @bytes for @query; for dns.c and its test. */
void dns_read(DnsQuery *query, const unsigned char *bytes, gsize length);

#endif
