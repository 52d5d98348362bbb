/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an undecided case lacks: whether promises of the reviewer would settle it, and why nothing
 * that he knows does. */
#ifndef NOTME_VERDICT_SETTLE_H
#define NOTME_VERDICT_SETTLE_H

#include "verdict/case.h"
#include "verdict/decide.h"

/* What the reviewer could say. */
typedef struct Said {
    bool holds;           /* what may be his own, or carry for him, is neither */
    bool kept;            /* all that he sends is kept */
    bool keyed;           /* ... and signed */
    bool complete;        /* he sends by what he named, and by nothing else */
    const Verdict *named; /* with complete: of settle_if_named */
} Said;

/* What speaks against us once all is named, @holds as in Said: made once for all that is asked with
 * it. Its texts are read by nobody. The caller frees it. */
Verdict *settle_if_named(const Case *c, bool holds);
/* Whether the value of @verdict would be another if he said what he does not say now of all that he
 * sends being kept, whatever he says of what he sends through. */
bool settle_kept_decides(const Circumstances *about, const Verdict *verdict);
/* Whether @verdict, which is undecided, would be backscatter if he said all of @said, each of which
 * holds for the case. @about is how it was decided. */
bool settle_would(const Case *c, const Circumstances *about, const Verdict *verdict,
                  const Said *said);
/* Why no answer settles @verdict, which is undecided and has no question: the rest of the sentence
 * "nothing that you know settles it: ...". A constant. */
const char *settle_obstacle(const Case *c, const Verdict *verdict);

#endif
