/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See settle.h. */
#include "verdict/settle.h"

#include "verdict/rules_backscatter.h"

/* --- if he said ------------------------------------------------------------------------------- */

Verdict *settle_if_named(const Case *c, bool holds)
{
    Verdict *verdict = verdict_new();
    Identity identity = *c->identity;
    Case then = *c;
    identity.complete = true;
    then.identity = &identity;
    then.complete = true;
    then.wordless = true;
    then.tells = false;
    then.held_own = then.held_own && !holds;
    then.held_carrier = then.held_carrier && (!holds || c->trace->held_theirs);
    rules_try(&rules_backscatter, &then, verdict);
    return verdict;
}

/* What stands for it that the message is none of those that he keeps. */
static const Evidence not_kept = {
    .for_ = FOR_BACKSCATTER, .strength = STRENGTH_STRONG, .ground = GROUND_STORE};

bool settle_kept_decides(const Circumstances *about, const Verdict *verdict)
{
    Evidence kept = not_kept;
    Circumstances then = *about;
    g_autoptr(GPtrArray) evidence = g_ptr_array_new();
    for (guint i = 0; i < verdict->evidence->len; i++) {
        Evidence *piece = verdict->evidence->pdata[i];
        if (piece->for_ != FOR_BACKSCATTER || piece->ground != GROUND_STORE)
            g_ptr_array_add(evidence, piece);
    }
    then.complete = false;
    VerdictValue unnamed = decide(evidence, &then);
    then.complete = true;
    VerdictValue named = decide(evidence, &then);
    g_ptr_array_add(evidence, &kept);
    if (decide(evidence, &then) != named)
        return true;
    then.complete = false;
    return decide(evidence, &then) != unnamed;
}

bool settle_would(const Case *c, const Circumstances *about, const Verdict *verdict,
                  const Said *said)
{
    Evidence kept = not_kept;
    Evidence keyed = {
        .for_ = FOR_BACKSCATTER, .strength = STRENGTH_STRONG, .ground = GROUND_SIGNATURE};
    Circumstances then = *about;
    g_autoptr(GPtrArray) evidence = g_ptr_array_new();
    g_ptr_array_extend(evidence, verdict->evidence, NULL, NULL);
    if (said->kept)
        g_ptr_array_add(evidence, &kept);
    if (said->keyed)
        g_ptr_array_add(evidence, &keyed);
    if (said->holds) {
        then.held_own = false;
        then.denied = true;
        then.held_carrier = then.held_carrier && c->trace->held_theirs;
        then.held_way = then.held_way && c->trace->held_theirs;
    }
    if (said->complete) {
        then.complete = true;
        g_ptr_array_extend(evidence, said->named->evidence, NULL, NULL);
    }
    return case_decide(c, evidence, &then) == VERDICT_BACKSCATTER;
}

/* --- why not ---------------------------------------------------------------------------------- */

static const char not_enough[] =
    "what you can answer is answered, and what speaks for either side is not enough";

static bool speaks(const Verdict *verdict, EvidenceFor for_, Strength least)
{
    const Evidence *best = verdict_strongest(verdict, for_);
    return best && best->strength >= least;
}

static bool is_told(const Case *c)
{
    InjectionSource source = c->trace->injection.source;
    return source != INJECTION_RECEIVED && source != INJECTION_SENTENCE &&
           source != INJECTION_FILTER_HEADER;
}

/* Nothing says from where it came. */
static const char *nameless_obstacle(const Case *c)
{
    bool empty = c->facts && c->facts->asked && !c->facts->sent_kept;
    if (c->bounce->returned.where == RETURNED_NONE)
        return "nothing of the message came back, and nothing says who sent it";
    if (c->bounce->returned.message_id && empty)
        return "nothing says from where it came; had you kept what you send (sent_folders), its "
               "Message-ID could be looked up";
    return "nothing says from where it came";
}

static const char *stranger_obstacle(const Case *c)
{
    const Identity *identity = c->identity;
    if (is_told(c))
        return "nobody but its sender says from where it came";
    if (identity->networks->len == 0)
        return "no network of yours is named, so no address is known to be a stranger's";
    if (identity->complete_denied && !c->complete)
        return "you send through servers that are not named: name them, and it can be settled";
    if (c->shared)
        return "it came from a network that you share with others";
    if (c->held_sent)
        return "whom you wrote to may have sent it on, and only they know";
    if (c->denied && c->held_carrier)
        return "a machine of the recipient's may have handed it over, and only they know";
    if (!c->vouched || c->trace->capped)
        return "nobody vouches for who says from where it came, and on such a word nothing is "
               "asked";
    return not_enough;
}

const char *settle_obstacle(const Case *c, const Verdict *verdict)
{
    if (identity_is_empty(c->identity))
        return "notme does not know yet what is yours (\"notme learn\")";
    if (speaks(verdict, FOR_GENUINE, STRENGTH_PROOF))
        return "there is proof for both sides, and no answer takes back a proof";
    if (speaks(verdict, FOR_FAKE, STRENGTH_STRONG))
        return "it looks like no true bounce, which no answer of yours proves";
    if (verdict_has_rule(verdict, "own-relay"))
        return "your own server took it from a stranger; its log tells more";
    if (c->trace->not_ours)
        return "your server handed it over, and others use that server, too";
    if (speaks(verdict, FOR_GENUINE, STRENGTH_STRONG))
        return "it speaks for you, and nothing else bears that out";
    if (!c->trace->injection.ip.family)
        return nameless_obstacle(c);
    if (ip_is_inside(&c->trace->injection.ip))
        return "it shows an address of the inside only, which anybody has";
    if (c->foreign)
        return stranger_obstacle(c);
    return not_enough;
}
