/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing that has to last: see durable.h. */
#define _GNU_SOURCE /* renameat2 */
#include "maildir/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

bool durable_write(int fd, const char *bytes, gsize length)
{
    while (length > 0) {
        ssize_t n = write(fd, bytes, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        length -= (gsize)n;
    }
    return true;
}

bool durable_sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
    if (fd >= 0)
        close(fd);
    return good;
}

bool durable_make_folder(const char *folder)
{
    if (g_file_test(folder, G_FILE_TEST_IS_DIR))
        return true;
    g_autofree char *above = g_path_get_dirname(folder);
    if (g_strcmp0(above, folder) == 0 || !durable_make_folder(above))
        return false;
    if (mkdir(folder, 0700) < 0)
        return errno == EEXIST && g_file_test(folder, G_FILE_TEST_IS_DIR);
    return durable_sync_folder(above);
}

bool durable_rename_new(const char *from, const char *to)
{
#ifdef RENAME_NOREPLACE
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
#endif
    /* a system or file system that does not know how: look first */
    struct stat it;
    if (lstat(to, &it) == 0) {
        errno = EEXIST;
        return false;
    }
    return rename(from, to) == 0;
}
