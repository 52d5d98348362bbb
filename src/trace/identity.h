/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is own: the reviewer's addresses, domains, hosts, networks and forwarders. Filled from the
 * configuration by the caller; plain data here. */
#ifndef NOTME_TRACE_IDENTITY_H
#define NOTME_TRACE_IDENTITY_H

#include "base/date.h"
#include "base/ip.h"
#include "base/pack.h"

typedef struct IdentityIndex IdentityIndex;

/* What the reviewer may say of all that he sends, and by which accounts. A judgement notes which of
 * these it asked about (trace.h, verdict.h): whatever he says of the others, it is the same. */
typedef enum Promise {
    PROMISE_COMPLETE = 1 << 0, /* complete, complete_denied */
    PROMISE_KEPT = 1 << 1,     /* sent_complete, sent_complete_denied, sent_since */
    PROMISE_SIGNED = 1 << 2,   /* dkim_always, dkim_always_denied */
    PROMISE_ACCOUNTS = 1 << 3  /* accounts */
} Promise;

typedef struct Identity {
    GPtrArray *addresses;  /* of char *, lower case; NULL-free strings, never NULL array */
    GPtrArray *domains;    /* of char *, lower case */
    GPtrArray *hosts;      /* of char *, lower case */
    GArray *networks;      /* of Network */
    GArray *weak_networks; /* of Network: shared ranges of an SPF include; count as weak, never as
                              own */
    bool complete;         /* we send through these hosts and networks and no others */
    GPtrArray *forwarders; /* of char *: host names or CIDR */
    bool sent_complete;
    /* The reviewer said no to the promise: he is not asked again. */
    bool complete_denied, sent_complete_denied, dkim_always_denied;
    gint64 sent_since;    /* TIME_NONE if not given */
    GPtrArray *batv_keys; /* of char *: "N:secret" */
    GPtrArray *dkim_keys; /* of char *: "SELECTOR:DOMAIN=base64 or PEM of the public key" (file
                             already read) */
    bool dkim_always;     /* every message that we send carries a signature of ours */
    GPtrArray *accounts;  /* of char *: names of our tenants and accounts at shared houses, lower
                             case */
    GPtrArray *not_own; /* of char *, lower case: addresses, networks, hosts and account names that
                           the reviewer said are not ours */
    GArray *known_logins; /* of Network: from where we log in; never own */
    /* Patterns of host names, lower case, in which "*" stands for anything but a dot: */
    GPtrArray *border;    /* of char *: the servers that take mail from the world for our mailbox */
    GPtrArray *inside;    /* of char *: those behind them */
    GPtrArray *authserv;  /* of char *: names under which they sign Authentication-Results */
    char *id_pattern;     /* regular expression of our Message-IDs (GRegex), or NULL */
    IdentityIndex *index; /* for the functions below, which make it (identity_prepare); entries are
                             added to an identity, or it is another */
} Identity;

Identity *identity_new(void);
/* One of its own. */
Identity *identity_copy(const Identity *identity);
void identity_free(Identity *identity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Identity, identity_free)
/* To and from other processes (identity_wire.c). NULL for what is none: @from is broken then. The
 * caller frees it. */
void identity_pack(GByteArray *to, const Identity *identity);
Identity *identity_unpack(Unpack *from);
/* The same is own by both. */
bool identity_equal(const Identity *a, const Identity *b);

/* Makes what look-ups need: until it is changed, several threads can look at it. */
void identity_prepare(const Identity *identity);
/* Nothing at all is known of own hosts, networks, addresses or domains. */
bool identity_is_empty(const Identity *identity);
/* @ip, or the IPv4 address in it, lies in one of the own networks, and the reviewer did not say
 * that it is not ours. */
bool identity_owns_ip(const Identity *identity, const Ip *ip);
/* @ip is next to an own address or network: in the same /28, or /64 of IPv6. */
bool identity_is_near(const Identity *identity, const Ip *ip);
/* @ip lies in one of the weak networks. */
bool identity_is_weak(const Identity *identity, const Ip *ip);
/* @name is an own host with a dot in its name, or an own domain or a host under one. Names are
 * claims: see trace.h for when they count. */
bool identity_owns_host(const Identity *identity, const char *name);
/* The same, and own hosts without a dot: only for the "by" of lines of the outer chain that our own
 * side wrote. Everybody's machine is called "mail". */
bool identity_owns_writer(const Identity *identity, const char *name);
/* An own domain stands somewhere in @host, which is not under it. */
bool identity_is_worn_by(const Identity *identity, const char *host);
/* @address (BATV/SRS taken off) is an own address. */
bool identity_has_address(const Identity *identity, const char *address);
/* @address (BATV/SRS taken off) is an own address or of an own domain. */
bool identity_owns_address(const Identity *identity, const char *address);
/* The looked-up name or the address is a declared forwarder's: the very name, an address, or the
 * name of a mail server under it. Of an access provider's domain the customers' machines are
 * none. */
bool identity_is_forwarder(const Identity *identity, const char *rdns, const Ip *ip);
/* One of @patterns (border, inside, authserv) fits @name. */
bool identity_matches(const GPtrArray *patterns, const char *name);
/* A pattern that says something: it holds a registered domain, or is one label without "*". */
bool identity_pattern_is_good(const char *pattern);
/* The reviewer said that this address, or this name (of a host or an account), is not ours. Either
 * may be NULL. */
bool identity_is_not_own(const Identity *identity, const char *name, const Ip *ip);
/* We log in from there. */
bool identity_knows_login(const Identity *identity, const Ip *ip);
/* The account or tenant at a shared house is ours. */
bool identity_has_account(const Identity *identity, const char *name);
/* There is an own network of this address family (4 or 6). */
bool identity_has_network(const Identity *identity, int family);
/* It may be ours for all that we were told: a public address of a family of which no network of
 * ours is named. */
bool identity_may_own_ip(const Identity *identity, const Ip *ip);
/* complete=true and there is an own network of this address family (4 or 6). */
bool identity_complete_for(const Identity *identity, int family);

#endif
