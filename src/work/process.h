/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Worker processes: notme itself, started again by exec with a socket as its descriptor 3 and
 * "--worker=ROLE" as its only argument. */
#ifndef NOTME_WORK_PROCESS_H
#define NOTME_WORK_PROCESS_H

#include <sys/types.h>

#include "work/frame.h"

typedef struct Worker {
    pid_t pid;
    FrameLink *link;
} Worker;

/* The body of a worker; returns its exit status. The first frame is the hello of whoever started it
 * (configuration, identity). */
typedef int (*WorkerBody)(FrameLink *link);
typedef struct WorkerRole {
    const char *name; /* "parser", "reader", "writer" */
    WorkerBody body;
    bool reads_mail; /* and can be taken over by it: limited, silent, gone with its parent */
} WorkerRole;

/* The path by which exec starts this program again: /proc/self/exe, which is right even when its
 * file was replaced; without /proc the path it was called by. NULL: it does not find itself. */
const char *process_self(void);
Worker *worker_start(const char *role, GError **error);
/* Ends it (SIGTERM, then SIGKILL after a second), reaps it. Safe on one that is gone. */
void worker_stop(Worker *worker);
/* Lets it go on alone: closes the link, frees @worker, kills nothing. */
void worker_leave(Worker *worker);
/* If argv asks for a worker (--worker=ROLE), runs it from @roles and returns its exit status; -1
 * otherwise. To be called first of all by main(): it also remembers how the program was called. */
int worker_main(int argc, char **argv, const WorkerRole *roles, gsize count);

#endif
