/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trust walk. See trace_walk.h. */
#include "trace/trace_walk.h"

#include <string.h>

#include "base/domain.h"
#include "received/received_user.h"
#include "trace/belief.h"
#include "trace/border.h"
#include "trace/claims.h"
#include "trace/forged.h"
#include "trace/front_door.h"
#include "trace/holds.h"
#include "trace/peer.h"
#include "trace/reporter.h"

/* What clocks may be off. */
#define LATE (15 * 60)

/* --- our own hosts ---------------------------------------------------------------------------- */

/* Where our own side bounced what we submitted, the host that wrote the bounce is ours, whatever it
 * calls itself ("ubuntu", "EX01.corp.local", a smart host that was declared by its network). */
static void find_writer(Walk *w)
{
    const Outer *outer = &w->outer;
    if (outer->end != OUTER_WRITTEN || !outer->own_steps || outer->capped)
        return;
    const Hop *hop = walk_outer(w, outer->at);
    if (hop->by && (outer->own_address || !domain_is_public_name(hop->by) ||
                    identity_owns_writer(w->identity, hop->by)))
        w->writer = hop->by;
}

static bool is_inside_or_own(const Walk *w, const Hop *hop)
{
    return (hop->local && !hop->from_ip.family) || ip_is_inside(&hop->from_ip) ||
           identity_owns_ip(w->identity, &hop->from_ip);
}

/* Who handed it in at a server that is ours by its address only, as a provider's is that we send
 * through: others log in there, too. NULL where that is one of us, or nobody is named. Borrowed. */
static const char *other_user(const Walk *w, const Hop *hop)
{
    if (!domain_is_public_name(hop->by) || identity_owns_writer(w->identity, hop->by))
        return NULL;
    if (hop->login && strchr(hop->login, '@'))
        return identity_owns_address(w->identity, hop->login) ? NULL : hop->login;
    UserKind user = received_user_kind(hop);
    return user == USER_WEB || user == USER_PERSON ? hop->user : NULL;
}

/* How the own hosts got the message: reads on from line @i, by an own host, as long as their lines
 * lead from one to the other. */
static Relay relay_from(const Walk *w, int i)
{
    for (;; i++) {
        const Hop *hop = walk_returned(w, i), *next = walk_returned(w, i + 1);
        if (other_user(w, hop))
            return RELAY_UNCLEAR;
        if (hop->authenticated)
            return RELAY_SUBMITTED;
        if (!is_inside_or_own(w, hop))
            return peer_is_unreadable(hop) ? RELAY_UNCLEAR : RELAY_OUTSIDER;
        IpKind kind = ip_kind(&hop->from_ip);
        if (kind == IP_PRIVATE || kind == IP_CGNAT || kind == IP_LINK_LOCAL) {
            /* a client of the office, or all the world behind a translator */
            if (!next || !walk_next_fits(w, i) || domain_same(next->by, hop->by))
                return RELAY_UNCLEAR;
        }
        if (!next)
            return RELAY_SUBMITTED;
        if (!walk_next_fits(w, i) ||
            (next->by && !walk_is_by_own(w, next) && domain_is_public_name(next->by)))
            return hop->local ? RELAY_SUBMITTED : RELAY_UNCLEAR;
    }
}

/* The oldest believed line with an address of the inside, where our own hosts took it in. */
static void use_inside_injection(Walk *w, int from)
{
    for (int k = (int)w->trace->returned->len - 1; k >= from; k--) {
        const Hop *hop = walk_returned(w, k);
        HopNote *note = &w->trace->returned_notes[k];
        if (note->mark != MARK_BELIEVED || !hop->from_ip.family ||
            ip_kind(&hop->from_ip) == IP_LOOPBACK)
            continue;
        belief_set_injection(w, k);
        note->mark = MARK_INJECTION;
        return;
    }
}

/* The newest lines are our own host's; and the bounce, too, if it is @ours. */
static void judge_relay(Walk *w, bool ours)
{
    Trace *trace = w->trace;
    for (int i = 0; walk_returned(w, i); i++) {
        const Hop *hop = walk_returned(w, i);
        if (!hop->by && hop->local)
            continue;
        if (!walk_is_by_own(w, hop))
            return;
        trace->relay = relay_from(w, i);
        /* where it came from inside, that is the address, there being no other */
        if (ours && trace->injection.hop < 0 && trace->relay != RELAY_OUTSIDER)
            use_inside_injection(w, i);
        return;
    }
}

/* The own hosts' lines below a hand-over by us are read on for the submission. */
static int mark_own(Walk *w, int from)
{
    int i = from;
    for (; walk_returned(w, i); i++) {
        const Hop *hop = walk_returned(w, i);
        g_autofree char *peer = walk_peer_text(w, hop);
        if (!(hop->by ? walk_is_by_own(w, hop) : hop->local) || !walk_next_fits(w, i - 1))
            break;
        hop_note_set(&w->trace->returned_notes[i], MARK_OWN,
                     hop->local && !hop->from_ip.family
                         ? trace_say(w->trace, "a step within your host %s", peer_writer(hop))
                         : trace_say(w->trace, "your host %s took it from %s%s", peer_writer(hop),
                                     peer, hop->authenticated ? ", who logged in" : ""));
        if (hop->authenticated || (!hop->local && !is_inside_or_own(w, hop)))
            return i + 1;
    }
    return i;
}

/* It came for an address of ours, and was sent on from there to somebody else: an alias. */
static bool is_of_alias(const Walk *w, const Hop *hop)
{
    const char *failed = w->input->failed_recipient;
    return hop->for_ && failed && identity_owns_address(w->identity, hop->for_) &&
           !identity_owns_address(w->identity, failed);
}

/* Our server took it from a stranger: from afar and without a login, or for an alias. Without a
 * login a home connection may be ours, where the server does not tell. */
static bool is_of_stranger(const Walk *w, const Hop *hop)
{
    Peer peer = peer_of(hop, &w->book, &w->names);
    if (hop->local || hop->authenticated || !peer.ip.family || ip_kind(&peer.ip) == IP_LOOPBACK ||
        identity_owns_ip(w->identity, &hop->from_ip))
        return false;
    return is_of_alias(w, hop) ||
           (ip_kind(&peer.ip) == IP_PUBLIC && !identity_knows_login(w->identity, &hop->from_ip) &&
            !identity_owns_host(w->identity, peer.name));
}

/* Below a hand-over by our address: whom the lines of our own server there name. */
static void find_not_ours(Walk *w, int from)
{
    for (int i = from; walk_returned(w, i); i++) {
        const Hop *hop = walk_returned(w, i);
        if (!walk_next_fits(w, i - 1) && domain_is_public_name(hop->by))
            return; /* inner machines of ours go by names that nobody else knows */
        const char *user = other_user(w, hop);
        g_autofree char *peer = walk_peer_text(w, hop);
        if (user)
            w->trace->not_ours = trace_sign(
                w->trace, "its own line says that %s handed it in there, who is none of you", user);
        else if (is_of_stranger(w, hop))
            w->trace->not_ours = trace_sign(w->trace,
                                            "its own line shows that it only passed it on: it "
                                            "took it from %s, without a login",
                                            peer);
        bool delivery = !hop->from_ip.family && identity_owns_host(w->identity, hop->from_helo);
        if (w->trace->not_ours || hop->authenticated || !(delivery || is_inside_or_own(w, hop)))
            return;
    }
}

/* --- clocks
 * --------------------------------------------------------------------------------------- */

/* A time by which all of the returned chain was written: our own server's clock. */
static gint64 latest_of(const Walk *w)
{
    for (int i = 0; walk_outer(w, i); i++)
        if (walk_outer(w, i)->date.utc != TIME_NONE)
            return walk_outer(w, i)->date.utc;
    return TIME_NONE;
}

/* How far the clock of the host that wrote the bounce is off ours, by its line right under our
 * border's. */
static Clock clock_of(const Walk *w)
{
    Clock clock = {NULL, 0};
    const Hop *ours = walk_outer(w, w->outer.at), *its = walk_outer(w, w->outer.at + 1);
    if (w->outer.end != OUTER_HANDED || !its || !its->by || ours->date.utc == TIME_NONE ||
        its->date.utc == TIME_NONE || ABS(ours->date.utc - its->date.utc) <= LATE)
        return clock;
    return (Clock){its->by, ours->date.utc - its->date.utc};
}

/* --- all
 * ------------------------------------------------------------------------------------------ */

static void walk_chains(Walk *w)
{
    Trace *trace = w->trace;
    border_find(w);
    find_writer(w);
    Clock clock = clock_of(w);
    links_test(trace, w->identity, latest_of(w), &clock, w->doubts);
    reporter_judge(w);
    w->book = w->ours;
    int believed = belief_walk(w), below = believed;
    if (w->writer && !w->outer.own_address && !identity_owns_writer(w->identity, w->writer))
        trace->own_unnamed = true;
    bool ours = trace->reporter == REPORTER_VOUCHED && !trace->handing_ip.family;
    judge_relay(w, ours);
    front_door_use(w, believed);
    if (trace->injection.hop < 0 && !trace->injection.ip.family)
        claims_use(w, believed);
    reporter_reconsider(w);
    if (trace->injection.own && trace->injection.hop >= 0) {
        below = mark_own(w, believed);
        find_not_ours(w, believed);
    }
    forged_explain(w, believed);
    forged_mark(w, below, trace->injection.own || (ours && trace->relay == RELAY_SUBMITTED));
    holds_judge(w);
    claims_find_submitter(w);
}

Trace *trace_walk(const TraceInput *input, const Identity *identity, Wording wording)
{
    g_autoptr(Identity) nobody = identity ? NULL : identity_new();
    g_autofree Doubt *doubts = g_new0(Doubt, input->returned->len + 1);
    Walk w = {.input = input,
              .identity = identity ? identity : nobody,
              .trace = trace_new(input->outer, input->returned),
              .doubts = doubts,
              .names = bounce_names(input)};
    w.trace->wording = wording;
    w.trace->has_list_id = input->returned_has_list_id;
    walk_chains(&w);
    return w.trace;
}
