/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A verdict as data: making, freeing, names. See verdict.h. */
#include "verdict/verdict.h"

#include <string.h>

#include "base/names.h"

static void evidence_free(gpointer data)
{
    Evidence *evidence = data;
    g_free(evidence->rule);
    g_free(evidence->text);
    g_free(evidence);
}

static void tried_clear(gpointer data)
{
    RuleTried *tried = data;
    g_free(tried->owned);
}

Verdict *verdict_new(void)
{
    Verdict *verdict = g_new(Verdict, 1);
    *verdict = (Verdict){.evidence = g_ptr_array_new_with_free_func(evidence_free),
                         .tried = g_array_new(FALSE, FALSE, sizeof(RuleTried)),
                         .questions = g_ptr_array_new_with_free_func(g_free)};
    g_array_set_clear_func(verdict->tried, tried_clear);
    return verdict;
}

void verdict_free(Verdict *verdict)
{
    if (!verdict)
        return;
    g_ptr_array_unref(verdict->evidence);
    g_array_unref(verdict->tried);
    g_ptr_array_unref(verdict->questions);
    g_free(verdict->unsettled);
    g_free(verdict->warning_text);
    g_free(verdict->login);
    g_free(verdict->abused);
    g_free(verdict->summary);
    g_free(verdict);
}

void verdict_add(Verdict *verdict, const char *rule, EvidenceFor for_, Strength strength,
                 Ground ground, const char *text)
{
    Evidence *evidence = g_new(Evidence, 1);
    *evidence = (Evidence){g_strdup(rule), for_, strength, ground, g_strdup(text)};
    g_ptr_array_add(verdict->evidence, evidence);
}

const Evidence *verdict_strongest(const Verdict *verdict, EvidenceFor for_)
{
    for (guint i = 0; i < verdict->evidence->len; i++) {
        const Evidence *evidence = verdict->evidence->pdata[i];
        if (evidence->for_ == for_)
            return evidence;
    }
    return NULL;
}

bool verdict_has_rule(const Verdict *verdict, const char *rule)
{
    for (guint i = 0; i < verdict->evidence->len; i++)
        if (strcmp(((const Evidence *)verdict->evidence->pdata[i])->rule, rule) == 0)
            return true;
    return false;
}

/* --- names ------------------------------------------------------------------------------------ */

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
static const char *const ground_names[] = {
    [GROUND_ORIGIN] = "origin",
    [GROUND_CHAIN] = "chain",
    [GROUND_SIGNATURE] = "signature",
    [GROUND_STORE] = "store",
    [GROUND_TAG] = "tag",
    [GROUND_LOGIN] = "login",
    [GROUND_AUTHENTICATION] = "authentication",
    [GROUND_COPYABLE] = "copyable",
    [GROUND_CONTENT] = "content",
    [GROUND_REPORTERS] = "reporters",
    [GROUND_REPORTER] = "reporter",
    [GROUND_FORM] = "form",
    [GROUND_IDENTITY] = "identity",
    [GROUND_KIND] = "kind",
};
static const char *const warning_names[] = {
    [WARNING_NONE] = NULL,
    [WARNING_STOLEN_ACCOUNT] = "stolen-account",
};

static const char *name_of(const char *const *names, gsize count, gsize value)
{
    return value < count ? names[value] : NULL;
}

#define NAMED(noun, type, table)                                                                   \
    const char *noun##_name(type value)                                                            \
    {                                                                                              \
        return name_of(table, G_N_ELEMENTS(table), value);                                         \
    }
NAMED(verdict, VerdictValue, verdict_names)
NAMED(evidence_for, EvidenceFor, for_names)
NAMED(strength, Strength, strength_names)
NAMED(ground, Ground, ground_names)
NAMED(warning, Warning, warning_names)

const char *warning_word(Warning warning, bool denied)
{
    return warning == WARNING_NONE ? NULL : denied ? WARNING_WORD_DENIED : WARNING_WORD;
}

int verdict_from_name(const char *name)
{
    return names_find(verdict_names, G_N_ELEMENTS(verdict_names), name);
}
