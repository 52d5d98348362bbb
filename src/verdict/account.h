/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By whose account, or by which script, the message was handed in: what a shared house's own lines
 * name. */
#ifndef NOTME_VERDICT_ACCOUNT_H
#define NOTME_VERDICT_ACCOUNT_H

#include "verdict/rule.h"

/* The tenant or account that the house names which handed the message over, known by the name that
 * was looked up for it; NULL where no house did or it names none. The caller frees it. */
char *account_named(const Case *c);
/* It names one that is not known to be ours; the house may be known by what it called itself, too:
 * that can only take belief away. */
bool account_names_another(const Case *c);
/* ... and nobody has said yet whether it is. */
bool account_is_open(const Case *c);

Answer account_other(const Case *c);
Answer account_script(const Case *c);

#endif
