/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding out what is own: from notmuch's configuration, the mail that was sent, the mail that
 * came, and the bounces of mail that was sent. Looks only; asking and writing are the caller's. */
#ifndef NOTME_LEARN_LEARN_H
#define NOTME_LEARN_LEARN_H

#include "bounce/bounce.h"
#include "config/config.h"
#include "learn/found.h"
#include "learn/services.h"
#include "reading/promises.h"

typedef struct Learned {
    /* of Found, most frequent first */
    GPtrArray *addresses, *domains, *hosts, *networks, *sent_folders;
    GPtrArray *signers;   /* of Found, "SELECTOR:DOMAIN": keys that sign our mail (DKIM) */
    GPtrArray *dkim_keys; /* of char *: what of them the DNS has and is not configured, as in
                             Config's dkim_keys */
    GPtrArray *shared;    /* of Found: networks that send for you and for others */
    GPtrArray *notes;     /* of char *: what the DNS left open, one sentence each */
    GPtrArray *accounts;  /* of Found: names of tenants at shared houses that our mail bears */
    Promises *promises;   /* what speaks for "all is kept" and "all is signed" */
    GPtrArray *carriers;  /* of Found: addresses that carried our mail on; not taken */
    GPtrArray *single;    /* ... that fewer than two organisations saw handing it over; not taken */
    GPtrArray *services;  /* of Service (services.h): who perhaps sends in our name; taken where the
                             user says so */
    GPtrArray *others;    /* of Found: hosts that mail comes through, and that are not taken */
    /* of Found: patterns of the servers that take mail from the world for this mailbox, of those
     * behind them, and the names of the former in Authentication-Results */
    GPtrArray *border, *inside, *authserv;
    guint crossings, senders; /* messages that crossed the border, and of how many senders */
    char *id_pattern;         /* or NULL */
    guint sent, received;     /* messages that were looked at */
    guint carried;      /* from own addresses, but carried by servers: no copies kept of ours */
    guint bounces;      /* bounces of mail that is in the sent folders */
    gint64 oldest_sent; /* TIME_NONE */
} Learned;

/* Reads the store; @config's identity is what is configured already and stays in what was found. */
Learned *learn_look(const Config *config, GError **error);
/* Adds what the SPF records of the domains found say, and the keys of the signers that @config does
 * not have yet. False where the DNS cannot be asked. */
bool learn_dns(Learned *learned, const Config *config, GError **error);
void learned_free(Learned *learned);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Learned, learned_free)

/* What only the user can say. */
typedef struct LearnedAnswers {
    Tri complete;      /* we send through these and no others; unknown: what is written stays */
    Tri sent_complete; /* every message we send is kept */
    Tri dkim_always;   /* every message we send is signed */
    bool border;       /* the border and what belongs to it are right */
    bool accounts;     /* the accounts are ours */
    bool services;     /* ... and the services that are in the list still */
} LearnedAnswers;
/* Writes section [identity] of the configuration file @path (made when it is not there), and leaves
 * the rest and the comments as they are. */
bool learned_write(const Learned *learned, const LearnedAnswers *answers, const char *path,
                   GError **error);

#endif
