/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first line of views, and the line between list and case. */
#ifndef NOTME_UI_STAGE_HEADER_H
#define NOTME_UI_STAGE_HEADER_H

#include "stage/app.h"

/* "412 bounces   6 genuine ...", or @what in place of the number. @verdicts: how many of each are
 * shown; NULL: none, and no order. @warned: how many of them have a warning; may be NULL. */
void header_draw(const App *app, Screen *screen, const char *what, const guint *verdicts,
                 const Warned *warned);
/* The line between list and case: verdict, summary, place. */
void header_rule(Screen *screen, int y, const Row *row, const char *summary, const char *place);

#endif
