/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules asked, and their answers. See rule.h. */
#include "verdict/rule.h"

void rules_try(const RuleTable *table, const Case *c, Verdict *verdict)
{
    for (gsize i = 0; i < table->count; i++) {
        const Rule *rule = &table->rules[i];
        Answer answer = rule->ask(c);
        Ground ground = answer.ground == GROUND_COUNT ? rule->ground : answer.ground;
        if (answer.held)
            verdict_add(verdict, rule->name, rule->for_, answer.strength, ground, answer.text);
        const RuleTried tried = {rule->name, answer.held, answer.text, answer.owned};
        g_array_append_val(verdict->tried, tried);
    }
}

Answer answer_no(const char *why)
{
    return (Answer){false, STRENGTH_WEAK, GROUND_COUNT, why, NULL};
}

Answer answer_no_because(char *why)
{
    return (Answer){false, STRENGTH_WEAK, GROUND_COUNT, why, why};
}

Answer answer_yes(Strength strength, char *text)
{
    return (Answer){true, strength, GROUND_COUNT, text, text};
}
