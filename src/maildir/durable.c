/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing that has to last: see durable.h. */
#include "maildir/durable.h"

#include <errno.h>
#include <fcntl.h>
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
