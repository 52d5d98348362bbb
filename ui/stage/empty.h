/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands where a list of mail, or of its groups, is empty. */
#ifndef NOTME_UI_STAGE_EMPTY_H
#define NOTME_UI_STAGE_EMPTY_H

#include "stage/app.h"

/* Nothing to show of @scope (NULL: of all): from line 2 up to @end what was searched, and how to
 * widen it; or that it is done, is being read, or why it cannot be. */
void empty_draw(const App *app, Screen *screen, const Scope *scope, int end);

#endif
