/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What speaks for it that somebody else sent the returned message in our name. See
 * rules_backscatter.h. */
#include "verdict/rules_backscatter.h"

#include <string.h>

#include "base/address.h"
#include "base/date.h"
#include "base/domain.h"
#include "house/house.h"
#include "trace/peer.h"
#include "verdict/account.h"
#include "verdict/authentication.h"
#include "verdict/login.h"
#include "verdict/results.h"
#include "verdict/tag.h"

/* --- who handed it over ----------------------------------------------------------------------- */

/* A client who logged in at a house where we have an account, too: his address is whatever he has
 * at home. */
static bool is_fellow_client(const Case *c)
{
    if (!c->hop || !c->hop->authenticated)
        return false;
    const char *by = c->hop->by;
    if (case_is_shared(c, &c->trace->handing_ip) || case_has_account(c, by))
        return true;
    for (guint i = 0; i < c->identity->addresses->len; i++) {
        g_autofree char *domain = address_domain(c->identity->addresses->pdata[i]);
        if (domain && house_same(domain, by))
            return true;
    }
    Login login = login_find(c);
    bool own = login.own;
    login_clear(&login);
    return own;
}

static char *foreign_text(const Case *c)
{
    g_autofree char *sender = case_sender(c);
    if (c->wordless)
        return NULL;
    switch (c->trace->injection.source) {
    case INJECTION_DSN_FIELD:
    case INJECTION_ORIGINATING_IP:
        return g_strdup_printf("the bounce's fields name %s as who handed it over, which is not "
                               "one of your servers",
                               sender);
    case INJECTION_DIAGNOSTIC:
        return g_strdup_printf("the refusal names %s as who handed it over, which is not one of "
                               "your servers",
                               sender);
    default:
        return g_strdup_printf("%s is not one of your servers; it handed the message to %s", sender,
                               case_writer(c));
    }
}

static Strength foreign_strength(const Case *c)
{
    InjectionSource source = c->trace->injection.source;
    if (source == INJECTION_DIAGNOSTIC)
        return STRENGTH_WEAK;
    /* a line with several addresses is not honest about one of ours; of a stranger's it is enough
     */
    bool capped = c->trace->capped && !(c->hop && c->hop->ip_disputed);
    if (!c->complete || case_is_held(c) || capped)
        return STRENGTH_STRONG;
    return source == INJECTION_RECEIVED || source == INJECTION_SENTENCE ? STRENGTH_PROOF
                                                                        : STRENGTH_STRONG;
}

static Answer foreign_injection(const Case *c)
{
    const Injection *injection = &c->trace->injection;
    bool said = identity_is_not_own(c->identity, case_sender_name(c), &injection->ip);
    if (c->identity->networks->len == 0 && !said)
        return answer_no("your networks are not known, so no address can be called foreign");
    if (!injection->ip.family)
        return answer_no("nobody recorded from where it was handed over");
    if (injection->forwarder)
        return answer_no("it was handed over by a forwarder that you declared");
    if (ip_is_inside(&injection->ip))
        return answer_no("it was handed over from an address of the inside, which anybody has");
    if (!c->foreign)
        return answer_no(injection->own ? "it was handed over by you" : "your own host took it");
    if (c->shared)
        return answer_no("it was handed over from a network that you share with others");
    if (is_fellow_client(c))
        return answer_no("whoever handed it over logged in where you have an account, too");
    g_autofree char *text = foreign_text(c);
    if (c->hold_text)
        return answer_yes(c, foreign_strength(c), "%s (no proof: %s)", text, c->hold_text);
    return answer_yes(c, foreign_strength(c), "%s", text);
}

static Answer claims_us(const Case *c)
{
    if (!c->hop || !c->foreign)
        return answer_no("no stranger handed it over");
    bool literal = c->hop->helo_ip.family && identity_owns_ip(c->identity, &c->hop->helo_ip);
    if (!literal && !identity_owns_host(c->identity, c->hop->from_helo))
        return answer_no("who handed it over did not call itself one of yours");
    if (identity_owns_host(c->identity, case_sender_name(c)))
        return answer_no("the DNS, too, gives it one of your names");
    g_autofree char *ip = case_ip(c);
    return answer_yes(c, c->complete && !case_is_held(c) ? STRENGTH_STRONG : STRENGTH_WEAK,
                      "%s called itself %s, which is yours, but its address is not", ip,
                      c->hop->from_helo);
}

/* --- what stands below ------------------------------------------------------------------------ */

static Answer forged_answer(const Case *c, int i, Strength strength)
{
    const Hop *hop = c->trace->returned->pdata[i];
    const Hop *newer = i > 0 ? c->trace->returned->pdata[i - 1] : NULL;
    const char *why = c->trace->returned_notes[i].why;
    if (!newer || !newer->from_ip.family || !newer->by || !hop->by ||
        !(trace_contradictions(c->trace, i) & CONTRADICTED_BY_NAMES))
        return answer_yes(c, strength, "the line by %s is forged: %s", peer_writer(hop),
                          why ? why : "it is contradicted");
    bool own = peer_written_by_own(hop, c->identity);
    g_autofree char *ip = case_ip_text(c, &newer->from_ip);
    return answer_yes(c, strength, "a line says that %s%s passed it on; but %s%s gave it to %s",
                      own ? "your " : "", hop->by, ip, own ? ", not yours," : "", newer->by);
}

static Answer forged_hop(const Case *c)
{
    const Trace *trace = c->trace;
    if (trace->forged_hop < 0 || trace->forged_hop >= (int)trace->returned->len)
        return answer_no("no line of the returned message is contradicted");
    if (trace->has_list_id && !c->bare_sender)
        return answer_no("a line is contradicted, but lists rewrite what they send on");
    /* what only names speak against can be an honest line of somebody with addresses that we were
     * not told of */
    bool weak =
        !c->complete && !(trace_contradictions(trace, trace->forged_hop) & CONTRADICTED_BY_ELSE);
    Answer answer = forged_answer(c, trace->forged_hop, weak ? STRENGTH_WEAK : STRENGTH_STRONG);
    if (weak)
        answer.ground = GROUND_ORIGIN;
    return answer;
}

/* The Return-Path that the reporter wrote: on top of all lines. SRS and BATV are taken off where
 * addresses are compared. */
static Answer foreign_return_path(const Case *c)
{
    const GPtrArray *headers = c->bounce->returned.headers;
    for (guint i = 0; i < headers->len; i++) {
        const Header *header = headers->pdata[i];
        if (!header_is(header, "Return-Path") || header->above > 0)
            continue;
        g_autofree char *address = address_extract(span_of(header->value));
        if (!address || !strchr(address, '@'))
            return answer_no("the reporter recorded no return path");
        if (identity_owns_address(c->identity, address))
            return answer_no("the return path that the reporter recorded is yours");
        return answer_yes(c, STRENGTH_WEAK,
                          "it had the return path %s, which is not "
                          "yours",
                          address);
    }
    return answer_no("the reporter recorded no return path");
}

/* --- what the store and others say ------------------------------------------------------------ */

static Answer not_sent_here(const Case *c)
{
    const Identity *identity = c->identity;
    gint64 date = c->bounce->returned.date;
    if (!c->facts || !c->facts->asked)
        return answer_no("no mailbox was asked");
    if (c->facts->sent_here != TRI_NO)
        return answer_no("your sent folders do not say");
    if (date == TIME_NONE || !c->bounce->returned.message_id)
        return answer_no("without its date and Message-ID it cannot be looked for");
    case_note_promise(c, PROMISE_KEPT);
    if (!identity->sent_complete)
        return answer_no("it is not in your sent folders, but not all that you send is kept there");
    if (identity->sent_since != TIME_NONE && date < identity->sent_since)
        return answer_no("it is older than what your sent folders keep");
    return answer_yes(c, STRENGTH_STRONG, "all that you send is kept, and this is not among it");
}

static Answer few_organisations(const Case *c)
{
    g_autofree char *looked = c->wordless ? NULL : date_format_rfc3339(c->counts->looked);
    return answer_no_because(
        c,
        "fewer than three organisations report mail from that address (other bounces were last "
        "looked at %s)",
        looked);
}

/* Three organisations saw one stranger: that was no filter of any of them. Of a sender of ours that
 * was forgotten it says nothing. */
static Answer corroborated(const Case *c)
{
    const CaseCounts *counts = c->counts;
    if (!counts)
        return answer_no("no other bounces were looked at");
    if (!c->foreign)
        return answer_no("no stranger handed it over");
    if (counts->organisations < 3)
        return few_organisations(c);
    if (counts->sent_here)
        return answer_no("mail of yours came from that address, too");
    g_autofree char *ip = case_ip(c);
    bool strong = c->complete || counts->nameless || c->bare_sender;
    return answer_yes(c, strong ? STRENGTH_STRONG : STRENGTH_WEAK,
                      "%u organisations report mail in your name from %s: %s",
                      counts->organisations, ip, counts->names ? counts->names : "unnamed");
}

/* --- little things ---------------------------------------------------------------------------- */

#define ONLY_COMPLETE "this counts only where all your networks are known"

static Answer virus_or_spam(const Case *c)
{
    if (!c->complete)
        return answer_no(ONLY_COMPLETE);
    for (guint i = 0; i < c->bounce->recipients->len; i++) {
        const Recipient *recipient = c->bounce->recipients->pdata[i];
        bool said =
            recipient->reason_where == WHERE_REPLY || recipient->reason_where == WHERE_DIAGNOSTIC;
        if (said && (recipient->reason == REASON_VIRUS || recipient->reason == REASON_SPAM))
            return answer_yes(c, STRENGTH_WEAK, "it was refused as %s",
                              recipient->reason == REASON_VIRUS ? "a virus" : "spam");
    }
    if (c->bounce->kind == KIND_VIRUS_NOTICE)
        return answer_yes(c, STRENGTH_WEAK, "it was refused as a virus");
    return answer_no("it was not refused as virus or spam");
}

static Answer dynamic_injection(const Case *c)
{
    g_autofree char *ip = case_ip(c);
    if (!c->complete)
        return answer_no(ONLY_COMPLETE);
    if (!c->foreign || !c->hop)
        return answer_no("no stranger handed it over");
    if (!peer_is_nameless_or_home(c->hop))
        return answer_no("who handed it over has the name of a server");
    const char *name = case_sender_name(c);
    if (name)
        return answer_yes(c, STRENGTH_WEAK, "%s (%s) is a home or dynamic connection", ip, name);
    return answer_yes(c, STRENGTH_WEAK,
                      c->bare_sender ? "%s has no name that leads back to it"
                                     : "%s gave no name that a server would have",
                      ip);
}

static Answer not_our_id(const Case *c)
{
    const char *id = c->bounce->returned.message_id;
    if (!c->complete)
        return answer_no(ONLY_COMPLETE);
    if (!id || !c->identity->id_pattern)
        return answer_no("no pattern of your Message-IDs, or no Message-ID came back");
    if (g_regex_match_simple(c->identity->id_pattern, id, 0, 0))
        return answer_no("its Message-ID is shaped like yours");
    return answer_yes(c, STRENGTH_WEAK, "its Message-ID %s is not shaped like yours", id);
}

static Answer unsigned_return_path(const Case *c)
{
    if (!c->complete)
        return answer_no(ONLY_COMPLETE);
    if (c->identity->batv_keys->len == 0)
        return answer_no("you do not sign your return paths");
    const Tag *tag = c->tag;
    if (!tag->address || !tag->recorded)
        return answer_no("it is not recorded which address it was sent to");
    if (tag->result != BATV_PLAIN && tag->result != BATV_WRONG)
        return answer_no("the address it was sent to carries a tag");
    return answer_yes(c, STRENGTH_WEAK,
                      "it was sent to %s, without the tag that "
                      "your mail carries",
                      tag->address);
}

static const Rule rules[] = {
    {"foreign-injection", FOR_BACKSCATTER, GROUND_ORIGIN, foreign_injection},
    {"claims-us", FOR_BACKSCATTER, GROUND_ORIGIN, claims_us},
    {"forged-hop", FOR_BACKSCATTER, GROUND_CHAIN, forged_hop},
    {"not-sent-here", FOR_BACKSCATTER, GROUND_STORE, not_sent_here},
    {"unsigned", FOR_BACKSCATTER, GROUND_SIGNATURE, authentication_unsigned},
    {"other-account", FOR_BACKSCATTER, GROUND_LOGIN, account_other},
    {"web-script", FOR_BACKSCATTER, GROUND_LOGIN, account_script},
    {"corroborated", FOR_BACKSCATTER, GROUND_REPORTERS, corroborated},
    {"failed-authentication", FOR_BACKSCATTER, GROUND_AUTHENTICATION, results_failed},
    {"refused-authentication", FOR_BACKSCATTER, GROUND_AUTHENTICATION, authentication_refused},
    {"foreign-return-path", FOR_BACKSCATTER, GROUND_ORIGIN, foreign_return_path},
    {"virus-or-spam", FOR_BACKSCATTER, GROUND_CONTENT, virus_or_spam},
    {"dynamic-injection", FOR_BACKSCATTER, GROUND_ORIGIN, dynamic_injection},
    {"not-our-id", FOR_BACKSCATTER, GROUND_COPYABLE, not_our_id},
    {"unsigned-return-path", FOR_BACKSCATTER, GROUND_TAG, unsigned_return_path},
};
const RuleTable rules_backscatter = {rules, G_N_ELEMENTS(rules)};
