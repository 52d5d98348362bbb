/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See check_names.h. */
#include "cli/check_names.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes that are read at once; longer than this no name is. */
enum { READ_ONCE = 64 << 10 };

struct CheckNames {
    int fd;
    char end;
    bool ended, live;
    GString *rest; /* read, not given out */
    gsize from;
};

CheckNames *check_names_open(const char *list, char end, GError **error)
{
    struct stat st;
    bool in = strcmp(list, "-") == 0;
    int fd = in ? STDIN_FILENO : open(list, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0 || S_ISDIR(st.st_mode)) {
        int why = fd < 0 ? errno : EISDIR;
        g_set_error(error, G_IO_ERROR, g_io_error_from_errno(why), "%s: %s", list, g_strerror(why));
        if (fd >= 0 && !in)
            close(fd);
        return NULL;
    }
    CheckNames *names = g_new0(CheckNames, 1);
    names->fd = fd;
    names->end = end;
    names->live = !S_ISREG(st.st_mode);
    names->rest = g_string_new(NULL);
    return names;
}

void check_names_close(CheckNames *names)
{
    if (!names)
        return;
    if (names->fd != STDIN_FILENO)
        close(names->fd);
    g_string_free(names->rest, TRUE);
    g_free(names);
}

int check_names_fd(const CheckNames *names)
{
    return names->fd;
}

/* Reads what is there; false when nothing is, or when it has ended. */
static bool names_fill(CheckNames *names)
{
    char bytes[READ_ONCE];
    struct pollfd it = {.fd = names->fd, .events = POLLIN};
    if (names->ended || poll(&it, 1, 0) <= 0)
        return false;
    ssize_t n = read(names->fd, bytes, sizeof bytes);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return false;
    names->ended = n <= 0;
    g_string_erase(names->rest, 0, (gssize)names->from);
    names->from = 0;
    if (n > 0)
        g_string_append_len(names->rest, bytes, n);
    return true;
}

char *check_names_next(CheckNames *names)
{
    for (;;) {
        const char *p = names->rest->str + names->from;
        gsize n = names->rest->len - names->from;
        const char *end = memchr(p, names->end, n);
        if (!end && n < READ_ONCE && names_fill(names))
            continue;
        if (!end && n < READ_ONCE && !names->ended)
            return NULL;
        gsize length = end ? (gsize)(end - p) : n;
        names->from += length + (end != NULL);
        if (length)
            return g_strndup(p, length);
        if (!end)
            return NULL;
    }
}

bool check_names_ended(const CheckNames *names)
{
    return names->ended && names->from == names->rest->len;
}

bool check_names_live(const CheckNames *names)
{
    return names->live;
}
