/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judging. See judge.h. */
#include "verdict/judge.h"

#include "base/address.h"
#include "house/hostname.h"
#include "verdict/ask.h"
#include "verdict/authentication.h"
#include "verdict/bait.h"
#include "verdict/decide.h"
#include "verdict/headline.h"
#include "verdict/login.h"
#include "verdict/results.h"
#include "verdict/rules_backscatter.h"
#include "verdict/rules_fake.h"
#include "verdict/rules_genuine.h"
#include "verdict/rules_undecided.h"
#include "verdict/settle.h"
#include "verdict/tag.h"

static int compare_evidence(gconstpointer a, gconstpointer b)
{
    const Evidence *x = *(const Evidence *const *)a, *y = *(const Evidence *const *)b;
    if (x->for_ != y->for_)
        return (int)x->for_ - (int)y->for_;
    return (int)y->strength - (int)x->strength;
}

static bool names_recipient(const Bounce *bounce)
{
    for (guint i = 0; i < bounce->recipients->len; i++) {
        const Recipient *r = bounce->recipients->pdata[i];
        if (r->final || r->original)
            return true;
    }
    return false;
}

static bool is_bare_handing(const Trace *trace)
{
    return trace->handing_lookup == LOOKUP_NONE ||
           (trace->handing_rdns && hostname_is_home(trace->handing_rdns, &trace->handing_ip));
}

static Circumstances circumstances(const Case *c, const Verdict *verdict)
{
    const Bounce *bounce = c->bounce;
    bool bait =
        verdict_has_rule(verdict, "bait"); /* what only matters with bait is asked with it */
    return (Circumstances){
        .one_voice = !c->vouched || c->trace->outer_capped,
        .held_own = c->held_own,
        .held_carrier = c->held_carrier && !c->trace->held_way,
        .held_way = c->held_carrier && c->trace->held_way,
        .held_sent = c->held_sent,
        .bare_sender = c->bare_sender,
        .denied = c->denied,
        .complete = c->complete || (c->identity->complete && c->identity->networks->len > 0),
        .bare_handing = bait && is_bare_handing(c->trace),
        .complete_report = bounce->has_report && names_recipient(bounce) &&
                           bounce->returned.where != RETURNED_NONE,
        .bait = bait,
        .sharp_bait = bait && bait_is_sharp(c),
    };
}

/* The address of ours in whose name it was sent: its From, its return path, or where the answer
 * came to. */
static char *abused_address(const Case *c)
{
    const Returned *returned = &c->bounce->returned;
    if (identity_owns_address(c->identity, returned->from))
        return address_unwrap(returned->from, NULL);
    const char *path = headers_get(returned->headers, "Return-Path");
    g_autofree char *sender = path ? address_extract(span_of(path)) : NULL;
    if (sender && identity_owns_address(c->identity, sender))
        return address_unwrap(sender, NULL);
    return c->tag->address ? address_unwrap(c->tag->address, NULL) : NULL;
}

/* Whether strong evidence for us may be outweighed, or what speaks against a known sender is
 * enough, hangs on all of ours being named; of a stranger's message that stays undecided
 * ask_questions() tells it. */
static void note_complete(const Case *c, const Verdict *verdict)
{
    const Evidence *genuine = verdict_strongest(verdict, FOR_GENUINE);
    bool open = verdict->value == VERDICT_UNDECIDED && c->foreign &&
                !(genuine && genuine->strength >= STRENGTH_STRONG);
    if (c->trace->injection.ip.family && !open)
        case_note_promise(c, PROMISE_COMPLETE);
}

static void judge(Verdict *verdict, Case *c)
{
    static const RuleTable *const tables[] = {&rules_genuine, &rules_backscatter, &rules_fake,
                                              &rules_undecided};
    Tag tag = tag_find(c);
    Results *results = results_read(c);
    Authentication said = authentication_look(c);
    c->tag = &tag;
    c->results = results;
    c->said = &said;
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++)
        rules_try(tables[i], c, verdict);
    g_ptr_array_sort(verdict->evidence, compare_evidence);
    Circumstances about = circumstances(c, verdict);
    verdict->value = verdict->program = case_decide(c, verdict->evidence, &about);
    if ((verdict->promises & PROMISE_KEPT) && !settle_kept_decides(&about, verdict))
        verdict->promises &= ~(guint)PROMISE_KEPT;
    note_complete(c, verdict);
    if (verdict->value != VERDICT_FAKE)
        verdict->abused = abused_address(c);
    login_warn(c, verdict);
    ask_questions(c, &about, verdict);
    tag_clear(&tag);
    results_free(results);
    authentication_clear(&said);
    c->tag = NULL;
    c->results = NULL;
    c->said = NULL;
}

Verdict *verdict_judge(const Bounce *bounce, const Trace *trace, const Identity *identity,
                       const StoreFacts *facts, const CaseCounts *counts)
{
    Verdict *verdict = verdict_new();
    g_autoptr(Identity) nobody = identity ? NULL : identity_new();
    Case c = {.bounce = bounce,
              .trace = trace,
              .identity = identity ? identity : nobody,
              .facts = facts,
              .counts = counts,
              .promises = &verdict->promises,
              .wordless = !trace_has_words(trace),
              .tells = trace->wording == WORDING_ALL};
    case_prepare(&c);
    if (bounce->kind != KIND_NONE)
        judge(verdict, &c);
    for (guint i = 0; i < bounce->marks->len; i++) {
        const KindMark *mark = bounce->marks->pdata[i];
        verdict_add(verdict, mark->rule, FOR_KIND, STRENGTH_STRONG, GROUND_KIND,
                    c.wordless ? NULL : mark->text);
    }
    if (trace->wording >= WORDING_SUMMARY)
        verdict->summary = headline_make(&c, verdict);
    case_clear(&c);
    return verdict;
}
