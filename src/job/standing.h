/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs that still stand: done, and neither taken back nor purged. */
#ifndef NOTME_JOB_STANDING_H
#define NOTME_JOB_STANDING_H

#include "job/journal.h"

/* Calls @each with the journals, newest first, of deletions, quarantines and complaints that still
 * stand, each read whole; it returns false to stop. @journal is borrowed. */
void standing_jobs(const char *state_dir, bool (*each)(Journal *journal, gpointer data),
                   gpointer data);

#endif
