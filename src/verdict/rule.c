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
        if (!c->tells) {
            g_free(answer.owned);
            continue;
        }
        const RuleTried tried = {rule->name, answer.held, answer.text, answer.owned};
        g_array_append_val(verdict->tried, tried);
    }
}

Answer answer_no(const char *why)
{
    return (Answer){false, STRENGTH_WEAK, GROUND_COUNT, why, NULL};
}

G_GNUC_PRINTF(4, 0)
static Answer answer_say(bool words, bool held, Strength strength, const char *format,
                         va_list values)
{
    char *text = words ? g_strdup_vprintf(format, values) : NULL;
    return (Answer){held, strength, GROUND_COUNT, text, text};
}

Answer answer_no_because(const Case *c, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    Answer answer = answer_say(c->tells, false, STRENGTH_WEAK, format, values);
    va_end(values);
    return answer;
}

Answer answer_yes(const Case *c, Strength strength, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    Answer answer = answer_say(!c->wordless, true, strength, format, values);
    va_end(values);
    return answer;
}
