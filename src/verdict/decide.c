/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deciding. See decide.h. */
#include "verdict/decide.h"

/* How many grounds speak for a side, each by its strongest piece. */
typedef struct Side {
    int proof, strong, weak; /* strong counts proofs, too */
} Side;

typedef struct Scales {
    guint8 best[FOR_KIND + 1][GROUND_COUNT]; /* strength + 1; 0: nothing */
    Side side[FOR_KIND + 1];
} Scales;

/* A bounce that nobody vouches for says in several ways that the message came from us: they are its
 * one word. So is a signature or a tag that is no proof: whoever once had a message of ours can put
 * them into such a bounce. */
static Ground ground_counted(const Evidence *evidence, const Circumstances *about)
{
    bool word = evidence->ground == GROUND_LOGIN || evidence->ground == GROUND_AUTHENTICATION;
    bool copied = (evidence->ground == GROUND_SIGNATURE || evidence->ground == GROUND_TAG) &&
                  evidence->strength < STRENGTH_PROOF;
    return about->one_voice && evidence->for_ == FOR_GENUINE && (word || copied) ? GROUND_ORIGIN
                                                                                 : evidence->ground;
}

/* A ground whose strongest piece is @best (strength + 1; 0: none) counts (@way 1), or no more (-1).
 */
static void side_count(Side *side, int best, int way)
{
    side->proof += best > STRENGTH_PROOF ? way : 0;
    side->strong += best > STRENGTH_STRONG ? way : 0;
    side->weak += best == STRENGTH_WEAK + 1 ? way : 0;
}

static Scales weigh(const GPtrArray *evidence, const Circumstances *about)
{
    Scales scales = {0};
    for (guint i = 0; i < evidence->len; i++) {
        const Evidence *piece = evidence->pdata[i];
        guint8 *best = &scales.best[piece->for_][ground_counted(piece, about)];
        int strength = (int)piece->strength + 1;
        if (strength <= *best)
            continue;
        side_count(&scales.side[piece->for_], *best, -1);
        side_count(&scales.side[piece->for_], strength, 1);
        *best = (guint8)strength;
    }
    return scales;
}

static bool is_fake(const Scales *s, const Circumstances *about)
{
    bool form = s->best[FOR_FAKE][GROUND_FORM] > STRENGTH_STRONG;
    if (!form || s->side[FOR_GENUINE].strong)
        return false;
    if (about->bait && about->bare_handing)
        return true;
    if (about->complete_report && !about->sharp_bait)
        return false;
    return s->side[FOR_FAKE].strong >= 2;
}

/* The message itself lacks what ours have, or was sent by an account that is not ours: no hand that
 * carried it on explains that. */
static bool is_never_ours(const Scales *s)
{
    const guint8 *best = s->best[FOR_BACKSCATTER];
    return best[GROUND_STORE] > STRENGTH_STRONG || best[GROUND_SIGNATURE] > STRENGTH_STRONG ||
           best[GROUND_LOGIN] > STRENGTH_STRONG;
}

/* Whether something says still that an honest hand may have handed it over. Other bounces settle
 * that it was no machine of the recipient's; a forwarder or a list carries mail to many, ours and
 * that of others; and that it was none of ours only the reviewer settles. If he did, a machine of
 * the recipient's is left, which carries on nothing but what we sent. What we did send many may get
 * by one of their machines, but none without a server's name. */
static bool is_held(const Scales *s, const Circumstances *about)
{
    bool many = s->best[FOR_BACKSCATTER][GROUND_REPORTERS] > STRENGTH_STRONG, proof = false;
    for (int g = 0; g < GROUND_COUNT; g++)
        proof = proof || (g != GROUND_ORIGIN && s->best[FOR_BACKSCATTER][g] > STRENGTH_PROOF);
    bool carried = about->held_way || (about->held_carrier && !many);
    bool settled = proof || (about->denied && is_never_ours(s));
    bool sent_on = about->held_sent && !(many && about->bare_sender);
    return about->held_own || (sent_on && !proof) || (carried && !settled);
}

/* Nothing speaks against us but what is missing: it is not in the sent mail, it is not signed. One
 * way of ours that was forgotten explains both, unless all are named. Then they are one ground. */
static bool is_nothing_but_missing(const Scales *s, const Circumstances *about)
{
    if (about->complete)
        return false;
    for (int g = 0; g < GROUND_COUNT; g++)
        if (s->best[FOR_BACKSCATTER][g] && g != GROUND_STORE && g != GROUND_SIGNATURE)
            return false;
    return true;
}

static bool carries(const Side *side)
{
    return side->strong >= 2 || (side->strong == 1 && side->weak >= 2);
}

VerdictValue decide(const GPtrArray *evidence, const Circumstances *about)
{
    Scales s = weigh(evidence, about);
    const Side *genuine = &s.side[FOR_GENUINE], *back = &s.side[FOR_BACKSCATTER];
    const Side *fake = &s.side[FOR_FAKE];
    if (genuine->proof && (back->proof || fake->proof))
        return VERDICT_UNDECIDED;
    if (fake->proof)
        return VERDICT_FAKE;
    if (genuine->proof)
        return fake->strong ? VERDICT_UNDECIDED : VERDICT_GENUINE;
    if (is_fake(&s, about))
        return VERDICT_FAKE;
    if (!genuine->strong && !is_held(&s, about) &&
        (back->proof || (carries(back) && !is_nothing_but_missing(&s, about))))
        return VERDICT_BACKSCATTER;
    if (!back->strong && !fake->strong && carries(genuine))
        return VERDICT_GENUINE;
    return VERDICT_UNDECIDED;
}
