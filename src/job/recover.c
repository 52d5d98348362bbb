/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs that a kill or a power cut left open: their steps are done again (each is harmless to
 * repeat) to the end, or taken back where that had been begun. */
#include "job/recover.h"

#include <string.h>
#include <unistd.h>

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

guint recover_open_number(const char *state_dir, char **damaged)
{
    g_autoptr(GArray) numbers = journal_numbers(state_dir);
    for (guint i = numbers->len; i-- > 0;) {
        guint number = g_array_index(numbers, guint, i);
        g_autoptr(GError) why = NULL;
        g_autoptr(Journal) head = journal_read(state_dir, number, false, &why);
        if (head)
            return head->ended ? 0 : number;
        if (!damaged)
            continue;
        char *before = *damaged;
        *damaged = g_strdup_printf("%s%s%s; it is passed over", before ? before : "",
                                   before ? "; " : "", why->message);
        g_free(before);
    }
    return 0;
}

bool recover_open_jobs(Run *run, GError **error)
{
    const char *state = run->config->state_dir;
    drafts_remove(state);
    guint number = recover_open_number(state, &run->status->recovered);
    return !number || recover_one(run, number, error);
}
