/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Down the returned chain. See belief.h. */
#include "trace/belief.h"

#include "base/domain.h"
#include "house/hostname.h"
#include "house/house.h"
#include "received/received_user.h"
#include "trace/peer.h"

/* Where a step of the walk leads. */
typedef enum StepKind {
    STEP_NEXT,      /* the next line is believed */
    STEP_INJECTION, /* this line's peer is who sent it */
    STEP_END        /* nothing is known of who stood before this line */
} StepKind;

typedef struct Step {
    StepKind kind;
    char *why;          /* of the mark; owned */
    const char *capped; /* what is found below it proves nothing, and why; or NULL */
    bool doubted; /* ... and more than that: if it shows us, it is not taken for who sent it */
} Step;

/* Takes over @why. */
static Step step_to(StepKind kind, char *why, const char *capped)
{
    return (Step){kind, why, capped, false};
}

/* The same, where whoever stands there gains by showing us below. */
static Step step_doubted(char *why, const char *capped)
{
    return (Step){STEP_NEXT, why, capped, capped != NULL};
}

/* --- steps without a client ------------------------------------------------------------------- */

/* The next line is by another machine than the writer's, by a name that the world knows: what came
 * in over the machine itself cannot be told from what a proxy there passed on. */
static bool is_by_another(const Hop *hop, const Hop *next)
{
    return next && domain_is_public_name(next->by) && domain_is_public_name(hop->by) &&
           !domain_same(next->by, hop->by) && !peer_name_is_same_machine(next->by, hop->by);
}

static bool is_strange_user(const Hop *hop)
{
    UserKind user = received_user_kind(hop);
    return user == USER_WEB || user == USER_PERSON;
}

static Step step_user(const Walk *w, const Hop *hop)
{
    return step_doubted(
        hop->user
            ? trace_say(w->trace, "the user %s of %s handed it in", hop->user, peer_writer(hop))
            : trace_say(w->trace, "a program on %s handed it in", peer_writer(hop)),
        "a user or a program of that machine may have written the lines below");
}

static Step step_local(const Walk *w, int i, const Hop *hop)
{
    LinkResult fits = walk_returned(w, i + 1) ? w->doubts[i + 1].adjacency : LINK_SILENT;
    if (is_strange_user(hop) || received_is_by_program(hop))
        return step_user(w, hop);
    return step_to(
        STEP_NEXT,
        trace_say(w->trace, "a step within %s: the line names no client", peer_writer(hop)),
        fits == LINK_WEAK || fits == LINK_STRONG || is_by_another(hop, walk_returned(w, i + 1))
            ? "the line below is not by the same host"
            : NULL);
}

/* A client is named, and no address of it can be read. An older line by the same host is a step
 * inside it, whatever the name of the daemon ("from ims-ms-daemon by H" over "by H"). */
static Step step_unreadable(const Walk *w, int i, const Hop *hop)
{
    const Hop *next = walk_returned(w, i + 1);
    const char *name = peer_name(hop);
    if (next && next->by && domain_same(next->by, hop->by) && !domain_is_public_name(name))
        return step_to(STEP_NEXT, trace_say(w->trace, "a step within %s", peer_writer(hop)), NULL);
    char *why = trace_say(w->trace, "%s took it from %s, and recorded no address that can be read",
                          peer_writer(hop), name ? name : "somebody");
    if (walk_next_fits(w, i) &&
        (walk_is_reporters(w, name) || (name && domain_same(name, hop->by))))
        return step_to(STEP_NEXT, why, "a line above it gives a name and no address");
    return step_to(STEP_END, why, NULL);
}

/* --- inside addresses ------------------------------------------------------------------------- */

/* The next line is by the very machine that handed us the bounce, by the name that was looked up
 * for it; and it goes by that name: where one address serves many machines, another greets under
 * it. */
static bool is_handing_host(const Walk *w, const Hop *next)
{
    return domain_same(next->by, w->trace->handing_rdns) &&
           domain_same(next->by, w->trace->handing_helo);
}

/* The peer has the address at which a router stands by custom, the first or the last of its
 * network. Where a router translates, all the world comes from there. */
static bool is_routers_address(const Ip *ip)
{
    return ip->family == 4 && (ip->bytes[3] == 1 || ip->bytes[3] == 254);
}

/* The names leave no doubt that the next line is by the machine that stands there. By a looked-up
 * name: but a machine at the network's edge also lets connections through, and then that is its
 * name, too. Where nobody looked up, by the greeting of the host that both took the message from
 * the world and brought us the bounce, to an inner host: to one that takes mail from the world
 * itself anybody can greet so. */
static bool is_sure_of_next(const Walk *w, const Hop *hop, const Hop *next, const Peer *peer)
{
    if (!next->by || domain_same(next->by, hop->by))
        return false;
    if (peer->name)
        return domain_same(peer->name, next->by) &&
               (!hostname_is_edge(peer->name) || is_handing_host(w, next));
    return peer->lookup == LOOKUP_NOT && is_handing_host(w, next) &&
           domain_same(hop->from_helo, next->by) && !hostname_is_central_server(hop->by) &&
           !is_routers_address(&peer->ip);
}

/* A step of Exchange from a mailbox of its own to its transport: it names its own address, by
 * whatever interface. */
static bool is_mapi(const Hop *hop)
{
    return hop->with && g_ascii_strncasecmp(hop->with, "mapi", 4) == 0 &&
           domain_same(hop->from_helo, hop->by);
}

/* The next line claims to be by a host of ours, under one of the reporter's that took the message
 * from an address which is not: that fits the greeting, and who greets so is a liar or stands
 * behind a machine that speaks for others. */
static bool is_claim_of_ours(const Walk *w, const Hop *hop, const Hop *next)
{
    return next && walk_is_by_own(w, next) && !walk_is_by_own(w, hop) &&
           domain_is_public_name(hop->by);
}

static Step step_private(const Walk *w, int i, const Hop *hop, const Peer *peer)
{
    const Hop *next = walk_returned(w, i + 1);
    g_autofree char *text = walk_peer_text(w, hop);
    if (!next)
        return step_to(STEP_END,
                       trace_say(w->trace, "%s took it from %s, an address of the inside",
                                 peer_writer(hop), text),
                       NULL);
    if (!walk_next_fits(w, i) || doubt_is_disbelieved(&w->doubts[i + 1]))
        return step_to(STEP_END,
                       trace_say(w->trace,
                                 "%s took it from %s, an address of the inside, and the line "
                                 "below does not fit",
                                 peer_writer(hop), text),
                       NULL);
    if (is_claim_of_ours(w, hop, next))
        return step_to(STEP_END,
                       trace_say(w->trace,
                                 "%s took it from %s, an address of the inside, and only its "
                                 "greeting says that the line below is yours",
                                 peer_writer(hop), text),
                       NULL);
    bool own = walk_is_by_own(w, hop) && walk_is_by_own(w, next) && !domain_same(hop->by, next->by);
    Step step = step_to(
        STEP_NEXT,
        trace_say(w->trace, "%s took it from %s, within its own network", peer_writer(hop), text),
        own || is_sure_of_next(w, hop, next, peer)
            ? NULL
            : "a machine inside the reporter's network may have written that line");
    bool looked_up = peer->lookup != LOOKUP_NOT;
    step.doubted =
        step.capped && !is_mapi(hop) &&
        (domain_same(next->by, hop->by) ||
         (looked_up && !domain_same(peer->name ? peer->name : hop->from_helo, next->by)));
    return step;
}

static Step step_loopback(const Walk *w, int i, const Hop *hop)
{
    g_autofree char *text = walk_peer_text(w, hop);
    const Hop *next = walk_returned(w, i + 1);
    if (is_strange_user(hop))
        return step_user(w, hop);
    if (next && (!walk_next_fits(w, i) || doubt_is_disbelieved(&w->doubts[i + 1])))
        return step_to(STEP_END,
                       trace_say(w->trace, "%s took it from %s, and the line below does not fit",
                                 peer_writer(hop), text),
                       NULL);
    Step step = step_doubted(
        trace_say(w->trace, "%s took it from %s, on the same machine", peer_writer(hop), text),
        walk_is_strange_local(w, hop) ? "a program of somebody else may have written that line"
                                      : NULL);
    if (!step.capped && is_by_another(hop, next))
        step.capped = "the line below is not by the same host";
    return step;
}

/* --- public addresses ------------------------------------------------------------------------- */

/* A house whose names customers' machines bear, too. */
static bool has_customers(const char *name)
{
    const House *house = house_find(name);
    return house && (house->customers || house->kind == HOUSE_ACCESS);
}

/* Its name, which nobody looked up, is of the reporter's organisation, and the next line is by that
 * name or by its address: an inner host with a public address (Exchange Online). */
static bool is_inner_host(const Walk *w, int i, const Hop *hop, const Peer *peer)
{
    const Hop *next = walk_returned(w, i + 1);
    const char *said = hop->from_helo ? hop->from_helo : hop->from_rdns;
    if (!next || !next->by || !said || peer->lookup != LOOKUP_NOT || !walk_is_reporters(w, said) ||
        identity_owns_host(w->identity, said) || peer_has_other_name(hop) ||
        (peer_greets_as_writer(hop) && !ip_equal(&hop->from_ip, &w->trace->handing_ip)))
        return false;
    Ip by;
    return domain_same(said, next->by) || domain_same(hop->from_rdns, next->by) ||
           (house_same(said, next->by) && peer_name_is_same_machine(said, next->by)) ||
           ip_equal(&next->by_ip, &hop->from_ip) ||
           (ip_parse_literal(span_of(next->by), &by) && ip_equal(&by, &hop->from_ip));
}

/* ... and nothing but its greeting says so: its address is neither that of the next line's writer
 * nor beside this one's, nor did it bring us the bounce. */
static bool is_inner_by_word(const Walk *w, const Hop *hop, const Hop *next)
{
    Ip by;
    return !ip_equal(&next->by_ip, &hop->from_ip) &&
           !(ip_parse_literal(span_of(next->by), &by) && ip_equal(&by, &hop->from_ip)) &&
           !ip_near(&hop->from_ip, &hop->by_ip, 24, 32) &&
           !ip_equal(&hop->from_ip, &w->trace->handing_ip);
}

static Step step_public(const Walk *w, int i, const Hop *hop, const Peer *peer)
{
    g_autofree char *text = walk_peer_text(w, hop);
    const char *name = peer->home ? NULL : peer->name;
    bool fits = walk_next_fits(w, i);
    if (fits && identity_is_forwarder(w->identity, peer->name, &hop->from_ip)) {
        w->trace->forwarded = true;
        return step_to(STEP_NEXT,
                       trace_say(w->trace, "%s took it from %s, a forwarder that you declared",
                                 peer_writer(hop), text),
                       NULL);
    }
    if (fits && name && (domain_same(name, hop->by) || walk_is_reporters(w, name)) &&
        !is_claim_of_ours(w, hop, walk_returned(w, i + 1)))
        return step_doubted(trace_say(w->trace,
                                      "%s took it from %s, a host of the same organisation",
                                      peer_writer(hop), text),
                            hostname_is_central_server(name) && !has_customers(name)
                                ? NULL
                                : "a customer of the reporter may have such a name");
    if (is_inner_host(w, i, hop, peer)) {
        Step step = step_to(STEP_NEXT,
                            trace_say(w->trace,
                                      "%s took it from %s, by its name a host of the same "
                                      "organisation",
                                      peer_writer(hop), text),
                            "an inner host of the reporter is known by its own word alone");
        step.doubted = is_inner_by_word(w, hop, walk_returned(w, i + 1));
        return step;
    }
    return step_to(STEP_INJECTION,
                   trace_say(w->trace,
                             "%s took it from %s: what was before that, nobody honest saw",
                             peer_writer(hop), text),
                   NULL);
}

/* --- all
 * ------------------------------------------------------------------------------------------ */

/* A browser sent it; who stands before its proxy the browser says itself. */
static Step step_browser(const Walk *w, const Hop *hop, const char *text)
{
    if (hop->ip_disputed)
        return step_to(STEP_END,
                       trace_say(w->trace, "%s took it from a browser, and names several addresses",
                                 peer_writer(hop)),
                       NULL);
    return step_to(STEP_INJECTION,
                   trace_say(w->trace, "%s took it from a browser at %s", peer_writer(hop), text),
                   "a browser's proxy may have said that address");
}

static Step take_step(const Walk *w, int i, const Hop *hop)
{
    Peer peer = peer_of(hop, &w->book, &w->names);
    g_autofree char *text = walk_peer_text(w, hop);
    if (hop->local && !hop->from_ip.family)
        return step_local(w, i, hop);
    if (!peer.ip.family)
        return step_unreadable(w, i, hop);
    if (peer_is_of_browser(hop))
        return step_browser(w, hop, text);
    if (hop->authenticated)
        return step_to(STEP_INJECTION,
                       trace_say(w->trace, "%s took it from %s, a client who logged in",
                                 peer_writer(hop), text),
                       NULL);
    if (identity_owns_ip(w->identity, &hop->from_ip))
        return step_to(
            STEP_INJECTION,
            trace_say(w->trace, "%s took it from %s, which is yours", peer_writer(hop), text),
            NULL);
    if (ip_kind(&peer.ip) == IP_LOOPBACK || ip_equal(&hop->from_ip, &hop->by_ip))
        return step_loopback(w, i, hop); /* from the writer's own address, or the machine's */
    if (ip_is_inside(&peer.ip))
        return step_private(w, i, hop, &peer);
    return step_public(w, i, hop, &peer);
}

void belief_cap(Walk *w, int from, const char *why)
{
    if (!why || w->trace->capped)
        return;
    w->trace->capped = true;
    w->trace->capped_from = from;
    w->trace->capped_why = trace_sign(w->trace, "%s", why);
}

/* Below the step of hop @i, which a stranger could have written, a line shows an address: it may be
 * true, and it may be what he wants to be believed, ours or an innocent's whom he wants accused. So
 * the last that nobody can have invented is who sent it; that it shows us is kept as what it is. */
static void step_back(Walk *w, int i)
{
    Injection *injection = &w->trace->injection;
    Injection beyond = *injection;
    *injection = (Injection){.hop = -1};
    const Hop *hop = walk_returned(w, i);
    if (ip_kind(&hop->from_ip) == IP_PUBLIC) {
        belief_set_injection(w, i);
        w->trace->returned_notes[i].mark = MARK_INJECTION;
    }
    if (beyond.own) {
        injection->own_beyond = true;
        injection->beyond_ip = beyond.ip;
        injection->beyond_hop = beyond.hop;
    }
    g_free(beyond.helo);
    g_free(beyond.rdns);
    g_free(beyond.name);
}

void belief_set_injection(Walk *w, int i)
{
    const Hop *hop = walk_returned(w, i);
    Peer peer = peer_of(hop, &w->book, &w->names);
    Injection *injection = &w->trace->injection;
    injection->hop = i;
    injection->ip = hop->from_ip;
    injection->helo = g_strdup(hop->from_helo);
    injection->rdns = g_strdup(hop->from_rdns);
    injection->name = g_strdup(peer.name);
    injection->lookup = peer.lookup;
    injection->source = INJECTION_RECEIVED;
    injection->own = identity_owns_ip(w->identity, &hop->from_ip);
    injection->forwarder = identity_is_forwarder(w->identity, peer.name, &hop->from_ip);
    injection->by_own = walk_is_by_own(w, hop);
}

/* The newest line must be the reporter's: some servers return a message without the line that they
 * wrote themselves, and then the newest one is the sender's. */
static void check_newest(Walk *w)
{
    for (int i = 0; walk_returned(w, i); i++) {
        const Hop *hop = walk_returned(w, i);
        if (!hop->by && hop->local)
            continue;
        const char *handing = w->trace->handing_rdns;
        if (hop->by && domain_is_public_name(hop->by) && w->trace->reporter_organisation &&
            !walk_is_reporters(w, hop->by) && !house_same(hop->by, handing) &&
            !bounce_names_match(&(BounceNames){w->names.mta, NULL, w->names.from}, hop->by) &&
            !walk_is_by_own(w, hop))
            belief_cap(w, 0, "the newest line is not by the reporter");
        return;
    }
}

int belief_walk(Walk *w)
{
    int back = -1;
    if (w->input->returned_is_quoted)
        belief_cap(w, 0, "the line stands in the text, where the sender's words may be quoted");
    check_newest(w);
    for (int i = 0; walk_returned(w, i); i++) {
        const Hop *hop = walk_returned(w, i);
        names_learn(&w->book, hop);
        Step step = take_step(w, i, hop);
        hop_note_set(&w->trace->returned_notes[i], MARK_BELIEVED, step.why);
        belief_cap(w, i + 1, step.capped);
        if (step.doubted && back < 0)
            back = i;
        if (hop->ip_disputed)
            belief_cap(w, i + 1, "a line does not tell for sure which address the server saw");
        if (step.kind == STEP_INJECTION) {
            belief_set_injection(w, i);
            w->trace->returned_notes[i].mark = w->trace->injection.own ? MARK_OWN : MARK_INJECTION;
            if (back >= 0)
                step_back(w, back);
        }
        if (step.kind != STEP_NEXT)
            return i + 1;
    }
    return (int)w->trace->returned->len;
}
