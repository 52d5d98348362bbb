/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names as facts about addresses: what was looked up for an address holds wherever that address
 * stands, also under a server that looks nothing up. Our own servers' look-ups hold in both chains;
 * those of believed returned lines hold in the returned chain below them. Nothing flows back: no
 * line inside a bounce names the peer that handed us the bounce. */
#ifndef NOTME_TRACE_NAMES_H
#define NOTME_TRACE_NAMES_H

#include "trace/trace.h"

/* The addresses that are remembered: chains are a dozen lines long, and a hostile one with
 * thousands must not cost the square of that. */
enum { NAMES_MAX = 48 };

typedef struct NameBook {
    struct {
        Ip ip;
        Lookup lookup;    /* LOOKUP_NONE or LOOKUP_NAME */
        const char *name; /* borrowed from the hop */
    } seen[NAMES_MAX];
    guint count;
} NameBook;

/* Names that the bounce uses for its writer, best first. All borrowed; NULL where not given or no
 * public name. */
typedef struct BounceNames {
    const char *mta, *by, *from;
} BounceNames;

/* What is known of the peer of a line. */
typedef struct Peer {
    Ip ip; /* the IPv4 address inside where there is one; family 0 if none can be read */
    Lookup lookup;
    const char *name; /* with LOOKUP_NAME: borrowed */
    bool home;        /* the name marks a home connection */
    bool server;      /* the name is a mail server's */
} Peer;

BounceNames bounce_names(const TraceInput *input);
/* The one of @names that is of @host's organisation, or NULL. */
const char *bounce_names_match(const BounceNames *names, const char *host);
/* The best of them, or NULL. */
const char *bounce_names_first(const BounceNames *names);

/* Remembers what the writer of @hop looked up. */
void names_learn(NameBook *book, const Hop *hop);
/* What is known of @hop's peer: by @book, else by the line itself. */
Peer peer_of(const Hop *hop, const NameBook *book, const BounceNames *names);
/* Looked up, and there is no name, or a home connection's: what may weaken somebody. */
bool peer_is_bare(const Peer *peer);
/* It may carry mail for others: it has a server's name, or that of a known house; where nothing was
 * looked up, it greets so. */
bool peer_is_carrier(const Hop *hop, const Peer *peer);
/* Looked up, and there is no server's name: whoever that is, it carries nobody's mail. */
bool peer_is_no_server(const Peer *peer);

#endif
