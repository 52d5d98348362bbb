/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A write lock of fcntl(2): it goes with the process that holds it. */
#include "job/job_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <stdio.h>
#include <unistd.h>

#include "job/journal_private.h"

enum { WAIT_STEP_US = 50 * 1000 };

int job_lock(const char *state_dir, bool (*waiting)(gpointer), gpointer data, GError **error)
{
    if (!journal_make_folders(state_dir, error))
        return -1;
    g_autofree char *path = g_build_filename(state_dir, "lock", NULL);
    int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) {
        journal_fail(error, path);
        return -1;
    }
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    while (fcntl(fd, F_SETLK, &lock) < 0) {
        bool busy = errno == EACCES || errno == EAGAIN;
        if (!busy)
            journal_fail(error, path);
        else if (waiting && !waiting(data))
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                        "stopped while another notme was at work");
        else {
            g_usleep(WAIT_STEP_US);
            continue;
        }
        close(fd);
        return -1;
    }
    return fd;
}

bool job_lock_held(const char *state_dir)
{
    g_autofree char *path = g_build_filename(state_dir, "lock", NULL);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    bool locked = fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    if (fd >= 0)
        close(fd);
    return locked;
}

/* One length, so that a shorter line leaves nothing of a longer one. */
enum { PROGRESS_LENGTH = 48 };

void job_lock_tell(int lock, const LockProgress *progress)
{
    char line[PROGRESS_LENGTH + 1];
    g_snprintf(line, sizeof line, "%-15u %-15u %-15u\n", progress->job, progress->gone,
               progress->planned);
    if (pwrite(lock, line, PROGRESS_LENGTH, 0) < 0)
        return; /* a full disk: nobody needs it to go on */
}

LockProgress job_lock_told(const char *state_dir)
{
    LockProgress progress = {0, 0, 0};
    char line[PROGRESS_LENGTH + 1] = "";
    g_autofree char *path = g_build_filename(state_dir, "lock", NULL);
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    ssize_t n = fd >= 0 ? pread(fd, line, PROGRESS_LENGTH, 0) : -1;
    if (fd >= 0)
        close(fd);
    if (n == PROGRESS_LENGTH &&
        sscanf(line, "%9u %9u %9u", &progress.job, &progress.gone, &progress.planned) != 3)
        progress = (LockProgress){0, 0, 0};
    return progress;
}
