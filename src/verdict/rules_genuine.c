/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What speaks for it that the returned message was ours. */
#include <string.h>

#include "base/domain.h"
#include "trace/peer.h"
#include "verdict/batv.h"
#include "verdict/rules.h"

/* ---- our server handed it over ---- */

static Strength lesser(Strength a, Strength b)
{
    return a < b ? a : b;
}

/* How far a line of the reporter's can be trusted. */
static Strength standing_strength(const Case *c)
{
    switch (c->standing) {
    case REPORTER_VOUCHED:
        return STRENGTH_PROOF;
    case REPORTER_UNKNOWN:
        return STRENGTH_STRONG;
    default:
        return STRENGTH_WEAK;
    }
}

/* How far the place can be trusted where the address is written. */
static Strength source_strength(const Case *c)
{
    if (c->trace->capped)
        return STRENGTH_STRONG;
    switch (c->trace->injection.source) {
    case INJECTION_RECEIVED:
        return STRENGTH_PROOF;
    case INJECTION_SENTENCE:
        return c->bounce->has_report ? STRENGTH_PROOF : STRENGTH_STRONG;
    case INJECTION_DSN_FIELD:
        return STRENGTH_STRONG;
    default:
        return STRENGTH_WEAK;
    }
}

static const char *standing_words(const Case *c)
{
    if (c->standing == REPORTER_VOUCHED)
        return c->trace->capped ? c->trace->capped_why : NULL;
    return c->standing == REPORTER_UNKNOWN ? "nothing outside vouches for the reporter"
                                           : "but the reporter is not who it says";
}

static Answer answer_own(const Case *c, const char *how)
{
    g_autofree char *ip = case_ip(c);
    const char *words = standing_words(c);

    return answer_yes(
        lesser(standing_strength(c), source_strength(c)),
        g_strdup_printf("%s saw %s, which is yours, hand it over%s%s%s; that shows your server, "
                        "not the person",
                        c->hop ? peer_writer(c->hop) : "the reporter", ip, how, words ? "; " : "",
                        words ? words : ""));
}

static bool is_own_handover(const Case *c)
{
    return c->trace->injection.own && !(c->hop && peer_written_by_own(c->hop, c->identity)) &&
           c->trace->injection.source != INJECTION_ORIGINATING_IP;
}

static Answer own_injection(const Case *c)
{
    const Ip *ip = &c->trace->injection.ip;

    if (!ip->family)
        return answer_no("nobody recorded from where it was handed over");
    if (is_own_handover(c) && !c->trace->forwarded)
        return answer_own(c, "");
    if (is_own_handover(c))
        return answer_no("it came by a declared forwarder: see via-forwarder");
    for (guint i = 0; i < c->identity->weak_networks->len; i++)
        if (network_contains(&g_array_index(c->identity->weak_networks, Network, i), ip))
            return answer_yes(STRENGTH_WEAK,
                              g_strdup("it was handed over from a network that you share with "
                                       "other customers of your provider"));
    return answer_no(c->trace->injection.own ? "your own host wrote that line itself"
                                             : "the address that handed it over is not yours");
}

static Answer via_forwarder(const Case *c)
{
    if (!c->trace->forwarded)
        return answer_no("no declared forwarder handed it over");
    if (!is_own_handover(c))
        return answer_no("the forwarder's own line does not show an address of yours");
    return answer_own(c, " to a forwarder that you declared");
}

static Answer own_reporter(const Case *c)
{
    if (!c->own_wrote)
        return answer_no("no host of yours wrote the bounce");
    if (c->trace->relay == RELAY_SUBMITTED)
        return answer_yes(STRENGTH_PROOF, g_strdup("your own host wrote the bounce, for a message "
                                                   "that was submitted to it"));
    return answer_no("your own host wrote it, but nothing shows that the message was submitted "
                     "there");
}

/* ---- what the store knows ---- */

static Answer sent_here(const Case *c)
{
    bool foreign = c->trace->injection.ip.family && !c->trace->injection.own && c->hop &&
                   !peer_written_by_own(c->hop, c->identity);

    if (!c->facts || !c->facts->asked)
        return answer_no("no mailbox was asked");
    if (c->facts->sent_here != TRI_YES)
        return answer_no("no file in your sent folders fits it");
    return answer_yes(
        foreign ? STRENGTH_STRONG : STRENGTH_PROOF,
        g_strdup_printf("you sent it: %s%s",
                        c->facts->sent_text ? c->facts->sent_text : "it is in your sent folder",
                        foreign ? "; but another address handed it over, and ids can be copied"
                                : ""));
}

static Answer own_dkim(const Case *c)
{
    Tri dkim =
        c->facts && c->facts->dkim != TRI_UNKNOWN ? c->facts->dkim : c->bounce->returned.signature;

    if (dkim == TRI_UNKNOWN)
        return answer_no("no signature of yours could be checked");
    if (dkim == TRI_NO)
        return answer_no("a signature in your name does not verify");
    return answer_yes(STRENGTH_PROOF,
                      g_strdup("the returned message carries your signature, which verifies, and "
                               "the failed recipient is among those that it covers"));
}

static Answer replies_to_known(const Case *c)
{
    if (!c->facts || c->facts->replies_to_known != TRI_YES)
        return answer_no("it replies to nothing in your mailbox");
    return answer_yes(STRENGTH_WEAK, g_strdup("it replies to a message in your mailbox"));
}

static Answer known_correspondent(const Case *c)
{
    if (!c->facts || c->facts->known_correspondent != TRI_YES)
        return answer_no("the failed recipient is nobody with whom you exchanged mail");
    return answer_yes(STRENGTH_WEAK, g_strdup("you have exchanged mail with the failed recipient"));
}

/* ---- shapes ---- */

static Answer own_id_shape(const Case *c)
{
    const char *id = c->bounce->returned.message_id;

    if (!id)
        return answer_no("no Message-ID came back");
    if (!c->identity->id_pattern)
        return answer_no("no pattern of your Message-IDs is configured");
    if (!g_regex_match_simple(c->identity->id_pattern, id, 0, 0))
        return answer_no("its Message-ID has another shape than yours");
    return answer_yes(STRENGTH_WEAK, g_strdup_printf("its Message-ID %s is shaped like yours", id));
}

/* The headers that name whom a message was delivered to. */
static const char *const addressed[] = {"To", "Delivered-To", "X-Original-To", "Envelope-To",
                                        "X-Envelope-To"};

typedef struct TagSearch {
    const Case *c;
    gint64 when;
    BatvResult best;
    char *address; /* that gave it; NULL for BATV_PLAIN */
} TagSearch;

static void try_address(TagSearch *s, const char *address)
{
    BatvResult result = batv_check(address, s->c->identity->batv_keys, s->when);
    AddressWrap wrap = ADDRESS_PLAIN;
    g_autofree char *bare = address ? address_unwrap(address, &wrap) : NULL;

    if (result == BATV_PLAIN && wrap == ADDRESS_SRS)
        result = BATV_TAGGED;
    if (result <= s->best || !bare || !identity_owns_address(s->c->identity, address))
        return;
    s->best = result;
    g_free(s->address);
    s->address = g_strdup(address);
}

static TagSearch find_tag(const Case *c)
{
    TagSearch s = {c, TIME_NONE, BATV_PLAIN, NULL};

    for (guint i = 0; i < c->trace->outer->len && s.when == TIME_NONE; i++)
        s.when = ((const Hop *)c->trace->outer->pdata[i])->date.utc;
    for (guint i = 0; i < c->trace->outer->len && i < 10; i++)
        try_address(&s, ((const Hop *)c->trace->outer->pdata[i])->for_);
    for (gsize i = 0; i < G_N_ELEMENTS(addressed); i++) {
        const char *value = headers_get(c->bounce->headers, addressed[i]);
        GPtrArray *list = value ? address_list(span_of(value)) : NULL;

        for (guint k = 0; list && k < list->len && k < 20; k++)
            try_address(&s, list->pdata[k]);
        g_clear_pointer(&list, g_ptr_array_unref);
    }
    return s;
}

static Answer signed_return_path(const Case *c)
{
    TagSearch s = find_tag(c);
    g_autofree char *address = s.address;

    switch (s.best) {
    case BATV_VERIFIED:
        return answer_yes(
            STRENGTH_PROOF,
            g_strdup_printf("it was sent to %s, and the tag was made with your key", address));
    case BATV_OLD:
        return answer_yes(
            STRENGTH_WEAK,
            g_strdup_printf("it was sent to %s: a tag of your key, but of other days", address));
    case BATV_WRONG:
        return answer_no("the tag of its return path was not made with your key");
    case BATV_TAGGED:
        return answer_yes(STRENGTH_WEAK,
                          g_strdup_printf("it was sent to %s, a tagged return path that nothing "
                                          "can verify",
                                          address));
    default:
        return answer_no("the address it was sent to carries no tag");
    }
}

static const Rule rules[] = {
    {"own-injection", FOR_GENUINE, own_injection},
    {"own-reporter", FOR_GENUINE, own_reporter},
    {"sent-here", FOR_GENUINE, sent_here},
    {"own-dkim", FOR_GENUINE, own_dkim},
    {"signed-return-path", FOR_GENUINE, signed_return_path},
    {"via-forwarder", FOR_GENUINE, via_forwarder},
    {"replies-to-known", FOR_GENUINE, replies_to_known},
    {"known-correspondent", FOR_GENUINE, known_correspondent},
    {"own-id-shape", FOR_GENUINE, own_id_shape},
};
const RuleTable rules_genuine = {rules, G_N_ELEMENTS(rules)};
