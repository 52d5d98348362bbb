/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the bounce about who handed the message over. See claims.h. */
#include "trace/claims.h"

#include "base/domain.h"
#include "house/hostname.h"
#include "house/house.h"
#include "trace/peer.h"

/* --- as the injection ------------------------------------------------------------------------- */

/* A line named a client without an address, and @claim names the same host. */
static bool claim_is_of(const Walk *w, const TraceClaim *claim, int believed)
{
    const Hop *hop = walk_returned(w, believed - 1);
    const char *name = hop && peer_is_unreadable(hop) ? peer_name(hop) : NULL;
    return !name || (claim->host && domain_same(claim->host, name));
}

/* The reporter's own gateway, which tells nothing of who sent it. */
static bool is_gateway(const Walk *w, const TraceClaim *claim)
{
    return ip_equal(&claim->ip, &w->trace->handing_ip) ||
           (walk_is_reporters(w, claim->host) && !hostname_is_home(claim->host, &claim->ip));
}

static bool chain_has_public_peer(const Trace *trace, int believed)
{
    for (int i = 0; i < believed; i++)
        if (ip_kind(&((const Hop *)trace->returned->pdata[i])->from_ip) == IP_PUBLIC)
            return true;
    return false;
}

void claims_use(Walk *w, int believed)
{
    Injection *injection = &w->trace->injection;
    if (chain_has_public_peer(w->trace, believed))
        return;
    for (gsize i = 0; i < w->input->claim_count; i++) {
        const TraceClaim *claim = &w->input->claims[i];
        if (ip_kind(&claim->ip) != IP_PUBLIC || !claim_is_of(w, claim, believed) ||
            is_gateway(w, claim))
            continue;
        injection->ip = claim->ip;
        injection->source = claim->source;
        injection->rdns = g_strdup(claim->host);
        injection->own = identity_owns_ip(w->identity, &claim->ip);
        injection->forwarder = identity_is_forwarder(w->identity, NULL, &claim->ip);
        return;
    }
}

/* --- who handed it to the reporter ------------------------------------------------------------ */

/* The first claim of a public address; of the host @name where that is known. A diagnostic speaks
 * of the client of the host that refused, which may be the reporter itself. */
static void submitter_of_claims(Walk *w, const char *name)
{
    for (gsize i = 0; i < w->input->claim_count; i++) {
        const TraceClaim *claim = &w->input->claims[i];
        if (ip_kind(&claim->ip) == IP_PUBLIC && claim->source != INJECTION_DIAGNOSTIC &&
            (!name || (claim->host && domain_same(claim->host, name)))) {
            w->trace->submitter_ip = claim->ip;
            return;
        }
    }
}

/* One of the reporter's own hosts, which took it from somebody else further down. */
static bool is_inner(const Walk *w, int i)
{
    const Hop *hop = walk_returned(w, i);
    const char *name = peer_looked_up(hop);
    if (hop->authenticated || !walk_next_fits(w, i))
        return false;
    if (name)
        return walk_is_reporters(w, name) && !hostname_is_home(name, &hop->from_ip);
    const Hop *next = walk_returned(w, i + 1);
    const char *said = hop->from_helo ? hop->from_helo : hop->from_rdns;
    return hop->lookup == LOOKUP_NOT && walk_is_reporters(w, said) && next->by &&
           (domain_same(said, next->by) || peer_name_is_same_machine(said, next->by) ||
            ip_equal(&next->by_ip, &hop->from_ip)) &&
           walk_is_reporters(w, next->by);
}

void claims_find_submitter(Walk *w)
{
    for (int i = 0; walk_returned(w, i); i++) {
        const Hop *hop = walk_returned(w, i);
        const char *name = peer_name(hop);
        if (peer_is_unreadable(hop) && name && !walk_is_reporters(w, name) &&
            !peer_name_is_localhost(name) && !domain_same(name, hop->by)) {
            submitter_of_claims(w, name);
            return;
        }
        if (ip_kind(&hop->from_ip) == IP_PUBLIC && !is_inner(w, i)) {
            w->trace->submitter_ip = hop->from_ip;
            return;
        }
    }
    submitter_of_claims(w, NULL);
}
