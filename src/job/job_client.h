/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting the writer process for a job and watching it: for the command line (job_client_wait) and
 * for an event loop (fd, poll). */
#ifndef NOTME_JOB_JOB_CLIENT_H
#define NOTME_JOB_JOB_CLIENT_H

#include "job/job_drafts.h"
#include "job/job_run.h"

typedef struct JobClient JobClient;

JobClient *job_client_start(const Config *config, const JobRequest *request, GError **error);
/* Asks for the list of jobs instead: poll with job_client_take_list. */
JobClient *job_client_list(const Config *config, GError **error);
/* Asks for the drafts of job @job: poll with job_client_take_drafts. */
JobClient *job_client_drafts(const Config *config, guint job, GError **error);
/* The list, where it has come whole (the caller frees it), or NULL. @ended: nothing more will come.
 * Never blocks. */
JobListing *job_client_take_list(JobClient *client, bool *ended);
/* The drafts (of DraftLine), where they have come (the caller unrefs them), or NULL. @ended:
 * nothing more will come. Never blocks. */
GPtrArray *job_client_take_drafts(JobClient *client, bool *ended);
/* For poll: readable, and writable where wanted. */
int job_client_fd(const JobClient *client);
bool job_client_wants_write(const JobClient *client);
/* Call when the descriptor is ready: reads what is there, never blocks. The newest status since the
 * last call (the caller frees it) or NULL. @ended: the job is over; then the result is its last
 * status, or NULL with an error. */
JobStatus *job_client_poll(JobClient *client, bool *ended, GError **error);
/* Asks it to stop at the next message boundary; go on polling. */
void job_client_stop(JobClient *client);
/* Ends watching. A job that runs goes on alone to its end. */
void job_client_free(JobClient *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JobClient, job_client_free)
/* Polls until the end; @progress (may be NULL) is called at least five times a second, with NULL
 * when there is nothing new, and returns false to stop.
 */
JobStatus *job_client_wait(JobClient *client, JobProgress progress, gpointer data, GError **error);

#endif
