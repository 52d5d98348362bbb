/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What speaks for it that somebody else sent the returned message in our name. */
#ifndef NOTME_VERDICT_RULES_BACKSCATTER_H
#define NOTME_VERDICT_RULES_BACKSCATTER_H

#include "verdict/rule.h"

extern const RuleTable rules_backscatter;

#endif
