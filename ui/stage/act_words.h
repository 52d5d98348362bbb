/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked and said of an action on mail before it is done. */
#ifndef NOTME_UI_STAGE_ACT_WORDS_H
#define NOTME_UI_STAGE_ACT_WORDS_H

#include "stage/app.h"

/* What @rows are now. */
JobTally act_tally(const App *app, const GArray *rows);
/* "Delete 12 messages, 3 of them genuine? (y/n) ", or NULL where there is nothing to ask; whether a
 * complaint has to ask only its planner knows. The caller frees it. */
char *act_question(const App *app, JobAction job, const GArray *rows);
/* "Dry run: 12 messages would be deleted: 3 genuine, 9 backscatter; nothing was done". The caller
 * frees it. */
char *act_dry_run(const App *app, JobAction job, const GArray *rows);

#endif
