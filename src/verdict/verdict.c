/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verdict: its data, and deciding from the evidence (tracing.md 5). */
#include "verdict/verdict.h"

#include <string.h>

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

Verdict *verdict_judge(const Message *message, const Bounce *bounce, const Trace *trace,
                       const Identity *identity, const StoreFacts *facts)
{
    Verdict *verdict = verdict_new();

    (void)message;
    (void)trace;
    (void)identity;
    (void)facts;
    if (bounce->kind != KIND_NONE)
        verdict->value = verdict->program = VERDICT_UNDECIDED;
    verdict->summary = g_strdup("not judged yet");
    return verdict;
}
