/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lengths of time as they are written in settings and options. */
#ifndef NOTME_BASE_DURATION_H
#define NOTME_BASE_DURATION_H

#include <glib.h>
#include <stdbool.h>

/* "14d", a number with s, m, h, d, w or y (365.25 days) behind it, to seconds; false if it is none.
 */
bool duration_parse(const char *text, gint64 *seconds);

#endif
