/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of a terminal. */
#ifndef NOTME_BASE_COLUMNS_H
#define NOTME_BASE_COLUMNS_H

#include <glib.h>

/* Columns that @c takes, by the table that ncurses and terminals have (wcwidth of the C library),
 * or GLib's where the locale has no UTF-8. 0: it goes with the one before; -1: it cannot be shown.
 */
int columns_of(gunichar c);

#endif
