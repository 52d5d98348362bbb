/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs as data: everything that changes mail or tags, planned in full before it acts, undoable. The
 * writer process runs them; the command line and the interface only ask for them and watch. */
#ifndef NOTME_JOB_JOB_H
#define NOTME_JOB_JOB_H

#include "config/config.h"
#include "maildir/maildir.h"
#include "reading/row.h"

/* Every kind of job: X(ID, name, what was done to a message, what is being done, what a question
 * asks, the sign of a row it is at, whether to ask before it is done to many of which some may be
 * real). A new one also needs a plan (plan.c). */
#define JOB_ACTIONS(X)                                                                             \
    X(DELETE, "delete", "deleted", "deleting", "Delete", "d", true)                                \
    X(QUARANTINE, "quarantine", "quarantined", "quarantining", "Quarantine", "z", true)            \
    X(RELEASE, "release", "released", "putting back", "Put back", "Z", false)                      \
    X(COMPLAIN, "complain", "done for complaints", "writing complaints", "Complain about", "c",    \
      false)                                                                                       \
    X(TAG, "tag", "tagged", "tagging", "Tag", "t", false)                                          \
    X(VERDICT, "verdict", "given your verdict", "setting the verdict", "Set the verdict of", "!",  \
      false)                                                                                       \
    X(ANSWER, "answer", "answered", "writing the answer", "Answer", "a", false)                    \
    X(DECIDE, "decide", "decided", "writing the decision", "Decide on", "=", false)                \
    X(PURGE, "purge", "purged", "purging", "Remove for good", "p", false)                          \
    X(UNDO, "undo", "put back", "taking back", "Take back", "u", false)                            \
    X(REDO, "redo", "done again", "doing again", "Do again", "r", false)

typedef enum JobAction {
#define JOB_ID(id, ...) JOB_##id,
    JOB_ACTIONS(JOB_ID)
#undef JOB_ID
        JOB_ACTION_COUNT
} JobAction;

/* What became of a job: begun and not ended (killed, or at work now); done; stopped before its end;
 * taken back in part; taken back; its files removed for good. */
typedef enum JobState {
    JOB_OPEN,
    JOB_DONE,
    JOB_STOPPED,
    JOB_PARTLY,
    JOB_UNDONE,
    JOB_PURGED
} JobState;

/* One message to act on: what was seen. */
typedef struct JobItem {
    char *id;
    char *file;
    VerdictValue verdict; /* for the audit line; for JOB_VERDICT the word to set; for JOB_TAG the
                             tag to write */
    BounceKind kind;
    Warning warning; /* JOB_TAG: what has a tag beside the verdict's */
    FileMark mark;   /* of a job that is done again: the file has to be this one; else zero */
} JobItem;

/* A new file that a job adds (a draft). */
typedef struct JobDraft {
    char *content;
    gsize length;
    GPtrArray *covers; /* of char *: ids of the bounces that it covers */
    char *about;  /* "reporter ADDRESS", "network ADDRESS": to whom it is, and who sent the mail
                     that it is about; or NULL */
    char *memory; /* one line that goes into the file "complaints" of the state folder, and
                     out of it when the job is undone; or NULL */
} JobDraft;

/* The question of a complaint's planner that has other answers than yes: options.dns or not, and
 * then without options.ask_dns. It is asked only where that is set; what it tells to whom, first.
 */
#define JOB_TELL_DNS   "Your resolver, abusix.zone and abuse.net learn which addresses you look up."
#define JOB_ASK_DNS    "Look up abuse contacts in the DNS?"
#define JOB_ALWAYS_DNS "[complain]dns=true"

/* What is asked for beside the action, each for one of them; texts may be NULL. */
typedef struct JobOptions {
    char *to, *format; /* JOB_COMPLAIN: in place of the configuration's */
    bool old, dns;     /* JOB_COMPLAIN: of old bounces, too; asking the DNS */
    bool ask_dns;      /* JOB_COMPLAIN: where no addressee is known ask first whether to ask it */
    bool yes;   /* JOB_COMPLAIN: what has to be asked first (JobStatus.question) was; JOB_ANSWER:
                   the answer */
    char *file; /* JOB_ANSWER, JOB_DECIDE: the configuration to write */
    char *question;        /* JOB_ANSWER */
    char *campaign, *word; /* JOB_DECIDE: on which, and what */
    char *decision; /* JOB_DELETE, JOB_QUARANTINE: the campaign whose decision they carry out */
} JobOptions;

/* One owner: the writer's planner fills it. */
typedef struct JobRequest {
    JobAction action;
    char *query;       /* query or keys, for the audit line */
    GPtrArray *items;  /* of JobItem */
    GPtrArray *drafts; /* of JobDraft: put there by the planner; not sent. JOB_COMPLAIN only */
    guint undo;        /* JOB_UNDO, JOB_REDO: the job; 0: the last one that can be */
    gint64 older_than; /* JOB_PURGE: seconds */
    JobOptions options;
    GPtrArray *refused; /* of char *: put there by the planner; not sent. One sentence each */
    guint left;         /* put there by the planner; not sent. How many items @refused speaks of */
    char *question;     /* put there by the planner; not sent. What has to be answered with yes
                           (options.yes) before there are drafts; or NULL */
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
    guint undoable, redoable; /* at the end of a job: what an undo and a redo without a number would
                                 take now; 0: nothing */
    char *message;            /* what happened, one line, and how to undo it; or NULL */
    GPtrArray *problems;      /* of char *: messages that were skipped, each with its reason */
    char *recovered;          /* what became of an older job that was found open; or NULL */
    char *draft_file;         /* JOB_COMPLAIN: first draft written, or NULL */
    guint drafts;             /* JOB_COMPLAIN, at its end: how many there are */
    char *question; /* JOB_COMPLAIN: nothing was done, since this has to be asked first: the
                       same request with options.yes is the answer; or NULL */
} JobStatus;

/* The jobs there were, for those who never open a journal themselves. */
typedef struct JobListing {
    GPtrArray *jobs;          /* of JobStatus, oldest first */
    GPtrArray *problems;      /* of char *: journals that cannot be read */
    guint undoable, redoable; /* what an undo and a redo without a number would take; 0: nothing */
} JobListing;

/* Frees a JobDraft: for arrays of them. */
void job_draft_free(gpointer draft);
/* Frees what @options hold. */
void job_options_clear(JobOptions *options);
JobRequest *job_request_new(JobAction action);
void job_request_free(JobRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JobRequest, job_request_free)
/* To and from the writer (job_wire.c). NULL for what is none: @from is broken then. The caller
 * frees it. */
void job_request_pack(GByteArray *to, const JobRequest *request);
JobRequest *job_request_unpack(Unpack *from);
JobStatus *job_status_new(void);
void job_status_free(JobStatus *status);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JobStatus, job_status_free)
/* Likewise. */
void job_status_pack(GByteArray *to, const JobStatus *status);
JobStatus *job_status_unpack(Unpack *from);
JobListing *job_listing_new(void);
void job_listing_free(JobListing *listing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JobListing, job_listing_free)
/* Likewise. */
void job_listing_pack(GByteArray *to, const JobListing *listing);
JobListing *job_listing_unpack(Unpack *from);
JobItem *job_item_new(const char *id, const char *file, VerdictValue verdict, BounceKind kind);
const char *job_action_name(JobAction action);
const char *job_action_past(JobAction action);  /* "deleted" */
const char *job_action_doing(JobAction action); /* "deleting" */
const char *job_action_verb(JobAction action);  /* "Delete" */
const char *job_action_sign(JobAction action);  /* "d", one column */
int job_action_from_name(const char *name);     /* -1: none */
const char *job_state_name(JobState state);
/* What a job would take. */
typedef struct JobTally {
    guint verdicts[VERDICT_COUNT];
    guint warned; /* sent with the reviewer's own login, perhaps by somebody else ... */
    guint denied; /* ... and of these: by somebody else, as he said */
} JobTally;

/* Whether a job has to be asked for first: deletions and quarantines of more than one message with
 * genuine or undecided ones among them; what is removed for good, and the warning that somebody may
 * have the password, always. */
bool job_must_ask(JobAction action, bool for_good, const JobTally *tally);
void job_tally_add(JobTally *tally, const Row *row);
guint job_tally_all(const JobTally *tally);
/* "2 of them sent by a login that was not yours", to stand behind the number of all; NULL: none.
 * The caller frees it. */
char *job_tally_logins(const JobTally *tally);

/* Called now and then while a job runs; false stops it at the next message boundary. */
typedef bool (*JobProgress)(const JobStatus *status, gpointer data);

#endif
