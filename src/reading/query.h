/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one query language of the command line and the interface: notmuch's, and terms of our own for
 * what only a verdict knows (ip:, verdict:, reason: ...), joined by and, or, not and brackets. Each
 * longest part without own terms goes to notmuch as it stands. What notmuch would take in silence
 * for something else is refused: an unknown prefix, a prefix without a value, open brackets and
 * quotes. */
#ifndef NOTME_READING_QUERY_H
#define NOTME_READING_QUERY_H

#include "base/ip.h"
#include "bounce/bounce.h"
#include "verdict/verdict.h"

/* The terms of our own. */
typedef enum OwnTerm {
    OWN_IP,        /* address or network of the injection */
    OWN_VERDICT,   /* genuine, backscatter, fake, undecided */
    OWN_REASON,    /* of the first recipient */
    OWN_KIND,      /* failure, delay ... */
    OWN_WARNING,   /* stolen-account */
    OWN_REPORTER,  /* a host, or a domain and what is below it */
    OWN_RECIPIENT, /* part of the failed recipient's address */
    OWN_ABUSED,    /* part of the own address in whose name it was sent */
    OWN_ABOUT,     /* part of the returned message's subject */
    OWN_CAMPAIGN,  /* the key of a campaign */
    OWN_HANDLE,    /* "@7f3ak2c" (handle.h) */
    OWN_COUNT
} OwnTerm;

typedef enum QueryKind {
    QUERY_ALL,
    QUERY_AND,
    QUERY_OR,
    QUERY_NOT,
    QUERY_OWN,
    QUERY_NOTMUCH
} QueryKind;

/* A node of the query; its children are freed with it. */
typedef struct Query {
    QueryKind kind;
    GPtrArray *children; /* of Query: AND, OR, NOT; else NULL */
    char *text;          /* NOTMUCH: as it was written; OWN_HANDLE: "id:...", once it was found */
    guint part;          /* NOTMUCH: its number among the parts (query_part) */
    bool implied;        /* NOTMUCH: what the store gives for query_for_store has it anyway */
    OwnTerm term;        /* OWN */
    char *value;         /* OWN, in lower case */
    int number;          /* OWN: the verdict, reason or kind that @value names */
    Network network;     /* OWN_IP */
} Query;

/* Reads @text. @prefixes: prefixes that the notmuch configuration adds (index.header.*), a
 * NULL-terminated list or NULL. NULL with a sentence that names the query and what to do. */
Query *query_parse(const char *text, const char *const *prefixes, GError **error);
void query_free(Query *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Query, query_free)
/* "ip:" and the like; NULL behind the last. */
const char *query_own_prefix(guint i);

#endif
