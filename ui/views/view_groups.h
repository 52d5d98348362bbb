/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups of cases. */
#ifndef NOTME_UI_VIEWS_VIEW_GROUPS_H
#define NOTME_UI_VIEWS_VIEW_GROUPS_H

#include "stage/app.h"

/* Groups of what @within (copied; NULL: all) shows. The caller gives it to app_push, which owns it
 * from then on. */
View *view_groups_new(App *app, GroupBy by, const Scope *within);

#endif
