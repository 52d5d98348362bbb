/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Houses: organisations with several names or many customers, from the tables of this folder. What
 * stands in no table is no house: it is trusted as an organisation of its own and no further. */
#ifndef NOTME_HOUSE_HOUSE_H
#define NOTME_HOUSE_HOUSE_H

#include <stdbool.h>

typedef enum HouseKind {
    HOUSE_MAILBOX, /* gives mailboxes to anybody */
    HOUSE_SERVICE, /* sends mail for its customers */
    HOUSE_CLOUD,   /* lends machines by the hour */
    HOUSE_ACCESS,  /* sells connections, machines or web space: access providers and hosters */
    HOUSE_FILTER   /* stands in front of its customers' mail servers, and often behind them */
} HouseKind;

/* One row of a table. Lists are names parted by one space, in lower case. */
typedef struct House {
    const char *name; /* as a sentence calls it */
    HouseKind kind;
    bool customers;        /* a host with one of its names may be a customer's machine */
    const char *domains;   /* organisational domains of its hosts; "" for none but @mailboxes */
    const char *mailboxes; /* domains in which anybody may have an address; hosts' names, too */
    const char *source; /* where the names are from: "mx" and "spf" (its records), "help" (its own
                         * pages), "reverse" (names of its machines in the DNS), "mail" (seen in
                         * messages) */
} House;

/* The house of @host, found by walking up its labels, or NULL. Borrowed: lives as long as the
 * program. @host may be NULL and may end in a dot. */
const House *house_find(const char *host);
/* Same organisation: equal organisational domains (domain.h), or domains of one house (google.com,
 * gmail.com, googlemail.com ...). False when either has none. */
bool house_same(const char *a, const char *b);
/* Exactly @domain gives addresses to anybody (gmail.com, gmx.de ...): it says nothing about who
 * owns an address's hosts. */
bool house_has_mailboxes(const char *domain);
/* Anybody's mail leaves from the hosts of @host's house: a mailbox provider, a mail service, a
 * cloud, or an access provider with mailboxes. */
bool house_is_shared(const char *host);

/* What @name, of the organisation of @claimed, says holds for @claimed, too. A name speaks for its
 * own part of an organisation: "mail.acme.isp.example", which may be a customer's, for
 * "mx.acme.isp.example" and not for "mx1.isp.example". Central servers speak for all of it, and so
 * does every name of a house whose customers have none. */
bool house_speaks_for(const char *name, const char *claimed);

#endif
