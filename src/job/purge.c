/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file is removed only where it is the very one that was deleted: by device and inode, and by
 * content. (Journals of 0.1 do not know the content.) */
#include "job/purge.h"

#include "job/standing.h"

typedef struct Purge {
    Plan *plan;
    gint64 before;   /* jobs up to then */
    guint only;      /* this job alone; 0: all */
    GHashTable *ids; /* set of ids that go already: an older deletion of the same message */
} Purge;

/* Only what is still as the deletion left it: a file in the trash, or one with the tag. */
static Step *purge_step(const Purge *purge, const Step *done)
{
    Plan *plan = purge->plan;
    const char *place = done->to ? done->to : done->file, *why = NULL;
    g_autofree char *now = maildir_find(plan->dirs, place, &done->mark);
    if (!now)
        why = "it is gone, or not where the deletion left it";
    else if (!(why = maildir_refuse(plan->dirs, now)))
        why = maildir_why_not(now, &done->mark, done->sha256);
    if (why) {
        if (!g_hash_table_contains(purge->ids, done->id))
            plan_problem(plan, place, why);
        return NULL;
    }
    Step *step = step_new(STEP_UNLINK, done->id, now);
    guint others;
    step->mark = done->mark;
    bool known = plan_look(plan, step, &others);
    bool tagged = g_strv_contains((const char *const *)step->tags, plan->config->tags.deleted);
    if (!done->shared && !tagged && (known || !done->to)) {
        plan_problem(plan, now,
                     known ? "it is not marked as deleted any more"
                           : "it is not in the database: whether it is still deleted is not known");
        step_free(step);
        return NULL;
    }
    step->verdict = done->verdict;
    step->sha256 = done->sha256 ? g_strdup(done->sha256) : maildir_sha256(now);
    step->shared = others > 0;
    return step;
}

/* The job deleted this step's message (a complaint may have done so too). */
static bool step_deletes(const Plan *plan, const Journal *journal, const Step *step)
{
    const Config *config = plan->config;
    if (step->kind != STEP_MESSAGE)
        return false;
    return journal->action == JOB_DELETE ||
           g_strv_contains((const char *const *)step->add, config->tags.deleted) ||
           (journal->action == JOB_COMPLAIN && step->to &&
            maildir_in_folder(store_mail_root(plan->store), step->to, config->actions.trash));
}

static bool purge_job(Journal *journal, gpointer data)
{
    Purge *purge = data;
    if (journal->action == JOB_QUARANTINE || journal->time > purge->before ||
        (purge->only && journal->number != purge->only))
        return true;
    for (guint i = 0; i < journal->steps->len; i++) {
        const Step *done = journal->steps->pdata[i];
        if (!journal_step_done(journal, i) || !step_deletes(purge->plan, journal, done))
            continue;
        Step *step = purge_step(purge, done);
        if (!step)
            continue;
        step->job = journal->number;
        g_hash_table_add(purge->ids, g_strdup(step->id));
        plan_take(purge->plan, step);
    }
    return true;
}

void purge_plan(Plan *plan, const JobRequest *request)
{
    gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    Purge purge = {.plan = plan, .before = now - request->older_than, .only = request->undo};
    purge.ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    standing_jobs(plan->config->state_dir, purge_job, &purge);
    g_hash_table_unref(purge.ids);
}
