/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running a job: lock, recover, plan, journal, act, close the database, say done. */
#include "job/job_run.h"

#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "job/carry_out.h"
#include "job/plan.h"

enum { TELL_EVERY_US = 100 * 1000 };

/* Tells progress; false: stop. */
static bool run_tell(Run *run, bool now)
{
    gint64 time = g_get_monotonic_time();
    if (!now && time - run->told < TELL_EVERY_US)
        return true;
    const JobStatus *status = run->status;
    const JournalProgress here = {status->job, status->done + status->skipped, status->planned};
    run->told = time;
    if (run->lock >= 0 && status->job)
        journal_progress_write(run->lock, &here);
    return !run->progress || run->progress(status, run->data);
}

static bool run_waiting(gpointer data)
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

static Maildirs *run_maildirs(const Store *store)
{
    return maildirs_new(store_mail_root(store), store_real_root(store));
}

/* What is to be noted elsewhere when @journal is done; each can be done again. */
static bool run_consequences(Run *run, Journal *journal, GError **error)
{
    const char *state = run->config->state_dir;
    if (journal->action == JOB_COMPLAIN && journal->stopped == G_MAXUINT && !journal->rollback &&
        !journal_memory(state, journal->memory, true, error))
        return false;
    guint left = journal->skipped_in_plan;
    for (guint i = 0; i < journal->steps->len; i++)
        left += ((const Step *)journal->steps->pdata[i])->skipped != NULL;
    /* what could not be put back now may be so later: the job stays one that can be undone */
    if (journal->action == JOB_UNDO && left && !journal->rollback)
        return journal_mark(state, journal->undoes, "partly", journal->number, error);
    if (journal->action == JOB_UNDO && journal->stopped == G_MAXUINT && !journal->rollback)
        return journal_memory(state, journal->memory, false, error) &&
               journal_mark(state, journal->undoes, "undone", journal->number, error);
    g_autoptr(GHashTable) marked = g_hash_table_new(NULL, NULL);
    for (guint i = 0; journal->action == JOB_PURGE && i < journal->steps->len; i++) {
        const Step *step = journal->steps->pdata[i];
        if (!step_was_done(journal, i) || !step->job ||
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

/* The files back first: that needs no room on the disk, and no database. */
static void files_back(Journal *journal, Maildirs *dirs)
{
    for (guint i = journal->steps->len; i-- > 0;) {
        const Step *step = journal->steps->pdata[i];
        FileMark mark;
        if (step->kind == STEP_ADD)
            unlink(step->file);
        if (step->kind != STEP_MESSAGE || !step->to || maildir_mark(step->file, &mark, NULL))
            continue;
        g_autofree char *there = maildir_find(dirs, step->to, step->mark.size);
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
    Act act = {run->config, store, dirs, journal, false, true};
    bool good = true;
    for (guint i = 0; i < steps->len && good; i++)
        good = act_loose(&act, steps->pdata[i], error);
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
static guint run_through(Run *run, Act *act, GError **error)
{
    Journal *journal = act->journal;
    guint i = 0;
    for (; i < journal->steps->len && i < journal->stopped; i++) {
        if (!run_tell(run, i == 0))
            break;
        if (!act_step(act, i, error))
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
    Act act = {run->config, store, dirs, journal, changed, again};
    guint through = run_through(run, &act, &why);
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

static const char *const past_tense[JOB_ACTION_COUNT] = {
    [JOB_DELETE] = "deleted",   [JOB_QUARANTINE] = "moved to quarantine",
    [JOB_RELEASE] = "released", [JOB_COMPLAIN] = "done for complaints",
    [JOB_TAG] = "tagged",       [JOB_VERDICT] = "given your verdict",
    [JOB_PURGE] = "purged",     [JOB_UNDO] = "put back",
};

char *run_summary(const Journal *journal)
{
    g_autoptr(GString) text = g_string_new(NULL);
    guint drafts = 0;
    for (guint i = 0; i < journal->steps->len; i++) {
        const Step *step = journal->steps->pdata[i];
        drafts += step->kind == STEP_ADD && step_was_done(journal, i);
    }
    if (journal->rollback)
        g_string_append(text, "taken back, nothing is changed");
    else if (journal->action == JOB_COMPLAIN)
        g_string_append_printf(text, "%u draft%s written, %u bounce%s marked", drafts,
                               drafts == 1 ? "" : "s", journal->done - drafts,
                               journal->done - drafts == 1 ? "" : "s");
    else
        g_string_append_printf(text, "%u %s", journal->done, past_tense[journal->action]);
    if (journal->skipped)
        g_string_append_printf(text, ", %u left as they are", journal->skipped);
    if (journal->stopped < journal->steps->len)
        g_string_append_printf(text, ", stopped before the other %u",
                               journal->steps->len - journal->stopped);
    if (journal->action == JOB_UNDO)
        g_string_append_printf(
            text, journal->skipped ? " (job %u; \"notme undo %u\" tries those again)" : " (job %u)",
            journal->undoes, journal->undoes);
    else if (journal->action != JOB_PURGE && journal->done && !journal->rollback)
        g_string_append_printf(text, "; \"notme undo %u\" takes it back", journal->number);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* The status becomes what the journal says; problems and what was recovered stay. */
static void run_adopt(Run *run, const Journal *journal)
{
    JobStatus *told = run->status, *fresh = journal_status(journal);
    GPtrArray *problems = fresh->problems;
    fresh->problems = told->problems;
    told->problems = problems;
    fresh->recovered = g_steal_pointer(&told->recovered);
    for (guint i = 0; i < journal->steps->len && !fresh->draft_file; i++) {
        const Step *step = journal->steps->pdata[i];
        if (step->kind == STEP_ADD)
            fresh->draft_file = g_strdup(step->file);
    }
    job_status_free(told);
    run->status = fresh;
}

static bool run_plan(Run *run, const JobRequest *request, Journal *journal, guint64 *revision,
                     GError **error)
{
    Store *store = store_open(run->config->notmuch_config, false, NULL, NULL, error);
    if (!store)
        return false;
    g_autoptr(Maildirs) dirs = run_maildirs(store);
    Plan plan = {run->config, store, dirs, journal, run->status->problems, 0};
    bool good = plan_make(&plan, request, error);
    *revision = store_revision(store, NULL);
    /* a sentence of a complaint's planner can speak of many */
    journal->skipped_in_plan = run->status->problems->len - request->refused->len + request->left;
    run->status->skipped = journal->skipped_in_plan;
    if (good && plan.already && !journal->steps->len)
        run->status->message = g_strdup_printf("nothing to do: %u %s so already", plan.already,
                                               plan.already == 1 ? "message is" : "messages are");
    store_close(store, NULL);
    return good;
}

/* The plan is on the disk: from here on it is either done, taken back, or open in the journal. */
static bool run_journal(Run *run, Journal *journal, guint64 revision, GError **error)
{
    g_autoptr(GError) why = NULL;
    run_adopt(run, journal);
    run->status->running = true;
    Store *store = run_open_store(run, &why);
    if (store)
        return run_steps(run, journal, store, store_revision(store, NULL) != revision, false,
                         error);
    /* nothing was done, and nothing will be: stopped, or the database cannot be written to */
    bool stopped = g_error_matches(why, STORE_ERROR, STORE_ERROR_STOPPED);
    if (!journal_note_stop(journal, 0, error) ||
        !journal_end(journal, run->config->state_dir, error))
        return false;
    if (!stopped)
        g_propagate_error(error, g_steal_pointer(&why));
    return stopped;
}

/* Nothing is done before the question is answered. */
static bool run_ask(Run *run, const JobRequest *request)
{
    for (guint i = 0; i < request->refused->len; i++)
        g_ptr_array_add(run->status->problems, g_strdup(request->refused->pdata[i]));
    run->status->question = g_strdup(request->question);
    run->status->message = g_strdup("nothing is done yet: it has to be asked first");
    run->status->state = JOB_DONE;
    return true;
}

static bool run_job(Run *run, JobRequest *request, JobPlanner planner, GError **error)
{
    if (request->action == JOB_COMPLAIN && request->drafts->len == 0) {
        if (!planner) {
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                        "this program was built without complaints");
            return false;
        }
        if (!planner(request, run->config, error))
            return false;
        if (request->question)
            return run_ask(run, request);
    }
    g_autoptr(Journal) journal = journal_new(request->action, request->query);
    guint64 revision = 0;
    if (!run_plan(run, request, journal, &revision, error))
        return false;
    /* an undo of what is so already still has to be noted */
    if (journal->steps->len == 0 && request->action != JOB_UNDO) {
        if (!run->status->message)
            run->status->message = g_strdup("nothing to do");
        run->status->state = JOB_DONE;
        return true;
    }
    if (!journal_begin(journal, run->config->state_dir, error) ||
        !run_journal(run, journal, revision, error))
        return false;
    run_adopt(run, journal);
    run->status->message = run_summary(journal);
    return true;
}

/* delete=unlink: the deletion, then the purge of that job alone. */
static bool run_unlink(Run *run, guint job, GError **error)
{
    g_autoptr(JobRequest) purge = job_request_new(JOB_PURGE);
    guint done = run->status->done;
    purge->undo = job;
    purge->query = g_strdup(run->status->query);
    if (!run_job(run, purge, NULL, error))
        return false;
    g_free(run->status->message);
    run->status->message =
        g_strdup_printf("%u deleted for good (jobs %u and %u)", done, job, run->status->job);
    return true;
}

JobStatus *job_run(const Config *config, JobRequest *request, JobPlanner planner,
                   JobProgress progress, gpointer data, GError **error)
{
    Run run = {.config = config,
               .progress = progress,
               .data = data,
               .status = job_status_new(),
               .lock = -1};
    run.status->action = request->action;
    run.status->query = g_strdup(request->query);
    run.status->running = true;
    run.lock = journal_lock(config->state_dir, run_waiting, &run, error);
    run.status->waiting_for_lock = false;
    bool good =
        run.lock >= 0 && recover_open_jobs(&run, error) && run_job(&run, request, planner, error);
    if (good && request->action == JOB_DELETE && config->actions.delete == DELETE_UNLINK &&
        run.status->job && run.status->done)
        good = run_unlink(&run, run.status->job, error);
    if (run.lock >= 0)
        close(run.lock);
    run.status->running = false;
    if (good)
        return run.status;
    job_status_free(run.status);
    return NULL;
}
