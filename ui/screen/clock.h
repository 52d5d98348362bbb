/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time, and times as text, in the zone of the user. */
#ifndef NOTME_UI_SCREEN_CLOCK_H
#define NOTME_UI_SCREEN_CLOCK_H

#include <glib.h>

/* Unix seconds; NOTME_NOW in the environment freezes it for tests. */
gint64 clock_now(void);
/* "14:05" today, "Jun 03", "2003-06" for what is long ago. */
void clock_short_date(gint64 timestamp, gint64 now, char text[16]);
/* "Tue 3 Jun 2003 22:23". The caller frees it. */
char *clock_long_date(gint64 timestamp);
/* "22:22:51" */
void clock_of_day(gint64 timestamp, char text[16]);

#endif
