/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of @context, from the keymap in force. */
#ifndef NOTME_UI_VIEWS_VIEW_HELP_H
#define NOTME_UI_VIEWS_VIEW_HELP_H

#include "stage/app.h"

/* The caller gives it to app_push, which owns it from then on. */
View *view_help_new(App *app, Context context);

#endif
