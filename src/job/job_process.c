/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of the writer process. */
#include "job/job_process.h"

#include <signal.h>

#include "base/autoptr.h"
#include "job/job_list.h"
#include "job/redo.h"
#include "job/undo.h"
#include "work/frame.h"

static volatile sig_atomic_t signalled;

static void on_signal(int number)
{
    (void)number;
    signalled = 1;
}

static void catch_signal(int number)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

typedef struct JobProcess {
    FrameLink *link;
    bool stop, alone, acting;
} JobProcess;

static void process_listen(JobProcess *process)
{
    json_t *frame;
    while (!process->alone && (frame = frame_receive(process->link, &process->alone))) {
        process->stop = process->stop || json_is_true(json_object_get(frame, "stop"));
        json_decref(frame);
    }
}

static bool process_progress(const JobStatus *status, gpointer data)
{
    JobProcess *process = data;
    if (!status->waiting_for_lock && !process->acting) {
        /* until here the signals end the process at once: nothing was done yet */
        process->acting = true;
        catch_signal(SIGTERM);
        catch_signal(SIGHUP);
    }
    process_listen(process);
    frame_flush(process->link);
    /* one that does not read is not told everything */
    if (!process->alone && !frame_wants_write(process->link))
        frame_send(process->link, json_pack("{s:o}", "status", job_status_to_json(status)));
    return !process->stop && !signalled;
}

/* The list of jobs, for those who never open a journal themselves. */
static json_t *list_frame(const Config *config)
{
    json_t *jobs = json_array();
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) list = job_list(config, problems);
    for (guint i = 0; i < list->len; i++)
        json_array_append_new(jobs, job_status_to_json(list->pdata[i]));
    return json_pack("{s:o, s:o, s:i, s:i}", "jobs", jobs, "problems",
                     job_strings_to_json(problems), "undoable",
                     (int)undo_last(config->state_dir, NULL), "redoable",
                     (int)redo_last(config->state_dir, NULL));
}

int job_process_body(FrameLink *link, JobPlanner planner)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(json_t) hello = frame_receive_wait(link);
    g_autoptr(Config) config = hello ? config_from_json(json_object_get(hello, "config")) : NULL;
    g_autoptr(JobRequest) request =
        hello ? job_request_from_json(json_object_get(hello, "request")) : NULL;
    bool list = hello && json_is_true(json_object_get(hello, "list"));
    if (config && list)
        return frame_send_wait(link, list_frame(config)) ? 0 : 2;
    if (!config || !request)
        return 2;
    catch_signal(SIGINT);
    JobProcess process = {.link = link};
    g_autoptr(JobStatus) status =
        job_run(config, request, planner, process_progress, &process, &error);
    json_t *end = status ? json_pack("{s:b, s:o}", "end", 1, "status", job_status_to_json(status))
                         : json_pack("{s:b, s:o}", "end", 1, "error", frame_bytes(error->message));
    frame_send_wait(link, end);
    return status ? 0 : 2;
}
