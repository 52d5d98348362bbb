/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking back: steps that reverse those of an older job, as far as the world is still as the job
 * left it. */
#include "job/undo.h"

#include <gio/gio.h>
#include <string.h>

#include "job/answer.h"
#include "job/decide.h"

/* Where the file of @done is now; NULL with a problem. @moved: it is where the job put it. */
static char *done_find(Plan *plan, const Step *done, bool *moved)
{
    *moved = false;
    char *now = maildir_find(plan->dirs, done->to ? done->to : done->file, &done->mark);
    if (now && done->to)
        *moved = true;
    if (!now && done->to)
        now = maildir_find(plan->dirs, done->file, &done->mark);
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
        plan_step_remove_tag(step, *tag);
    for (char **tag = done->remove; *tag; tag++)
        plan_step_add_tag(step, *tag);
    /* the database lost the message meanwhile: its tags come from the journal */
    for (char **tag = done->tags; !known && *tag; tag++)
        plan_step_add_tag(step, *tag);
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
    g_autofree char *now = maildir_find(plan->dirs, done->file, NULL);
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
    if (done->kind == STEP_ENTRY)
        return answer_reverse(done);
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

bool undo_possible(const Journal *journal)
{
    return !not_undoable(journal);
}

guint undo_last(const char *state_dir, GError **error)
{
    g_autoptr(GArray) numbers = journal_numbers(state_dir);
    for (guint i = numbers->len; i-- > 0;) {
        g_autoptr(Journal) journal =
            journal_read(state_dir, g_array_index(numbers, guint, i), false, error);
        if (!journal) /* it may be the one that is meant */
            return 0;
        /* the hook's tags are nobody's last action; and a job that could not be put back in full
         * does not stand in the way of those before it */
        if (undo_possible(journal) && journal->action != JOB_TAG && !decide_is_by_tag(journal) &&
            !journal->partly_by)
            return journal->number;
    }
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no job that can be undone");
    return 0;
}

bool undo_plan(Plan *plan, guint number, GError **error)
{
    const char *state = plan->config->state_dir;
    if (number == 0 && (number = undo_last(state, error)) == 0)
        return false;
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
        if (journal_step_done(journal, i))
            plan_take(plan, undo_step(plan, journal->steps->pdata[i]));
    return true;
}
