/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What speaks for it that the returned message was ours. See rules_genuine.h. */
#include "verdict/rules_genuine.h"

#include "base/address.h"
#include "base/domain.h"
#include "house/house.h"
#include "trace/peer.h"
#include "verdict/account.h"
#include "verdict/authentication.h"
#include "verdict/login.h"
#include "verdict/results.h"
#include "verdict/tag.h"

/* --- our server handed it over ---------------------------------------------------------------- */

static Strength lesser(Strength a, Strength b)
{
    return MIN(a, b);
}

/* How far a line of the reporter's can be trusted. */
static Strength standing_strength(const Case *c)
{
    switch (c->trace->reporter) {
    case REPORTER_VOUCHED:
        return c->vouched ? STRENGTH_PROOF : STRENGTH_STRONG;
    case REPORTER_UNKNOWN:
        return STRENGTH_STRONG;
    default:
        return STRENGTH_WEAK;
    }
}

/* How far the place can be trusted where the address is written. What a field or a diagnostic says
 * is the client's word. */
static Strength source_strength(const Case *c)
{
    switch (c->trace->injection.source) {
    case INJECTION_RECEIVED:
        return c->trace->capped || c->trace->outer_capped ? STRENGTH_STRONG : STRENGTH_PROOF;
    case INJECTION_SENTENCE:
    case INJECTION_FILTER_HEADER:
        return STRENGTH_STRONG;
    default:
        return STRENGTH_WEAK;
    }
}

/* From the servers of a shared house all its customers send: of them, only those that were not told
 * apart by name. */
static Strength house_strength(const Case *c)
{
    if (c->trace->not_ours)
        return STRENGTH_WEAK;
    /* what it called itself can only take belief away */
    if (!house_is_shared(case_sender_name(c)) && !(c->hop && house_is_shared(peer_name(c->hop))))
        return STRENGTH_PROOF;
    return account_names_another(c) ? STRENGTH_WEAK : STRENGTH_STRONG;
}

/* What takes belief from it, as the end of a sentence; NULL for nothing. The caller frees it. */
static char *standing_words(const Case *c)
{
    const Trace *trace = c->trace;
    if (c->wordless)
        return NULL;
    if (trace->not_ours)
        return g_strdup_printf("; but %s", trace->not_ours);
    if (trace->reporter == REPORTER_DOUBTFUL)
        return g_strdup("; but nothing ties who brought the bounce to the reporter");
    if (trace->reporter == REPORTER_CONTRADICTED)
        return g_strdup("; but the reporter is not who it says");
    if (trace->capped)
        return g_strdup_printf("; but %s", trace->capped_why);
    if (!c->vouched)
        return g_strdup("; but nothing outside vouches for the reporter");
    if (trace->outer_capped)
        return g_strdup("; but a stranger could have brought the bounce in that way");
    return NULL;
}

/* Of a line that nothing takes belief from it is said what it shows and what not. */
static Answer answer_own(const Case *c, const char *how)
{
    g_autofree char *ip = case_ip(c), *words = standing_words(c);
    Strength strength = lesser(lesser(standing_strength(c), source_strength(c)), house_strength(c));
    if (words)
        return answer_yes(c, strength,
                          c->trace->capped ? "a line by %s says that %s, which is "
                                             "yours, handed it over%s%s"
                                           : "%s says that %s, which is yours, handed "
                                             "it over%s%s",
                          case_writer(c), ip, how, words);
    return answer_yes(c, strength,
                      "%s saw %s, which is yours, hand it over%s; that "
                      "shows your server, not the person",
                      case_writer(c), ip, how);
}

/* The client said so himself: to the reporter, in a greeting or a field. */
static bool is_hearsay(const Case *c)
{
    InjectionSource source = c->trace->injection.source;
    return source == INJECTION_DSN_FIELD || source == INJECTION_ORIGINATING_IP ||
           source == INJECTION_DIAGNOSTIC;
}

static bool is_own_handover(const Case *c)
{
    return c->trace->injection.own && !c->trace->injection.by_own;
}

/* A line that shows our address stands below a step that a stranger could have written. */
static Answer answer_beyond(const Case *c)
{
    const Injection *injection = &c->trace->injection;
    const Hop *hop = c->trace->returned->pdata[injection->beyond_hop];
    g_autofree char *ip = case_ip_text(c, &injection->beyond_ip);
    return answer_yes(c, lesser(standing_strength(c), STRENGTH_STRONG),
                      "a line by %s shows %s, which is yours, handing it over; but %s",
                      peer_writer(hop), ip,
                      c->trace->capped_why ? c->trace->capped_why : "it may be invented");
}

static Answer own_injection(const Case *c)
{
    const Ip *ip = &c->trace->injection.ip;
    if (c->trace->injection.own_beyond)
        return answer_beyond(c);
    if (!ip->family)
        return answer_no("nobody recorded from where it was handed over");
    if (is_own_handover(c) && is_hearsay(c))
        return answer_yes(c, STRENGTH_WEAK,
                          "the bounce repeats an address of yours, which whoever handed "
                          "the message over may have named himself");
    if (is_own_handover(c) && !c->trace->forwarded)
        return answer_own(c, "");
    if (is_own_handover(c))
        return answer_no("it came by a declared forwarder: see via-forwarder");
    if (c->shared)
        return answer_yes(c, STRENGTH_WEAK,
                          "it was handed over from a network that you "
                          "share with other customers of your provider");
    return answer_no(c->trace->injection.own ? "your own host wrote that line itself"
                                             : "the address that handed it over is not yours");
}

static Answer via_forwarder(const Case *c)
{
    if (!c->trace->forwarded)
        return answer_no("no declared forwarder handed it over");
    if (!is_own_handover(c) || is_hearsay(c))
        return answer_no("the forwarder's own line does not show an address of yours");
    return answer_own(c, " to a forwarder that you declared");
}

static Answer own_reporter(const Case *c)
{
    if (!c->own_wrote)
        return answer_no("no host of yours wrote it");
    if (c->trace->relay == RELAY_SUBMITTED)
        return answer_yes(
            c,
            lesser(standing_strength(c), c->trace->own_unnamed ? STRENGTH_STRONG : STRENGTH_PROOF),
            "your own host wrote the %s, for a message that was "
            "submitted to it",
            case_noun(c));
    return answer_no("your own host wrote it, but nothing shows that the message was submitted "
                     "there");
}

static Answer own_login(const Case *c)
{
    Login login = login_find(c);
    Answer answer;
    if (!login.hop)
        answer = answer_no("no line that can be believed shows a login");
    else if (!login.own || !login.name || peer_written_by_own(login.hop, c->identity))
        answer = answer_no(login.own ? "the login was at your own server, which its line shows"
                                     : "who logged in is none of your addresses");
    else
        answer =
            answer_yes(c, lesser(standing_strength(c), STRENGTH_STRONG),
                       "%s says that %s logged in to send it", peer_writer(login.hop), login.name);
    if (login.capped) /* who wrote the line wrote the login, too */
        answer.ground = GROUND_ORIGIN;
    login_clear(&login);
    return answer;
}

/* --- what the store and the signature say ----------------------------------------------------- */

static Answer sent_here(const Case *c)
{
    if (!c->facts || !c->facts->asked)
        return answer_no("no mailbox was asked");
    if (c->facts->sent_here != TRI_YES)
        return c->facts->sent_misfit ? answer_no_because(c, "%s", c->facts->sent_misfit)
                                     : answer_no("no file in your sent folders fits it");
    return answer_yes(c, c->foreign ? STRENGTH_STRONG : STRENGTH_PROOF, "you sent it: %s%s",
                      c->facts->sent_text ? c->facts->sent_text : "it is in your sent folder",
                      c->foreign ? "; but another address handed it over, and ids can be copied"
                                 : "");
}

/* The header of the message is ours. Whoever got it can have sent it on: to whom it went is in what
 * we signed, or in what we keep of it. */
static Answer own_dkim(const Case *c)
{
    const Signature *signature = &c->bounce->returned.signature;
    const char *what = signature->state == SIGNATURE_WHOLE
                           ? "header and body came back as you signed them"
                           : "the header came back as you signed it";
    if (signature->state == SIGNATURE_NONE)
        return answer_no("no signature of yours is on it, or no key of yours is known");
    if (signature->state == SIGNATURE_FAILS)
        return answer_no("a signature in your name does not verify");
    if (signature->state == SIGNATURE_REFUSED)
        return answer_no_because(c, "a signature in your name proves nothing: %s",
                                 signature->why ? signature->why : "it is refused");
    if (signature->expired || signature->other_body)
        return answer_yes(c, STRENGTH_STRONG,
                          "you signed its header (DKIM key %s), but %s: somebody may have sent "
                          "it again",
                          signature->key,
                          signature->expired ? "the signature had expired when it came back"
                                             : "the body that came back is another one");
    if (c->trace->not_ours)
        return answer_yes(c, STRENGTH_STRONG, "your server signed it (DKIM key %s), but %s",
                          signature->key, c->trace->not_ours);
    if (signature->recipient)
        return answer_yes(c, STRENGTH_PROOF, "you signed it (DKIM key %s): %s, addressed to %s",
                          signature->key, what, signature->recipient);
    if (c->facts && c->facts->sent_here == TRI_YES)
        return answer_yes(c, STRENGTH_PROOF,
                          "you signed it (DKIM key %s): %s, and you keep a copy sent to the "
                          "failed recipient",
                          signature->key, what);
    return answer_yes(c, STRENGTH_STRONG,
                      "you signed it (DKIM key %s), but the failed recipient is not "
                      "among those it was addressed to: somebody may have sent it on",
                      signature->key);
}

/* --- shapes and what can be copied ------------------------------------------------------------ */

static Answer replies_to_known(const Case *c)
{
    if (!c->facts || c->facts->replies_to_known != TRI_YES)
        return answer_no("it replies to nothing in your mailbox");
    return answer_yes(c, STRENGTH_WEAK, "it replies to a message in your mailbox");
}

static Answer known_correspondent(const Case *c)
{
    if (!c->facts || c->facts->known_correspondent != TRI_YES)
        return answer_no("neither the failed recipient nor an addressee is anybody to whom you "
                         "wrote");
    if (c->facts->known_addressee)
        return answer_yes(c, STRENGTH_WEAK,
                          "you have exchanged mail with %s, to whom it is addressed",
                          c->facts->known_addressee);
    return answer_yes(c, STRENGTH_WEAK, "%s",
                      bounce_kind_is_bounce(c->bounce->kind)
                          ? "you have written to the failed recipient before"
                          : "you have written before to the one who answers");
}

static Answer own_id_shape(const Case *c)
{
    const char *id = c->bounce->returned.message_id;
    if (!id)
        return answer_no("no Message-ID came back");
    if (!c->identity->id_pattern)
        return answer_no("no pattern of your Message-IDs is configured");
    if (!g_regex_match_simple(c->identity->id_pattern, id, 0, 0))
        return answer_no("its Message-ID has another shape than yours");
    return answer_yes(c, STRENGTH_WEAK, "its Message-ID %s is shaped like yours", id);
}

static Answer unverified_signature(const Case *c)
{
    if (!c->said->signer)
        return answer_no("it carries no signature in your name");
    SignatureState state = c->bounce->returned.signature.state;
    if (state != SIGNATURE_NONE && state != SIGNATURE_REFUSED)
        return answer_no("its signature was checked: see own-dkim");
    return answer_yes(c, STRENGTH_WEAK,
                      "it carries a signature in the name of %s, "
                      "which could not be checked",
                      c->said->signer);
}

static Answer answer_tag(const Case *c, Strength strength, Ground ground, const char *words)
{
    Answer answer = answer_yes(c, strength, "it was sent to %s%s", c->tag->address, words);
    answer.ground = ground;
    return answer;
}

static Answer signed_return_path(const Case *c)
{
    const Tag *tag = c->tag;
    switch (tag->result) {
    case BATV_VERIFIED:
        return answer_tag(c, tag->recorded ? STRENGTH_PROOF : STRENGTH_STRONG, GROUND_TAG,
                          ", and the tag was made with your key");
    case BATV_OLD:
        return answer_tag(c, STRENGTH_WEAK, GROUND_COPYABLE,
                          ": a tag of your key, but of other days");
    case BATV_WRONG:
        return answer_no("the tag of its return path was not made with your key");
    case BATV_TAGGED:
        return answer_tag(c, STRENGTH_WEAK, GROUND_COPYABLE,
                          ", a tagged return path that nothing can verify");
    default:
        return answer_no("the address it was sent to carries no tag");
    }
}

static const Rule rules[] = {
    {"own-injection", FOR_GENUINE, GROUND_ORIGIN, own_injection},
    {"own-reporter", FOR_GENUINE, GROUND_ORIGIN, own_reporter},
    {"via-forwarder", FOR_GENUINE, GROUND_ORIGIN, via_forwarder},
    {"sent-here", FOR_GENUINE, GROUND_STORE, sent_here},
    {"own-dkim", FOR_GENUINE, GROUND_SIGNATURE, own_dkim},
    {"signed-return-path", FOR_GENUINE, GROUND_TAG, signed_return_path},
    {"own-login", FOR_GENUINE, GROUND_LOGIN, own_login},
    {"authenticated-as-us", FOR_GENUINE, GROUND_AUTHENTICATION, results_as_us},
    {"refused-authentication", FOR_GENUINE, GROUND_COPYABLE, authentication_refused_us},
    {"replies-to-known", FOR_GENUINE, GROUND_COPYABLE, replies_to_known},
    {"known-correspondent", FOR_GENUINE, GROUND_COPYABLE, known_correspondent},
    {"own-id-shape", FOR_GENUINE, GROUND_COPYABLE, own_id_shape},
    {"unverified-signature", FOR_GENUINE, GROUND_COPYABLE, unverified_signature},
};
const RuleTable rules_genuine = {rules, G_N_ELEMENTS(rules)};
