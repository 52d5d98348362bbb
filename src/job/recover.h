/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs that a kill or a power cut left open. */
#ifndef NOTME_JOB_RECOVER_H
#define NOTME_JOB_RECOVER_H

#include "job/job_steps.h"

/* Finishes or takes back jobs that were left open; the lock is held. A sentence goes to
 * status->recovered. */
bool recover_open_jobs(Run *run, GError **error);
/* The number of the job that is open, 0: none. Only the newest can be; journals that cannot be read
 * are passed over and named in @damaged (a sentence, added to what it holds; may be NULL). */
guint recover_open_number(const char *state_dir, char **damaged);

#endif
