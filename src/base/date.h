/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates of mail (RFC 5322 3.3 and its obsolete and broken forms), read leniently, always to UTC. */
#ifndef NOTME_BASE_DATE_H
#define NOTME_BASE_DATE_H

#include "base/span.h"

/* "No time": used in every gint64 field that holds Unix seconds. */
#define TIME_NONE G_MININT64

typedef struct Date {
    gint64
        utc; /* Unix seconds; TIME_NONE without a zone (then @local holds the reading as if UTC) */
    gint64 local; /* the wall clock as written, read as if it were UTC */
    int zone;     /* minutes east of UTC */
    bool has_zone;
} Date;

/* Reads "Tue, 3 Jun 2003 16:22:51 -0400 (EDT)" and what real servers write: no weekday, two-digit
 * years, named zones (RFC 5322 obs-zone, JST, HDT, MSK, CET ...), asctime order, ISO 8601, missing
 * seconds, trailing comments. A comment never overrides a numeric zone. False when there is no date
 * in it. */
bool date_parse(Span text, Date *out);
/* Days from 1970-01-01 to that day of the years 1970 to 9999; -1 where there is no such day. */
gint64 date_days(gint64 year, gint64 month, gint64 day);
/* "2003-06-03T20:22:51Z". The caller frees it. NULL for TIME_NONE or a year outside 1..9999. */
char *date_format_rfc3339(gint64 utc);
/* The same into @text; false where that is NULL. */
#define DATE_RFC3339_SIZE sizeof "0000-00-00T00:00:00Z"
bool date_write_rfc3339(gint64 utc, char text[DATE_RFC3339_SIZE]);

#endif
