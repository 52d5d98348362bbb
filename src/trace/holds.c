/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reasons to hold back the proof that a message was not ours. See holds.h. */
#include "trace/holds.h"

#include <string.h>

#include "base/domain.h"
#include "house/hostname.h"
#include "house/house.h"
#include "trace/peer.h"

typedef struct Holding {
    Walk *w;
    Trace *trace;
    const Identity *identity;
    int at;          /* the injection's hop, -1 */
    const Hop *hop;  /* ... NULL if it is known from elsewhere */
    const Hop *next; /* the line under it, or NULL */
    Peer peer;
    bool bare;    /* the peer was looked up, and its name is missing or a home connection's */
    bool strange; /* it has no server's name, and the line under it is not by what it called
                     itself: nobody honest */
    bool denied;  /* the reviewer said that it is none of ours */
    int cleared;  /* the line that is not to be called forged, -1 */
} Holding;

typedef enum HoldKind {
    HOLD_OWN,      /* the address may be one of ours */
    HOLD_WAY,      /* it may be that of somebody who carries mail for many: a forwarder, a list */
    HOLD_RECIPIENT /* ... or of a machine of the recipient's */
} HoldKind;

typedef struct Hold {
    char *(*find)(Holding *h);
    HoldKind kind;
    bool theirs; /* it may be the recipient's as well as ours */
} Hold;

/* Nothing, or not all, of ours is declared in the family of its addresses. Asked last, since it is
 * noted that the case hangs on it. */
static bool is_open(const Holding *h)
{
    h->trace->promises |= PROMISE_COMPLETE;
    return !identity_complete_for(h->identity, h->trace->injection.ip.family);
}

static bool greets_as_own(const Holding *h)
{
    return identity_owns_host(h->identity, h->hop->from_helo) ||
           (h->hop->helo_ip.family && identity_owns_ip(h->identity, &h->hop->helo_ip));
}

/* Our address left it to somebody else: the peer is ours, the writer is not. Or one that may be
 * ours, above a line by a host of ours. */
static bool shows_leaving(const Holding *h, int i)
{
    const Hop *hop = walk_returned(h->w, i), *next = walk_returned(h->w, i + 1);
    bool ours = identity_owns_ip(h->identity, &hop->from_ip) ||
                (next && walk_is_by_own(h->w, next) && h->identity->networks->len > 0 &&
                 identity_may_own_ip(h->identity, &hop->from_ip));
    return ours && hop->by && !walk_is_by_own(h->w, hop);
}

static char *question(const Holding *h, const char *why)
{
    g_autofree char *ip = trace_ip_text(h->trace, &h->trace->injection.ip);
    return trace_sign(h->trace, "%s, so %s may be yours", why, ip);
}

/* --- an address of ours that was forgotten ---------------------------------------------------- */

/* It greets as ours from an address next to ours. */
static char *hold_neighbour(Holding *h)
{
    if (!h->hop || !greets_as_own(h) || !identity_is_near(h->identity, &h->hop->from_ip))
        return NULL;
    h->cleared = h->bare ? -1 : h->at + 1;
    return question(h, "it greets as one of your hosts, from an address beside yours");
}

/* Where not all that is ours was named: it greets as one of our hosts, and the line under it is by
 * that host. Home connections are nobody's servers. */
static char *hold_undeclared(Holding *h)
{
    if (!h->hop || !greets_as_own(h) || h->peer.home || !h->next ||
        !walk_is_by_own(h->w, h->next) || !walk_next_fits(h->w, h->at) || !is_open(h))
        return NULL;
    h->cleared = h->at + 1;
    return question(h, "it greets as one of your hosts");
}

/* Its looked-up name leads to it and is one of ours. */
static char *hold_own_name(Holding *h)
{
    if (!h->hop || !identity_owns_host(h->identity, h->peer.name))
        return NULL;
    h->cleared = h->at + 1;
    return question(h, "the DNS gives it one of your names");
}

/* Somebody logged in to our server, says the line right under it; and that server is what the peer
 * called itself, or the peer is some server, at least by name. */
static char *hold_submission(Holding *h)
{
    if (!h->next || !h->next->authenticated || !h->next->by || !walk_is_by_own(h->w, h->next) ||
        h->bare || !(walk_next_fits(h->w, h->at) || peer_is_carrier(h->hop, &h->peer)))
        return NULL;
    h->cleared = h->at + 1;
    return question(h, "the line under it says that somebody logged in to your server");
}

/* --- others who carried our mail -------------------------------------------------------------- */

/* An inner host of the reporter whose name was not looked up (Exchange Online). */
static char *hold_inner_host(Holding *h)
{
    if (!h->next || !h->next->by || ip_kind(&h->hop->from_ip) != IP_PUBLIC || h->peer.name)
        return NULL;
    const char *said = h->hop->from_helo ? h->hop->from_helo : h->hop->from_rdns;
    if (!said || !walk_is_reporters(h->w, said) || !domain_same(said, h->next->by) ||
        peer_greets_as_writer(h->hop) || peer_has_other_name(h->hop))
        return NULL;
    return trace_sign(h->trace,
                      "it greets as a host of the reporter, and the line below is by that host: it "
                      "may be an inner step");
}

/* A host of the reporter itself, which may have passed on what others handed in. */
static char *hold_reporters_host(Holding *h)
{
    if (!h->hop || !h->peer.name || h->peer.home || !walk_is_reporters(h->w, h->peer.name))
        return NULL;
    return trace_sign(h->trace,
                      "%s is of the reporter's own organisation, and may have passed on what "
                      "others handed in",
                      h->peer.name);
}

/* The line below is by nobody's name, or by the very host that it was handed to: no forwarder goes
 * by that. A greeting that fits it was chosen to fit. */
static bool is_no_forwarder(const Holding *h)
{
    const Hop *hop = h->hop, *next = h->next;
    if (!hop || !next || !next->by || ip_kind(&hop->from_ip) != IP_PUBLIC)
        return false;
    bool chosen = h->bare || (!h->peer.name && peer_greets_as_writer(hop));
    bool borrowed = !h->peer.name && peer_has_other_name(hop) &&
                    walk_is_reporters(h->w, hop->from_helo) &&
                    domain_same(next->by, hop->from_helo);
    return borrowed ||
           (chosen && (peer_name_is_localhost(next->by) || domain_same(next->by, hop->by)));
}

/* A line below shows our address handing it to another, and every line down to it fits. */
static char *hold_forwarding(Holding *h)
{
    if (is_no_forwarder(h))
        return NULL;
    for (int i = h->at + 1; h->hop && walk_returned(h->w, i); i++) {
        const Hop *hop = walk_returned(h->w, i);
        const Doubt *doubt = &h->w->doubts[i];
        if (doubt_is_contradicted(doubt) || doubt->adjacency == LINK_STRONG ||
            (h->bare && doubt->adjacency == LINK_WEAK))
            return NULL;
        if (shows_leaving(h, i))
            return trace_sign(h->trace,
                              "%s may have carried it on for you: a line below shows it "
                              "leaving your address",
                              hop->by);
    }
    return NULL;
}

/* No more than one line does not fit by its name, and nothing else speaks against any. Finds the
 * line that shows our address, and the line that does not fit. */
static bool only_names_differ(const Holding *h, int *misfit)
{
    bool leaving = false;
    *misfit = -1;
    for (int i = h->at + 1; walk_returned(h->w, i) && !leaving; i++) {
        const Doubt *doubt = &h->w->doubts[i];
        guint by_name = doubt->adjacency == LINK_STRONG, weak_name = doubt->adjacency == LINK_WEAK;
        if (doubt->strong > by_name || doubt->weak > weak_name || (by_name && *misfit >= 0))
            return false;
        if (by_name)
            *misfit = i;
        leaving = shows_leaving(h, i) && *misfit >= 0;
    }
    return leaving && *misfit >= 0;
}

/* A name by which servers that carry mail go: looked up, or, where nothing was, said. */
static const char *carrier_name(const Holding *h)
{
    const char *said = h->hop->from_helo ? h->hop->from_helo : h->hop->from_rdns;
    if (!peer_is_carrier(h->hop, &h->peer))
        return NULL;
    return h->peer.name ? h->peer.name : said;
}

/* A forwarder that nobody declared, whose machines go by different names. */
static char *hold_forwarder(Holding *h)
{
    int misfit;
    const char *name = h->hop ? carrier_name(h) : NULL;
    if (!name || greets_as_own(h) || !only_names_differ(h, &misfit))
        return NULL;
    h->cleared = misfit;
    return trace_sign(h->trace, "%s may belong to a forwarder that you did not declare", name);
}

/* It greets as a forwarder that was declared, and nobody looked its name up. */
static char *hold_greeting(Holding *h)
{
    const char *said = h->hop ? h->hop->from_helo : NULL;
    if (!said || h->peer.lookup != LOOKUP_NOT || !identity_is_forwarder(h->identity, said, NULL))
        return NULL;
    return trace_sign(h->trace, "it greets as %s, which you declared as a forwarder", said);
}

/* Who handed the message over sent us the bounce, too: a gateway or forwarder of the reporter. */
static char *hold_gateway(Holding *h)
{
    if (!ip_equal(&h->trace->injection.ip, &h->trace->handing_ip) ||
        (h->bare && !walk_is_gateway_by_greeting(h->w, h->at)))
        return NULL;
    return trace_sign(h->trace, "who handed it over also sent the bounce: a gateway or forwarder");
}

/* A machine of the reporter, by its address and by who wrote the line below. */
static char *hold_beside_reporter(Holding *h)
{
    if (!h->hop || !walk_is_beside_reporter(h->w, h->at))
        return NULL;
    h->cleared = h->at + 1;
    return trace_sign(h->trace,
                      "its address is beside the reporter's, and the line below is by %s: it "
                      "may be a gateway of the reporter",
                      h->next->by);
}

/* The bounce came from inside, and somebody logged in to the server that took the message: an inner
 * server of ours looks like that. */
static char *hold_inner_login(Holding *h)
{
    bool inside = false;
    for (int i = 0; i <= h->w->outer.at && walk_outer(h->w, i); i++) {
        const Ip *ip = &walk_outer(h->w, i)->from_ip;
        inside = inside || (ip_is_inside(ip) && ip_kind(ip) != IP_LOOPBACK);
    }
    if (!h->hop || !h->hop->authenticated || !inside || ip_kind(&h->trace->handing_ip) == IP_PUBLIC)
        return NULL;
    return trace_sign(
        h->trace, "the bounce came from an address of the inside, and somebody logged in to who "
                  "took the message: that may be a server of yours");
}

/* A filter or mail service that everybody may use stands before the reporter, or after us. */
static char *hold_filter(Holding *h)
{
    const char *name = h->peer.name ? h->peer.name
                       : h->hop     ? h->hop->from_helo
                                    : h->trace->injection.rdns;
    const House *house = house_find(name);
    if (!house || house->kind != HOUSE_FILTER)
        return NULL;
    return trace_sign(h->trace,
                      "%s is a filter: it may stand before the reporter, and hide who handed "
                      "it over",
                      house->name);
}

static char *hold_list(Holding *h)
{
    return h->trace->has_list_id && !h->bare
               ? trace_sign(h->trace, "it went over a mailing list, which sends "
                                      "on what its members wrote")
               : NULL;
}

/* The line below is by somebody else than who handed it over, by their names: it is no line that he
 * found on the message. What its id and date say may be true of honest lines (doc/TRACING, 5). */
static bool is_misfit_below(const Holding *h)
{
    const Doubt *doubt = h->next ? &h->w->doubts[h->at + 1] : NULL;
    return doubt && (doubt->adjacency == LINK_STRONG || doubt->stolen_name > 0);
}

/* It was addressed elsewhere than to who refused it, and a server of that other house handed it
 * over: it was sent on there, whatever lines below were taken off or altered. */
static char *hold_addressee(Holding *h)
{
    const TraceInput *input = h->w->input;
    const char *name = h->peer.name, *failed = input->failed_recipient;
    const char *failed_at = failed ? strrchr(failed, '@') : NULL;
    if (is_misfit_below(h) || !h->peer.server || !failed_at || house_same(name, failed_at + 1))
        return NULL;
    for (guint i = 0; input->returned_to && i < input->returned_to->len; i++) {
        const char *to = input->returned_to->pdata[i], *at = strrchr(to, '@');
        if (at && house_same(name, at + 1))
            return trace_sign(h->trace,
                              "it was addressed to %s, and may have been sent on from there%s", to,
                              h->next ? "" : " without the lines that show you");
    }
    return NULL;
}

/* Words of the bounce, without a line; a machine without a server's name stands for itself. */
static char *hold_source(Holding *h)
{
    const Injection *injection = &h->trace->injection;
    if (injection->source == INJECTION_RECEIVED)
        return NULL;
    if (injection->source == INJECTION_SENTENCE &&
        (!injection->rdns || hostname_is_home(injection->rdns, &injection->ip) ||
         (identity_owns_host(h->identity, injection->rdns) && !is_open(h))))
        return NULL;
    return trace_sign(h->trace, "no Received line shows it");
}

static const Hold holds[] = {
    {hold_neighbour, HOLD_OWN, false},
    {hold_undeclared, HOLD_OWN, false},
    {hold_own_name, HOLD_OWN, false},
    {hold_submission, HOLD_OWN, false},
    {hold_inner_login, HOLD_OWN, false},
    {hold_inner_host, HOLD_RECIPIENT, true},
    {hold_reporters_host, HOLD_RECIPIENT, true},
    {hold_beside_reporter, HOLD_RECIPIENT, true},
    {hold_forwarding, HOLD_WAY, true},
    {hold_forwarder, HOLD_WAY, true},
    {hold_greeting, HOLD_WAY, false},
    {hold_gateway, HOLD_RECIPIENT, true},
    {hold_filter, HOLD_RECIPIENT, true},
    {hold_list, HOLD_WAY, true},
    {hold_addressee, HOLD_WAY, true},
    {hold_source, HOLD_RECIPIENT, false},
};

/* --- all
 * ------------------------------------------------------------------------------------------ */

static void clear_mark(const Holding *h)
{
    Trace *trace = h->trace;
    if (h->cleared < 0 || h->cleared >= (int)trace->returned->len ||
        trace->returned_notes[h->cleared].mark != MARK_FORGED)
        return;
    trace->returned_notes[h->cleared].mark = MARK_UNVERIFIED;
    if (trace->forged_hop != h->cleared)
        return;
    trace->forged_hop = -1;
    for (int i = h->cleared + 1; walk_returned(h->w, i); i++)
        if (trace->returned_notes[i].mark == MARK_FORGED) {
            trace->forged_hop = i;
            return;
        }
}

void holds_judge(Walk *w)
{
    Trace *trace = w->trace;
    const Injection *injection = &trace->injection;
    Holding h = {.w = w, .trace = trace, .identity = w->identity, .at = injection->hop};
    if (injection->own || injection->own_beyond || !injection->ip.family)
        return;
    h.cleared = -1;
    h.hop = walk_returned(w, h.at);
    h.next = h.hop ? walk_returned(w, h.at + 1) : NULL;
    if (h.hop)
        h.peer = peer_of(h.hop, &w->book, &w->names);
    h.bare = h.hop && peer_is_bare(&h.peer);
    LinkResult fits = h.next ? w->doubts[h.at + 1].adjacency : LINK_SILENT;
    h.strange = h.hop && peer_is_no_server(&h.peer) && (fits == LINK_WEAK || fits == LINK_STRONG) &&
                !identity_owns_host(h.identity, h.peer.name) &&
                !walk_is_gateway_by_greeting(w, h.at);
    h.denied = identity_is_not_own(w->identity, injection->name, &injection->ip);
    for (gsize i = 0; i < G_N_ELEMENTS(holds) && !trace->held_why; i++) {
        const Hold *hold = &holds[i];
        if ((h.strange && hold->kind != HOLD_OWN) || (h.denied && !hold->theirs))
            continue;
        int cleared = h.cleared;
        trace->held_why = hold->find(&h);
        if (trace->held_why && h.strange && !is_open(&h)) {
            g_clear_pointer(&trace->held_why, g_free);
            h.cleared = cleared;
        }
        trace->held_own = trace->held_why && hold->kind == HOLD_OWN;
        trace->held_way = trace->held_why && hold->kind == HOLD_WAY;
        trace->held_theirs = trace->held_why && hold->theirs;
    }
    clear_mark(&h);
}
