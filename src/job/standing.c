/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A walk over the journals. */
#include "job/standing.h"

void standing_jobs(const char *state_dir, bool (*each)(Journal *journal, gpointer data),
                   gpointer data)
{
    g_autoptr(GArray) numbers = journal_numbers(state_dir);
    bool go_on = true;
    for (guint i = numbers->len; go_on && i-- > 0;) {
        guint number = g_array_index(numbers, guint, i);
        g_autoptr(Journal) head = journal_read(state_dir, number, false, NULL);
        if (!head || !head->ended || head->rollback || head->undone_by || head->purged_by ||
            (head->action != JOB_DELETE && head->action != JOB_QUARANTINE &&
             head->action != JOB_COMPLAIN))
            continue;
        g_autoptr(Journal) journal = journal_read(state_dir, number, true, NULL);
        go_on = !journal || each(journal, data);
    }
}
