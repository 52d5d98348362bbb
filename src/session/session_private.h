/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the session share; nobody else includes it. */
#ifndef NOTME_SESSION_SESSION_PRIVATE_H
#define NOTME_SESSION_SESSION_PRIVATE_H

#include "session/session.h"

#include <glib-unix.h>

#include "job/job_client.h"
#include "work/process.h"

/* A row and whether a job took it out of the query. */
typedef struct Held {
    Row *row;
    bool gone;
} Held;

/* A process of jobs that is listened to. */
typedef struct SessionClient {
    JobClient *job; /* NULL: none */
    GSource *source;
    GUnixFDSourceFunc ready;
} SessionClient;

struct Session {
    Config *config; /* a reference; not changed */
    SessionEvents events;
    gpointer data;
    GMainContext *context;
    Worker *reader;
    bool greeted;         /* the reader has the configuration */
    bool answered;        /* it has said something */
    guint number;         /* of the query: what is said about others is passed over */
    GSource *begin_timer; /* the reader has not answered to the query yet; else NULL */
    GSource *reader_source;
    char *query;
    GArray *rows; /* of Held */
    ReadingState reading;
    gint64 case_asked, case_wanted; /* rows; -1: none. One question at a time is on its way */
    SessionClient job;              /* the one that runs */
    gint64 text_asked;              /* row whose text is on the way; -1: none */
    TextWanted text_what;
    guint match_asked;     /* number of the newest question of session_match */
    bool matching;         /* its answer is on the way */
    char **prefixes;       /* of queries; or NULL */
    GHashTable *promises;  /* question -> what the mailbox says of it */
    GArray *job_rows;      /* guint: of the running job */
    GHashTable *rows_of;   /* job number -> GArray of the rows it was done to, in this session */
    GHashTable *own_jobs;  /* set of numbers of jobs that this session did */
    bool any_row;          /* the running job takes back or does again one of another session */
    bool list_again;       /* a job has ended since the list was asked for */
    guint looking;         /* questions on their way: what became of rows */
    SessionClient lister;  /* asked for the list of jobs */
    SessionClient drafter; /* asked for the drafts of a job ... */
    guint drafts_of;       /* ... this one */
    JobListing *listing;   /* the last that came, or NULL */
};

/* Row @i, or NULL. */
Held *session_held(const Session *session, guint i);
/* Sends @frame (taken over) to the reader, which is there. */
void session_send(Session *session, json_t *frame);

/* Calls @ready once when @fd can be read, or written to where something waits (@writes); what was
 * watched in the place of @source is forgotten. @fd -1: nothing is watched. */
void session_watch(Session *session, GSource **source, int fd, bool writes,
                   GUnixFDSourceFunc ready);
/* Takes what came from the reader. */
void session_take_frame(Session *session, Frame *frame);
/* Tells how far reading is; that it failed. */
void session_tell_reading(Session *session);
void session_fail_reading(Session *session, const char *why);
/* The reader has answered: it need not be killed. */
void session_begun(Session *session);
/* Reads the current query from its beginning. */
void session_read(Session *session);
/* Asks for the case that is wanted, unless another is on its way. */
void session_ask_case(Session *session);

#endif
