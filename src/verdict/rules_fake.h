/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What speaks for it that the bounce itself is a lie; and the rules that decide nothing but say
 * what is missing. */
#ifndef NOTME_VERDICT_RULES_FAKE_H
#define NOTME_VERDICT_RULES_FAKE_H

#include "verdict/rule.h"

extern const RuleTable rules_fake;

#endif
