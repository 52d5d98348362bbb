/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the reporter's own checks of SPF, DKIM and DMARC found, as it wrote it into the returned
 * message: believed by place and name, for anybody can write such a header. */
#ifndef NOTME_VERDICT_RESULTS_H
#define NOTME_VERDICT_RESULTS_H

#include "verdict/rule.h"

/* What all of them say. */
typedef struct Results Results;

/* Looks at them; what is found is Case.results. The caller frees it. */
Results *results_read(const Case *c);
void results_free(Results *results);
/* They say that it was ours: the rule "authenticated-as-us". */
Answer results_as_us(const Case *c);
/* They say that it was not: "failed-authentication". */
Answer results_failed(const Case *c);

#endif
