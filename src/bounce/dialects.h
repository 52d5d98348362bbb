/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which program wrote a bounce, where it wrote no report: by its own words. Private to src/bounce.
 */
#ifndef NOTME_BOUNCE_DIALECTS_H
#define NOTME_BOUNCE_DIALECTS_H

#include "bounce/reading.h"

/* Names Bounce.format, where a report has not done so. */
void dialect_name(Reading *reading);

#endif
