/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one sentence for the title line: it says no more than the evidence does. */
#ifndef NOTME_VERDICT_HEADLINE_H
#define NOTME_VERDICT_HEADLINE_H

#include "verdict/case.h"

/* @verdict is decided and its evidence sorted. The caller frees it. */
char *headline_make(const Case *c, const Verdict *verdict);

#endif
