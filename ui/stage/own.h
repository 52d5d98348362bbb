/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reviewer's own commands: "run:NAME". */
#ifndef NOTME_UI_STAGE_OWN_H
#define NOTME_UI_STAGE_OWN_H

#include "stage/app.h"

/* Runs command @name of [commands] on what is under the cursor, or on the marked ones that are
 * shown where those are meant, one after the other. */
void own_run(App *app, const char *name);

#endif
