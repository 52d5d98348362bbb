/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bait: what a bounce holds that wants to be opened, and that no report needs. */
#ifndef NOTME_VERDICT_BAIT_H
#define NOTME_VERDICT_BAIT_H

#include "verdict/rule.h"

/* The bait is a file, or a link that wears one of our domains. */
bool bait_is_sharp(const Case *c);
Answer bait_answer(const Case *c);

#endif
