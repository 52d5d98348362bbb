/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copying: through the terminal (OSC 52), or by a command that reads its standard input. */
#ifndef NOTME_UI_STAGE_CLIPBOARD_H
#define NOTME_UI_STAGE_CLIPBOARD_H

#include "stage/app.h"

/* Copies what @action (copy-address, copy-id or copy-case) says of the case under the cursor, and
 * says what was copied. */
void clipboard_copy(App *app, ActionId action);
/* A command still runs. */
bool clipboard_busy(const App *app);
/* Waits for no command any more. */
void clipboard_end(App *app);

#endif
