/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What speaks for it that somebody else sent the returned message in our name. */
#include <string.h>

#include "base/domain.h"
#include "trace/peer.h"
#include "verdict/batv.h"
#include "verdict/rules.h"

/* The injection is known and is neither ours nor a forwarder's, and none of our hosts took it. */
static bool is_foreign(const Case *c)
{
    const Injection *injection = &c->trace->injection;

    if (!injection->ip.family || injection->own || injection->forwarder)
        return false;
    return !(c->hop ? peer_written_by_own(c->hop, c->identity) : c->own_wrote);
}

static bool has_network(const Identity *identity, int family)
{
    for (guint i = 0; i < identity->networks->len; i++)
        if (g_array_index(identity->networks, Network, i).base.family == family)
            return true;
    return false;
}

static bool is_shared_network(const Case *c)
{
    for (guint i = 0; i < c->identity->weak_networks->len; i++)
        if (network_contains(&g_array_index(c->identity->weak_networks, Network, i),
                             &c->trace->injection.ip))
            return true;
    return false;
}

static Answer foreign_injection(const Case *c)
{
    g_autofree char *ip = case_ip(c), *text = NULL;
    const Trace *trace = c->trace;
    Strength strength = STRENGTH_STRONG;

    if (c->identity->networks->len == 0)
        return answer_no("your networks are not known, so no address can be called foreign");
    if (!trace->injection.ip.family)
        return answer_no("nobody recorded from where it was handed over");
    if (trace->injection.forwarder)
        return answer_no("it was handed over by a forwarder that you declared");
    if (!is_foreign(c))
        return answer_no(trace->injection.own ? "it was handed over by you"
                                              : "your own host took it");
    if (is_shared_network(c))
        return answer_no("it was handed over from a network that you share with others");
    text = g_strdup_printf("%s handed it to %s; it is not one of your servers", ip,
                           c->hop ? peer_writer(c->hop) : "the reporter");
    if (trace->injection.source == INJECTION_DIAGNOSTIC ||
        !has_network(c->identity, trace->injection.ip.family))
        return answer_yes(STRENGTH_WEAK, g_steal_pointer(&text));
    if (c->complete && !trace->held_why)
        strength = STRENGTH_PROOF;
    if (trace->held_why)
        return answer_yes(strength, g_strdup_printf("%s (no proof: %s)", text, trace->held_why));
    return answer_yes(strength, g_steal_pointer(&text));
}

static Answer claims_us(const Case *c)
{
    g_autofree char *ip = case_ip(c);
    bool literal;

    if (!c->hop || !is_foreign(c))
        return answer_no("no stranger handed it over");
    literal = c->hop->helo_ip.family && identity_owns_ip(c->identity, &c->hop->helo_ip);
    if (!literal && !identity_owns_host(c->identity, c->hop->from_helo))
        return answer_no("who handed it over did not call itself one of yours");
    if (identity_owns_host(c->identity, peer_looked_up(c->hop)))
        return answer_no("the DNS, too, gives it one of your names");
    return answer_yes(c->complete && !c->trace->held_own ? STRENGTH_STRONG : STRENGTH_WEAK,
                      g_strdup_printf("%s called itself %s, which is yours, but its address is not",
                                      ip, c->hop->from_helo));
}

/* Nothing but names speak against the line: somebody with addresses that we were not told of can
 * write such a line honestly. */
static bool only_names_contradict(const Trace *trace, int hop)
{
    for (guint i = 0; i < trace->links->len; i++) {
        const Link *link = &g_array_index(trace->links, Link, i);

        if (link->hop == hop && link->result == LINK_STRONG &&
            strcmp(link->test, "adjacency") != 0 && strcmp(link->test, "identity-theft") != 0)
            return false;
    }
    return true;
}

static Answer forged_hop(const Case *c)
{
    const Trace *trace = c->trace;
    const Hop *hop;
    const char *why;
    bool weak;

    if (trace->forged_hop < 0 || trace->forged_hop >= (int)trace->returned->len)
        return answer_no("no line of the returned message is contradicted");
    if (trace->has_list_id)
        return answer_no("a line is contradicted, but lists rewrite what they send on");
    hop = trace->returned->pdata[trace->forged_hop];
    why = trace->returned_notes[trace->forged_hop].why;
    weak = !c->complete && only_names_contradict(trace, trace->forged_hop);
    return answer_yes(weak ? STRENGTH_WEAK : STRENGTH_STRONG,
                      g_strdup_printf("the line by %s is forged: %s", peer_writer(hop),
                                      why ? why : "it is contradicted"));
}

static Answer not_sent_here(const Case *c)
{
    const Identity *identity = c->identity;
    gint64 date = c->bounce->returned.date;

    if (!c->facts || !c->facts->asked)
        return answer_no("no mailbox was asked");
    if (c->facts->sent_here != TRI_NO)
        return answer_no("your sent folders do not say");
    if (!identity->sent_complete)
        return answer_no("it is not in your sent folders, but not all that you send is kept there");
    if (date == TIME_NONE || !c->bounce->returned.message_id)
        return answer_no("without its date and Message-ID it cannot be looked for");
    if (identity->sent_since != TIME_NONE && date < identity->sent_since)
        return answer_no("it is older than what your sent folders keep");
    return answer_yes(STRENGTH_STRONG,
                      g_strdup("all that you send is kept, and this is not among it"));
}

static Answer virus_or_spam(const Case *c)
{
    if (!c->complete)
        return answer_no("this counts only where all your networks are known");
    for (guint i = 0; i < c->bounce->recipients->len; i++) {
        const Recipient *recipient = c->bounce->recipients->pdata[i];

        if (recipient->reason == REASON_VIRUS || recipient->reason == REASON_SPAM)
            return answer_yes(
                STRENGTH_WEAK,
                g_strdup_printf("it was refused as %s",
                                recipient->reason == REASON_VIRUS ? "a virus" : "spam"));
    }
    return answer_no("it was not refused as virus or spam");
}

static Answer dynamic_injection(const Case *c)
{
    g_autofree char *ip = case_ip(c);

    if (!c->complete)
        return answer_no("this counts only where all your networks are known");
    if (!c->hop || !is_foreign(c))
        return answer_no("no stranger handed it over");
    if (!peer_is_nameless_or_home(c->hop))
        return answer_no("who handed it over has the name of a server");
    return answer_yes(
        STRENGTH_WEAK,
        peer_looked_up(c->hop)
            ? g_strdup_printf("%s (%s) is a home or dynamic connection", ip, peer_looked_up(c->hop))
            : g_strdup_printf("%s has no name that leads back to it", ip));
}

static Answer not_our_id(const Case *c)
{
    const char *id = c->bounce->returned.message_id;

    if (!c->complete)
        return answer_no("this counts only where all your networks are known");
    if (!id || !c->identity->id_pattern)
        return answer_no("no pattern of your Message-IDs, or no Message-ID came back");
    if (g_regex_match_simple(c->identity->id_pattern, id, 0, 0))
        return answer_no("its Message-ID is shaped like yours");
    return answer_yes(STRENGTH_WEAK,
                      g_strdup_printf("its Message-ID %s is not shaped like yours", id));
}

/* An address of ours without a tag, or with a wrong one. */
static bool is_untagged(const Case *c, const char *address)
{
    BatvResult result = batv_check(address, c->identity->batv_keys, TIME_NONE);

    return address && identity_owns_address(c->identity, address) &&
           (result == BATV_PLAIN || result == BATV_WRONG);
}

static Answer unsigned_return_path(const Case *c)
{
    const char *address = NULL;

    if (!c->complete)
        return answer_no("this counts only where all your networks are known");
    if (c->identity->batv_keys->len == 0)
        return answer_no("you do not sign your return paths");
    for (guint i = 0; i < c->trace->outer->len && i < 10 && !address; i++)
        address = ((const Hop *)c->trace->outer->pdata[i])->for_;
    if (!address)
        return answer_no("it is not recorded which address it was sent to");
    if (!is_untagged(c, address))
        return answer_no("the address it was sent to carries a tag");
    return answer_yes(
        STRENGTH_WEAK,
        g_strdup_printf("it was sent to %s, without the tag that your mail carries", address));
}

static const Rule rules[] = {
    {"foreign-injection", FOR_BACKSCATTER, foreign_injection},
    {"claims-us", FOR_BACKSCATTER, claims_us},
    {"forged-hop", FOR_BACKSCATTER, forged_hop},
    {"not-sent-here", FOR_BACKSCATTER, not_sent_here},
    {"virus-or-spam", FOR_BACKSCATTER, virus_or_spam},
    {"dynamic-injection", FOR_BACKSCATTER, dynamic_injection},
    {"not-our-id", FOR_BACKSCATTER, not_our_id},
    {"unsigned-return-path", FOR_BACKSCATTER, unsigned_return_path},
};
const RuleTable rules_backscatter = {rules, G_N_ELEMENTS(rules)};
