/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lock of the state folder: one job at a time; and how far it is, told in the lock's own file.
 */
#ifndef NOTME_JOB_JOB_LOCK_H
#define NOTME_JOB_JOB_LOCK_H

#include <glib.h>
#include <stdbool.h>

/* One job at a time: the lock of the state folder (made 0700). Waits; @waiting as in store_open.
 * The descriptor, or -1. */
int job_lock(const char *state_dir, bool (*waiting)(gpointer), gpointer data, GError **error);
/* Some process holds it now. */
bool job_lock_held(const char *state_dir);
/* How far a job is, told in the lock's own file: for those who wait, and for the list of jobs after
 * a kill. Not synced: it may lag behind. */
typedef struct LockProgress {
    guint job; /* 0: not known */
    guint gone, planned;
} LockProgress;
void job_lock_tell(int lock, const LockProgress *progress);
LockProgress job_lock_told(const char *state_dir);

#endif
