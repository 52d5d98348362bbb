/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts of verdicts in words. */
#include "stage/act_words.h"
#include "base/count.h"

/* "2 of them genuine and 1 undecided", of @all */
static void name_counts(GString *text, const guint *counts, guint all)
{
    static const VerdictValue named[] = {VERDICT_GENUINE, VERDICT_UNDECIDED};
    for (gsize i = 0; i < G_N_ELEMENTS(named); i++) {
        char count[32];
        if (!counts[named[i]])
            continue;
        count_text(counts[named[i]], count);
        g_string_append_printf(text, i && counts[named[0]] ? " and %s %s" : "%s of them %s",
                               counts[named[i]] == all ? "all" : count, verdict_name(named[i]));
    }
}

JobTally act_tally(const App *app, const GArray *rows)
{
    JobTally tally = {0};
    for (guint i = 0; i < rows->len; i++)
        job_tally_add(&tally, model_row(app->model, g_array_index(rows, guint, i)));
    return tally;
}

char *act_question(const App *app, JobAction job, const GArray *rows)
{
    JobTally tally = act_tally(app, rows);
    const guint *counts = tally.verdicts;
    char count[32];
    bool for_good = job == JOB_DELETE && app->config->actions.delete == DELETE_UNLINK;
    if (!job_must_ask(job, for_good, &tally))
        return NULL;
    g_autofree char *logins = job_tally_logins(&tally);
    g_autoptr(GString) text = g_string_new(NULL);
    count_text(rows->len, count);
    g_string_printf(text, "%s %s message%s", job_action_verb(job), count,
                    rows->len == 1 ? "" : "s");
    if (for_good)
        g_string_append(text, " for good, without undo");
    if ((counts[VERDICT_GENUINE] || counts[VERDICT_UNDECIDED]) && !(logins && rows->len == 1)) {
        g_string_append(text, ", ");
        name_counts(text, counts, rows->len);
    }
    if (logins)
        g_string_append_printf(text, ", %s", logins);
    g_string_append(text, "? (y/n) ");
    return g_string_free(g_steal_pointer(&text), FALSE);
}

char *act_dry_run(const App *app, JobAction job, const GArray *rows)
{
    JobTally tally = act_tally(app, rows);
    const guint *counts = tally.verdicts;
    g_autofree char *logins = job_tally_logins(&tally);
    char count[32];
    g_autoptr(GString) text = g_string_new(NULL);
    count_text(rows->len, count);
    g_string_printf(text, "Dry run: %s message%s would be %s", count, rows->len == 1 ? "" : "s",
                    job_action_past(job));
    for (int i = VERDICT_GENUINE, said = 0; i < VERDICT_COUNT; i++) {
        if (!counts[i])
            continue;
        count_text(counts[i], count);
        g_string_append_printf(text, "%s%s %s", said++ ? ", " : ": ", count,
                               verdict_name((VerdictValue)i));
    }
    if (logins)
        g_string_append_printf(text, ", %s", logins);
    g_string_append(text, "; nothing was done");
    return g_string_free(g_steal_pointer(&text), FALSE);
}
