/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What names say of addresses. See names.h. */
#include "trace/names.h"

#include "base/domain.h"
#include "house/hostname.h"
#include "house/house.h"
#include "trace/peer.h"

static const char *public_or_null(const char *name)
{
    return name && domain_is_public_name(name) ? name : NULL;
}

/* The "by" of the newest returned line that has one. */
static const char *newest_by(const GPtrArray *chain)
{
    for (guint i = 0; i < chain->len; i++) {
        const Hop *hop = chain->pdata[i];
        if (hop->by || !hop->local)
            return hop->by;
    }
    return NULL;
}

BounceNames bounce_names(const TraceInput *input)
{
    return (BounceNames){public_or_null(input->reporting_mta),
                         public_or_null(newest_by(input->returned)),
                         public_or_null(input->from_domain)};
}

const char *bounce_names_match(const BounceNames *names, const char *host)
{
    const char *const all[] = {names->mta, names->by, names->from};
    for (gsize i = 0; host && i < G_N_ELEMENTS(all); i++)
        if (all[i] && house_same(all[i], host))
            return all[i];
    return NULL;
}

const char *bounce_names_first(const BounceNames *names)
{
    return names->mta ? names->mta : names->by ? names->by : names->from;
}

void names_learn(NameBook *book, const Hop *hop)
{
    if (hop->lookup == LOOKUP_NOT || !hop->from_ip.family || book->count == NAMES_MAX)
        return;
    for (guint i = 0; i < book->count; i++)
        if (ip_equal(&book->seen[i].ip, &hop->from_ip))
            return;
    book->seen[book->count].ip = hop->from_ip;
    book->seen[book->count].lookup = hop->lookup;
    book->seen[book->count].name = hop->lookup == LOOKUP_NAME ? hop->from_rdns : NULL;
    book->count++;
}

/* The name differs from one that the bounce uses in digits only: one of the same row of servers. */
static bool is_sibling_of(const BounceNames *names, const char *name)
{
    return (names->mta && hostname_is_sibling(name, names->mta)) ||
           (names->by && hostname_is_sibling(name, names->by)) ||
           (names->from && hostname_is_sibling(name, names->from));
}

Peer peer_of(const Hop *hop, const NameBook *book, const BounceNames *names)
{
    Peer peer = {.ip = ip_unmapped(&hop->from_ip), .lookup = hop->lookup};
    if (ip_kind(&peer.ip) == IP_RESERVED)
        peer.ip.family = 0;
    peer.name = hop->lookup == LOOKUP_NAME ? hop->from_rdns : NULL;
    for (guint i = 0; book && i < book->count; i++)
        if (ip_equal(&book->seen[i].ip, &hop->from_ip)) {
            peer.lookup = book->seen[i].lookup;
            peer.name = book->seen[i].name;
            break;
        }
    if (!peer.name)
        return peer;
    peer.home = hostname_is_home(peer.name, &peer.ip);
    peer.server =
        !peer.home && (hostname_is_mail_server(peer.name) || is_sibling_of(names, peer.name));
    return peer;
}

bool peer_is_carrier(const Hop *hop, const Peer *peer)
{
    if (peer->name)
        return peer->server || (!peer->home && house_find(peer->name));
    const char *said = hop->from_helo ? hop->from_helo : hop->from_rdns;
    return peer->lookup == LOOKUP_NOT && said && !hostname_is_home(said, &peer->ip) &&
           (hostname_is_mail_server(said) || house_find(said));
}

bool peer_is_no_server(const Peer *peer)
{
    return peer->lookup == LOOKUP_NONE || (peer->name && !peer->server);
}

bool peer_is_bare(const Peer *peer)
{
    return peer->lookup == LOOKUP_NONE || (peer->name && peer->home);
}
