/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the journals say of past and running jobs. */
#include "job/job_list.h"

#include "job/job_lock.h"
#include "job/recover.h"

guint job_open_one(const Config *config)
{
    /* while the lock is held somebody is at it */
    return job_lock_held(config->state_dir) ? 0 : recover_open_number(config->state_dir, NULL);
}

/* An open job has no end that says how much of it is done; but its writer has told now and then. */
static void status_progress(JobStatus *status, const LockProgress *progress)
{
    if (status->state == JOB_OPEN && status->job == progress->job)
        status->done = MIN(progress->gone, status->planned);
}

bool job_is_running(const Config *config, JobStatus **status)
{
    *status = NULL;
    if (!job_lock_held(config->state_dir))
        return false;
    LockProgress progress = job_lock_told(config->state_dir);
    g_autoptr(Journal) head =
        progress.job ? journal_read(config->state_dir, progress.job, false, NULL) : NULL;
    if (head && !head->ended) {
        *status = journal_status(head);
        (*status)->running = true;
        status_progress(*status, &progress);
    }
    return true;
}

GPtrArray *job_list(const Config *config, GPtrArray *problems)
{
    g_autoptr(GArray) numbers = journal_numbers(config->state_dir);
    LockProgress progress = job_lock_told(config->state_dir);
    bool locked = job_lock_held(config->state_dir);
    GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)job_status_free);
    for (guint i = 0; i < numbers->len; i++) {
        g_autoptr(GError) why = NULL;
        g_autoptr(Journal) head =
            journal_read(config->state_dir, g_array_index(numbers, guint, i), false, &why);
        if (!head) {
            if (problems)
                g_ptr_array_add(problems, g_strdup(why->message));
            continue;
        }
        JobStatus *status = journal_status(head);
        status->running = locked && status->state == JOB_OPEN;
        status_progress(status, &progress);
        g_ptr_array_add(list, status);
    }
    return list;
}
