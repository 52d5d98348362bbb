/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verdict: its data, and deciding from the evidence (tracing.md 5). */
#include "verdict/verdict.h"

#include <string.h>

#include "base/domain.h"
#include "verdict/rules.h"

static void evidence_free(gpointer data)
{
    Evidence *evidence = data;

    g_free(evidence->rule);
    g_free(evidence->text);
    g_free(evidence);
}

static void tried_free(gpointer data)
{
    RuleTried *tried = data;

    g_free(tried->text);
    g_free(tried);
}

Verdict *verdict_new(void)
{
    Verdict *verdict = g_new0(Verdict, 1);

    verdict->evidence = g_ptr_array_new_with_free_func(evidence_free);
    verdict->tried = g_ptr_array_new_with_free_func(tried_free);
    return verdict;
}

void verdict_free(Verdict *verdict)
{
    if (!verdict)
        return;
    g_ptr_array_unref(verdict->evidence);
    g_ptr_array_unref(verdict->tried);
    g_free(verdict->summary);
    g_free(verdict);
}

static const char *const verdict_names[] = {
    [VERDICT_NONE] = NULL,
    [VERDICT_GENUINE] = "genuine",
    [VERDICT_BACKSCATTER] = "backscatter",
    [VERDICT_FAKE] = "fake",
    [VERDICT_UNDECIDED] = "undecided",
};
static const char *const for_names[] = {
    [FOR_GENUINE] = "genuine", [FOR_BACKSCATTER] = "backscatter",
    [FOR_FAKE] = "fake",       [FOR_UNDECIDED] = "undecided",
    [FOR_KIND] = "kind",
};
static const char *const strength_names[] = {
    [STRENGTH_WEAK] = "weak",
    [STRENGTH_STRONG] = "strong",
    [STRENGTH_PROOF] = "proof",
};

static const char *name_of(const char *const *names, gsize count, gsize value)
{
    return value < count ? names[value] : NULL;
}

static int value_of(const char *const *names, gsize count, const char *name)
{
    for (gsize i = 0; name && i < count; i++)
        if (names[i] && strcmp(names[i], name) == 0)
            return (int)i;
    return -1;
}

const char *verdict_name(VerdictValue value)
{
    return name_of(verdict_names, G_N_ELEMENTS(verdict_names), value);
}

int verdict_from_name(const char *name)
{
    return value_of(verdict_names, G_N_ELEMENTS(verdict_names), name);
}

const char *evidence_for_name(EvidenceFor for_)
{
    return name_of(for_names, G_N_ELEMENTS(for_names), for_);
}

int evidence_for_from_name(const char *name)
{
    return value_of(for_names, G_N_ELEMENTS(for_names), name);
}

const char *strength_name(Strength strength)
{
    return name_of(strength_names, G_N_ELEMENTS(strength_names), strength);
}

int strength_from_name(const char *name)
{
    return value_of(strength_names, G_N_ELEMENTS(strength_names), name);
}

/* ---- evidence ---- */

static void add_evidence(Verdict *verdict, const char *rule, EvidenceFor for_, Strength strength,
                         const char *text)
{
    Evidence *evidence = g_new0(Evidence, 1);

    evidence->rule = g_strdup(rule);
    evidence->for_ = for_;
    evidence->strength = strength;
    evidence->text = g_strdup(text);
    g_ptr_array_add(verdict->evidence, evidence);
}

static void try_rules(Verdict *verdict, const Case *c, const RuleTable *table)
{
    for (gsize i = 0; i < table->count; i++) {
        const Rule *rule = &table->rules[i];
        Answer answer = rule->ask(c);
        RuleTried *tried = g_new0(RuleTried, 1);

        if (answer.held)
            add_evidence(verdict, rule->name, rule->for_, answer.strength, answer.text);
        tried->rule = rule->name;
        tried->held = answer.held;
        tried->text = answer.text;
        g_ptr_array_add(verdict->tried, tried);
    }
}

static int compare_evidence(gconstpointer a, gconstpointer b)
{
    const Evidence *x = *(const Evidence *const *)a, *y = *(const Evidence *const *)b;

    if (x->for_ != y->for_)
        return (int)x->for_ - (int)y->for_;
    return (int)y->strength - (int)x->strength;
}

/* ---- deciding ---- */

/* How much of each strength there is for each side. */
typedef struct Scales {
    int of[FOR_KIND + 1][STRENGTH_PROOF + 1];
} Scales;

static Scales weigh(const Verdict *verdict)
{
    Scales scales = {0};

    for (guint i = 0; i < verdict->evidence->len; i++) {
        const Evidence *evidence = verdict->evidence->pdata[i];

        scales.of[evidence->for_][evidence->strength]++;
    }
    return scales;
}

static int count(const Scales *scales, EvidenceFor for_, Strength strength)
{
    return scales->of[for_][strength];
}

static bool has_any(const Scales *scales, EvidenceFor for_)
{
    return scales->of[for_][STRENGTH_WEAK] || scales->of[for_][STRENGTH_STRONG] ||
           scales->of[for_][STRENGTH_PROOF];
}

/* One of our domains stands inside a link's host that is not ours: made to be mistaken. */
static bool link_wears_own_domain(const Case *c)
{
    for (guint i = 0; i < c->bounce->links->len; i++) {
        const char *link = c->bounce->links->pdata[i];

        for (guint k = 0; k < c->identity->domains->len; k++) {
            const char *domain = c->identity->domains->pdata[k];

            if (*domain && strstr(link, domain) && !domain_is_under(link, domain))
                return true;
        }
    }
    return false;
}

/* A complete identity's proof was held back: then little things do not make up for it. */
static bool is_held_back(const Case *c)
{
    return c->complete && c->trace->held_why;
}

static VerdictValue decide(const Case *c, const Scales *s)
{
    int fake = count(s, FOR_FAKE, STRENGTH_STRONG);
    int genuine = count(s, FOR_GENUINE, STRENGTH_STRONG);
    int back = count(s, FOR_BACKSCATTER, STRENGTH_STRONG);

    if (count(s, FOR_FAKE, STRENGTH_PROOF))
        return VERDICT_FAKE;
    if (count(s, FOR_GENUINE, STRENGTH_PROOF))
        return count(s, FOR_BACKSCATTER, STRENGTH_PROOF) || fake ? VERDICT_UNDECIDED
                                                                 : VERDICT_GENUINE;
    if (fake >= 2)
        return !has_any(s, FOR_GENUINE) || c->bare_handing || link_wears_own_domain(c)
                   ? VERDICT_FAKE
                   : VERDICT_UNDECIDED;
    if (genuine == 0 &&
        (count(s, FOR_BACKSCATTER, STRENGTH_PROOF) || back >= 2 ||
         (back == 1 && count(s, FOR_BACKSCATTER, STRENGTH_WEAK) >= 2 && !is_held_back(c))))
        return VERDICT_BACKSCATTER;
    if (back == 0 && fake == 0 && !count(s, FOR_BACKSCATTER, STRENGTH_PROOF) &&
        (genuine >= 2 || (genuine == 1 && count(s, FOR_GENUINE, STRENGTH_WEAK) >= 2)))
        return VERDICT_GENUINE;
    return VERDICT_UNDECIDED;
}

/* ---- the sentence for the title line ---- */

static const Evidence *strongest(const Verdict *verdict, EvidenceFor for_)
{
    for (guint i = 0; i < verdict->evidence->len; i++) {
        const Evidence *evidence = verdict->evidence->pdata[i];

        if (evidence->for_ == for_)
            return evidence;
    }
    return NULL;
}

static bool held(const Verdict *verdict, const char *rule)
{
    for (guint i = 0; i < verdict->evidence->len; i++)
        if (strcmp(((const Evidence *)verdict->evidence->pdata[i])->rule, rule) == 0)
            return true;
    return false;
}

/* The first of these rules that held gives the sentence. */
static const struct {
    VerdictValue value;
    const char *rule, *text;
} summaries[] = {
    {VERDICT_GENUINE, "sent-here", "you sent this message: it is in your sent folder"},
    {VERDICT_GENUINE, "own-dkim", "this message carries your signature"},
    {VERDICT_GENUINE, "signed-return-path", "this answers mail that left under your key"},
    {VERDICT_GENUINE, "own-reporter", "your own server could not deliver this message"},
    {VERDICT_GENUINE, "via-forwarder", "your server sent this message, by way of a forwarder"},
    {VERDICT_GENUINE, "own-injection", "your server sent this message"},
    {VERDICT_GENUINE, NULL, "this message was yours"},
    {VERDICT_BACKSCATTER, "foreign-injection", "your servers never saw this message"},
    {VERDICT_BACKSCATTER, "not-sent-here", "you never sent this message"},
    {VERDICT_BACKSCATTER, NULL, "somebody else sent this message in your name"},
    {VERDICT_FAKE, "own-name-stolen", "no bounce: a stranger writes in your server's name"},
    {VERDICT_FAKE, NULL, "no bounce: somebody made it look like one"},
    {VERDICT_UNDECIDED, "no-identity",
     "notme does not know yet what is yours: run \"notme learn\""},
    {VERDICT_UNDECIDED, "own-relay", "your own server took this message from a stranger"},
    {VERDICT_UNDECIDED, NULL, NULL},
};

static char *undecided_summary(const Case *c, const Verdict *verdict)
{
    bool for_us = strongest(verdict, FOR_GENUINE), against = strongest(verdict, FOR_BACKSCATTER);

    if (strongest(verdict, FOR_FAKE) && for_us)
        return g_strdup("this may be your message, but the bounce itself looks false");
    if (for_us && against)
        return g_strdup("some of it says that you sent this, and some that you did not");
    if (for_us)
        return g_strdup("this may be your message, but nothing proves it");
    if (against)
        return g_strdup("this is probably not your message, but nothing proves it");
    if (!c->trace->injection.ip.family)
        return g_strdup("the bounce does not show where the message came from");
    return g_strdup("nothing tells whether you sent this message");
}

static char *summary_of(const Case *c, const Verdict *verdict)
{
    for (gsize i = 0; i < G_N_ELEMENTS(summaries); i++)
        if (summaries[i].value == verdict->value &&
            (!summaries[i].rule || held(verdict, summaries[i].rule)))
            return summaries[i].text ? g_strdup(summaries[i].text) : undecided_summary(c, verdict);
    return g_strdup("no bounce, and no notice of one");
}

Verdict *verdict_judge(const Bounce *bounce, const Trace *trace, const Identity *identity,
                       const StoreFacts *facts)
{
    Verdict *verdict = verdict_new();
    g_autoptr(Identity) nobody = identity ? NULL : identity_new();
    Case c = {
        .bounce = bounce, .trace = trace, .identity = identity ? identity : nobody, .facts = facts};
    Scales scales;

    case_prepare(&c);
    if (bounce->kind != KIND_NONE) {
        try_rules(verdict, &c, &rules_genuine);
        try_rules(verdict, &c, &rules_backscatter);
        try_rules(verdict, &c, &rules_fake);
        g_ptr_array_sort(verdict->evidence, compare_evidence);
        scales = weigh(verdict);
        verdict->value = verdict->program = decide(&c, &scales);
    }
    for (guint i = 0; i < bounce->marks->len; i++) {
        const KindMark *mark = bounce->marks->pdata[i];

        add_evidence(verdict, mark->rule, FOR_KIND, STRENGTH_STRONG, mark->text);
    }
    verdict->summary = summary_of(&c, verdict);
    return verdict;
}
