/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of one journal: act, close the database, say done; or take back. */
#include "job/job_steps.h"

#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "base/count.h"
#include "base/crash_point.h"
#include "decision/decision.h"
#include "job/carry_out.h"
#include "job/job_lock.h"
#include "job/job_memory.h"
#include "job/undo.h"
#include "question/answer.h"
#include "verdict/question.h"

enum { TELL_EVERY_US = 100 * 1000 };

/* Tells progress; false: stop. */
static bool run_tell(Run *run, bool now)
{
    gint64 time = g_get_monotonic_time();
    if (!now && time - run->told < TELL_EVERY_US)
        return true;
    const JobStatus *status = run->status;
    const LockProgress here = {status->job, status->done + status->skipped, status->planned};
    run->told = time;
    if (run->lock >= 0 && status->job)
        job_lock_tell(run->lock, &here);
    return !run->progress || run->progress(status, run->data);
}

bool run_waiting(gpointer data)
{
    Run *run = data;
    run->status->waiting_for_lock = true;
    return run_tell(run, true);
}

Store *run_open_store(Run *run, GError **error)
{
    Store *store = store_open(run->config->notmuch_config, true, run_waiting, run, error);
    run->status->waiting_for_lock = false;
    return store;
}

Maildirs *run_maildirs(const Store *store)
{
    return maildirs_new(store_mail_root(store), store_real_root(store));
}

/* What is to be noted elsewhere when @journal is done; each can be done again. */
static bool run_consequences(Run *run, Journal *journal, GError **error)
{
    const char *state = run->config->state_dir;
    if (journal->action == JOB_COMPLAIN && journal->stopped == G_MAXUINT && !journal->rollback &&
        !job_memory(state, journal->memory, true, error))
        return false;
    guint left = journal->skipped_in_plan;
    for (guint i = 0; i < journal->steps->len; i++)
        left += ((const Step *)journal->steps->pdata[i])->skipped != NULL;
    /* what could not be put back now may be so later: the job stays one that can be undone */
    if (journal->action == JOB_UNDO && left && !journal->rollback)
        return journal_mark(state, journal->undoes, "partly", journal->number, error);
    if (journal->action == JOB_UNDO && journal->stopped == G_MAXUINT && !journal->rollback)
        return job_memory(state, journal->memory, false, error) &&
               journal_mark(state, journal->undoes, "undone", journal->number, error);
    g_autoptr(GHashTable) marked = g_hash_table_new(NULL, NULL);
    for (guint i = 0; journal->action == JOB_PURGE && i < journal->steps->len; i++) {
        const Step *step = journal->steps->pdata[i];
        if (!journal_step_done(journal, i) || !step->job ||
            !g_hash_table_add(marked, GUINT_TO_POINTER(step->job)))
            continue;
        if (!journal_mark(state, step->job, "purged", journal->number, error))
            return false;
    }
    return true;
}

static bool run_finish(Run *run, Journal *journal, GError **error)
{
    return run_consequences(run, journal, error) &&
           journal_end(journal, run->config->state_dir, error);
}

/* Steps that take back @journal's, with the world as it is. */
static GPtrArray *steps_back(Run *run, Journal *journal, Store *store, Maildirs *dirs)
{
    GPtrArray *steps = g_ptr_array_new_with_free_func((GDestroyNotify)step_free);
    GPtrArray *problems = g_ptr_array_new_with_free_func(g_free);
    Plan plan = {run->config, store, dirs, journal, problems, 0};
    for (guint i = journal->steps->len; i-- > 0;) {
        Step *step = undo_step(&plan, journal->steps->pdata[i]);
        if (step)
            g_ptr_array_add(steps, step);
    }
    g_ptr_array_unref(problems);
    return steps;
}

/* A draft goes only where a draft can be, and only while it is what was written. */
static void draft_back(const Step *step, Maildirs *dirs)
{
    g_autofree char *made = g_compute_checksum_for_string(G_CHECKSUM_SHA256, step->content, -1);
    g_autofree char *there = maildir_sha256(step->file);
    if (!maildir_refuse(dirs, step->file) && g_strcmp0(made, there) == 0)
        unlink(step->file);
}

/* The files back first: that needs no room on the disk, and no database. */
static void files_back(Journal *journal, Maildirs *dirs)
{
    for (guint i = journal->steps->len; i-- > 0;) {
        const Step *step = journal->steps->pdata[i];
        FileMark mark;
        if (step->kind == STEP_ADD)
            draft_back(step, dirs);
        if (step->kind != STEP_MESSAGE || !step->to || maildir_mark(step->file, &mark, NULL))
            continue;
        g_autofree char *there = maildir_find(dirs, step->to, &step->mark);
        if (there && !maildir_refuse(dirs, there) && !maildir_refuse(dirs, step->file))
            maildir_move(dirs, there, step->file, NULL);
    }
    maildir_sync(dirs, NULL);
}

bool run_back(Run *run, Journal *journal, GError **error)
{
    Store *store = run_open_store(run, error);
    if (!store)
        return false;
    g_autoptr(Maildirs) dirs = run_maildirs(store);
    GPtrArray *steps = steps_back(run, journal, store, dirs);
    CarryOut out = {run->config, store, dirs, journal, false, true};
    bool good = true;
    for (guint i = 0; i < steps->len && good; i++)
        good = carry_out_loose(&out, steps->pdata[i], error);
    g_ptr_array_unref(steps);
    good = good && maildir_sync(dirs, error);
    good = store_close(store, good ? error : NULL) && good;
    return good && journal_end(journal, run->config->state_dir, error);
}

/* Something that cannot be got over: all goes back to how it was. */
static bool run_fail(Run *run, Journal *journal, Maildirs *dirs, GError *why, GError **error)
{
    g_autoptr(GError) because = why, again = NULL;
    journal_note_rollback(journal, because->message, NULL);
    files_back(journal, dirs);
    if (run_back(run, journal, &again))
        g_set_error(error, because->domain, because->code,
                    "%s; job %u was taken back, nothing is changed", because->message,
                    journal->number);
    else
        g_set_error(error, because->domain, because->code,
                    "%s; the files of job %u are back in their places, the database will follow "
                    "when notme changes something next",
                    because->message, journal->number);
    return false;
}

/* Acts until the end, a stop or a failure. Returns the number of steps gone through. */
static guint run_through(Run *run, CarryOut *out, GError **error)
{
    Journal *journal = out->journal;
    guint i = 0;
    for (; i < journal->steps->len && i < journal->stopped; i++) {
        if (!run_tell(run, i == 0))
            break;
        if (!carry_out_step(out, i, error))
            break;
        const Step *step = journal->steps->pdata[i];
        if (step->skipped) {
            g_ptr_array_add(run->status->problems, g_strdup(step->skipped));
            run->status->skipped++;
        } else
            run->status->done++;
    }
    return i;
}

bool run_steps(Run *run, Journal *journal, Store *store, bool changed, bool again, GError **error)
{
    g_autoptr(Maildirs) dirs = run_maildirs(store);
    g_autoptr(GError) why = NULL;
    CarryOut out = {run->config, store, dirs, journal, changed, again};
    guint through = run_through(run, &out, &why);
    bool is_purge = journal->action == JOB_PURGE; /* what is unlinked cannot come back */
    if (!why && through < journal->steps->len && through < journal->stopped)
        journal_note_stop(journal, through, &why);
    if (!why)
        maildir_sync(dirs, &why);
    crash_point();
    GError *close_error = NULL;
    if (!store_close(store, &close_error)) {
        if (why)
            g_clear_error(&close_error);
        else
            why = close_error;
    }
    crash_point();
    if (why && !is_purge)
        return run_fail(run, journal, dirs, g_steal_pointer(&why), error);
    if (why) {
        g_propagate_prefixed_error(
            error, g_steal_pointer(&why),
            "job %u will be finished when notme changes something next: ", journal->number);
        return false;
    }
    return run_finish(run, journal, error);
}

static void answer_append(GString *text, const Journal *journal)
{
    const Step *step = journal->steps->pdata[0];
    const char *leaves = answer_leaves(step->id, g_strcmp0(step->word, "yes") == 0);
    g_autofree char *question = question_text(step->id);
    g_string_append_printf(text, "%s You said %s%s%s", question ? question : journal->query,
                           step->word, leaves ? ": " : "", leaves ? leaves : "");
}

/* What an undo did, by what the job had done. */
static void undo_append(GString *text, const Journal *journal)
{
    guint entries = 0, drafts = 0, others;
    char count[COUNT_SIZE];
    for (guint i = 0; i < journal->steps->len; i++) {
        const Step *step = journal->steps->pdata[i];
        entries += step->kind == STEP_ENTRY && journal_step_done(journal, i);
        drafts += step->kind == STEP_UNLINK && journal_step_done(journal, i);
    }
    others = journal->done - MIN(entries + drafts, journal->done);
    if (entries)
        g_string_append(text, "taken back, all is judged as before");
    else if (drafts)
        g_string_append_printf(text, "%s draft%s removed, %s bounce%s unmarked",
                               count_text(drafts, (char[COUNT_SIZE]){0}), drafts == 1 ? "" : "s",
                               count_text(others, count), others == 1 ? "" : "s");
    else
        g_string_append_printf(text, "%s put back", count_text(journal->done, count));
}

/* It goes to another folder; a new flag alone is no move. */
static bool is_moved(const Step *step)
{
    g_autofree char *from = maildir_of(step->file);
    g_autofree char *to = step->to ? maildir_of(step->to) : NULL;
    return to && strcmp(from, to) != 0;
}

/* What was done to its messages. With quarantine_by=tag nothing goes to quarantine. */
static const char *past_words(const Journal *journal)
{
    bool moved = false;
    for (guint i = 0; i < journal->steps->len && !moved; i++)
        moved = is_moved(journal->steps->pdata[i]);
    return journal->action != JOB_QUARANTINE ? job_action_past(journal->action)
           : moved                           ? "moved to quarantine"
                                             : "tagged as quarantined";
}

char *run_summary(const Journal *journal)
{
    g_autoptr(GString) text = g_string_new(NULL);
    guint drafts = 0;
    char count[COUNT_SIZE];
    for (guint i = 0; i < journal->steps->len; i++) {
        const Step *step = journal->steps->pdata[i];
        drafts += step->kind == STEP_ADD && journal_step_done(journal, i);
    }
    if (journal->rollback)
        g_string_append(text, "taken back, nothing is changed");
    else if (journal->action == JOB_COMPLAIN)
        g_string_append_printf(text, "%s draft%s written, nothing sent, %s bounce%s marked",
                               count_text(drafts, (char[COUNT_SIZE]){0}), drafts == 1 ? "" : "s",
                               count_text(journal->done - drafts, count),
                               journal->done - drafts == 1 ? "" : "s");
    else if (journal->action == JOB_ANSWER && journal->done)
        answer_append(text, journal);
    else if (journal->action == JOB_DECIDE && journal->done)
        g_string_append_printf(text, "decided on %s", journal->query);
    else if (journal->action == JOB_UNDO)
        undo_append(text, journal);
    else
        g_string_append_printf(text, "%s %s", count_text(journal->done, count),
                               past_words(journal));
    const char *decision = strstr(journal->query ? journal->query : "", DECISION_ON);
    if (decision && decision_may_name(decision + strlen(DECISION_ON)))
        g_string_append_printf(text, " by your %s", decision);
    guint genuine = journal->verdicts[VERDICT_GENUINE];
    if ((journal->action == JOB_DELETE || journal->action == JOB_QUARANTINE) && journal->done &&
        genuine)
        g_string_append_printf(text, journal->planned == 1 ? ", GENUINE" : ", %s of them GENUINE",
                               count_text(genuine, count));
    if (journal->skipped)
        g_string_append_printf(text, ", %s left as they are", count_text(journal->skipped, count));
    if (journal->stopped < journal->steps->len)
        g_string_append_printf(text, ", stopped before the other %s",
                               count_text(journal->steps->len - journal->stopped, count));
    if (journal->action == JOB_UNDO)
        g_string_append_printf(
            text, journal->skipped ? " (job %u; \"notme undo %u\" tries those again)" : " (job %u)",
            journal->undoes, journal->undoes);
    else if (journal->action != JOB_PURGE && journal->done && !journal->rollback)
        g_string_append_printf(text, "; \"notme undo %u\" takes it back", journal->number);
    return g_string_free(g_steal_pointer(&text), FALSE);
}
