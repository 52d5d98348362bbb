/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to do about a case: one plain sentence, and the keys or commands that do it. It stands at
 * the end of each case, on the screen and in text. */
#ifndef NOTME_VERDICT_ADVICE_H
#define NOTME_VERDICT_ADVICE_H

#include "bounce/bounce.h"
#include "verdict/verdict.h"

/* What can be done from where the advice stands. */
typedef enum AdviceAct {
    ADVICE_DELETE,
    ADVICE_QUARANTINE,
    ADVICE_COMPLAIN,
    ADVICE_VERDICT,
    ADVICE_LEARN,
    ADVICE_ACT_COUNT
} AdviceAct;

typedef struct AdviceCase {
    VerdictValue verdict;
    BounceKind kind;
    Reason reason; /* of the first recipient */
    Warning warning;
    bool login_denied; /* of a warning: the reviewer said that it was somebody else */
    const char *login; /* of a warning: the name that logged in, or NULL */
    bool unlearned;    /* nothing is known of the reviewer yet */
    bool asked; /* a question stands with it: of an undecided case the answer is what to do */
} AdviceCase;

/* The key or command of @act as the user gives it; NULL: it cannot be done from here, or would be
 * refused. The caller frees it. */
typedef char *(*AdviceName)(AdviceAct act, gpointer data);

/* Of a judged case. Borrows from both. */
AdviceCase advice_case(const Bounce *bounce, const Verdict *verdict);
/* NULL where there is nothing to say: an undecided case with a question, and no bounce. The caller
 * frees it. */
char *advice_make(const AdviceCase *about, AdviceName name, gpointer data);
/* More of what to do about a login of somebody who may be a stranger, behind the advice. Constant.
 */
const char *advice_login_more(bool denied);

#endif
