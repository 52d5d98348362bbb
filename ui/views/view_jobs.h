/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running and past jobs. */
#ifndef NOTME_UI_VIEWS_VIEW_JOBS_H
#define NOTME_UI_VIEWS_VIEW_JOBS_H

#include "stage/app.h"

/* The caller gives it to app_push, which owns it from then on. */
View *view_jobs_new(App *app);

#endif
