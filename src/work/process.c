/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workers are started by fork and exec of the program itself: a child that was only forked would
 * keep the locks and the terminal state of its parent. */
#include "work/process.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "work/confine.h"

enum { WORKER_SOCKET = 3, STOP_STEPS = 100 };
static const char worker_option[] = "--worker=";

#define OWN_LINK "/proc/self/exe"
static char *called_by; /* the program's path, for systems without /proc; set once, by main() */

/* Under valgrind the link reads as the program, but leads to valgrind: to follow the processes with
 * it, they have to be started by their path. */
static bool link_leads_elsewhere(void)
{
    char path[4096];
    struct stat link, own;
    ssize_t n = called_by ? readlink(OWN_LINK, path, sizeof path) : -1;
    return n > 0 && (gsize)n == strlen(called_by) && memcmp(path, called_by, (gsize)n) == 0 &&
           stat(OWN_LINK, &link) == 0 && stat(called_by, &own) == 0 && link.st_ino != own.st_ino;
}

const char *process_self(void)
{
    bool there = access(OWN_LINK, X_OK) == 0 && !link_leads_elsewhere();
    return there ? OWN_LINK : called_by;
}

static void process_remember(const char *name)
{
    g_autofree char *found = g_find_program_in_path(name);
    char *path = found ? realpath(found, NULL) : NULL;
    free(called_by);
    called_by = path;
}

/* What reads mail asks for thousands of small pieces of memory a message and gives them back: glibc
 * is to keep more of them at hand than seven of a size. Others pass over the word. The caller frees
 * it. */
static char **worker_environment(void)
{
    return g_environ_setenv(g_get_environ(), "GLIBC_TUNABLES",
                            "glibc.malloc.tcache_count=60:glibc.malloc.tcache_max=4096", FALSE);
}

/* Between fork and exec: async-signal-safe calls only. */
static void worker_exec(const char *self, int socket, char *option, char **environment)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    /* Ctrl-C reaches every process of the terminal, and is for the one that asks and tells: were
     * its workers gone before it has seen the key, it would tell of each that it died. */
    signal(SIGINT, SIG_IGN);
    int null = open("/dev/null", O_RDWR);
    if (null >= 0) {
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
        /* What a library writes to a terminal would scribble on the screen; a file may have it. */
        if (isatty(STDERR_FILENO))
            dup2(null, STDERR_FILENO);
        if (null > STDERR_FILENO && null != socket)
            close(null);
    }
    if (socket == WORKER_SOCKET)
        fcntl(socket, F_SETFD, 0);
    else if (dup2(socket, WORKER_SOCKET) < 0)
        _exit(127);
    static char name[] = "notme";
    /* without /proc it has to find itself by that name again */
    char *const argv[] = {self == called_by ? called_by : name, option, NULL};
    execve(self, argv, environment);
    _exit(127);
}

/* Two ends that no program which is started inherits. */
static bool socket_pair(int ends[2])
{
#ifdef SOCK_CLOEXEC
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0;
#else
    return socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0 &&
           fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 && fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0;
#endif
}

Worker *worker_start(const char *role, GError **error)
{
    const char *self = process_self();
    int ends[2];
    if (!self) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                    "cannot start the %s process: there is no /proc, and the program is not where "
                    "it was called; call it by its full path",
                    role);
        return NULL;
    }
    if (!socket_pair(ends)) {
        g_set_error(error, G_IO_ERROR, g_io_error_from_errno(errno),
                    "cannot start the %s process: %s", role, g_strerror(errno));
        return NULL;
    }
    g_autofree char *option = g_strconcat(worker_option, role, NULL);
    g_auto(GStrv) environment = worker_environment();
    pid_t pid = fork();
    if (pid == 0)
        worker_exec(self, ends[1], option, environment);
    int why = errno;
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        g_set_error(error, G_IO_ERROR, g_io_error_from_errno(why),
                    "cannot start the %s process: %s", role, g_strerror(why));
        return NULL;
    }
    Worker *worker = g_new0(Worker, 1);
    worker->pid = pid;
    worker->link = frame_link_new(ends[0]);
    return worker;
}

static bool worker_reaped(pid_t pid, int options)
{
    pid_t got;
    do
        got = waitpid(pid, NULL, options);
    while (got < 0 && errno == EINTR);
    return got == pid || got < 0;
}

void worker_stop(Worker *worker)
{
    if (!worker)
        return;
    if (worker->pid > 0 && !worker_reaped(worker->pid, WNOHANG)) {
        kill(worker->pid, SIGTERM);
        bool gone = false;
        for (int i = 0; i < STOP_STEPS && !(gone = worker_reaped(worker->pid, WNOHANG)); i++)
            g_usleep(i < 20 ? 500 : 12000);
        if (!gone) {
            kill(worker->pid, SIGKILL);
            worker_reaped(worker->pid, 0);
        }
    }
    frame_link_free(worker->link);
    g_free(worker);
}

void worker_leave(Worker *worker)
{
    if (!worker)
        return;
    frame_link_free(worker->link);
    worker_reaped(worker->pid, WNOHANG);
    g_free(worker);
}

/* Before the first byte of mail. What a library, or mail that took the process over, would write to
 * the standard error of whoever started it, it writes to nobody; with the parent gone there is
 * nobody to stop it. */
static void worker_is_reader_of_mail(void)
{
    confine_limits();
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* elsewhere it ends when it reads or writes its link */
#endif
#ifndef CONFINE_NEVER
    dup2(STDOUT_FILENO, STDERR_FILENO);
#endif
}

int worker_main(int argc, char **argv, const WorkerRole *roles, gsize count)
{
    if (argc > 0)
        process_remember(argv[0]);
    if (argc != 2 || strncmp(argv[1], worker_option, sizeof worker_option - 1) != 0)
        return -1;
    const char *name = argv[1] + sizeof worker_option - 1;
    for (gsize i = 0; i < count; i++) {
        if (strcmp(roles[i].name, name) != 0)
            continue;
        int type;
        socklen_t size = sizeof type;
        if (getsockopt(WORKER_SOCKET, SOL_SOCKET, SO_TYPE, &type, &size) < 0 || type != SOCK_STREAM)
            return 2; /* typed by a person: there is nobody at the other end */
        fcntl(WORKER_SOCKET, F_SETFD, FD_CLOEXEC);
        confine_memory();
        if (roles[i].reads_mail)
            worker_is_reader_of_mail();
        signal(SIGPIPE, SIG_IGN);
        FrameLink *link = frame_link_new(WORKER_SOCKET);
        int status = roles[i].body(link);
        frame_link_free(link);
        return status;
    }
    return 2;
}
