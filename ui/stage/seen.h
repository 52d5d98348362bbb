/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user can have seen of what a key is for. What came under the cursor by itself, and what
 * is judged otherwise now, has to stand on the screen for a moment before a key takes it: the one
 * that comes sooner was pressed for what was there before. */
#ifndef NOTME_UI_STAGE_SEEN_H
#define NOTME_UI_STAGE_SEEN_H

#include "stage/app.h"

Seen *seen_new(void);
void seen_free(Seen *seen);
/* All rows come anew. */
void seen_restart(App *app);
/* Row @i was judged otherwise; the model has not counted it again yet. */
void seen_row_changed(App *app, guint i);
/* A screen is shown now; @fits: with the view in front on it. */
void seen_shown(App *app, bool fits);
/* Around what a key does: what it brings under the cursor is there by the user's will. */
void seen_key_begin(App *app);
void seen_key_end(App *app);
/* What is under the cursor of the view in front was not seen there: @action is not done, and it is
 * said. */
bool seen_refuses(App *app, ActionId action);
/* Counts @rows as they were seen last. */
JobTally seen_tally(App *app, const GArray *rows);
/* What is shown has stood for long enough. */
bool seen_stands(const App *app);

#endif
