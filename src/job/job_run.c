/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running a job: lock, recover, plan, journal, act, close the database, say done. */
#include "job/job_run.h"

#include <gio/gio.h>
#include <unistd.h>

#include "base/count.h"
#include "job/decide.h"
#include "job/job_lock.h"
#include "job/plan.h"
#include "job/recover.h"
#include "job/redo.h"
#include "job/undo.h"

/* The status becomes what the journal says; problems and what was recovered stay. */
static void run_adopt(Run *run, const Journal *journal)
{
    JobStatus *told = run->status, *fresh = journal_status(journal);
    GPtrArray *problems = fresh->problems;
    fresh->problems = told->problems;
    told->problems = problems;
    fresh->recovered = g_steal_pointer(&told->recovered);
    for (guint i = 0; i < journal->steps->len; i++) {
        const Step *step = journal->steps->pdata[i];
        if (step->kind != STEP_ADD)
            continue;
        fresh->drafts++;
        if (!fresh->draft_file)
            fresh->draft_file = g_strdup(step->file);
    }
    job_status_free(told);
    run->status = fresh;
}

/* Why @action has nothing to do for messages that are as it would make them. */
static const char *already_text(JobAction action)
{
    switch (action) {
    case JOB_DELETE:
        return "deleted already";
    case JOB_QUARANTINE:
        return "in quarantine already";
    case JOB_RELEASE:
        return "not in quarantine";
    default:
        return "so already";
    }
}

static bool run_plan(Run *run, const JobRequest *request, Journal *journal, guint64 *revision,
                     GError **error)
{
    g_autoptr(Store) store = store_open(run->config->notmuch_config, false, NULL, NULL, error);
    if (!store)
        return false;
    g_autoptr(Maildirs) dirs = run_maildirs(store);
    Plan plan = {run->config, store, dirs, journal, run->status->problems, 0};
    bool good = plan_make(&plan, request, error);
    *revision = store_revision(store, NULL);
    /* a sentence of a complaint's planner can speak of many */
    journal->skipped_in_plan = run->status->problems->len - request->refused->len + request->left;
    run->status->skipped = journal->skipped_in_plan;
    if (good && plan.already && (request->action == JOB_ANSWER || request->action == JOB_DECIDE))
        run->status->message = g_strdup("nothing to do: the configuration is so already");
    else if (good && plan.already && !journal->steps->len)
        run->status->message = g_strdup_printf(
            "nothing to do: %s %s %s", count_text(plan.already, (char[COUNT_SIZE]){0}),
            plan.already == 1 ? "message is" : "messages are", already_text(request->action));
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
    journal->redoes =
        request->action == JOB_UNDO || request->action == JOB_PURGE ? 0 : request->undo;
    if (!run_plan(run, request, journal, &revision, error))
        return false;
    /* an undo of what is so already still has to be noted */
    if (journal->steps->len == 0 && request->action != JOB_UNDO) {
        if (!run->status->message)
            run->status->message = g_strdup("nothing to do");
        run->status->state = JOB_DONE;
        return true;
    }
    if (!decide_note(run->config, request, journal, error) ||
        !journal_begin(journal, run->config->state_dir, error) ||
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
        g_strdup_printf("%s deleted for good (jobs %u and %u)",
                        count_text(done, (char[COUNT_SIZE]){0}), job, run->status->job);
    return true;
}

/* A redo is the undone job's own request once more. */
static bool run_request(Run *run, JobRequest *request, JobPlanner planner, GError **error)
{
    if (request->action != JOB_REDO)
        return run_job(run, request, planner, error);
    g_autoptr(JobRequest) again = redo_request(run->config->state_dir, request->undo, error);
    if (!again)
        return false;
    run->status->action = again->action;
    return run_job(run, again, planner, error);
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
    run.lock = job_lock(config->state_dir, run_waiting, &run, error);
    run.status->waiting_for_lock = false;
    bool good = run.lock >= 0 && recover_open_jobs(&run, error) &&
                run_request(&run, request, planner, error);
    /* what was decided once for all is never removed for good */
    if (good && request->action == JOB_DELETE && config->actions.delete == DELETE_UNLINK &&
        !decide_campaign(request) && run.status->job && run.status->done)
        good = run_unlink(&run, run.status->job, error);
    run.status->undoable = undo_last(config->state_dir, NULL);
    run.status->redoable = redo_last(config->state_dir, NULL);
    if (run.lock >= 0)
        close(run.lock);
    run.status->running = false;
    if (good)
        return run.status;
    job_status_free(run.status);
    return NULL;
}
