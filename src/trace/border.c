/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Down the outer chain to the border of our mailbox. See border.h. */
#include "trace/border.h"

#include "base/domain.h"
#include "house/house.h"
#include "received/received_user.h"
#include "trace/inside.h"
#include "trace/peer.h"

/* Why belief passes a hop to the line below it. */
typedef struct Pass {
    const char *why;    /* NULL: it does not */
    const char *capped; /* a stranger could have written the line below; or NULL */
    bool carried; /* the host above is not of ours: what comes from it was not written there */
} Pass;

static const Pass no_pass = {NULL, NULL, false};

/* --- single lines ----------------------------------------------------------------------------- */

static bool is_strangers(const Hop *hop)
{
    UserKind kind = received_user_kind(hop);
    return kind == USER_WEB || kind == USER_PERSON;
}

/* The line under hop @i can be the one that its peer wrote. */
static bool next_fits(const Walk *w, int i)
{
    const Hop *next = walk_outer(w, i + 1);
    LinkResult result = next ? links_adjacent(walk_outer(w, i), next, NULL) : LINK_CONSISTENT;
    return result == LINK_CONSISTENT || result == LINK_SILENT;
}

/* --- steps ------------------------------------------------------------------------------------ */

/* All the world comes from one inside address where a machine hides behind a translator: then the
 * world can write the line below. */
static const char *translator(const Walk *w, int i)
{
    const Hop *hop = walk_outer(w, i), *next = walk_outer(w, i + 1);
    if (!next || (hop->lookup == LOOKUP_NAME &&
                  (domain_same(hop->from_rdns, next->by) || !domain_same(next->by, hop->by))))
        return NULL;
    if (domain_same(next->by, hop->by) || walk_is_by_own(w, hop) || w->outer.forwarded ||
        (hop->lookup != LOOKUP_NAME && !inside_is_delivery(hop)))
        return "a line shows an inside address, from which all the world may come";
    return NULL;
}

static Pass pass_inside(const Walk *w, int i)
{
    const Hop *hop = walk_outer(w, i);
    if (ip_kind(&hop->from_ip) != IP_LOOPBACK)
        return (Pass){"a step within the network of your mail server", translator(w, i), false};
    return (Pass){"a step within the same machine",
                  is_strangers(hop)               ? "a user of that machine handed it in there"
                  : walk_is_strange_local(w, hop) ? "a program of somebody else handed it in there"
                                                  : NULL,
                  false};
}

/* The line under hop @i is by that very peer: by its name, or by its address. */
static bool next_is_by_peer(const Walk *w, int i)
{
    const Hop *hop = walk_outer(w, i), *next = walk_outer(w, i + 1);
    if (!next || !next->by)
        return false;
    Ip by;
    if (ip_equal(&next->by_ip, &hop->from_ip) ||
        (ip_parse_literal(span_of(next->by), &by) && ip_equal(&by, &hop->from_ip)))
        return true;
    return domain_same(next->by, hop->from_helo) || domain_same(next->by, hop->from_rdns);
}

/* A big house's servers hand on from one to the other under names of one organisation. */
static bool is_house_step(const Walk *w, int i, const Peer *peer)
{
    const Hop *hop = walk_outer(w, i);
    if (peer->lookup == LOOKUP_NONE || (peer->name && peer->home) ||
        !(house_same(hop->from_helo, hop->by) || house_same(hop->from_rdns, hop->by)))
        return false;
    return !identity_owns_host(w->identity, hop->from_helo) &&
           !identity_owns_host(w->identity, hop->from_rdns) && next_is_by_peer(w, i);
}

static Pass pass_public(const Walk *w, int i, const Peer *peer)
{
    const Hop *hop = walk_outer(w, i);
    if (identity_is_forwarder(w->identity, peer->name, &hop->from_ip))
        return (Pass){"a forwarder that you declared", NULL, true};
    if (peer->name && !peer->home && w->outer.server && house_same(peer->name, w->outer.server))
        return (Pass){"a host of your mail server's organisation",
                      peer->server ? NULL : "a customer of your provider may have such a name",
                      false};
    if (is_house_step(w, i, peer))
        return (Pass){"it hands on within its own organisation",
                      "a line shows a step within an organisation, on its word alone", true};
    return no_pass;
}

static Pass pass_of(const Walk *w, int i)
{
    const Hop *hop = walk_outer(w, i);
    Peer peer = peer_of(hop, &w->ours, &w->names);
    if (identity_owns_ip(w->identity, &hop->from_ip))
        return (Pass){"the address is yours", NULL, false};
    if (ip_is_inside(&peer.ip))
        return pass_inside(w, i);
    return pass_public(w, i, &peer);
}

/* --- by patterns ------------------------------------------------------------------------------ */

/* @passed: what it took it from is on our side, too. */
static void mark(Walk *w, int i, bool passed, char *why)
{
    bool own = passed && identity_owns_writer(w->identity, walk_outer(w, i)->by);
    hop_note_set(&w->trace->outer_notes[i], own ? MARK_OWN : MARK_BELIEVED, why);
}

/* A line of which it is not sure what address the server saw. A step within ours had no peer from
 * elsewhere: Dovecot writes "from [127.0.0.1]" (lmtp, 2.3) where others write a greeting. */
static void note_dispute(Walk *w, const Hop *hop)
{
    if (hop->ip_disputed && !inside_is_step(hop))
        w->outer.disputed = true;
}

/* The lines down to where the learned way ends; @forwarder: a declared one handed it in there,
 * whose own lines are read on. */
static void mark_learned(Walk *w, const Inside *way, bool forwarder)
{
    w->outer.at = way->at;
    if (way->end == INSIDE_STRANGER && w->outer.at > 0)
        w->outer.at--; /* that line is below the last one of ours */
    for (int i = 0; i <= w->outer.at; i++) {
        const Hop *hop = walk_outer(w, i);
        bool border = i == w->outer.at && way->end == INSIDE_BORDER;
        if (border && forwarder)
            break;
        g_autofree char *peer = walk_peer_text(w, hop);
        names_learn(&w->ours, hop);
        note_dispute(w, hop);
        mark(w, i, !border,
             border ? trace_say(w->trace, "%s took the bounce from %s", peer_writer(hop), peer)
                    : trace_say(w->trace, "%s is a server of your mailbox", peer_writer(hop)));
    }
    const Hop *last = walk_outer(w, w->outer.at);
    w->outer.server = last->by;
    w->outer.login = last->authenticated;
    w->outer.end = way->end == INSIDE_BORDER ? OUTER_HANDED : OUTER_UNREADABLE;
    if (way->capped_at >= 0 && way->capped_at <= w->outer.at) {
        w->outer.capped = way->capped;
        w->outer.capped_at = way->capped_at;
    }
}

/* --- by what can be told without -------------------------------------------------------------- */

static void cap(Walk *w, int i, const char *why)
{
    if (!why || w->outer.capped)
        return;
    w->outer.capped = why;
    w->outer.capped_at = i;
}

/* The chain ends behind hop @i, which was passed as @pass. */
static void end_bottom(Walk *w, int i, const Pass *pass)
{
    const Hop *hop = walk_outer(w, i);
    w->outer.end = OUTER_WRITTEN;
    if (pass->carried) {
        w->outer.end = OUTER_CARRIED;
        w->outer.carrier = peer_name(hop);
    } else if (ip_is_inside(&hop->from_ip) && ip_kind(&hop->from_ip) != IP_LOOPBACK &&
               hop->lookup != LOOKUP_NAME) {
        /* behind address translation all the world comes from one inside address */
        w->outer.end = OUTER_UNREADABLE;
    }
}

/* A step without a peer: on the machine itself, or from the program that fetched the mail. */
static Pass pass_without_peer(Walk *w, int i)
{
    const Hop *hop = walk_outer(w, i);
    if (inside_is_fetch(hop)) {
        w->outer.server = peer_name(hop);
        w->outer.own_steps = false;
        mark(w, i, true, trace_say(w->trace, "the program that fetched your mail wrote this"));
        return (Pass){"fetched", NULL, false};
    }
    mark(w, i, true, trace_say(w->trace, "a step within %s", peer_writer(hop)));
    /* the program that lays mail into the mailbox names itself by whatever its machine or container
     * is called; nobody but our server hands anything to it */
    bool into_mailbox = i == 0 && inside_is_delivery(hop);
    if (!into_mailbox && !next_fits(w, i))
        return no_pass;
    return (Pass){"local", is_strangers(hop) ? "a user of that machine handed it in there" : NULL,
                  false};
}

static Pass pass_from_peer(Walk *w, int i)
{
    const Hop *hop = walk_outer(w, i);
    g_autofree char *peer = walk_peer_text(w, hop);
    Pass pass = hop->authenticated && !identity_owns_ip(w->identity, &hop->from_ip) ? no_pass
                                                                                    : pass_of(w, i);
    mark(w, i, pass.why != NULL,
         pass.why ? trace_say(w->trace, "%s took it from %s: %s", peer_writer(hop), peer, pass.why)
                  : trace_say(w->trace, "%s took the bounce from %s", peer_writer(hop), peer));
    bool own = identity_owns_ip(w->identity, &hop->from_ip);
    w->outer.own_steps =
        w->outer.own_steps && (own || ip_kind(&hop->from_ip) == IP_LOOPBACK || !pass.why);
    w->outer.own_address = w->outer.own_address || own;
    if (!pass.why) {
        w->outer.login = hop->authenticated;
        w->outer.end = OUTER_HANDED;
        if (ip_is_inside(&hop->from_ip))
            w->outer.end = OUTER_UNREADABLE;
    } else if (!next_fits(w, i)) {
        pass = no_pass;
    } else if (identity_is_forwarder(w->identity, peer_looked_up(hop), &hop->from_ip)) {
        w->outer.forwarded = true;
    }
    return pass;
}

/* From line @from on, above which all is ours. */
static void find_unlearned(Walk *w, int from)
{
    w->outer.own_steps = from == 0;
    w->outer.end = OUTER_UNREADABLE;
    for (int i = from; walk_outer(w, i); i++) {
        const Hop *hop = walk_outer(w, i);
        Pass pass = no_pass;
        w->outer.at = i;
        note_dispute(w, hop);
        if (!w->outer.server && hop->by && domain_is_public_name(hop->by))
            w->outer.server = hop->by;
        names_learn(&w->ours, hop);
        if (inside_is_step(hop))
            pass = pass_without_peer(w, i);
        else if (peer_is_unreadable(hop))
            mark(w, i, false,
                 trace_say(w->trace,
                           "your mail server wrote this, but no address can be read in it"));
        else
            pass = pass_from_peer(w, i);
        if (!pass.why)
            return;
        cap(w, i, pass.capped);
        if (!walk_outer(w, i + 1)) {
            end_bottom(w, i, &pass);
            return;
        }
    }
}

void border_find(Walk *w)
{
    w->outer.capped_at = -1;
    if (w->trace->outer->len == 0)
        return;
    Inside way = inside_find(w->identity, w->trace->outer);
    if (way.end == INSIDE_NOTHING) {
        find_unlearned(w, 0);
        return;
    }
    const Hop *last = walk_outer(w, way.at);
    Peer peer = peer_of(last, &w->ours, &w->names);
    bool forwarder = way.end == INSIDE_BORDER && !last->authenticated &&
                     identity_is_forwarder(w->identity, peer.name, &last->from_ip);
    mark_learned(w, &way, forwarder);
    if (forwarder)
        find_unlearned(w, way.at);
}
