/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reporter's standing. See reporter.h. */
#include "trace/reporter.h"

#include <string.h>

#include "base/domain.h"
#include "house/hostname.h"
#include "house/house.h"
#include "trace/links.h"
#include "trace/peer.h"

/* Where the walk down the outer chain ended. */
typedef enum OuterEnd {
    OUTER_HANDED,    /* at a peer that is not of ours */
    OUTER_WRITTEN,   /* at no peer: the last host reached wrote the message */
    OUTER_UNREADABLE /* nobody can say */
} OuterEnd;

typedef struct OuterWalk {
    const Identity *identity;
    const GPtrArray *chain;
    HopNote *notes;     /* of the chain's hops */
    const char *server; /* a name of our mailbox's server, or NULL */
    int at;             /* the hop that the walk has reached */
    bool named;         /* a peer of the server's organisation was passed */
    bool disputed;      /* a line held several addresses that could be the peer's */
} OuterWalk;

/* ---- names ---- */

static const char *public_or_null(const char *name)
{
    return name && domain_is_public_name(name) ? name : NULL;
}

/* The "by" of the newest returned line that has one. */
static const char *newest_by(const Trace *trace)
{
    for (guint i = 0; i < trace->returned->len; i++) {
        const Hop *hop = trace->returned->pdata[i];

        if (hop->by || !hop->local)
            return hop->by;
    }
    return NULL;
}

static ReporterNames names_of(const TraceInput *input, const Trace *trace)
{
    return (ReporterNames){public_or_null(input->reporting_mta), public_or_null(newest_by(trace)),
                           public_or_null(input->from_domain)};
}

/* The name among @names that is of @host's organisation, or NULL. */
static const char *match_name(const ReporterNames *names, const char *host)
{
    const char *const all[] = {names->mta, names->by, names->from};

    for (gsize i = 0; host && i < G_N_ELEMENTS(all); i++)
        if (all[i] && house_same(all[i], host))
            return all[i];
    return NULL;
}

/* A name of ours, or one of our addresses in brackets. */
static bool is_own_claim(const Identity *identity, const char *name)
{
    Ip ip;

    return identity_owns_host(identity, name) ||
           (name && ip_parse_literal(span_of(name), &ip) && identity_owns_ip(identity, &ip));
}

bool reporter_claims_own(const TraceInput *input, const Identity *identity)
{
    return is_own_claim(identity, input->reporting_mta) ||
           is_own_claim(identity, input->from_domain);
}

/* ---- down the outer chain ---- */

/* A line of a program that fetched the mail from a mailbox. */
static bool is_fetch(const Hop *hop)
{
    return hop->with && (g_ascii_strncasecmp(hop->with, "POP", 3) == 0 ||
                         g_ascii_strncasecmp(hop->with, "IMAP", 4) == 0);
}

static const Hop *outer_hop(const OuterWalk *w, int i)
{
    return i < (int)w->chain->len ? w->chain->pdata[i] : NULL;
}

/* The line under @hop can be the one that @hop's peer wrote. */
static bool next_fits(const OuterWalk *w, const Hop *hop)
{
    const Hop *next = outer_hop(w, w->at + 1);
    LinkResult result = next ? links_adjacent(hop, next, NULL) : LINK_CONSISTENT;

    return result == LINK_CONSISTENT || result == LINK_SILENT;
}

/* ... and is of our server's organisation, or known by no public name. */
static bool next_is_inside(const OuterWalk *w, const Hop *hop)
{
    const Hop *next = outer_hop(w, w->at + 1);

    return !next || !next->by || !domain_is_public_name(next->by) ||
           identity_owns_host(w->identity, next->by) || house_same(next->by, w->server) ||
           house_same(next->by, hop->by);
}

/* Why belief passes @hop's peer to the next line; NULL if it does not. */
static const char *outer_pass(OuterWalk *w, const Hop *hop)
{
    IpKind kind = ip_kind(&hop->from_ip);
    const char *name = peer_looked_up(hop);

    if (hop->authenticated)
        return NULL;
    if (identity_owns_ip(w->identity, &hop->from_ip))
        return "the address is yours";
    if (kind == IP_LOOPBACK && next_is_inside(w, hop))
        return "a step within the same machine";
    if (ip_is_inside(&hop->from_ip) && next_is_inside(w, hop))
        return "a step within the network of your mail server";
    if (identity_is_forwarder(w->identity, name, &hop->from_ip))
        return "a forwarder that you declared";
    if (name && w->server && house_same(name, w->server) &&
        !hostname_is_home(name, &hop->from_ip)) {
        w->named = true;
        return "a host of your mail server's organisation";
    }
    return NULL;
}

/* The end of the chain, behind hop @hop. */
static OuterEnd outer_bottom(const OuterWalk *w, const Hop *hop)
{
    /* behind address translation all the world comes from one inside address */
    if (ip_is_inside(&hop->from_ip) && ip_kind(&hop->from_ip) != IP_LOOPBACK &&
        !identity_owns_host(w->identity, peer_looked_up(hop)))
        return OUTER_UNREADABLE;
    return OUTER_WRITTEN;
}

/* A step from a mail server to its own mailboxes: nobody else speaks LMTP to it. */
static bool is_own_delivery(const Hop *hop)
{
    return hop->with && g_ascii_strncasecmp(hop->with, "LMTP", 4) == 0 && !hop->from_ip.family &&
           (name_is_localhost(peer_name(hop)) || domain_same(peer_name(hop), hop->by));
}

static OuterEnd outer_walk(OuterWalk *w)
{
    for (;; w->at++) {
        const Hop *hop = outer_hop(w, w->at);
        HopNote *note = &w->notes[w->at];
        const char *why;

        w->disputed = w->disputed || hop->ip_disputed;
        if (!w->server)
            w->server = public_or_null(hop->by);
        if (is_fetch(hop)) {
            w->server = peer_name(hop);
            hop_note_set(note, MARK_BELIEVED,
                         g_strdup("the program that fetched your mail wrote this"));
            why = "fetched";
        } else if ((hop->local && !hop->from_ip.family) || is_own_delivery(hop)) {
            hop_note_set(note, MARK_BELIEVED,
                         g_strdup_printf("a step within %s", peer_writer(hop)));
            why = next_fits(w, hop) ? "local" : NULL;
        } else if (peer_is_unreadable(hop)) {
            hop_note_set(note, MARK_BELIEVED,
                         g_strdup("your mail server wrote this, but no address can be read in it"));
            return OUTER_UNREADABLE;
        } else {
            g_autofree char *peer = peer_text(hop);

            why = outer_pass(w, hop);
            hop_note_set(
                note, MARK_BELIEVED,
                why ? g_strdup_printf("%s took it from %s: %s", peer_writer(hop), peer, why)
                    : g_strdup_printf("%s took the bounce from %s", peer_writer(hop), peer));
            if (!why)
                return OUTER_HANDED;
            if (!next_fits(w, hop))
                return OUTER_UNREADABLE;
        }
        if (identity_owns_host(w->identity, hop->by))
            note->mark = MARK_OWN;
        if (!why)
            return OUTER_UNREADABLE;
        if (w->at + 1 >= (int)w->chain->len)
            return outer_bottom(w, hop);
    }
}

/* ---- the lines below the peer that handed it over ---- */

/* A line below, written by the reporter's own organisation, shows that the bounce was not written
 * there but came from somebody else. Returns that line. */
static const Hop *find_relayed(const OuterWalk *w, const char *organisation)
{
    const Hop *newer = outer_hop(w, w->at);

    for (int i = w->at + 1; i < (int)w->chain->len; i++) {
        const Hop *hop = outer_hop(w, i);
        LinkResult fits = links_adjacent(newer, hop, NULL);

        if (fits == LINK_WEAK || fits == LINK_STRONG)
            return NULL;
        if (hop->authenticated)
            return hop;
        if (ip_kind(&hop->from_ip) == IP_PUBLIC) {
            const char *name = peer_name(hop);

            return name && house_same(name, organisation) ? NULL : hop;
        }
        newer = hop;
    }
    return NULL;
}

static void mark_below(const OuterWalk *w, bool vouched)
{
    for (int i = w->at + 1; i < (int)w->chain->len; i++) {
        const Hop *hop = outer_hop(w, i), *newer = outer_hop(w, i - 1);
        g_autofree char *text = NULL;

        if (links_adjacent(newer, hop, &text) == LINK_STRONG)
            hop_note_set(&w->notes[i], MARK_FORGED, g_steal_pointer(&text));
        else
            hop_note_set(
                &w->notes[i], MARK_UNVERIFIED,
                g_strdup(vouched ? "written by those who sent the bounce, who are known by name"
                                 : "written by those who sent the bounce"));
    }
}

/* ---- standing ---- */

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

static const char *first_name(const ReporterNames *names)
{
    return names->mta ? names->mta : names->by ? names->by : names->from;
}

/* One of the hosts that the bounce names, or one beside it, or a mail server by its name: of a
 * provider of connections and machines the customers, too, have names of its organisation. */
static bool is_mail_host(const char *name, const ReporterNames *names)
{
    const char *const all[] = {names->mta, names->by, names->from};

    for (gsize i = 0; i < G_N_ELEMENTS(all); i++)
        if (all[i] && (name_is_sibling(name, all[i]) || domain_is_under(all[i], name)))
            return true;
    return hostname_is_mail_server(name);
}

/* The organisation is that of the newest returned line alone; what the bounce says of itself names
 * others. */
static bool is_only_by(const ReporterNames *names, const char *claimed)
{
    return claimed == names->by && names->mta && names->from && !house_same(names->from, claimed);
}

/* The peer has a looked-up name of the organisation that the bounce claims. */
static void judge_named(const OuterWalk *w, const Hop *hop, const ReporterNames *names,
                        const char *claimed, Trace *trace)
{
    const char *name = peer_looked_up(hop);
    g_autofree char *peer = peer_text(hop);
    const Hop *next = outer_hop(w, w->at + 1), *relayed;

    set_organisation(trace, claimed);
    if (hostname_is_home(name, &hop->from_ip)) {
        set_standing(trace, REPORTER_CONTRADICTED,
                     g_strdup_printf("it came from %s, whose name marks a customer's connection, "
                                     "no mail server of %s",
                                     peer, trace->reporter_organisation));
        return;
    }
    relayed = find_relayed(w, claimed);
    if (relayed && relayed->authenticated) {
        g_autofree char *client = peer_text(relayed);

        set_standing(trace, REPORTER_CONTRADICTED,
                     g_strdup_printf("%s did not write it: a customer who logged in from %s did",
                                     peer_writer(relayed), client));
    } else if (relayed) {
        g_autofree char *client = peer_text(relayed);

        set_standing(
            trace, REPORTER_UNKNOWN,
            g_strdup_printf("%s passed it on, but took it from %s", peer_writer(relayed), client));
    } else if (is_only_by(names, claimed) || !is_mail_host(name, names)) {
        set_standing(trace, REPORTER_UNKNOWN,
                     g_strdup_printf("it came from %s, which is of %s but may be a customer's",
                                     peer, trace->reporter_organisation));
    } else if (next && links_adjacent(hop, next, NULL) == LINK_STRONG) {
        set_standing(trace, REPORTER_UNKNOWN,
                     g_strdup_printf("it came from %s, as it says, but a line below names %s", peer,
                                     peer_writer(next)));
    } else {
        set_standing(trace, REPORTER_VOUCHED,
                     g_strdup_printf("it came from %s, a host of %s, as it says", peer,
                                     trace->reporter_organisation));
    }
}

/* The peer has no looked-up name: only what it called itself. */
static void judge_nameless(const OuterWalk *w, const Hop *hop, const ReporterNames *names,
                           Trace *trace)
{
    const char *greeting = hop->from_helo ? hop->from_helo : hop->from_rdns;
    const Hop *next = outer_hop(w, w->at + 1);
    g_autofree char *peer = peer_text(hop), *text = NULL;

    if (!match_name(names, greeting))
        set_standing(trace, REPORTER_CONTRADICTED,
                     g_strdup_printf("it says that %s wrote it, but it came from %s",
                                     first_name(names), peer));
    else if (next && links_adjacent(hop, next, &text) == LINK_STRONG)
        set_standing(
            trace, REPORTER_CONTRADICTED,
            g_strdup_printf("it came from %s, and a line below does not fit: %s", peer, text));
    else
        set_standing(trace, REPORTER_UNKNOWN,
                     g_strdup_printf("it came from %s, and nothing but its own word ties that "
                                     "address to %s",
                                     peer, first_name(names)));
}

static void judge_handed(const OuterWalk *w, const TraceInput *input, const ReporterNames *names,
                         Trace *trace)
{
    const Hop *hop = outer_hop(w, w->at);
    const char *name = peer_looked_up(hop), *claimed = match_name(names, name);
    g_autofree char *peer = peer_text(hop);

    trace->handing_ip = hop->from_ip;
    trace->handing_rdns = g_strdup(name);
    trace->handing_helo = g_strdup(hop->from_helo);
    if (reporter_claims_own(input, w->identity) && w->identity->networks->len > 0 &&
        !identity_owns_host(w->identity, name))
        set_standing(trace, REPORTER_CONTRADICTED,
                     g_strdup_printf("it says that %s wrote it, which is yours, but it came from "
                                     "%s, which is not",
                                     is_own_claim(w->identity, input->reporting_mta)
                                         ? input->reporting_mta
                                         : input->from_domain,
                                     peer));
    else if (!first_name(names))
        set_standing(trace, REPORTER_UNKNOWN,
                     g_strdup("the bounce names no host that the public DNS could know"));
    else if (claimed)
        judge_named(w, hop, names, claimed, trace);
    else if (name && domain_is_public_name(name))
        set_standing(trace, REPORTER_CONTRADICTED,
                     g_strdup_printf("it says that %s wrote it, but it came from %s",
                                     first_name(names), peer));
    else
        judge_nameless(w, hop, names, trace);
}

/* Nobody handed it to us: the last host that the walk reached wrote it. */
static void judge_written(const OuterWalk *w, const ReporterNames *names, Trace *trace)
{
    const Hop *hop = outer_hop(w, w->at);
    const char *by = hop->by && !name_is_localhost(hop->by) ? hop->by : w->server;
    const char *claimed = match_name(names, by ? by : w->server);

    if (identity_owns_host(w->identity, by) || peer_written_by_own(hop, w->identity)) {
        set_standing(trace, REPORTER_VOUCHED,
                     g_strdup_printf("your own host %s wrote it", by ? by : "of no name"));
    } else if (claimed && house_same(claimed, w->server)) {
        set_organisation(trace, claimed);
        set_standing(trace, REPORTER_VOUCHED,
                     g_strdup_printf("your mail server's own organisation, %s, wrote it",
                                     trace->reporter_organisation));
    } else {
        set_standing(trace, REPORTER_UNKNOWN,
                     g_strdup("the lines above it do not show where it came from"));
    }
}

void reporter_judge(const TraceInput *input, const Identity *identity, Trace *trace)
{
    ReporterNames names = names_of(input, trace);
    OuterWalk w = {identity, trace->outer, trace->outer_notes, NULL, 0, false, false};
    OuterEnd end;

    set_organisation(trace, first_name(&names));
    if (trace->outer->len == 0) {
        set_standing(trace, REPORTER_UNKNOWN,
                     g_strdup("no Received line shows how the bounce came to you"));
        return;
    }
    end = outer_walk(&w);
    if (end == OUTER_HANDED)
        judge_handed(&w, input, &names, trace);
    else if (end == OUTER_WRITTEN)
        judge_written(&w, &names, trace);
    else
        set_standing(trace, REPORTER_UNKNOWN,
                     g_strdup("the lines above it do not show where it came from"));
    if (w.disputed && trace->reporter == REPORTER_VOUCHED)
        set_standing(trace, REPORTER_UNKNOWN,
                     g_strdup("a line above it holds several addresses that could be the peer's"));
    mark_below(&w, trace->reporter == REPORTER_VOUCHED);
}

void reporter_reconsider(const TraceInput *input, const Identity *identity, Trace *trace)
{
    const Injection *injection = &trace->injection;
    const Hop *hop;
    g_autofree char *ip = NULL;

    if (trace->reporter != REPORTER_CONTRADICTED || injection->source != INJECTION_RECEIVED ||
        injection->own || !ip_equal(&injection->ip, &trace->handing_ip) ||
        reporter_claims_own(input, identity))
        return;
    hop = trace->returned->pdata[injection->hop];
    if (peer_is_nameless_or_home(hop))
        return;
    ip = ip_format(&trace->handing_ip);
    set_standing(
        trace, REPORTER_VOUCHED,
        g_strdup_printf("%s, which had handed the message over, sent the bounce back", ip));
}
