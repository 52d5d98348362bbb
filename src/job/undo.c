/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking back: steps that reverse those of an older job, as far as the world is still as the job
 * left it. Release is the same for one message; purge makes a deletion final. */
#include <gio/gio.h>
#include <string.h>

#include "job/plan.h"

/* Where the file of @done is now; NULL with a problem. @moved: it is where the job put it. */
static char *done_find(Plan *plan, const Step *done, bool *moved)
{
    *moved = false;
    char *now = maildir_find(plan->dirs, done->to ? done->to : done->file, done->mark.size);
    if (now && done->to)
        *moved = true;
    if (!now && done->to)
        now = maildir_find(plan->dirs, done->file, done->mark.size);
    const char *why = now ? maildir_refuse(plan->dirs, now) : "it is gone or was changed since";
    if (!why)
        return now;
    plan_problem(plan, done->to ? done->to : done->file, why);
    g_free(now);
    return NULL;
}

static void reverse_tags(Step *step, const Step *done, bool known)
{
    for (char **tag = done->add; *tag; tag++)
        step_remove_tag(step, *tag);
    for (char **tag = done->remove; *tag; tag++)
        step_add_tag(step, *tag);
    /* the database lost the message meanwhile: its tags come from the journal */
    for (char **tag = done->tags; !known && *tag; tag++)
        step_add_tag(step, *tag);
}

static Step *reverse_message(Plan *plan, const Step *done)
{
    bool moved;
    guint others;
    char *now = done_find(plan, done, &moved);
    if (!now)
        return NULL;
    Step *step = step_new(STEP_MESSAGE, done->id, now);
    maildir_mark(now, &step->mark, NULL);
    step->verdict = done->verdict;
    step->shared = done->shared;
    bool known = plan_look(plan, step, &others);
    if (moved) {
        step->to = maildir_home(plan->dirs, done->file, done->to, now);
        if (strcmp(step->to, now) == 0)
            g_clear_pointer(&step->to, g_free);
        const char *why = step->to ? maildir_refuse(plan->dirs, step->to) : NULL;
        if (why) {
            plan_problem(plan, done->file, why);
            g_clear_pointer(&step->to, g_free);
        }
    }
    if (!done->shared)
        reverse_tags(step, done, known);
    if (done->set_word && g_strcmp0(step->word_before, done->word) == 0) {
        step->set_word = true;
        step->word = g_strdup(done->word_before);
    }
    g_free(now);
    return step;
}

/* A draft that was made goes, unless somebody wrote in it. */
static Step *reverse_add(Plan *plan, const Step *done)
{
    g_autofree char *now = maildir_find(plan->dirs, done->file, -1);
    g_autofree char *there = now ? maildir_sha256(now) : NULL;
    g_autofree char *made = g_compute_checksum_for_string(G_CHECKSUM_SHA256, done->content, -1);
    if (g_strcmp0(there, made) != 0 || maildir_refuse(plan->dirs, now)) {
        plan_problem(plan, done->file,
                     now ? "the draft was edited since" : "the draft is gone: sent or deleted");
        return NULL;
    }
    Step *step = step_new(STEP_UNLINK, "", now);
    step->sha256 = g_steal_pointer(&made);
    maildir_mark(now, &step->mark, NULL);
    return step;
}

Step *undo_step(Plan *plan, const Step *done)
{
    if (done->kind == STEP_UNLINK)
        return NULL;
    return done->kind == STEP_ADD ? reverse_add(plan, done) : reverse_message(plan, done);
}

static const char *not_undoable(const Journal *journal)
{
    return journal->purged_by                    ? "it was purged: its files are gone"
           : journal->action == JOB_PURGE        ? "a purge cannot be undone"
           : journal->action == JOB_UNDO         ? "it undid another job; do that one again instead"
           : !journal->ended                     ? "it is not finished"
           : journal->undone_by                  ? "it was undone already"
           : journal->rollback || !journal->done ? "it did nothing"
                                                 : NULL;
}

guint undo_last(const char *state_dir)
{
    g_autoptr(GArray) numbers = journal_numbers(state_dir);
    for (guint i = numbers->len; i-- > 0;) {
        g_autoptr(Journal) journal =
            journal_read(state_dir, g_array_index(numbers, guint, i), false, NULL);
        /* one that could not be put back in full does not stand in the way of those before it */
        if (journal && !not_undoable(journal) && !journal->partly_by)
            return journal->number;
    }
    return 0;
}

bool undo_plan(Plan *plan, guint number, GError **error)
{
    const char *state = plan->config->state_dir;
    if (number == 0 && (number = undo_last(state)) == 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no job that can be undone");
        return false;
    }
    g_autoptr(Journal) journal = journal_read(state, number, true, error);
    if (!journal)
        return false;
    const char *why = not_undoable(journal);
    if (why) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "job %u cannot be undone: %s",
                    number, why);
        return false;
    }
    plan->journal->undoes = number;
    for (guint i = 0; i < journal->memory->len; i++)
        g_ptr_array_add(plan->journal->memory, g_strdup(journal->memory->pdata[i]));
    /* last first, so that a file that was renamed twice goes back the way it came */
    for (guint i = journal->steps->len; i-- > 0;)
        if (step_was_done(journal, i))
            plan_take(plan, undo_step(plan, journal->steps->pdata[i]));
    return true;
}

/* The journals, newest first, of jobs that still stand; @each returns false to stop. */
static void standing_jobs(const char *state_dir, bool (*each)(Journal *journal, gpointer data),
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

/* Release: unique part of a file in quarantine -> the step that put it there. */
typedef struct Homes {
    GHashTable *steps; /* of Step, stolen from the journals */
    const char *root, *folder;
} Homes;

static bool homes_learn(Journal *journal, gpointer data)
{
    Homes *homes = data;
    for (guint i = 0; i < journal->steps->len; i++) {
        Step *step = journal->steps->pdata[i];
        if (!step_was_done(journal, i) || step->kind != STEP_MESSAGE || !step->to ||
            !maildir_in_folder(homes->root, step->to, homes->folder))
            continue;
        char *unique = maildir_unique(step->to);
        if (g_hash_table_contains(homes->steps, unique)) { /* a newer job has it */
            g_free(unique);
            continue;
        }
        g_hash_table_insert(homes->steps, unique, step);
        journal->steps->pdata[i] = step_new(STEP_MESSAGE, "", "");
    }
    return true;
}

static Step *release_step(Plan *plan, const Homes *homes, Step *step)
{
    const Config *config = plan->config;
    g_autofree char *unique = maildir_unique(step->file);
    const Step *done = g_hash_table_lookup(homes->steps, unique);
    if (!done) {
        plan_problem(plan, step->file,
                     "the journal does not know where it came from; move it by hand");
        step_free(step);
        return NULL;
    }
    step->to = maildir_home(plan->dirs, done->file, done->to, step->file);
    if (step->shared)
        return step;
    step_remove_tag(step, config->tags.quarantined);
    if (!done->shared)
        for (char **tag = done->remove; *tag; tag++)
            step_add_tag(step, *tag);
    return step;
}

void release_plan(Plan *plan, const JobRequest *request)
{
    Homes homes = {.root = store_mail_root(plan->store),
                   .folder = plan->config->actions.quarantine};
    homes.steps = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)step_free);
    standing_jobs(plan->config->state_dir, homes_learn, &homes);
    for (guint i = 0; i < request->items->len; i++) {
        Step *step = plan_message(plan, request->items->pdata[i]);
        if (step && maildir_in_folder(homes.root, step->file, homes.folder))
            plan_take(plan, release_step(plan, &homes, step));
        else if (step) {
            plan->already++;
            step_free(step);
        }
    }
    g_hash_table_unref(homes.steps);
}

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
    g_autofree char *now = maildir_find(plan->dirs, place, done->mark.size);
    if (!now)
        why = "it is gone, or not where the deletion left it";
    else
        why = maildir_refuse(plan->dirs, now);
    if (why) {
        if (!g_hash_table_contains(purge->ids, done->id))
            plan_problem(plan, place, why);
        return NULL;
    }
    Step *step = step_new(STEP_UNLINK, done->id, now);
    guint others;
    maildir_mark(now, &step->mark, NULL);
    bool known = plan_look(plan, step, &others);
    bool tagged = g_strv_contains((const char *const *)step->tags, plan->config->tags.deleted);
    if (known && !done->shared && !tagged) {
        plan_problem(plan, now, "it is not marked as deleted any more");
        step_free(step);
        return NULL;
    }
    step->verdict = done->verdict;
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
        if (!step_was_done(journal, i) || !step_deletes(purge->plan, journal, done))
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

bool purge_plan(Plan *plan, const JobRequest *request, GError **error)
{
    (void)error;
    gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    Purge purge = {.plan = plan, .before = now - request->older_than, .only = request->undo};
    purge.ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    standing_jobs(plan->config->state_dir, purge_job, &purge);
    g_hash_table_unref(purge.ids);
    return true;
}
