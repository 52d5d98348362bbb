/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rules have in common. See case.h. */
#include "verdict/case.h"

#include <string.h>

#include "base/domain.h"
#include "house/hostname.h"
#include "trace/peer.h"

void case_note_promise(const Case *c, guint promises)
{
    *c->promises |= promises;
}

VerdictValue case_decide(const Case *c, const GPtrArray *evidence, const Circumstances *about)
{
    Circumstances other = *about;
    other.complete = !about->complete;
    VerdictValue value = decide(evidence, about);
    if (decide(evidence, &other) != value)
        case_note_promise(c, PROMISE_COMPLETE);
    return value;
}

char *case_ip_text(const Case *c, const Ip *ip)
{
    char *text = c->wordless ? NULL : ip_format(ip);
    return text || c->wordless ? text : g_strdup("unknown");
}

char *case_ip(const Case *c)
{
    return case_ip_text(c, &c->trace->injection.ip);
}

const char *case_sender_name(const Case *c)
{
    return c->trace->injection.name;
}

/* Nothing that needs quoting within quotes, and no novel. */
static char *said(const char *name)
{
    g_autofree char *quoted = g_strdelimit(g_strdup(name), "\"", '\'');
    return g_utf8_strlen(quoted, -1) > 80 ? g_utf8_substring(quoted, 0, 80)
                                          : g_steal_pointer(&quoted);
}

char *case_sender(const Case *c)
{
    if (c->wordless)
        return NULL;
    g_autofree char *ip = case_ip(c);
    const char *name = case_sender_name(c);
    if (name)
        return g_strdup_printf("%s (%s)", ip, name);
    const char *helo = c->hop ? c->hop->from_helo : NULL, *rdns = c->hop ? c->hop->from_rdns : NULL;
    if ((!helo && !rdns) ||
        (c->hop->helo_ip.family && ip_equal(&c->hop->helo_ip, &c->hop->from_ip)))
        return g_steal_pointer(&ip);
    g_autofree char *words = said(helo ? helo : rdns);
    return helo ? g_strdup_printf("%s, which called itself \"%s\",", ip, words)
                : g_strdup_printf("%s, whose name \"%s\" nobody verified,", ip, words);
}

const char *case_writer(const Case *c)
{
    return c->hop ? peer_writer(c->hop) : "the reporter";
}

const char *case_noun(const Case *c)
{
    return bounce_kind_is_bounce(c->bounce->kind) ? "bounce" : "notice";
}

bool case_was_sent_here(const Case *c)
{
    return c->facts && c->facts->asked && c->facts->sent_here == TRI_YES;
}

bool case_is_held(const Case *c)
{
    return c->held_own || c->held_carrier || c->held_sent;
}

bool case_is_ours(const Case *c, const char *name)
{
    Ip ip;
    return identity_owns_host(c->identity, name) ||
           (name && ip_parse_literal(span_of(name), &ip) && identity_owns_ip(c->identity, &ip));
}

bool case_has_account(const Case *c, const char *name)
{
    if (name)
        case_note_promise(c, PROMISE_ACCOUNTS);
    return identity_has_account(c->identity, name);
}

bool case_is_shared(const Case *c, const Ip *ip)
{
    return identity_is_weak(c->identity, ip);
}

/* --- preparing -------------------------------------------------------------------------------- */

static bool is_foreign(const Case *c)
{
    const Injection *injection = &c->trace->injection;
    if (!injection->ip.family || injection->own || injection->own_beyond || injection->forwarder ||
        ip_is_inside(&injection->ip))
        return false;
    return !(c->hop ? injection->by_own : c->own_wrote);
}

/* The line under the injection's is by somebody else than who handed it over, by their names: then
 * what it shows explains nothing. */
static bool is_forged_below(const Case *c)
{
    int next = c->trace->injection.hop + 1;
    return c->hop && next < (int)c->trace->returned->len &&
           c->trace->returned_notes[next].mark == MARK_FORGED &&
           (trace_contradictions(c->trace, next) & CONTRADICTED_BY_NAMES);
}

/* What may explain that a stranger handed our message over, and was not answered yet. That he is
 * not ours does not say that he is not the recipient's. */
static void find_holds(Case *c)
{
    const Trace *trace = c->trace;
    const Ip *ip = &trace->injection.ip;
    if (!c->foreign)
        return;
    c->held_sent = c->facts && c->facts->sent_to;
    if (c->held_sent && !c->wordless)
        c->hold_text = g_strdup_printf("you sent a letter with this id to %s, and who got it may "
                                       "have sent it on",
                                       c->facts->sent_to);
    if (trace->held_why && (trace->held_own || !is_forged_below(c))) {
        c->held_own = trace->held_own;
        c->held_carrier = !trace->held_own;
        if (!c->hold_text && !c->wordless)
            c->hold_text = g_strconcat(
                trace->held_why,
                c->denied ? "; it is not yours, but it may be the recipient's" : NULL, NULL);
    }
    if (!c->denied && c->identity->networks->len > 0 &&
        !identity_has_network(c->identity, ip->family)) {
        c->held_own = true;
        if (!c->hold_text && !c->wordless)
            c->hold_text = g_strdup_printf("you named no network of %s, so it may be yours",
                                           ip->family == 6 ? "IPv6" : "IPv4");
    }
}

static bool is_bare_sender(const Case *c)
{
    const Injection *injection = &c->trace->injection;
    return c->hop && (injection->lookup == LOOKUP_NONE ||
                      (injection->name && hostname_is_home(injection->name, &injection->ip)));
}

void case_prepare(Case *c)
{
    const Trace *trace = c->trace;
    const Ip *ip = &trace->injection.ip;
    c->hop = trace->injection.hop >= 0 && trace->injection.hop < (int)trace->returned->len
                 ? trace->returned->pdata[trace->injection.hop]
                 : NULL;
    c->vouched = trace->reporter == REPORTER_VOUCHED;
    c->denied = identity_is_not_own(c->identity, case_sender_name(c), ip);
    c->complete = identity_complete_for(c->identity, ip->family) || c->denied;
    c->own_wrote = trace->own_wrote;
    c->foreign = is_foreign(c);
    c->shared = case_is_shared(c, ip);
    c->bare_sender = is_bare_sender(c);
    find_holds(c);
}

void case_clear(Case *c)
{
    g_clear_pointer(&c->hold_text, g_free);
}
