/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers for people. */
#ifndef NOTME_BASE_COUNT_H
#define NOTME_BASE_COUNT_H

#include <glib.h>

enum { COUNT_SIZE = 32 };

/* "12,501": with a comma between thousands, in every locale. Returns @text. */
const char *count_text(guint64 count, char text[COUNT_SIZE]);

#endif
