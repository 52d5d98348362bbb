/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other programs on the same terminal. */
#ifndef NOTME_UI_STAGE_PROGRAM_H
#define NOTME_UI_STAGE_PROGRAM_H

#include "stage/app.h"

/* Runs a program on the terminal, which is its own until it ends; its standard input is the
 * terminal or, where @input is not NULL, each of these files (of char *) in turn. @pause: what it
 * wrote stays until Enter is pressed. @environment ("NAME=VALUE" each, or NULL) is added to ours.
 */
void program_run(App *app, const char *const *argv, const char *const *environment,
                 const GPtrArray *input, bool pause);

/* Opens the draft @file in the reviewer's editor. False, and the reason is said, where there is
 * none.
 */
bool program_edit(App *app, const char *file);

#endif
