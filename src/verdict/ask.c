/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking. See ask.h. */
#include "verdict/ask.h"

#include <string.h>

#include "house/hostname.h"
#include "verdict/account.h"
#include "verdict/authentication.h"
#include "verdict/question.h"
#include "verdict/settle.h"

static void add(Verdict *verdict, QuestionKind kind, const char *subject)
{
    g_autofree char *id = question_id(kind, subject);
    for (guint i = 0; id && i < verdict->questions->len; i++)
        if (strcmp(verdict->questions->pdata[i], id) == 0)
            return;
    if (id)
        g_ptr_array_add(verdict->questions, g_steal_pointer(&id));
}

/* Somebody other than the bounce itself stands for what it says. */
static bool may_name(const Case *c)
{
    return (c->vouched && !c->trace->capped) || (c->counts && c->counts->organisations >= 2);
}

/* What a client wrote into a field is asked about no more than what it called itself. */
static bool is_recorded(const Case *c)
{
    InjectionSource source = c->trace->injection.source;
    return source == INJECTION_RECEIVED || source == INJECTION_SENTENCE;
}

/* A home connection is never offered as one of our servers. */
static bool may_be_own(const Case *c)
{
    return c->foreign && !hostname_is_home(case_sender_name(c), &c->trace->injection.ip) &&
           !identity_is_not_own(c->identity, case_sender_name(c), &c->trace->injection.ip);
}

/* Whether there was something to ask. */
static bool ask_about_sender(const Case *c, Verdict *verdict)
{
    guint before = verdict->questions->len;
    g_autofree char *ip = ip_format(&c->trace->injection.ip);
    const char *name = case_sender_name(c);
    if (!may_name(c) || !is_recorded(c))
        return false;
    if (c->held_own && may_be_own(c))
        add(verdict, QUESTION_IS_OWN, ip);
    if (c->held_carrier && c->foreign && !c->denied)
        add(verdict, QUESTION_FORWARDER, name ? name : ip);
    if (account_is_open(c)) {
        g_autofree char *account = account_named(c);
        add(verdict, QUESTION_ACCOUNT, account);
    }
    if (may_be_own(c)) {
        case_note_promise(c, PROMISE_COMPLETE);
        if (!c->complete)
            add(verdict, QUESTION_IS_OWN, ip);
    }
    return verdict->questions->len > before;
}

/* The promises that hold something for the case: what is not kept, not signed, from elsewhere. */
static Said promises_holding(const Case *c, bool holds)
{
    Said holding = {
        .holds = holds,
        .kept = c->bounce->returned.message_id && !case_was_sent_here(c),
        .keyed = !c->said->signer && c->said->whole && !c->own_wrote,
        .complete = c->identity->networks->len > 0 && c->foreign,
    };
    case_note_promise(c, holding.keyed ? PROMISE_SIGNED : 0);
    return holding;
}

/* Of @holding those where neither yes nor no was said. Where no folder keeps what was sent, it is
 * no question whether all is kept. */
static Said promises_open(const Case *c, const Said *holding)
{
    const Identity *identity = c->identity;
    bool keeps = !c->facts || !c->facts->asked || c->facts->sent_kept;
    return (Said){
        .holds = holding->holds,
        .kept =
            holding->kept && keeps && !identity->sent_complete && !identity->sent_complete_denied,
        .keyed = holding->keyed && !identity->dkim_always && !identity->dkim_always_denied,
        .complete = holding->complete && !identity->complete && !identity->complete_denied,
    };
}

/* Which of @open settles it alone; else all, since they do together. */
static Said promises_useful(const Case *c, const Circumstances *about, const Said *open,
                            const Verdict *verdict)
{
    const Said kept = {.holds = open->holds, .kept = open->kept};
    const Said keyed = {.holds = open->holds, .keyed = open->keyed};
    const Said complete = {.holds = open->holds, .complete = open->complete, .named = open->named};
    Said useful = {.holds = open->holds};
    useful.kept = open->kept && settle_would(c, about, verdict, &kept);
    useful.keyed = open->keyed && settle_would(c, about, verdict, &keyed);
    useful.complete = open->complete && settle_would(c, about, verdict, &complete);
    bool alone = useful.kept || useful.keyed || useful.complete;
    bool any = open->kept || open->keyed || open->complete;
    return !alone && any && settle_would(c, about, verdict, open) ? *open : useful;
}

/* @holds: the answers to questions that are asked already close what holds it back. More promises
 * never settle less: where all do not, whether they are asked for or not, none is asked for, and
 * neither what is kept nor what is named matters. */
static void ask_for_promises(const Case *c, const Circumstances *about, bool holds,
                             Verdict *verdict)
{
    const Said holding = promises_holding(c, holds);
    Said open = promises_open(c, &holding);
    bool unnamed = holding.complete && !c->identity->complete;
    g_autoptr(Verdict) named = unnamed ? settle_if_named(c, holds) : NULL;
    const Said all = {holds, holding.kept, open.keyed, unnamed, named};
    open.named = named;
    if (!settle_would(c, about, verdict, &all))
        return;
    case_note_promise(c, (holding.kept ? PROMISE_KEPT : 0) |
                             (holding.complete ? PROMISE_COMPLETE : 0));
    Said useful = promises_useful(c, about, &open, verdict);
    if (useful.kept)
        add(verdict, QUESTION_SENT_COMPLETE, NULL);
    if (useful.keyed)
        add(verdict, QUESTION_SIGNS_ALL, NULL);
    if (useful.complete)
        add(verdict, QUESTION_COMPLETE, NULL);
}

void ask_questions(const Case *c, const Circumstances *about, Verdict *verdict)
{
    if (verdict->value != VERDICT_UNDECIDED)
        return;
    if (!identity_is_empty(c->identity)) {
        bool asked = ask_about_sender(c, verdict);
        ask_for_promises(c, about, asked, verdict);
    }
    if (verdict->questions->len == 0 && !c->wordless)
        verdict->unsettled = g_strdup(settle_obstacle(c, verdict));
}
