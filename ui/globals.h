/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions that mean the same in all views; and what the command line says of them with an argument.
 */
#ifndef NOTME_UI_GLOBALS_H
#define NOTME_UI_GLOBALS_H

#include "stage/app.h"

/* False if @action is none of them. */
bool global_do(App *app, ActionId action);
/* Reads only what is among @query too; empty: all. */
void global_limit(App *app, const char *query);
/* It has been read, or not (@error, else NULL): then the limit before it comes back. */
void global_limit_tried(App *app, const char *error);
/* Shows rows of this verdict only; VERDICT_NONE: all. */
void global_only(App *app, VerdictValue verdict);
void global_group(App *app, GroupBy by);
void global_sort(App *app, RowOrder by);
/* Goes to the first match of @text in what is shown; empty: of what was searched for last. */
void global_find(App *app, const char *text);

#endif
