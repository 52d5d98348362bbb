/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs that a kill or a power cut left open: their steps are done again (each is harmless to
 * repeat) to the end, or taken back where that had been begun. */
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "job/job_run.h"

static bool recover_one(Run *run, guint number, GError **error)
{
    g_autoptr(Journal) journal = journal_read(run->config->state_dir, number, true, error);
    if (!journal || !journal_reopen(journal, error))
        return false;
    JobStatus *own = run->status;
    run->status = journal_status(journal);
    run->status->running = true;
    bool good;
    if (journal->rollback)
        good = run_back(run, journal, error);
    else {
        Store *store = run_open_store(run, error);
        good = store && run_steps(run, journal, store, false, true, error);
    }
    job_status_free(run->status);
    run->status = own;
    if (!good)
        return false;
    g_autofree char *what = run_summary(journal);
    g_autofree char *before = own->recovered;
    own->recovered =
        g_strdup_printf("%s%sjob %u (%s) had been interrupted and was %s: %s", before ? before : "",
                        before ? "; " : "", number, job_action_name(journal->action),
                        journal->rollback ? "taken back" : "finished", what);
    return true;
}

/* Plans that were not complete when their writer died: nothing of them was done. */
static void drafts_remove(const char *state_dir)
{
    g_autofree char *folder = g_build_filename(state_dir, "jobs", NULL);
    GDir *dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_str_has_suffix(name, ".new"))
            unlink(path);
    }
    if (dir)
        g_dir_close(dir);
}

/* Only the newest can be open: no job is begun before an open one is finished. 0: none. */
static guint open_number(const char *state_dir)
{
    g_autoptr(GArray) numbers = journal_numbers(state_dir);
    for (guint i = numbers->len; i-- > 0;) {
        guint number = g_array_index(numbers, guint, i);
        g_autoptr(Journal) head = journal_read(state_dir, number, false, NULL);
        if (head) /* one that cannot be read is passed over */
            return head->ended ? 0 : number;
    }
    return 0;
}

bool recover_open_jobs(Run *run, GError **error)
{
    const char *state = run->config->state_dir;
    drafts_remove(state);
    guint number = open_number(state);
    return !number || recover_one(run, number, error);
}

guint job_open_one(const Config *config)
{
    /* while the lock is held somebody is at it */
    return journal_is_locked(config->state_dir) ? 0 : open_number(config->state_dir);
}

/* An open job has no end that says how much of it is done; but its writer has told now and then. */
static void status_progress(JobStatus *status, const JournalProgress *progress)
{
    if (status->state == JOB_OPEN && status->job == progress->job)
        status->done = MIN(progress->gone, status->planned);
}

bool job_is_running(const Config *config, JobStatus **status)
{
    *status = NULL;
    if (!journal_is_locked(config->state_dir))
        return false;
    JournalProgress progress = journal_progress_read(config->state_dir);
    g_autoptr(Journal) head =
        progress.job ? journal_read(config->state_dir, progress.job, false, NULL) : NULL;
    if (head && !head->ended) {
        *status = journal_status(head);
        (*status)->running = true;
        status_progress(*status, &progress);
    }
    return true;
}

GPtrArray *job_list(const Config *config, GError **error)
{
    (void)error;
    g_autoptr(GArray) numbers = journal_numbers(config->state_dir);
    JournalProgress progress = journal_progress_read(config->state_dir);
    bool locked = journal_is_locked(config->state_dir);
    GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)job_status_free);
    for (guint i = 0; i < numbers->len; i++) {
        g_autoptr(Journal) head =
            journal_read(config->state_dir, g_array_index(numbers, guint, i), false, NULL);
        if (!head)
            continue;
        JobStatus *status = journal_status(head);
        status->running = locked && status->state == JOB_OPEN;
        status_progress(status, &progress);
        g_ptr_array_add(list, status);
    }
    return list;
}
