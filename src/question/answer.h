/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an answer to a question writes into section [identity] of the configuration, and what that
 * means. The kinds of questions are the table in verdict/question.h. */
#ifndef NOTME_QUESTION_ANSWER_H
#define NOTME_QUESTION_ANSWER_H

#include <glib.h>
#include <stdbool.h>

/* Entries "KEY=VALUE" (config/config_edit.h); each list ends with NULL. */
typedef struct Answered {
    char **add;
    char **remove; /* what was said to the contrary, in any form in which it may be written */
} Answered;

/* NULL where @question is no id of one. The caller frees it. */
Answered *answer_entries(const char *question, bool yes);
void answered_free(Answered *answered);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Answered, answered_free)
/* "adds 198.51.100.77 to networks: from now on mail from 198.51.100.77 is yours"; NULL where
 * @question is no id of one. The caller frees it. */
char *answer_meaning(const char *question, bool yes);
/* What is left for the reviewer to do, "change the password, end its sessions"; NULL: nothing. */
const char *answer_leaves(const char *question, bool yes);

#endif
