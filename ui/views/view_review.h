/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of cases, with the case under the cursor below it. @scope: a group, or NULL. */
#ifndef NOTME_UI_VIEWS_VIEW_REVIEW_H
#define NOTME_UI_VIEWS_VIEW_REVIEW_H

#include "stage/app.h"

/* The caller gives it to app_push, which owns it from then on. */
View *view_review_new(App *app, const Scope *scope);

#endif
