/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where complaints about an address go: the configuration, a file of networks, and, where it is
 * wished, the DNS. */
#ifndef NOTME_COMPLAINT_CONTACTS_H
#define NOTME_COMPLAINT_CONTACTS_H

#include "config/config.h"

typedef struct Contacts Contacts;

/* One question and its answer. */
typedef struct ContactQuery {
    Ip ip;
    char *host;           /* the looked-up name of the address, or NULL */
    GPtrArray *addresses; /* of char *: the answer; empty: none is known */
} ContactQuery;

ContactQuery *contact_query_new(const Ip *ip, const char *host);
void contact_query_free(ContactQuery *query);

/* Reads the file of networks ("CIDR address" lines, # comments); errors name file and line. Borrows
 * @config. */
Contacts *contacts_new(const Config *config, GError **error);
void contacts_free(Contacts *contacts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Contacts, contacts_free)
/* Answers all of @queries (of ContactQuery). With @dns also by the DNS, cached in the state folder
 * until @now passes what the answer allows; *trouble (may be NULL; the caller frees it) is a
 * sentence where that did not answer. */
void contacts_ask(Contacts *contacts, GPtrArray *queries, bool dns, gint64 now, char **trouble);

/* Takes the addresses out of @text that a complaint can be sent to: no placeholders of registries,
 * none of our own (@identity may be NULL). Adds them to @addresses; at most three. */
void contact_addresses(const char *text, const Identity *identity, GPtrArray *addresses);
/* "4.3.2.1.abuse-contacts.abusix.zone", or the nibbles of an IPv6 address. The caller frees it. */
char *contact_reversed(const Ip *ip, const char *zone);

#endif
