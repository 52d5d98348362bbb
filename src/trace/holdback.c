/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reasons to hold back the proof that a message was not ours. See holdback.h. */
#include "trace/holdback.h"

#include <string.h>

#include "base/domain.h"
#include "house/house.h"
#include "trace/peer.h"

typedef struct Hold {
    Trace *trace;
    const Identity *identity;
    const Doubt *doubts;
    const Hop *hop;  /* of the injection; NULL if it is known from elsewhere */
    const Hop *next; /* the line under it, or NULL */
    bool bare;       /* the peer's name is missing or marks a home connection */
    int cleared;     /* the line that is not to be called forged, -1 */
} Hold;

static const Hop *hop_at(const Hold *h, int i)
{
    return i >= 0 && i < (int)h->trace->returned->len ? h->trace->returned->pdata[i] : NULL;
}

static bool greets_as_own(const Hold *h)
{
    return identity_owns_host(h->identity, h->hop->from_helo) ||
           (h->hop->helo_ip.family && identity_owns_ip(h->identity, &h->hop->helo_ip));
}

static bool is_near_own(const Hold *h)
{
    for (guint i = 0; i < h->identity->networks->len; i++)
        if (ip_near(&g_array_index(h->identity->networks, Network, i).base, &h->hop->from_ip, 28,
                    64))
            return true;
    return false;
}

/* Our address left it to somebody else: the peer is ours, the writer is not. */
static bool shows_leaving(const Hold *h, const Hop *hop)
{
    return identity_owns_ip(h->identity, &hop->from_ip) && hop->by &&
           !peer_written_by_own(hop, h->identity);
}

static char *question(const Hold *h, const char *why)
{
    g_autofree char *ip = ip_format(&h->trace->injection.ip);

    return g_strdup_printf("%s, so %s may be yours", why, ip);
}

/* It greets as ours from an address next to ours. */
static char *hold_neighbour(Hold *h)
{
    if (!h->hop || !greets_as_own(h) || !is_near_own(h))
        return NULL;
    h->trace->held_own = true;
    h->cleared = h->bare ? -1 : h->trace->injection.hop + 1;
    return question(h, "it greets as one of your hosts, from an address beside yours");
}

/* Its looked-up name leads to it and is one of ours. */
static char *hold_own_name(Hold *h)
{
    if (!h->hop || !identity_owns_host(h->identity, peer_looked_up(h->hop)))
        return NULL;
    h->trace->held_own = true;
    h->cleared = h->trace->injection.hop + 1;
    return question(h, "the DNS gives it one of your names");
}

/* Somebody logged in to our server, says the line right under it. */
static char *hold_submission(Hold *h)
{
    if (!h->next || !h->next->authenticated || !h->next->by ||
        !peer_written_by_own(h->next, h->identity))
        return NULL;
    h->trace->held_own = !h->bare;
    h->cleared = h->bare ? -1 : h->trace->injection.hop + 1;
    return question(h, "your own server wrote the line below it");
}

/* An inner host of the reporter without a looked-up name (Exchange Online). */
static char *hold_inner_host(Hold *h)
{
    const char *said;

    if (!h->next || !h->next->by || ip_kind(&h->hop->from_ip) != IP_PUBLIC ||
        peer_looked_up(h->hop))
        return NULL;
    said = h->hop->from_helo ? h->hop->from_helo : h->hop->from_rdns;
    if (!said || !h->trace->reporter_organisation ||
        !house_same(said, h->trace->reporter_organisation) || !domain_same(said, h->next->by))
        return NULL;
    return g_strdup("it greets as a host of the reporter, and the line below is by that host: it "
                    "may be an inner step");
}

/* A line below shows our address handing it to another, and every line down to it fits. */
static char *hold_forwarding(Hold *h)
{
    for (int i = h->trace->injection.hop + 1; h->hop && hop_at(h, i); i++) {
        const Hop *hop = hop_at(h, i);

        if (doubt_is_contradicted(&h->doubts[i]) || h->doubts[i].adjacency == LINK_STRONG ||
            (h->bare && h->doubts[i].adjacency == LINK_WEAK))
            return NULL;
        if (shows_leaving(h, hop))
            return g_strdup_printf("%s may have carried it on for you: a line below shows it "
                                   "leaving your address",
                                   hop->by);
    }
    return NULL;
}

/* The first contradiction of each line is a name that does not fit, and there is no other. Finds
 * the line that shows our address, and the line that does not fit. */
static bool only_names_differ(const Hold *h, int *misfit)
{
    bool leaving = false;

    *misfit = -1;
    for (int i = h->trace->injection.hop + 1; hop_at(h, i); i++) {
        const Doubt *doubt = &h->doubts[i];
        guint by_name = doubt->adjacency == LINK_STRONG, weak_name = doubt->adjacency == LINK_WEAK;

        if (doubt->strong > by_name || doubt->weak > weak_name)
            return false;
        if (by_name && *misfit >= 0)
            return false;
        if (by_name)
            *misfit = i;
        leaving = leaving || (shows_leaving(h, hop_at(h, i)) && (*misfit >= 0));
    }
    return leaving && *misfit >= 0;
}

/* A forwarder that nobody declared, whose machines go by different names. */
static char *hold_forwarder(Hold *h)
{
    int misfit;

    if (!h->hop || h->bare || !peer_looked_up(h->hop) || greets_as_own(h) ||
        !only_names_differ(h, &misfit))
        return NULL;
    h->cleared = misfit;
    return g_strdup_printf("%s may belong to a forwarder that you did not declare",
                           peer_looked_up(h->hop));
}

/* Who handed the message over sent us the bounce, too: a gateway or forwarder of the reporter. */
static char *hold_gateway(Hold *h)
{
    if (h->bare || !ip_equal(&h->trace->injection.ip, &h->trace->handing_ip))
        return NULL;
    return g_strdup("who handed it over also sent the bounce: a gateway or forwarder");
}

static char *hold_list(Hold *h)
{
    return h->trace->has_list_id ? g_strdup("it went over a mailing list, which sends on what its "
                                            "members wrote")
                                 : NULL;
}

static char *hold_source(Hold *h)
{
    if (h->trace->injection.source == INJECTION_RECEIVED ||
        h->trace->injection.source == INJECTION_SENTENCE)
        return NULL;
    return g_strdup("no Received line shows it");
}

static char *(*const holds[])(Hold *h) = {
    hold_neighbour, hold_own_name, hold_submission, hold_inner_host, hold_forwarding,
    hold_forwarder, hold_gateway,  hold_list,       hold_source,
};

static void clear_mark(Hold *h)
{
    HopNote *note;

    if (h->cleared < 0 || h->cleared >= (int)h->trace->returned->len)
        return;
    note = &h->trace->returned_notes[h->cleared];
    if (note->mark != MARK_FORGED)
        return;
    note->mark = MARK_UNVERIFIED;
    if (h->trace->forged_hop != h->cleared)
        return;
    h->trace->forged_hop = -1;
    for (int i = h->cleared + 1; hop_at(h, i); i++)
        if (h->trace->returned_notes[i].mark == MARK_FORGED) {
            h->trace->forged_hop = i;
            return;
        }
}

void holdback_judge(Trace *trace, const Identity *identity, const Doubt *doubts)
{
    const Injection *injection = &trace->injection;
    Hold h = {trace, identity, doubts, NULL, NULL, true, -1};

    if (!identity || injection->own || !injection->ip.family)
        return;
    h.hop = injection->hop >= 0 ? hop_at(&h, injection->hop) : NULL;
    h.next = h.hop ? hop_at(&h, injection->hop + 1) : NULL;
    h.bare = !h.hop || peer_is_nameless_or_home(h.hop);
    for (gsize i = 0; i < G_N_ELEMENTS(holds) && !trace->held_why; i++)
        trace->held_why = holds[i](&h);
    clear_mark(&h);
}
