/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows that an action is for. */
#ifndef NOTME_UI_STAGE_TARGETS_H
#define NOTME_UI_STAGE_TARGETS_H

#include "stage/app.h"

/* Appends the marked rows that are shown, or what is under the cursor where none are marked (and in
 * a case, unless the marked ones were asked for, which they are no longer then). @hidden: how many
 * marked ones are not shown. False: @action is refused, which was said (stage/seen.h). */
bool targets_find(App *app, ActionId action, GArray *rows, guint *hidden);

#endif
