/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is not complained of, and what is asked first; in which words. */
#ifndef NOTME_COMPLAINT_REFUSE_H
#define NOTME_COMPLAINT_REFUSE_H

#include "complaint/incident.h"

typedef struct RefuseRules {
    const Identity *identity;
    gint64 now, max_age;
    bool old; /* age does not matter */
} RefuseRules;

typedef enum Question { ASK_UNDECIDED, ASK_OLD, ASK_WHOSE, ASK_AGAIN, ASK_COUNT } Question;

/* Why no complaint of @side is made about @incident; NULL: it may be made. The caller frees it. */
char *refuse_why(const Incident *incident, Side side, const RefuseRules *rules);
/* Adds to @counts (one for each Question but ASK_AGAIN) what has to be asked of @incident. */
void refuse_questions(const Incident *incident, const RefuseRules *rules, guint *counts);
/* The sentence for @count bounces; @detail fills in who or what, where the question has it. The
 * caller frees it. */
char *refuse_sentence(Question question, guint count, const char *detail);

#endif
