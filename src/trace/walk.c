/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trust walk (doc/TRACING): the reporter's standing, then down the returned chain as far as
 * honest hands wrote it. The hop where belief ends is the injection: what stands below it the
 * sender may have written, so nothing below it is ever asked who the sender is. */
#include "trace/trace.h"

#include <string.h>

#include "base/domain.h"
#include "house/hostname.h"
#include "house/house.h"
#include "trace/holdback.h"
#include "trace/links.h"
#include "trace/peer.h"
#include "trace/reporter.h"

/* Where a step of the walk leads. */
typedef enum Step {
    STEP_NEXT,      /* the next line is believed */
    STEP_CAPPED,    /* ... but what is found there proves nothing */
    STEP_INJECTION, /* this line's peer is who sent it */
    STEP_END        /* nothing is known of who stood before this line */
} Step;

typedef struct Walk {
    const TraceInput *input;
    const Identity *identity;
    Trace *trace;
    Doubt *doubts;
    char *why;     /* of the step just taken */
    char *cap_why; /* why it proves nothing, where it is STEP_CAPPED */
} Walk;

static const Hop *returned_hop(const Trace *trace, int i)
{
    return i >= 0 && i < (int)trace->returned->len ? trace->returned->pdata[i] : NULL;
}

static void mark(Walk *w, int i, HopMark value, char *why)
{
    hop_note_set(&w->trace->returned_notes[i], value, why);
}

static Step step(Walk *w, Step result, char *why)
{
    g_free(w->why);
    w->why = why;
    return result;
}

static Step step_capped(Walk *w, char *why, const char *cap)
{
    g_free(w->cap_why);
    w->cap_why = g_strdup(cap);
    return step(w, STEP_CAPPED, why);
}

/* ---- may the next line be believed? ---- */

static bool next_fits(const Walk *w, int i)
{
    LinkResult result;

    if (!returned_hop(w->trace, i + 1))
        return false;
    result = w->doubts[i + 1].adjacency;
    return result == LINK_CONSISTENT || result == LINK_SILENT;
}

static bool is_reporters(const Trace *trace, const char *name)
{
    return name && trace->reporter_organisation && house_same(name, trace->reporter_organisation);
}

/* The next line was written by the reporter's or the handing peer's organisation, or by a host
 * whose name or address says nothing. */
static bool next_is_theirs(const Walk *w, int i)
{
    const Hop *hop = returned_hop(w->trace, i), *next = returned_hop(w->trace, i + 1);
    Ip ip;

    /* a declared forwarder's own steps */
    if (w->trace->forwarded && house_same(next->by, hop->by))
        return true;
    return !next->by || name_is_single_label(next->by) ||
           ip_parse_literal(span_of(next->by), &ip) || is_reporters(w->trace, next->by) ||
           (w->trace->handing_rdns && house_same(next->by, w->trace->handing_rdns)) ||
           (hop->by && house_same(next->by, hop->by) && !domain_is_public_name(next->by));
}

/* Users under which web pages and strangers' programs run: what they hand in, they wrote. */
static bool is_strangers_user(const Hop *hop)
{
    static const char *const users[] = {"from nobody ", "from www-data ", "from apache ",
                                        "from httpd ",  "from www ",      "from nginx ",
                                        "from web ",    "from wwwrun ",   "from daemon "};
    static const char *const numbers[] = {"userid 33)", "userid 48)", "userid 80)", "userid 99)",
                                          "userid 65534)"};

    for (gsize i = 0; i < G_N_ELEMENTS(users); i++)
        if (g_ascii_strncasecmp(hop->raw, users[i], strlen(users[i])) == 0)
            return true;
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
        if (strstr(hop->raw, numbers[i]))
            return true;
    return false;
}

static Step step_local(Walk *w, int i, const Hop *hop)
{
    char *why = g_strdup_printf("a step within %s: the line names no client", peer_writer(hop));

    if (!returned_hop(w->trace, i + 1))
        return step(w, STEP_NEXT, why);
    if (is_strangers_user(hop))
        return step_capped(w, why, "a program of a web page may have written the lines below");
    if (w->doubts[i + 1].adjacency == LINK_WEAK || w->doubts[i + 1].adjacency == LINK_STRONG)
        return step_capped(w, why, "the line below is not by the same host");
    return step(w, STEP_NEXT, why);
}

static Step step_unreadable(Walk *w, int i, const Hop *hop)
{
    const char *name = peer_name(hop);
    char *why = g_strdup_printf("%s took it from %s, and recorded no address that can be read",
                                peer_writer(hop), name ? name : "somebody");

    if (next_fits(w, i) && (is_reporters(w->trace, name) || (name && domain_same(name, hop->by))))
        return step_capped(w, why, "a line above it gives a name and no address");
    return step(w, STEP_END, why);
}

static Step step_inside(Walk *w, int i, const Hop *hop)
{
    g_autofree char *peer = peer_text(hop);

    if (!returned_hop(w->trace, i + 1))
        return step(w, STEP_END,
                    g_strdup_printf("%s took it from %s, an address of the inside",
                                    peer_writer(hop), peer));
    if (!next_fits(w, i) || doubt_is_disbelieved(&w->doubts[i + 1]))
        return step(w, STEP_END,
                    g_strdup_printf("%s took it from %s, an address of the inside, and the line "
                                    "below does not fit",
                                    peer_writer(hop), peer));
    if (!next_is_theirs(w, i) && !(peer_written_by_own(hop, w->identity) &&
                                   peer_written_by_own(returned_hop(w->trace, i + 1), w->identity)))
        return step_capped(
            w,
            g_strdup_printf("%s took it from %s, an address of the inside", peer_writer(hop), peer),
            "a machine inside the reporter's network may have written that line");
    return step(
        w, STEP_NEXT,
        g_strdup_printf("%s took it from %s, within its own network", peer_writer(hop), peer));
}

static Step step_public(Walk *w, int i, const Hop *hop)
{
    const char *name = peer_looked_up(hop);
    g_autofree char *peer = peer_text(hop);

    if (identity_is_forwarder(w->identity, name, &hop->from_ip) && next_fits(w, i)) {
        w->trace->forwarded = true;
        return step(w, STEP_NEXT,
                    g_strdup_printf("%s took it from %s, a forwarder that you declared",
                                    peer_writer(hop), peer));
    }
    if (is_reporters(w->trace, name) && !hostname_is_home(name, &hop->from_ip) && next_fits(w, i)) {
        char *why = g_strdup_printf("%s took it from %s, a host of the same organisation",
                                    peer_writer(hop), peer);

        return hostname_is_mail_server(name)
                   ? step(w, STEP_NEXT, why)
                   : step_capped(w, why, "a customer of the reporter may have such a name");
    }
    return step(w, STEP_INJECTION,
                g_strdup_printf("%s took it from %s: as far as anybody honest saw, that is who "
                                "sent it",
                                peer_writer(hop), peer));
}

static Step take_step(Walk *w, int i, const Hop *hop)
{
    g_autofree char *peer = peer_text(hop);

    if (hop->local && !hop->from_ip.family)
        return step_local(w, i, hop);
    if (peer_is_unreadable(hop))
        return step_unreadable(w, i, hop);
    if (hop->authenticated)
        return step(
            w, STEP_INJECTION,
            g_strdup_printf("%s took it from %s, a client who logged in", peer_writer(hop), peer));
    if (identity_owns_ip(w->identity, &hop->from_ip))
        return step(w, STEP_INJECTION,
                    g_strdup_printf("%s took it from %s, which is yours", peer_writer(hop), peer));
    if (ip_is_inside(&hop->from_ip))
        return step_inside(w, i, hop);
    return step_public(w, i, hop);
}

/* ---- what was found ---- */

static void cap(Trace *trace, const char *why)
{
    trace->capped = true;
    if (!trace->capped_why)
        trace->capped_why = g_strdup(why);
}

static void set_injection(Walk *w, int i)
{
    const Hop *hop = returned_hop(w->trace, i);
    Injection *injection = &w->trace->injection;

    injection->hop = i;
    injection->ip = hop->from_ip;
    injection->helo = g_strdup(hop->from_helo);
    injection->rdns = g_strdup(hop->from_rdns);
    injection->source = INJECTION_RECEIVED;
    injection->own = identity_owns_ip(w->identity, &hop->from_ip);
    injection->forwarder = identity_is_forwarder(w->identity, peer_looked_up(hop), &hop->from_ip);
}

/* The newest line must be the reporter's: some servers return a message without the line that they
 * wrote themselves, and then the newest one is the sender's. */
static void check_newest(Walk *w)
{
    const Trace *trace = w->trace;

    for (guint i = 0; i < trace->returned->len; i++) {
        const Hop *hop = trace->returned->pdata[i];

        if (!hop->by && hop->local)
            continue;
        if (hop->by && domain_is_public_name(hop->by) && trace->reporter_organisation &&
            !is_reporters(trace, hop->by) &&
            !(trace->handing_rdns && house_same(hop->by, trace->handing_rdns)))
            cap(w->trace, "the newest line is not by the reporter");
        return;
    }
}

/* Walks; returns how many lines, from the newest, are believed. */
static int walk_down(Walk *w)
{
    for (int i = 0; i < (int)w->trace->returned->len; i++) {
        const Hop *hop = returned_hop(w->trace, i);
        Step next = take_step(w, i, hop);

        mark(w, i, MARK_BELIEVED, g_steal_pointer(&w->why));
        if (next == STEP_CAPPED)
            cap(w->trace, w->cap_why);
        if (hop->ip_disputed)
            cap(w->trace, "a line holds several addresses that could be the peer's");
        if (next == STEP_INJECTION) {
            set_injection(w, i);
            w->trace->returned_notes[i].mark = w->trace->injection.own ? MARK_OWN : MARK_INJECTION;
        }
        if (next == STEP_INJECTION || next == STEP_END)
            return i + 1;
    }
    return (int)w->trace->returned->len;
}

/* ---- our own host wrote the line ---- */

static bool is_inside_or_own(const Walk *w, const Hop *hop)
{
    return (hop->local && !hop->from_ip.family) || ip_is_inside(&hop->from_ip) ||
           identity_owns_ip(w->identity, &hop->from_ip);
}

/* How the own hosts got the message: reads on from line @i, by an own host, as long as their lines
 * lead from one to the other. */
static Relay relay_from(const Walk *w, int i)
{
    for (;; i++) {
        const Hop *hop = returned_hop(w->trace, i), *next = returned_hop(w->trace, i + 1);

        if (hop->authenticated)
            return RELAY_SUBMITTED;
        if (!is_inside_or_own(w, hop))
            return peer_is_unreadable(hop) ? RELAY_UNCLEAR : RELAY_OUTSIDER;
        if (!next)
            return RELAY_SUBMITTED;
        if (!next_fits(w, i) || (next->by && !peer_written_by_own(next, w->identity) &&
                                 domain_is_public_name(next->by)))
            return hop->local ? RELAY_SUBMITTED : RELAY_UNCLEAR;
    }
}

/* The newest lines are our own host's; and the bounce, too, if it is @ours. */
static void judge_relay(Walk *w, bool ours)
{
    Trace *trace = w->trace;

    for (guint i = 0; i < trace->returned->len; i++) {
        const Hop *hop = trace->returned->pdata[i];

        if (!hop->by && hop->local)
            continue;
        if (!peer_written_by_own(hop, w->identity))
            return;
        trace->relay = relay_from(w, (int)i);
        /* where it came from inside, that is the address, there being no other */
        if (ours && trace->injection.hop < 0 && trace->relay == RELAY_SUBMITTED)
            for (int k = (int)trace->returned->len - 1; k >= (int)i; k--)
                if (returned_hop(trace, k)->from_ip.family &&
                    trace->returned_notes[k].mark == MARK_BELIEVED &&
                    ip_kind(&returned_hop(trace, k)->from_ip) != IP_LOOPBACK) {
                    set_injection(w, k);
                    trace->returned_notes[k].mark = MARK_INJECTION;
                    return;
                }
        return;
    }
}

/* ---- below ---- */

/* The own hosts' lines below a hand-over by us are read on for the submission. */
static int mark_own(Walk *w, int from)
{
    int i = from;

    for (; i < (int)w->trace->returned->len; i++) {
        const Hop *hop = returned_hop(w->trace, i);
        g_autofree char *peer = peer_text(hop);

        if (!(hop->by ? peer_written_by_own(hop, w->identity) : hop->local) || !next_fits(w, i - 1))
            break;
        mark(w, i, MARK_OWN,
             hop->local && !hop->from_ip.family
                 ? g_strdup_printf("a step within your host %s", peer_writer(hop))
                 : g_strdup_printf("your host %s took it from %s%s", peer_writer(hop), peer,
                                   hop->authenticated ? ", who logged in" : ""));
        if (hop->authenticated || (!hop->local && !is_inside_or_own(w, hop)))
            return i + 1;
    }
    return i;
}

/* The sentence of the first contradiction of hop @i; strong ones first. @first is where its links
 * begin. */
static const char *contradiction(const Trace *trace, guint first, int i)
{
    const char *weak = NULL;

    for (guint k = first; k < trace->links->len; k++) {
        const Link *link = &g_array_index(trace->links, Link, k);

        if (link->hop != i)
            break;
        if (link->result == LINK_STRONG)
            return link->text;
        if (link->result == LINK_WEAK && !weak)
            weak = link->text;
    }
    return weak;
}

static void mark_below(Walk *w, int from, bool own)
{
    Trace *trace = w->trace;
    guint first = 0;

    for (int i = from; i < (int)trace->returned->len; i++) {
        while (first < trace->links->len && g_array_index(trace->links, Link, first).hop < i)
            first++;
        if (!own && doubt_is_contradicted(&w->doubts[i])) {
            mark(w, i, MARK_FORGED, g_strdup(contradiction(trace, first, i)));
            if (trace->forged_hop < 0)
                trace->forged_hop = i;
        } else {
            mark(w, i, MARK_UNVERIFIED,
                 g_strdup(own ? "below what your own hosts wrote; nobody vouches for it"
                              : "the sender may have written this: nobody vouches for it"));
        }
    }
}

/* ---- what the bounce says outside Received lines ---- */

/* A line named a client without an address, and @claim names the same host. */
static bool claim_is_of(const Walk *w, const TraceClaim *claim, int believed)
{
    const Hop *hop = returned_hop(w->trace, believed - 1);
    const char *name = hop && peer_is_unreadable(hop) ? peer_name(hop) : NULL;

    return !name || (claim->host && domain_same(claim->host, name));
}

/* The reporter's own gateway, which tells nothing of who sent it. */
static bool is_gateway(const Walk *w, const TraceClaim *claim)
{
    return ip_equal(&claim->ip, &w->trace->handing_ip) ||
           (is_reporters(w->trace, claim->host) && !hostname_is_home(claim->host, &claim->ip));
}

static bool chain_has_public_peer(const Trace *trace, int believed)
{
    for (int i = 0; i < believed; i++)
        if (ip_kind(&returned_hop(trace, i)->from_ip) == IP_PUBLIC)
            return true;
    return false;
}

static void use_claims(Walk *w, int believed)
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

/* ---- who handed it to the reporter, whoever is trusted ---- */

/* The first claim of a public address; of the host @name where that is known. A diagnostic speaks
 * of the client of the host that refused, which may be the reporter itself. */
static void claim_submitter(Walk *w, const char *name)
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

static void find_submitter(Walk *w)
{
    Trace *trace = w->trace;

    for (guint i = 0; i < trace->returned->len; i++) {
        const Hop *hop = trace->returned->pdata[i];
        const char *name = peer_looked_up(hop);

        if (peer_is_unreadable(hop) && peer_name(hop) && !is_reporters(trace, peer_name(hop)) &&
            !name_is_localhost(peer_name(hop)) && !domain_same(peer_name(hop), hop->by)) {
            claim_submitter(w, peer_name(hop));
            return;
        }
        if (ip_kind(&hop->from_ip) == IP_PUBLIC &&
            !(is_reporters(trace, name) && !hop->authenticated &&
              !hostname_is_home(name, &hop->from_ip) && i + 1 < trace->returned->len &&
              next_fits(w, (int)i))) {
            trace->submitter_ip = hop->from_ip;
            return;
        }
    }
    claim_submitter(w, NULL);
}

/* ---- all ---- */

/* A time by which all of the returned chain was written: our own server's clock. */
static gint64 latest_of(const Trace *trace)
{
    for (guint i = 0; i < trace->outer->len; i++) {
        const Hop *hop = trace->outer->pdata[i];

        if (hop->date.utc != TIME_NONE)
            return hop->date.utc;
    }
    return TIME_NONE;
}

Trace *trace_walk(const TraceInput *input, const Identity *identity)
{
    Trace *trace = trace_new(input->outer, input->returned);
    g_autofree Doubt *doubts = g_new0(Doubt, input->returned->len + 1);
    Walk w = {input, identity, trace, doubts, NULL, NULL};
    int believed, below;
    bool ours;

    trace->has_list_id = input->returned_has_list_id;
    links_test(trace->returned, identity, latest_of(trace), trace->links, doubts);
    reporter_judge(input, identity, trace);
    check_newest(&w);
    believed = below = walk_down(&w);
    ours = trace->reporter == REPORTER_VOUCHED && !trace->handing_ip.family;
    judge_relay(&w, ours);
    if (trace->injection.hop < 0)
        use_claims(&w, believed);
    reporter_reconsider(input, identity, trace);
    if (trace->injection.own && trace->injection.hop >= 0)
        below = mark_own(&w, believed);
    mark_below(&w, below, trace->injection.own || (ours && trace->relay == RELAY_SUBMITTED));
    holdback_judge(trace, identity, doubts);
    find_submitter(&w);
    g_free(w.why);
    g_free(w.cap_why);
    return trace;
}
