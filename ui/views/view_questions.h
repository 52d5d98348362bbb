/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the reviewer could settle. */
#ifndef NOTME_UI_VIEWS_VIEW_QUESTIONS_H
#define NOTME_UI_VIEWS_VIEW_QUESTIONS_H

#include "stage/app.h"

/* The caller gives it to app_push, which owns it from then on. */
View *view_questions_new(App *app);

#endif
