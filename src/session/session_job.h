/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs of a session: one runs at a time, in the writer process; the list of all comes from it too,
 * for the session opens no journal. */
#ifndef NOTME_SESSION_SESSION_JOB_H
#define NOTME_SESSION_SESSION_JOB_H

#include "session/session.h"

/* Between the query and the group in JobRequest.query, where a job was for a group. */
#define JOB_GROUP "; group: "

/* Starts a job on @rows (indices). @options is borrowed, and may be NULL. False with a reason when
 * one is refused (a job runs already, nothing to do). */
bool session_act(Session *session, JobAction action, const guint *rows, guint count,
                 json_t *options, GError **error);
/* Answers a question (verdict/question.h) in the configuration @file. */
bool session_answer(Session *session, const char *file, const char *question, bool yes,
                    GError **error);
/* Takes back job @job; does it again. */
bool session_undo(Session *session, guint job, GError **error);
bool session_redo(Session *session, guint job, GError **error);
/* Stops the job that runs, at the next message boundary. */
void session_stop_job(Session *session);
bool session_busy(const Session *session);
/* This session did job @job itself. */
bool session_owns_job(const Session *session, guint job);
/* Asks for the list of jobs; answered by jobs_listed. */
void session_list_jobs(Session *session);
/* The last list that came, or NULL. Borrowed. */
const JobListing *session_listing(const Session *session);
/* Ends watching what is under way (a job that runs goes on alone); for session_free. */
void session_leave_jobs(Session *session);

#endif
