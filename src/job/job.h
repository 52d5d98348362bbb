/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs: everything that changes mail or tags, planned in full before it acts, undoable
 * (actions.md). The writer process runs them; the command line and the interface only ask for them
 * and watch. */
#ifndef NOTME_JOB_JOB_H
#define NOTME_JOB_JOB_H

#include "config/config.h"
#include "reading/row.h"

typedef enum JobAction {
    JOB_DELETE,
    JOB_QUARANTINE,
    JOB_RELEASE,
    JOB_COMPLAIN,
    JOB_TAG,     /* notme tag: verdict tags */
    JOB_VERDICT, /* the reviewer's word */
    JOB_PURGE,
    JOB_UNDO,
    JOB_ACTION_COUNT
} JobAction;

typedef enum JobState { JOB_OPEN, JOB_DONE, JOB_UNDONE, JOB_PURGED } JobState;

/* One message to act on: what was seen. */
typedef struct JobItem {
    char *id;
    char *file;
    VerdictValue verdict; /* for the audit line; for JOB_VERDICT the word to set; for JOB_TAG the
                             tag to write */
    BounceKind kind;
} JobItem;

/* A new file that a job adds (a draft). */
typedef struct JobDraft {
    char *content;
    gsize length;
    GPtrArray *covers; /* of char *: ids of the bounces that it covers */
    char *memory;      /* one line that goes into the file "complaints" of the state folder, and
                          out of it when the job is undone; or NULL */
} JobDraft;

typedef struct JobRequest {
    JobAction action;
    char *query;        /* query or keys, for the audit line */
    GPtrArray *items;   /* of JobItem */
    GPtrArray *drafts;  /* of JobDraft; JOB_COMPLAIN only */
    guint undo;         /* JOB_UNDO: the job to take back; 0: the last one that can be */
    gint64 older_than;  /* JOB_PURGE: seconds */
    json_t *options;    /* JOB_COMPLAIN: to, format, old, dns, then ...; or NULL */
    GPtrArray *refused; /* of char *: put there by the planner; not sent. One sentence each */
    guint left;         /* put there by the planner; not sent. How many items @refused speaks of */
    char *question;     /* put there by the planner; not sent. What has to be answered with yes
                           (options "yes": true) before there are drafts; or NULL */
} JobRequest;

typedef struct JobStatus {
    guint job; /* numbered from 1 */
    JobAction action;
    gint64 time;
    JobState state;
    char *query;
    guint planned, done, skipped;
    guint partly_by; /* the undo that put back some of it, and had to leave the rest; 0: none */
    guint verdicts[VERDICT_COUNT];
    bool running, waiting_for_lock;
    char *message;       /* what happened, one line, and how to undo it; or NULL */
    GPtrArray *problems; /* of char *: messages that were skipped, each with its reason */
    char *recovered;     /* what became of an older job that was found open; or NULL */
    char *draft_file;    /* JOB_COMPLAIN: first draft written, or NULL */
    char *question;      /* JOB_COMPLAIN: nothing was done, since this has to be asked first: the
                            same request with options "yes": true is the answer; or NULL */
} JobStatus;

/* Frees a JobDraft: for arrays of them. */
void job_draft_free(gpointer draft);
JobRequest *job_request_new(JobAction action);
void job_request_free(JobRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JobRequest, job_request_free)
json_t *job_request_to_json(const JobRequest *request);
JobRequest *job_request_from_json(const json_t *json);
JobStatus *job_status_new(void);
void job_status_free(JobStatus *status);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JobStatus, job_status_free)
json_t *job_status_to_json(const JobStatus *status);
JobStatus *job_status_from_json(const json_t *json);
JobItem *job_item_new(const char *id, const char *file, VerdictValue verdict, BounceKind kind);
const char *job_action_name(JobAction action);
int job_action_from_name(const char *name); /* -1: none */
const char *job_state_name(JobState state);

/* Pieces of the JSON forms, for the journal. */
json_t *job_strings_to_json(const GPtrArray *strings);
GPtrArray *job_strings_from_json(const json_t *json);
json_t *job_verdicts_to_json(const guint *verdicts);
void job_verdicts_from_json(const json_t *json, guint *verdicts);

/* The list of past jobs from the journal, oldest first; of JobStatus. Read-only. */
GPtrArray *job_list(const Config *config, GError **error);
/* An unfinished job is in the journal (another process was killed): its number, or 0. Read-only. */
guint job_open_one(const Config *config);

/* Another process is at a job now. *@status (the caller frees it) is how far it is, or NULL where
 * that is not known. Read-only. */
bool job_is_running(const Config *config, JobStatus **status);

/* Turns a JOB_COMPLAIN request without drafts into one with drafts; given by whoever knows
 * complaints (a higher layer). */
typedef bool (*JobPlanner)(JobRequest *request, const Config *config, GError **error);
/* Runs one job to its end in this process: recovers an open one first, plans, journals, acts,
 * closes the database, says done. @progress is called now and then and returns false to stop at the
 * next message boundary. Never prints. The caller owns the result; NULL on error (then nothing was
 * changed, or the journal holds the open job and the message says so). */
typedef bool (*JobProgress)(const JobStatus *status, gpointer data);
JobStatus *job_run(const Config *config, JobRequest *request, JobPlanner planner,
                   JobProgress progress, gpointer data, GError **error);

/* What @request would do, one line a step (of char *; the caller unrefs); what would be left out
 * goes to @problems. JOB_COMPLAIN: only what is in request->drafts. Changes nothing. */
GPtrArray *job_preview(const Config *config, const JobRequest *request, GPtrArray *problems,
                       GError **error);

#endif
