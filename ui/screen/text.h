/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text for cells: measured, made safe. */
#ifndef NOTME_UI_SCREEN_TEXT_H
#define NOTME_UI_SCREEN_TEXT_H

#include <glib.h>
#include <stdbool.h>

/* Columns that @text takes. */
int text_width(const char *text, bool utf8);
/* The text as it may be shown: safe, one line, ASCII where @utf8 is false. The caller frees it. */
char *text_shown(const char *text, bool utf8);
/* The character at *@p and what combines with it, and moves *@p behind it: its columns. @cell may
 * be NULL. */
int text_cell(const char **p, char cell[13]);

#endif
