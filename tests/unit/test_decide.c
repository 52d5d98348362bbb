/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deciding: of each ground only the strongest piece counts, nothing outweighs a proof but another
 * one, and what is held stays undecided until something settles the hold. */
#include "verdict/decide.h"

typedef struct Piece {
    EvidenceFor for_;
    Strength strength;
    Ground ground;
} Piece;

#define G(strength, ground)                                                                        \
    {                                                                                              \
        FOR_GENUINE, STRENGTH_##strength, GROUND_##ground                                          \
    }
#define B(strength, ground)                                                                        \
    {                                                                                              \
        FOR_BACKSCATTER, STRENGTH_##strength, GROUND_##ground                                      \
    }
#define F(strength, ground)                                                                        \
    {                                                                                              \
        FOR_FAKE, STRENGTH_##strength, GROUND_##ground                                             \
    }

static const struct {
    const char *name;
    Piece pieces[6];
    guint count;
    Circumstances about;
    VerdictValue want;
} cases[] = {
    {"nothing", {G(WEAK, ORIGIN)}, 0, {0}, VERDICT_UNDECIDED},
    {"a proof for us", {G(PROOF, STORE)}, 1, {0}, VERDICT_GENUINE},
    {"proofs for two sides", {G(PROOF, STORE), B(PROOF, ORIGIN)}, 2, {0}, VERDICT_UNDECIDED},
    {"proofs for us and of a fake",
     {G(PROOF, STORE), F(PROOF, REPORTER)},
     2,
     {0},
     VERDICT_UNDECIDED},
    {"a proof for us, and something strong against the bounce",
     {G(PROOF, ORIGIN), F(STRONG, FORM)},
     2,
     {0},
     VERDICT_UNDECIDED},
    {"a proof for us, and something strong against us",
     {G(PROOF, STORE), B(STRONG, ORIGIN), B(STRONG, CHAIN)},
     3,
     {0},
     VERDICT_GENUINE},
    {"two strong pieces of one ground are one",
     {B(STRONG, ORIGIN), B(STRONG, ORIGIN), B(WEAK, ORIGIN)},
     3,
     {0},
     VERDICT_UNDECIDED},
    {"two strong grounds", {B(STRONG, ORIGIN), B(STRONG, CHAIN)}, 2, {0}, VERDICT_BACKSCATTER},
    {"... and something strong for us",
     {B(STRONG, ORIGIN), B(STRONG, CHAIN), G(STRONG, STORE)},
     3,
     {0},
     VERDICT_UNDECIDED},
    {"one strong and two weak grounds",
     {B(STRONG, ORIGIN), B(WEAK, CONTENT), B(WEAK, TAG)},
     3,
     {0},
     VERDICT_BACKSCATTER},
    {"one strong and one weak ground, said twice",
     {B(STRONG, ORIGIN), B(WEAK, CONTENT), B(WEAK, CONTENT)},
     3,
     {0},
     VERDICT_UNDECIDED},
    {"what can be copied, said three times, is one weak ground",
     {G(STRONG, LOGIN), G(WEAK, COPYABLE), G(WEAK, COPYABLE), G(WEAK, COPYABLE)},
     4,
     {0},
     VERDICT_UNDECIDED},
    {"two strong grounds for us", {G(STRONG, ORIGIN), G(STRONG, LOGIN)}, 2, {0}, VERDICT_GENUINE},
    {"... on the word of the bounce alone",
     {G(STRONG, ORIGIN), G(STRONG, LOGIN), G(STRONG, AUTHENTICATION)},
     3,
     {.one_voice = true},
     VERDICT_UNDECIDED},
    {"... with a signature that went to others, and a tag",
     {G(STRONG, ORIGIN), G(STRONG, SIGNATURE), G(STRONG, TAG)},
     3,
     {.one_voice = true},
     VERDICT_UNDECIDED},
    {"... with one that proves it",
     {G(STRONG, ORIGIN), G(PROOF, SIGNATURE)},
     2,
     {.one_voice = true},
     VERDICT_GENUINE},
    {"... and the sent mail knows of it",
     {G(STRONG, ORIGIN), G(STRONG, STORE)},
     2,
     {.one_voice = true},
     VERDICT_GENUINE},
    {"the word of the bounce is one against us, too, but not the same one",
     {B(STRONG, ORIGIN), B(STRONG, AUTHENTICATION)},
     2,
     {.one_voice = true},
     VERDICT_BACKSCATTER},
    {"it may be ours",
     {B(STRONG, ORIGIN), B(STRONG, CHAIN), B(STRONG, REPORTERS)},
     3,
     {.held_own = true},
     VERDICT_UNDECIDED},
    {"others may have carried it",
     {B(STRONG, ORIGIN), B(STRONG, CHAIN)},
     2,
     {.held_carrier = true},
     VERDICT_UNDECIDED},
    {"... but three reporters saw the same stranger",
     {B(STRONG, ORIGIN), B(STRONG, REPORTERS)},
     2,
     {.held_carrier = true},
     VERDICT_BACKSCATTER},
    {"... or thought so",
     {B(STRONG, ORIGIN), B(STRONG, CHAIN), B(WEAK, REPORTERS)},
     3,
     {.held_carrier = true},
     VERDICT_UNDECIDED},
    {"... of a sender for whom a forwarder may stand, who carries mail for many",
     {B(STRONG, ORIGIN), B(STRONG, REPORTERS)},
     2,
     {.held_way = true},
     VERDICT_UNDECIDED},
    {"two promises say that it is missing, and nothing else speaks",
     {B(STRONG, STORE), B(STRONG, SIGNATURE)},
     2,
     {0},
     VERDICT_UNDECIDED},
    {"... and all that is ours is named",
     {B(STRONG, STORE), B(STRONG, SIGNATURE)},
     2,
     {.complete = true},
     VERDICT_BACKSCATTER},
    {"... and the reporter recorded a stranger's return path",
     {B(STRONG, STORE), B(STRONG, SIGNATURE), B(WEAK, ORIGIN)},
     3,
     {0},
     VERDICT_BACKSCATTER},
    {"a stolen name", {F(PROOF, REPORTER)}, 1, {0}, VERDICT_FAKE},
    {"two strong grounds, its form among them",
     {F(STRONG, REPORTER), F(STRONG, FORM)},
     2,
     {.bait = true},
     VERDICT_FAKE},
    {"... of a bounce that reports in full",
     {F(STRONG, REPORTER), F(STRONG, FORM)},
     2,
     {.bait = true, .complete_report = true},
     VERDICT_UNDECIDED},
    {"... with a link that wears our domain",
     {F(STRONG, REPORTER), F(STRONG, FORM)},
     2,
     {.bait = true, .complete_report = true, .sharp_bait = true},
     VERDICT_FAKE},
    {"... from a home connection",
     {F(STRONG, FORM)},
     1,
     {.bait = true, .complete_report = true, .bare_handing = true},
     VERDICT_FAKE},
    {"... and something strong for us",
     {F(STRONG, FORM), G(STRONG, ORIGIN)},
     2,
     {.bait = true, .bare_handing = true},
     VERDICT_UNDECIDED},
    {"nothing but the reporter is contradicted", {F(STRONG, REPORTER)}, 1, {0}, VERDICT_UNDECIDED},
    {"ours, if the reporter were not contradicted",
     {F(STRONG, REPORTER), G(STRONG, ORIGIN), G(STRONG, STORE)},
     3,
     {0},
     VERDICT_UNDECIDED},
    {"marks of the kind decide nothing",
     {{FOR_KIND, STRENGTH_PROOF, GROUND_KIND}, {FOR_UNDECIDED, STRENGTH_PROOF, GROUND_IDENTITY}},
     2,
     {0},
     VERDICT_UNDECIDED},
};

static void test_cases(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Verdict) verdict = verdict_new();
        for (guint k = 0; k < cases[i].count; k++) {
            const Piece *piece = &cases[i].pieces[k];
            verdict_add(verdict, "x", piece->for_, piece->strength, piece->ground, "x");
        }
        g_test_message("%s", cases[i].name);
        g_assert_cmpint(decide(verdict->evidence, &cases[i].about), ==, cases[i].want);
    }
}

/* Nothing that speaks for a side can take its verdict away, and nothing weak can give one. */
static void test_more_is_never_less(void)
{
    GRand *random = g_rand_new_with_seed(271828);
    for (int round = 0; round < 20000; round++) {
        g_autoptr(Verdict) verdict = verdict_new();
        Circumstances about = {.one_voice = round & 1, .held_carrier = round & 2};
        int pieces = g_rand_int_range(random, 0, 7);
        bool strong = false;
        for (int k = 0; k < pieces; k++) {
            Strength strength = (Strength)g_rand_int_range(random, 0, 3);
            strong = strong || strength > STRENGTH_WEAK;
            verdict_add(verdict, "x", (EvidenceFor)g_rand_int_range(random, 0, FOR_UNDECIDED),
                        strength, (Ground)g_rand_int_range(random, 0, GROUND_IDENTITY), "x");
        }
        VerdictValue value = decide(verdict->evidence, &about);
        if (!strong)
            g_assert_cmpint(value, ==, VERDICT_UNDECIDED);
        if (value == VERDICT_GENUINE || value == VERDICT_BACKSCATTER) {
            EvidenceFor for_ = value == VERDICT_GENUINE ? FOR_GENUINE : FOR_BACKSCATTER;
            verdict_add(verdict, "x", for_, STRENGTH_STRONG, GROUND_STORE, "x");
            g_assert_cmpint(decide(verdict->evidence, &about), ==, value);
        }
    }
    g_rand_free(random);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/decide/cases", test_cases);
    g_test_add_func("/decide/more-is-never-less", test_more_is_never_less);
    return g_test_run();
}
