/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line at the bottom: what happened, what goes on, and the keys that matter here. */
#ifndef NOTME_UI_STAGE_STATUS_H
#define NOTME_UI_STAGE_STATUS_H

#include "stage/app.h"

void status_draw(const App *app, Screen *screen, int y);
/* "reading 1,200 of 20,000, 6 %, 9,000/s, 2 s left", or what of it fits into @room columns; NULL
 * when nothing is read. The caller frees it. */
char *status_reading(const App *app, int room);

#endif
