/* SPDX-License-Identifier: GPL-3.0-or-later */
/* After a lost line: where the reviewer was is kept for an hour, and offered at the next start. */
#ifndef NOTME_UI_LAST_VIEW_H
#define NOTME_UI_LAST_VIEW_H

#include "stage/app.h"

/* Keeps the query, what narrows it down, the views and their cursors in the state folder. Where
 * that cannot be written nothing is kept. */
void last_view_save(const App *app);
/* Asks whether to go back there, where a line was lost not more than an hour ago. What was kept is
 * gone once that is answered. */
void last_view_offer(App *app);

#endif
