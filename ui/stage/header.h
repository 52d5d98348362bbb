/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first line of views, and the line between list and case. */
#ifndef NOTME_UI_STAGE_HEADER_H
#define NOTME_UI_STAGE_HEADER_H

#include "stage/app.h"

/* "412 bounces   6 genuine ...", or @what in place of the number. @counts: of the verdicts of what
 * is shown; NULL: it has none, and no order. @warned: how many of it have a warning; may be NULL.
 */
void header_draw(const App *app, Screen *screen, const char *what, const guint *counts,
                 const Warned *warned);
/* The line between list and case: verdict, summary, place. */
void header_rule(Screen *screen, int y, const Row *row, const char *summary, const char *place);
/* Signs and numbers of the verdicts, from *@x on; @words: with their names. */
void header_counts(Screen *screen, int *x, int y, int end, const guint *counts, bool words);

#endif
