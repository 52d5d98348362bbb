/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of rules. See rule.h. */
#include "verdict/rule.h"

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
