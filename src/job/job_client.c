/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The watcher's side of the writer process. */
#include "job/job_client.h"

#include <gio/gio.h>
#include <poll.h>

#include "job/job_frame.h"
#include "work/process.h"

enum { LOOK_EVERY_MS = 200 };

struct JobClient {
    Worker *worker;
    bool stopping;
};

/* What begins a talk with a writer: a kind, and the configuration. */
static GByteArray *hello_new(JobFrame kind, const Config *config)
{
    GByteArray *hello = g_byte_array_new();
    pack_number(hello, kind);
    config_pack(hello, config);
    return hello;
}

/* A writer that is told @hello (taken over). */
static JobClient *client_ask(GByteArray *hello, GError **error)
{
    Worker *worker = worker_start("writer", error);
    if (!worker) {
        g_byte_array_unref(hello);
        return NULL;
    }
    JobClient *client = g_new0(JobClient, 1);
    client->worker = worker;
    frame_send_bytes(worker->link, hello, NULL, 0);
    return client;
}

JobClient *job_client_start(const Config *config, const JobRequest *request, GError **error)
{
    GByteArray *hello = hello_new(JOB_FRAME_BEGIN, config);
    job_request_pack(hello, request);
    return client_ask(hello, error);
}

JobClient *job_client_list(const Config *config, GError **error)
{
    return client_ask(hello_new(JOB_FRAME_LIST, config), error);
}

JobClient *job_client_drafts(const Config *config, guint job, GError **error)
{
    GByteArray *hello = hello_new(JOB_FRAME_DRAFTS_OF, config);
    pack_number(hello, job);
    return client_ask(hello, error);
}

/* What the one frame that answers says, behind its kind, which is @kind; borrowed. False: it has
 * not come, or is another. */
static bool client_answer(JobClient *client, JobFrame kind, Unpack *from, bool *ended)
{
    bool closed = false;
    Frame frame;
    frame_flush(client->worker->link);
    bool got = frame_receive_bytes(client->worker->link, &frame, &closed);
    *from = unpack_new(frame.bytes.p, got ? frame.bytes.n : 0);
    *ended = got || closed;
    return got && unpack_number(from, JOB_FRAME_COUNT) == (guint64)kind;
}

GPtrArray *job_client_take_drafts(JobClient *client, bool *ended)
{
    Unpack from;
    return client_answer(client, JOB_FRAME_DRAFTS, &from, ended) ? draft_lines_unpack(&from) : NULL;
}

JobListing *job_client_take_list(JobClient *client, bool *ended)
{
    Unpack from;
    return client_answer(client, JOB_FRAME_LISTING, &from, ended) ? job_listing_unpack(&from)
                                                                  : NULL;
}

int job_client_fd(const JobClient *client)
{
    return frame_link_fd(client->worker->link);
}

bool job_client_wants_write(const JobClient *client)
{
    return frame_wants_write(client->worker->link);
}

/* The status that a frame says; @ended: there will be no other. */
static JobStatus *status_take(Span bytes, bool *ended, GError **error)
{
    Unpack from = unpack_new(bytes.p, bytes.n);
    JobFrame kind = (JobFrame)unpack_number(&from, JOB_FRAME_COUNT);
    JobStatus *status = NULL;
    const char *why = NULL;
    if (kind == JOB_FRAME_STATUS || kind == JOB_FRAME_END)
        status = job_status_unpack(&from);
    else if (kind == JOB_FRAME_ERROR)
        why = unpack_name(&from);
    *ended = kind != JOB_FRAME_STATUS;
    if (*ended && !status)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", why ? why : "the job failed");
    return status;
}

JobStatus *job_client_poll(JobClient *client, bool *ended, GError **error)
{
    bool closed = false;
    JobStatus *newest = NULL;
    Frame frame;
    *ended = false;
    frame_flush(client->worker->link);
    while (!*ended && frame_receive_bytes(client->worker->link, &frame, &closed)) {
        job_status_free(newest);
        newest = status_take(frame.bytes, ended, error);
    }
    if (!closed || *ended)
        return newest;
    *ended = true;
    job_status_free(newest);
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_CLOSED,
                "the process that does the job was killed; what it had begun is in the journal and "
                "is finished when notme changes something next");
    return NULL;
}

void job_client_stop(JobClient *client)
{
    if (client->stopping)
        return;
    GByteArray *stop = g_byte_array_new();
    pack_number(stop, JOB_FRAME_STOP);
    frame_send_bytes(client->worker->link, stop, NULL, 0);
    client->stopping = true;
}

void job_client_free(JobClient *client)
{
    if (!client)
        return;
    worker_leave(client->worker);
    g_free(client);
}

JobStatus *job_client_wait(JobClient *client, JobProgress progress, gpointer data, GError **error)
{
    for (;;) {
        bool ended;
        struct pollfd it = {.fd = job_client_fd(client), .events = POLLIN};
        if (job_client_wants_write(client))
            it.events |= POLLOUT;
        poll(&it, 1, LOOK_EVERY_MS);
        JobStatus *status = job_client_poll(client, &ended, error);
        if (ended)
            return status;
        if (progress && !progress(status, data))
            job_client_stop(client);
        job_status_free(status);
    }
}
