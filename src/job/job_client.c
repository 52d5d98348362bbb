/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The watcher's side of the writer process. */
#include "job/job_client.h"

#include <gio/gio.h>
#include <poll.h>

#include "base/autoptr.h"
#include "work/process.h"

enum { LOOK_EVERY_MS = 200 };

struct JobClient {
    Worker *worker;
    bool stopping;
};

JobClient *job_client_start(const Config *config, const JobRequest *request, GError **error)
{
    Worker *worker = worker_start("writer", error);
    if (!worker)
        return NULL;
    JobClient *client = g_new0(JobClient, 1);
    client->worker = worker;
    json_t *hello = json_pack("{s:o, s:o}", "config", config_to_json(config), "request",
                              job_request_to_json(request));
    frame_send(worker->link, hello);
    return client;
}

JobClient *job_client_list(const Config *config, GError **error)
{
    Worker *worker = worker_start("writer", error);
    if (!worker)
        return NULL;
    JobClient *client = g_new0(JobClient, 1);
    client->worker = worker;
    frame_send(worker->link, json_pack("{s:o, s:b}", "config", config_to_json(config), "list", 1));
    return client;
}

void job_listing_free(JobListing *listing)
{
    if (!listing)
        return;
    g_ptr_array_unref(listing->jobs);
    g_ptr_array_unref(listing->problems);
    g_free(listing);
}

static JobListing *listing_from_json(const json_t *frame)
{
    JobListing *listing = g_new0(JobListing, 1);
    const json_t *jobs = json_object_get(frame, "jobs");
    listing->jobs = g_ptr_array_new_with_free_func((GDestroyNotify)job_status_free);
    listing->problems = job_strings_from_json(json_object_get(frame, "problems"));
    listing->undoable = (guint)json_integer_value(json_object_get(frame, "undoable"));
    listing->redoable = (guint)json_integer_value(json_object_get(frame, "redoable"));
    for (gsize i = 0; i < json_array_size(jobs); i++) {
        JobStatus *status = job_status_from_json(json_array_get(jobs, i));
        if (status)
            g_ptr_array_add(listing->jobs, status);
    }
    return listing;
}

JobListing *job_client_take_list(JobClient *client, bool *ended)
{
    bool closed = false;
    frame_flush(client->worker->link);
    g_autoptr(json_t) frame = frame_receive(client->worker->link, &closed);
    JobListing *listing = frame ? listing_from_json(frame) : NULL;
    *ended = listing || closed;
    return listing;
}

int job_client_fd(const JobClient *client)
{
    return frame_link_fd(client->worker->link);
}

bool job_client_wants_write(const JobClient *client)
{
    return frame_wants_write(client->worker->link);
}

static JobStatus *status_of_end(const json_t *frame, GError **error)
{
    JobStatus *status = job_status_from_json(json_object_get(frame, "status"));
    if (status)
        return status;
    g_autofree char *why = frame_bytes_text(json_object_get(frame, "error"));
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", why ? why : "the job failed");
    return NULL;
}

JobStatus *job_client_poll(JobClient *client, bool *ended, GError **error)
{
    bool closed = false;
    JobStatus *newest = NULL;
    json_t *frame;
    *ended = false;
    frame_flush(client->worker->link);
    while (!*ended && (frame = frame_receive(client->worker->link, &closed))) {
        job_status_free(newest);
        *ended = json_is_true(json_object_get(frame, "end"));
        newest = *ended ? status_of_end(frame, error)
                        : job_status_from_json(json_object_get(frame, "status"));
        json_decref(frame);
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
    if (!client->stopping)
        frame_send(client->worker->link, json_pack("{s:b}", "stop", 1));
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
