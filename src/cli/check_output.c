/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See check_output.h. A write to a pipe is not mixed with others up to PIPE_BUF bytes; to a file
 * that is appended to, whatever its length. */
#include "cli/check_output.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

enum { GATHER = 64 << 10 };

struct CheckOutput {
    GString *lines;
    gsize most; /* bytes of one write, unless a single line is longer */
    int why;    /* errno of the write that failed; 0: none */
};

CheckOutput *check_output_new(void)
{
    struct stat st;
    CheckOutput *output = g_new0(CheckOutput, 1);
    output->lines = g_string_sized_new(GATHER);
    bool file = fstat(STDOUT_FILENO, &st) == 0 && S_ISREG(st.st_mode);
    output->most = file ? GATHER : PIPE_BUF;
    return output;
}

static void output_write(CheckOutput *output)
{
    const char *p = output->lines->str;
    gsize left = output->lines->len;
    while (left && !output->why) {
        ssize_t n = write(STDOUT_FILENO, p, left);
        if (n >= 0) {
            p += n;
            left -= (gsize)n;
        } else if (errno == EAGAIN)
            poll(&(struct pollfd){.fd = STDOUT_FILENO, .events = POLLOUT}, 1, -1);
        else if (errno != EINTR)
            output->why = errno;
    }
    g_string_truncate(output->lines, 0);
}

void check_output_line(CheckOutput *output, const GString *line)
{
    if (output->lines->len && output->lines->len + line->len > output->most)
        output_write(output);
    g_string_append_len(output->lines, line->str, (gssize)line->len);
}

bool check_output_flush(CheckOutput *output)
{
    output_write(output);
    return !output->why;
}

void check_output_free(CheckOutput *output)
{
    output_write(output);
    g_string_free(output->lines, TRUE);
    g_free(output);
}

bool check_output_failed(const CheckOutput *output)
{
    return output->why != 0;
}

const char *check_output_why(const CheckOutput *output)
{
    return output->why && output->why != EPIPE ? g_strerror(output->why) : NULL;
}
