/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session: the one root object of the interface. It holds the rows, and talks to the store
 * reader and to the writer, which are other processes; it never opens the database or a mail file,
 * so it never waits. Runs on the thread-default GMainContext. */
#ifndef NOTME_SESSION_SESSION_H
#define NOTME_SESSION_SESSION_H

#include "config/config.h"
#include "job/job_client.h"
#include "reading/row.h"
#include "reading/text_wanted.h"

typedef struct Session Session;

typedef struct ReadingState {
    guint candidates; /* messages that the query gave so far */
    guint total;      /* that it will give; 0: not known yet */
    guint left_out;   /* when done: that search.exclude_tags of notmuch left out */
    guint read;       /* of them read */
    bool done;
    char *error; /* a sentence, or NULL */
} ReadingState;

/* All called from the main context; any may be NULL. Borrowed arguments. */
typedef struct SessionEvents {
    void (*rows_added)(guint first, guint count,
                       gpointer data); /* appended; newest first in each of the two stages */
    void (*rows_reset)(gpointer data); /* a new query has begun: no rows */
    /* tags or verdict, after a job or by another configuration */
    void (*rows_changed)(const guint *rows, guint count, gpointer data);
    void (*reading)(const ReadingState *reading, gpointer data);
    /* an answer; and, unasked, for the first rows */
    void (*case_ready)(guint row, const Finding *finding, const char *error, gpointer data);
    void (*text_ready)(guint row, TextWanted what, const char *text, const char *error,
                       gpointer data);
    void (*job_changed)(const JobStatus *status, gpointer data); /* progress and end */
    /* The answer to session_match: a set of ids (GHashTable) a query, or NULL with an error. */
    void (*matched)(const GPtrArray *sets, const char *error, gpointer data);
    /* an answer, and once unasked; NULL: they could not be listed */
    void (*jobs_listed)(const JobListing *listing, gpointer data);
    /* The answer to session_list_drafts (of DraftLine); NULL: they cannot be told. */
    void (*drafts_listed)(guint job, const GPtrArray *drafts, gpointer data);
    void (*new_mail)(gpointer data); /* the store changed under the query */
    void (*word)(const char *text,
                 gpointer data); /* one line to tell: recovery of an open job ... */
} SessionEvents;

Session *session_new(const Config *config, const SessionEvents *events, gpointer data);
void session_free(Session *session);
/* Starts (or restarts) reading. A running one is cancelled by a message to its reader; one that
 * does not answer within 200 ms is killed. */
void session_query(Session *session, const char *query);
/* Reads the current query again where the database has changed since; else nothing happens to the
 * rows. */
void session_again(Session *session);
/* Judges by @config from now on: where the identity alone differs, the rows stay where they are and
 * rows_changed tells those that are judged otherwise; else all is read again, but no file that was
 * read before. */
void session_configure(Session *session, const Config *config);
void session_cancel(Session *session);
const char *session_current_query(const Session *session);
guint session_row_count(const Session *session);
const Row *session_row(const Session *session,
                       guint i); /* stable until rows_reset; rows gone by a job keep their place and
                                    session_row_gone */
bool session_row_gone(const Session *session,
                      guint i); /* deleted or moved out of the query by a job */
/* Asks for the whole finding; answered by case_ready. A newer question cancels an older unanswered
 * one. A few findings are kept. */
void session_case(Session *session, guint row);
void session_text(Session *session, guint row, TextWanted what);
/* Asks which of the messages that were read match each of @queries (of char *, in the words of
 * notmuch). One question at a time: a newer one makes an older one's answer be dropped. */
void session_match(Session *session, const GPtrArray *queries);
/* Names that the notmuch configuration adds as prefixes of queries; a NULL-terminated list, or NULL
 * before the mailbox was opened. */
const char *const *session_prefixes(const Session *session);
/* What the mailbox says of the promise that @question asks for: "Of 412 messages in Sent, 412 are
 * signed by ..."; NULL where nothing was counted. Borrowed, until the next query. */
const char *session_promise(const Session *session, const char *question);
/* Nothing is under way: no reading, no job, and the rows are as the last job has left them. */
bool session_settled(const Session *session);

/* Jobs (session_job.c): one runs at a time, in the writer process; the list of all comes from it
 * too, for the session opens no journal. */

/* Between the query and the group in JobRequest.query, where a job was for a group. */
#define JOB_GROUP "; group: "

/* What is asked for beside the action. */
typedef struct SessionWish {
    VerdictValue verdict; /* JOB_VERDICT: which */
    const char *group;    /* whose rows these are; or NULL */
    bool network; /* JOB_COMPLAIN: to the network's contact, in place of the configuration's */
    bool yes, old, dns, ask_dns; /* JOB_COMPLAIN: as in JobOptions */
} SessionWish;

/* Starts a job on @rows (indices). @wish may be NULL. False with a reason when one is refused (a
 * job runs already, nothing to do). */
bool session_act(Session *session, JobAction action, const guint *rows, guint count,
                 const SessionWish *wish, GError **error);
/* Answers a question (verdict/question.h) in the configuration @file. */
bool session_answer(Session *session, const char *file, const char *question, bool yes,
                    GError **error);
/* Writes into the configuration @file what becomes of @campaign: "delete", "quarantine" or
 * "nothing". */
bool session_decide(Session *session, const char *file, const char *campaign, const char *word,
                    GError **error);
/* Carries out what was decided on @campaign, on those of @rows that are new to the decision. */
bool session_carry_out(Session *session, const char *campaign, const guint *rows, guint count,
                       GError **error);
/* Takes back job @job; does it again. */
bool session_undo(Session *session, guint job, GError **error);
bool session_redo(Session *session, guint job, GError **error);
/* The rows of job @job, done in this session, are among those of now: what it did is seen in them.
 */
bool session_holds_job(const Session *session, guint job);
/* Stops the job that runs, at the next message boundary. */
void session_stop_job(Session *session);
bool session_busy(const Session *session);
/* This session did job @job itself. */
bool session_owns_job(const Session *session, guint job);
/* Asks for the list of jobs; answered by jobs_listed. */
void session_list_jobs(Session *session);
/* Asks for the drafts of job @job; answered by drafts_listed. A newer question drops an older one.
 */
void session_list_drafts(Session *session, guint job);
/* The last list that came, or NULL. Borrowed. */
const JobListing *session_listing(const Session *session);
/* Ends watching what is under way (a job that runs goes on alone); for session_free. */
void session_leave_jobs(Session *session);

#endif
