/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doing again what an undo took back. */
#ifndef NOTME_JOB_REDO_H
#define NOTME_JOB_REDO_H

#include "job/journal.h"

/* The job that was taken back last and not done again since; a job of the user's own that came
 * after ends it. 0 with an error where there is none. */
guint redo_last(const char *state_dir, GError **error);
/* A request that does job @number again, on the messages that it was done to, planned anew: what
 * was changed since is left out with a word. NULL with an error. The caller owns it. */
JobRequest *redo_request(const char *state_dir, guint number, GError **error);

#endif
