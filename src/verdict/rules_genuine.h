/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What speaks for it that the returned message was ours. */
#ifndef NOTME_VERDICT_RULES_GENUINE_H
#define NOTME_VERDICT_RULES_GENUINE_H

#include "verdict/rule.h"

extern const RuleTable rules_genuine;

#endif
