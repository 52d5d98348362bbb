/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reporter's standing. See reporter.h. */
#include "trace/reporter.h"

#include <string.h>

#include "base/domain.h"
#include "house/bounce_sender.h"
#include "house/house.h"
#include "received/received_user.h"
#include "trace/authentication.h"
#include "trace/peer.h"

static void set_standing(Trace *trace, Standing standing, char *why)
{
    g_free(trace->reporter_why);
    trace->reporter = standing;
    trace->reporter_why = why;
}

static void set_organisation(Trace *trace, const char *name)
{
    g_free(trace->reporter_organisation);
    trace->reporter_organisation = domain_organisation(name);
}

/* --- what stands below the border ------------------------------------------------------------- */

/* A line below the border is by a host of the reporter, and fits: others carried the bounce on. */
static bool is_tied_below(const Walk *w)
{
    for (int i = w->outer.at + 1; walk_outer(w, i); i++) {
        const Hop *hop = walk_outer(w, i);
        Peer peer = peer_of(walk_outer(w, i - 1), &w->ours, &w->names);
        if (links_adjacent(walk_outer(w, i - 1), hop, NULL) == LINK_STRONG && peer_is_bare(&peer))
            return false;
        if (bounce_names_match(&w->names, hop->by) || bounce_names_match(&w->names, peer_name(hop)))
            return true;
    }
    return false;
}

/* A line below the border shows one of our addresses. */
static bool is_ours_below(const Walk *w)
{
    for (int i = w->outer.at + 1; walk_outer(w, i); i++)
        if (identity_owns_ip(w->identity, &walk_outer(w, i)->from_ip))
            return true;
    return false;
}

/* A customer handed it in: with a password, by a web page, as a user of the machine. */
static bool is_handed_in(const Hop *hop)
{
    UserKind user = received_user_kind(hop);
    return hop->authenticated || user == USER_WEB || user == USER_PERSON || peer_is_of_browser(hop);
}

/* The name stands in another part of the organisation than the writer's. */
static bool is_of_other_part(const char *name, const char *by)
{
    const char *a = name ? strchr(name, '.') : NULL, *b = by ? strchr(by, '.') : NULL;
    return a && b && !domain_is_under(by, a + 1);
}

/* ... or from somewhere else than a machine of the house: from no server in another part of it, or
 * from a home connection. */
static bool is_customers_step(const Walk *w, const Hop *hop, const char *organisation)
{
    if (is_handed_in(hop))
        return true;
    if (ip_kind(&hop->from_ip) != IP_PUBLIC || identity_owns_ip(w->identity, &hop->from_ip))
        return false;
    Peer peer = peer_of(hop, NULL, &w->names);
    return !house_same(peer_name(hop), organisation) || (peer.name && peer.home) ||
           (peer.name && !peer.server && is_of_other_part(peer.name, hop->by));
}

/* A line below the border shows that a host of @organisation did not write the bounce but took it
 * from somebody else: that line, or NULL. A line that does not fit is asked no more than whether
 * somebody handed it in there: some houses write no host's name into such lines. */
static const Hop *find_customer(const Walk *w, const char *organisation)
{
    const Hop *newer = walk_outer(w, w->outer.at);
    for (int i = w->outer.at + 1; walk_outer(w, i); i++) {
        const Hop *hop = walk_outer(w, i);
        LinkResult fits = links_adjacent(newer, hop, NULL);
        if (fits == LINK_WEAK || fits == LINK_STRONG)
            return is_handed_in(hop) && !domain_is_public_name(hop->by) ? hop : NULL;
        if (is_customers_step(w, hop, organisation))
            return hop;
        newer = hop;
    }
    return NULL;
}

static bool is_hidden_by_liar(const Walk *w, int i)
{
    const Hop *newer = walk_outer(w, i - 1);
    Peer peer = peer_of(newer, &w->ours, &w->names);
    return peer.ip.family && !ip_is_inside(&peer.ip) && peer_is_bare(&peer);
}

static void mark_below(const Walk *w)
{
    bool vouched = w->trace->reporter == REPORTER_VOUCHED;
    for (int i = w->outer.at + 1; walk_outer(w, i); i++) {
        g_autofree char *text = NULL;
        HopNote *note = &w->trace->outer_notes[i];
        char **words = trace_has_words(w->trace) ? &text : NULL;
        if (links_adjacent(walk_outer(w, i - 1), walk_outer(w, i), words) == LINK_STRONG &&
            is_hidden_by_liar(w, i))
            hop_note_set(note, MARK_FORGED, g_steal_pointer(&text));
        else
            hop_note_set(note, MARK_UNVERIFIED,
                         trace_say(w->trace, "%s",
                                   vouched
                                       ? "written by those who sent the bounce, who are known by "
                                         "name"
                                       : "written by those who sent the bounce"));
    }
}

/* --- who handed it over ----------------------------------------------------------------------- */

/* The return path of a bounce is empty; any customer of a house can send something else. */
static bool has_null_path(const Walk *w)
{
    for (gsize i = 0; i < w->input->outer_header_count; i++) {
        const TraceHeader *header = &w->input->outer_headers[i];
        if (g_ascii_strcasecmp(header->name, "Return-Path") == 0)
            return !strchr(header->value, '@');
    }
    return true;
}

/* Houses that write lines of their own also above what they write themselves: a bounce that shows
 * no more of them than the hand-over was not written there. */
static bool shows_its_way(const Walk *w, const char *host)
{
    if (!house_same(host, "outlook.com"))
        return true;
    const Hop *next = walk_outer(w, w->outer.at + 1);
    return next && house_same(next->by, host);
}

/* Where anybody's customers write from the same hosts, only a bounce of the house's own making is
 * vouched for by them. */
static bool is_houses_own(const Walk *w, const char *host)
{
    const House *house = house_find(host);
    if (!house || !house_is_shared(host))
        return true;
    if (house->kind == HOUSE_CLOUD)
        return false;
    return has_null_path(w) && shows_its_way(w, host) &&
           bounce_sender_is_of(house, w->input->from, w->input->failed_recipient);
}

static void judge_named(Walk *w, const Peer *peer, const char *claimed)
{
    Trace *trace = w->trace;
    const Hop *hop = walk_outer(w, w->outer.at);
    g_autofree char *text = walk_peer_text(w, hop);
    set_organisation(trace, claimed);
    const char *organisation = trace->reporter_organisation;
    const Hop *customer = find_customer(w, claimed);
    if (peer->home && house_same(peer->name, hop->from_helo)) {
        set_standing(
            trace, REPORTER_DOUBTFUL,
            trace_say(w->trace, "it came from %s, whose name marks a customer's connection", text));
    } else if (!peer->server || !house_speaks_for(peer->name, claimed)) {
        set_standing(trace, REPORTER_UNKNOWN,
                     trace_say(w->trace, "it came from %s, which is of %s but may be a customer's",
                               text, organisation));
    } else if (customer) {
        g_autofree char *client = walk_peer_text(w, customer);
        set_standing(trace, REPORTER_UNKNOWN,
                     trace_say(w->trace, "%s passed it on, but took it from %s",
                               peer_writer(customer), client));
    } else if (!is_houses_own(w, peer->name)) {
        set_standing(trace, REPORTER_UNKNOWN,
                     trace_say(w->trace, "it came from %s, from which any customer of %s can write",
                               text, organisation));
    } else {
        set_standing(
            trace, REPORTER_VOUCHED,
            trace_say(w->trace, "it came from %s, a host of %s, as it says", text, organisation));
    }
}

/* Looked up, and there is no name, or a home connection's. */
static void judge_bare(Walk *w, const Peer *peer)
{
    const Hop *hop = walk_outer(w, w->outer.at);
    const char *greeting = hop->from_helo ? hop->from_helo : hop->from_rdns;
    g_autofree char *text = walk_peer_text(w, hop);
    const char *first = bounce_names_first(&w->names);
    if (bounce_names_match(&w->names, greeting))
        set_standing(w->trace, peer->home ? REPORTER_DOUBTFUL : REPORTER_UNKNOWN,
                     trace_say(w->trace,
                               "it came from %s, and nothing but its own word ties that "
                               "address to %s",
                               text, first));
    else if (is_tied_below(w))
        set_standing(
            w->trace, REPORTER_UNKNOWN,
            trace_say(w->trace, "it came from %s, and only a line below names %s", text, first));
    else
        set_standing(
            w->trace, REPORTER_CONTRADICTED,
            trace_say(w->trace, "it says that %s wrote it, but it came from %s", first, text));
}

/* A server of another organisation: a smart host, a gateway, another name of the same people; or
 * somebody who pretends. */
static void judge_other(Walk *w, const Peer *peer)
{
    g_autofree char *text = walk_peer_text(w, walk_outer(w, w->outer.at));
    const House *house = house_find(peer->name);
    bool carrier = house && (house->kind == HOUSE_FILTER || house->kind == HOUSE_SERVICE);
    bool tied = carrier || is_tied_below(w) || !peer->server ||
                identity_is_forwarder(w->identity, peer->name, &peer->ip);
    set_standing(w->trace, tied ? REPORTER_UNKNOWN : REPORTER_DOUBTFUL,
                 trace_say(w->trace,
                           tied ? "it came from %2$s, which may have carried it for %1$s"
                                : "it says that %s wrote it, but it came from %s",
                           bounce_names_first(&w->names), text));
}

/* The bounce's own report says that one of our hosts wrote it. */
static bool claims_own(const Walk *w)
{
    const char *mta = w->input->reporting_mta;
    Ip ip;
    return identity_owns_host(w->identity, mta) ||
           (mta && ip_parse_literal(span_of(mta), &ip) && identity_owns_ip(w->identity, &ip));
}

static bool is_stolen(const Walk *w, const Peer *peer)
{
    if (!claims_own(w))
        return false;
    w->trace->promises |= PROMISE_COMPLETE;
    return identity_complete_for(w->identity, peer->ip.family) &&
           !identity_owns_ip(w->identity, &peer->ip) && !ip_is_inside(&peer->ip) &&
           !identity_owns_host(w->identity, peer->name) &&
           !identity_is_forwarder(w->identity, peer->name, &peer->ip) && !is_ours_below(w);
}

/* The bounce's report names another as its writer than the host that brought it; only the returned
 * message was taken by that one, or only the From is of it. */
static bool is_only_beside(const Walk *w, const char *claimed)
{
    const BounceNames *names = &w->names;
    return names->mta && !house_same(names->mta, claimed) &&
           !(house_same(names->by, claimed) && house_same(names->from, claimed));
}

static void judge_peer(Walk *w, const Peer *peer)
{
    const char *claimed = bounce_names_match(&w->names, peer->name);
    g_autofree char *text = walk_peer_text(w, walk_outer(w, w->outer.at));
    if (claimed && is_only_beside(w, claimed))
        set_standing(
            w->trace, REPORTER_UNKNOWN,
            trace_say(w->trace, "it came from %s, but says that %s wrote it", text, w->names.mta));
    else if (claimed)
        judge_named(w, peer, claimed);
    else if (peer_is_bare(peer))
        judge_bare(w, peer);
    else if (peer->name)
        judge_other(w, peer);
    else
        set_standing(w->trace, REPORTER_UNKNOWN,
                     trace_say(w->trace, "your server did not look up who brought it"));
}

/* Beyond a step that a stranger could have written nobody is vouched for by a name, and nobody is
 * called a liar. */
static void soften(Walk *w)
{
    Trace *trace = w->trace;
    const char *why = w->outer.capped ? w->outer.capped
                      : w->outer.disputed && trace->reporter == REPORTER_VOUCHED
                          ? "a line above it does not tell for sure which address the server saw"
                          : NULL;
    if (why && trace->reporter != REPORTER_UNKNOWN)
        set_standing(trace, REPORTER_UNKNOWN, trace_say(trace, "%s", why));
}

/* What our own server found of it settles more than names: a signature of who it says wrote it, or
 * of somebody else. Of a house where anybody has a mailbox it settles that only for what the house
 * writes itself. */
static void authenticate(Walk *w)
{
    Trace *trace = w->trace;
    g_autofree char *domain = NULL;
    if (claims_own(w) || w->outer.login)
        return;
    Authenticated found = authentication_find(w, &domain);
    if (found == AUTHENTICATED_NOT)
        return;
    if (found == AUTHENTICATED_SIGNED || found == AUTHENTICATED_SENT) {
        bool null_path = found == AUTHENTICATED_SIGNED || has_null_path(w);
        if (!null_path || !is_houses_own(w, domain) || find_customer(w, domain))
            return;
        set_organisation(trace, domain);
        set_standing(trace, REPORTER_VOUCHED,
                     trace_say(w->trace,
                               found == AUTHENTICATED_SIGNED
                                   ? "your server found that %s signed it"
                                   : "your server found that who brought it may send for %s",
                               domain));
    } else if (trace->reporter != REPORTER_VOUCHED && !is_tied_below(w) && !w->outer.capped) {
        set_standing(trace, REPORTER_CONTRADICTED,
                     trace_say(w->trace,
                               found == AUTHENTICATED_REFUSED
                                   ? "your server found that who brought it may not send for "
                                     "%s"
                                   : "your server found that %s signed it, and not who it "
                                     "says wrote it",
                               domain));
    }
}

static void judge_handed(Walk *w)
{
    Trace *trace = w->trace;
    const Hop *hop = walk_outer(w, w->outer.at);
    Peer peer = peer_of(hop, &w->ours, &w->names);
    g_autofree char *text = walk_peer_text(w, hop);
    trace->handing_ip = hop->from_ip;
    trace->handing_rdns = g_strdup(peer.name);
    trace->handing_helo = g_strdup(hop->from_helo);
    trace->handing_lookup = peer.lookup;
    if (w->outer.login)
        set_standing(
            trace, REPORTER_UNKNOWN,
            trace_say(w->trace, "%s handed it in with a password, as any customer can", text));
    else if (is_stolen(w, &peer))
        set_standing(trace, REPORTER_CONTRADICTED,
                     trace_say(w->trace,
                               "it says that %s wrote it, which is yours, but it came from "
                               "%s, which is not",
                               w->input->reporting_mta, text));
    else if (!bounce_names_first(&w->names))
        set_standing(
            trace, REPORTER_UNKNOWN,
            trace_say(w->trace, "the bounce names no host that the public DNS could know"));
    else
        judge_peer(w, &peer);
    soften(w);
    authenticate(w);
}

/* --- nobody handed it over: the last host that the walk reached wrote it ---------------------- */

static void judge_written(Walk *w)
{
    Trace *trace = w->trace;
    const Hop *hop = walk_outer(w, w->outer.at);
    const char *by = hop->by && !peer_name_is_localhost(hop->by) ? hop->by : w->outer.server;
    const char *claimed = bounce_names_match(&w->names, by);
    UserKind user = received_user_kind(hop);
    bool own =
        identity_owns_writer(w->identity, by) || peer_written_by_own(hop, w->identity) || w->writer;
    if (user == USER_WEB || user == USER_PERSON) {
        set_standing(trace, REPORTER_UNKNOWN,
                     trace_say(w->trace, "a user of %s, %s, wrote it there",
                               by ? by : "that machine", hop->user));
    } else if (w->outer.capped) {
        set_standing(trace, REPORTER_UNKNOWN, trace_say(w->trace, "%s", w->outer.capped));
    } else if (own) {
        trace->own_wrote = true;
        set_standing(trace, REPORTER_VOUCHED,
                     trace_say(w->trace, "your own host %s wrote it", by ? by : "of no name"));
    } else if (claimed && house_same(claimed, w->outer.server) && is_houses_own(w, claimed)) {
        set_organisation(trace, claimed);
        set_standing(trace, REPORTER_VOUCHED,
                     trace_say(w->trace, "your mail server's own organisation, %s, wrote it",
                               trace->reporter_organisation));
    } else {
        set_standing(trace, REPORTER_UNKNOWN,
                     trace_say(w->trace, "the lines above it do not show where it came from"));
    }
}

void reporter_judge(Walk *w)
{
    Trace *trace = w->trace;
    set_organisation(trace, bounce_names_first(&w->names));
    switch (w->outer.end) {
    case OUTER_NONE:
        set_standing(trace, REPORTER_UNKNOWN,
                     trace_say(w->trace, "no Received line shows how the bounce came to you"));
        return;
    case OUTER_HANDED:
        judge_handed(w);
        break;
    case OUTER_WRITTEN:
        judge_written(w);
        break;
    case OUTER_CARRIED:
        set_standing(trace, REPORTER_UNKNOWN,
                     trace_say(w->trace, "%s carried it on, and does not show where it came from",
                               w->outer.carrier ? w->outer.carrier : "a forwarder"));
        break;
    case OUTER_UNREADABLE:
        set_standing(trace, REPORTER_UNKNOWN,
                     trace_say(w->trace, "the lines above it do not show where it came from"));
        break;
    }
    trace->outer_capped = w->outer.capped != NULL;
    mark_below(w);
}

void reporter_reconsider(Walk *w)
{
    Trace *trace = w->trace;
    const Injection *injection = &trace->injection;
    if (trace->reporter == REPORTER_VOUCHED || injection->source != INJECTION_RECEIVED ||
        injection->own || !ip_equal(&injection->ip, &trace->handing_ip) || claims_own(w) ||
        w->outer.login || w->outer.capped)
        return;
    Peer peer = peer_of(walk_outer(w, w->outer.at), &w->ours, &w->names);
    if (peer_is_bare(&peer))
        return;
    g_autofree char *ip = trace_ip_text(trace, &trace->handing_ip);
    set_standing(
        trace, REPORTER_VOUCHED,
        trace_say(w->trace, "%s, which had handed the message over, sent the bounce back", ip));
}
