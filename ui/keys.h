/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a key to what it does. */
#ifndef NOTME_UI_KEYS_H
#define NOTME_UI_KEYS_H

#include "stage/app.h"

void keys_press(App *app, Key key);
/* Does @action as if its key had been pressed. */
void keys_do(App *app, ActionId action);

#endif
