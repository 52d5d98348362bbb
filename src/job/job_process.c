/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of the writer process. */
#include "job/job_process.h"

#include <signal.h>

#include "job/job_drafts.h"
#include "job/job_frame.h"
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
    Frame frame;
    while (!process->alone && frame_receive_bytes(process->link, &frame, &process->alone)) {
        Unpack from = unpack_new(frame.bytes.p, frame.bytes.n);
        process->stop |= unpack_number(&from, JOB_FRAME_COUNT) == JOB_FRAME_STOP;
    }
}

static GByteArray *frame_new(JobFrame kind)
{
    GByteArray *frame = g_byte_array_new();
    pack_number(frame, kind);
    return frame;
}

static GByteArray *status_frame(JobFrame kind, const JobStatus *status)
{
    GByteArray *frame = frame_new(kind);
    job_status_pack(frame, status);
    return frame;
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
        frame_send_bytes(process->link, status_frame(JOB_FRAME_STATUS, status), NULL, 0);
    return !process->stop && !signalled;
}

static GByteArray *list_frame(const Config *config)
{
    g_autoptr(JobListing) listing = job_listing_new();
    GByteArray *frame = frame_new(JOB_FRAME_LISTING);
    g_ptr_array_unref(listing->jobs);
    listing->jobs = job_list(config, listing->problems);
    listing->undoable = undo_last(config->state_dir, NULL);
    listing->redoable = redo_last(config->state_dir, NULL);
    job_listing_pack(frame, listing);
    return frame;
}

static int process_run(FrameLink *link, const Config *config, JobRequest *request,
                       JobPlanner planner)
{
    g_autoptr(GError) error = NULL;
    JobProcess process = {.link = link};
    catch_signal(SIGINT);
    g_autoptr(JobStatus) status =
        job_run(config, request, planner, process_progress, &process, &error);
    GByteArray *end = status ? status_frame(JOB_FRAME_END, status) : frame_new(JOB_FRAME_ERROR);
    if (!status)
        pack_name(end, error->message);
    frame_send_bytes_wait(link, end);
    return status ? 0 : 2;
}

static GByteArray *drafts_frame(const Config *config, guint job)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) lines = job_drafts(config, job, &error);
    GByteArray *frame = frame_new(lines ? JOB_FRAME_DRAFTS : JOB_FRAME_ERROR);
    if (lines)
        draft_lines_pack(frame, lines);
    else
        pack_name(frame, error->message);
    return frame;
}

int job_process_body(FrameLink *link, JobPlanner planner)
{
    Frame hello;
    if (!frame_receive_bytes_wait(link, &hello))
        return 2;
    Unpack from = unpack_new(hello.bytes.p, hello.bytes.n);
    JobFrame kind = (JobFrame)unpack_number(&from, JOB_FRAME_COUNT);
    g_autoptr(Config) config = config_unpack(&from);
    if (config && kind == JOB_FRAME_LIST)
        return frame_send_bytes_wait(link, list_frame(config)) ? 0 : 2;
    if (config && kind == JOB_FRAME_DRAFTS_OF) {
        guint job = (guint)unpack_number(&from, G_MAXINT);
        return !from.broken && frame_send_bytes_wait(link, drafts_frame(config, job)) ? 0 : 2;
    }
    g_autoptr(JobRequest) request =
        config && kind == JOB_FRAME_BEGIN ? job_request_unpack(&from) : NULL;
    return request ? process_run(link, config, request, planner) : 2;
}
