/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules that decide nothing, but say what is missing. */
#ifndef NOTME_VERDICT_RULES_UNDECIDED_H
#define NOTME_VERDICT_RULES_UNDECIDED_H

#include "verdict/rule.h"

extern const RuleTable rules_undecided;

#endif
