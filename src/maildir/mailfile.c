/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of mail: see mailfile.h. */
#include "maildir/mailfile.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "message/mime.h"

static void set_error(GError **error, int number)
{
    g_set_error_literal(error, G_IO_ERROR, g_io_error_from_errno(number), g_strerror(number));
}

int mailfile_open(const char *path, GError **error)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 || fstat(fd, &st) != 0) {
        set_error(error, errno);
        if (fd >= 0)
            close(fd);
        return -1;
    }
    if (S_ISREG(st.st_mode))
        return fd;
    if (S_ISDIR(st.st_mode))
        set_error(error, EISDIR);
    else
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "not a regular file");
    close(fd);
    return -1;
}

GByteArray *mailfile_read(int fd, GError **error)
{
    GByteArray *bytes = g_byte_array_new();
    gsize most = (gsize)MIME_MAX_BYTES + 1;
    gsize step = 65536;
    /* fstat() is refused to a confined process: it takes names too */
    off_t here = lseek(fd, 0, SEEK_CUR), end = here < 0 ? -1 : lseek(fd, 0, SEEK_END);
    if (end > here)
        step = MIN((gsize)(end - here) + 1, most);
    if (here >= 0)
        lseek(fd, here, SEEK_SET);
    while (bytes->len < most) {
        guint had = bytes->len;
        g_byte_array_set_size(bytes, (guint)MIN(had + step, most));
        ssize_t n = read(fd, bytes->data + had, bytes->len - had);
        g_byte_array_set_size(bytes, n > 0 ? had + (guint)n : had);
        if (n == 0)
            break;
        if (n < 0 && errno != EINTR) {
            set_error(error, errno);
            g_byte_array_unref(bytes);
            return NULL;
        }
        step = 65536;
    }
    return bytes;
}
