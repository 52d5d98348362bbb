/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What servers wrote into a message about who sent it: Authentication-Results (RFC 8601, with the
 * older RFC 5451 and 7001), ARC-Authentication-Results (RFC 8617 4.1.1) and Received-SPF (RFC 7208
 * 9.1, RFC 4408 7), and the forms of the wild: without an authserv-id (Microsoft), with a property
 * behind it (Yahoo of 2010), without version, reason or quotes.
 *
 * Anybody can write such a field. It is plain data here: whether it is to be believed follows from
 * its place among the Received lines and from its authserv-id, which is for others to judge. Values
 * in it were mostly chosen by the sender, also where an honest server wrote it. */
#ifndef NOTME_AUTH_AUTH_H
#define NOTME_AUTH_AUTH_H

#include "base/ip.h"

typedef enum AuthField {
    AUTH_FIELD_RESULTS, /* Authentication-Results */
    AUTH_FIELD_ARC,     /* ARC-Authentication-Results */
    AUTH_FIELD_SPF      /* Received-SPF */
} AuthField;

typedef enum AuthMethod {
    AUTH_OTHER, /* one that this program has no use for: domainkeys, sender-id, compauth, x-… */
    AUTH_SPF,
    AUTH_DKIM,
    AUTH_DMARC,
    AUTH_ARC,
    AUTH_SMTP, /* "auth": the client logged in */
    AUTH_IPREV /* the reverse name leads back to the address */
} AuthMethod;

/* The result of a method; the names of the errors of RFC 4408 (temp-error, "error", "unknown") mean
 * the newer ones. */
typedef enum AuthValue {
    AUTH_UNKNOWN, /* a word that is none of these */
    AUTH_NONE,
    AUTH_PASS,
    AUTH_FAIL,
    AUTH_SOFTFAIL,
    AUTH_NEUTRAL,
    AUTH_POLICY,
    AUTH_BESTGUESS, /* Microsoft's "bestguesspass" of DMARC: there is no record */
    AUTH_TEMPERROR,
    AUTH_PERMERROR
} AuthValue;

/* One method's result. Strings are valid UTF-8, as written but for quotes, angle brackets and
 * comments; NULL where not said. Only what is asked for somewhere is kept. */
typedef struct AuthResult {
    AuthMethod method;
    AuthValue value;
    bool guessed;      /* SPF by a record that the server made up for want of one (Gmail) */
    char *mailfrom;    /* smtp.mailfrom, envelope-from: address or domain; "" for the null path */
    char *helo;        /* smtp.helo, helo= */
    char *header_from; /* header.from: domain or address */
    char *header_d;    /* header.d: the domain that signed */
    char *header_i;    /* header.i: the agent, "@domain" or "local@domain" */
    char *header_s;    /* header.s: the selector */
    char *user;        /* smtp.auth, smtp.user: who logged in */
    char *reason;      /* reason= */
    Ip client;         /* the client's address, of the one that a property or comment names; family
                          0 where none is named, or different ones */
} AuthResult;

typedef struct AuthResults {
    AuthField field;
    char *server;     /* authserv-id; of Received-SPF receiver=, or the name before the colon in its
                         comment; NULL: not said */
    unsigned version; /* 1 where not said */
    unsigned instance; /* ARC's i=, 0 where there is none */
    GPtrArray
        *results; /* of AuthResult, as they stand, at most AUTH_RESULTS_MAX; none for "none" */
    bool clean; /* nothing in it was cut off, left open or out of place: a value that a sender chose
                   may else have become part of the field's own words */
} AuthResults;

enum { AUTH_RESULTS_MAX = 40 };

/* Reads the field @name with the value @value (unfolded or not). NULL if it is none of the three.
 * Linear in time; reads at most 32 kB. The caller frees it. */
AuthResults *auth_read(const char *name, Span value);
void auth_results_free(AuthResults *results);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AuthResults, auth_results_free)

/* The first result of @method, or NULL. Borrowed. */
const AuthResult *auth_results_first(const AuthResults *results, AuthMethod method);
/* "spf", "dkim" ...; "other". */
const char *auth_method_name(AuthMethod method);
/* "pass", "fail" ...; "unknown". */
const char *auth_value_name(AuthValue value);

#endif
