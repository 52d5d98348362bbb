/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drafts of complaint job @job. */
#ifndef NOTME_UI_VIEWS_VIEW_DRAFTS_H
#define NOTME_UI_VIEWS_VIEW_DRAFTS_H

#include "stage/app.h"

/* The caller gives it to app_push, which owns it from then on. */
View *view_drafts_new(App *app, guint job);

#endif
