/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which questions would settle a case. */
#ifndef NOTME_VERDICT_ASK_H
#define NOTME_VERDICT_ASK_H

#include "verdict/case.h"
#include "verdict/decide.h"

/* Adds the ids to @verdict, whose value is decided with @about; of promises those that would settle
 * it. Where there is none it says why. A name or an address
 * that the bounce gives is asked about only on the word of a reporter that is vouched for, or of
 * two organisations: a letter of anybody's makes no question. */
void ask_questions(const Case *c, const Circumstances *about, Verdict *verdict);

#endif
