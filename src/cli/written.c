/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See written.h. */
#include "cli/written.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "base/safe.h"
#include "question/answer.h"
#include "verdict/question.h"

void cli_tell_answer(const char *question, bool yes)
{
    g_autofree char *text = question_text(question), *means = answer_meaning(question, yes);
    if (text)
        printf("%s %s: %s\n", text, yes ? "Yes" : "No", means);
    fflush(stdout);
}

static const char *meaning_of(const char *word)
{
    return strcmp(word, "nothing") == 0 ? "nothing more becomes of its backscatter"
           : strcmp(word, "delete") == 0
               ? "new backscatter of it is deleted, by \"notme tag\" and in the review"
               : "new backscatter of it goes to quarantine, by \"notme tag\" and in the review";
}

void cli_tell_decision(const char *campaign, const char *word)
{
    g_autofree char *safe = safe_text(span_of(campaign), SAFE_LINE);
    printf("%s: %s\n", safe, meaning_of(word));
    fflush(stdout);
}
