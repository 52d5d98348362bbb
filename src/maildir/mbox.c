/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See mbox.h. Lines are looked at one by one; of one without an end, only its first bytes are. */
#define _GNU_SOURCE /* memfd_create */
#include "maildir/mbox.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/span.h"
#include "message/mime.h"

/* Longest line that may be a separator or a header's first; what is kept back of the stream. */
enum { LINE_MOST = 4096 };

struct Mbox {
    MboxMessage message;
    gpointer data;
    bool known;      /* whether there may be several: after the first bytes */
    bool several;    /* there may be */
    bool counted;    /* one has ended, and another begun */
    bool empty_line; /* the line before was empty, or there was none */
    bool within;     /* the rest of the stream's last line is still to come */
    GString *rest;   /* of the stream: a line that is not whole yet */
    GString *from;   /* a line that begins a message, if the next is a header line */
    GString *chunk;  /* of the message, not written yet */
    int fd;          /* of the message; -1: not begun */
    gsize size;
    int why; /* errno: it could not be kept */
};

Mbox *mbox_new(bool several, MboxMessage message, gpointer data)
{
    Mbox *mbox = g_new0(Mbox, 1);
    mbox->message = message;
    mbox->data = data;
    mbox->known = mbox->several = several;
    mbox->empty_line = true;
    mbox->rest = g_string_new(NULL);
    mbox->from = g_string_new(NULL);
    mbox->chunk = g_string_new(NULL);
    mbox->fd = -1;
    return mbox;
}

void mbox_free(Mbox *mbox)
{
    if (!mbox)
        return;
    if (mbox->fd >= 0)
        close(mbox->fd);
    g_string_free(mbox->rest, TRUE);
    g_string_free(mbox->from, TRUE);
    g_string_free(mbox->chunk, TRUE);
    g_free(mbox);
}

/* --- keeping ---------------------------------------------------------------------------------- */

/* A file without a name, for this message alone; -1 with errno set. */
static int file_new(void)
{
#ifdef MFD_CLOEXEC
    return memfd_create("mail", MFD_CLOEXEC);
#else
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "notme-XXXXXX", NULL);
    int fd = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0)
        unlink(path);
    return fd;
#endif
}

static void chunk_write(Mbox *mbox)
{
    const char *p = mbox->chunk->str;
    gsize left = mbox->chunk->len;
    if (mbox->fd < 0 && !mbox->why)
        mbox->fd = file_new();
    while (left && !mbox->why) {
        ssize_t n = mbox->fd < 0 ? -1 : write(mbox->fd, p, left);
        if (n < 0 && errno != EINTR)
            mbox->why = errno;
        p += MAX(n, 0);
        left -= (gsize)MAX(n, 0);
    }
    g_string_truncate(mbox->chunk, 0);
}

static void keep(Mbox *mbox, const char *bytes, gsize length)
{
    gsize room = (gsize)MIME_MAX_BYTES + 1 - mbox->size;
    gsize n = MIN(room, length);
    g_string_append_len(mbox->chunk, bytes, (gssize)n);
    mbox->size += n;
    if (mbox->chunk->len >= 1 << 16)
        chunk_write(mbox);
}

static void message_end(Mbox *mbox)
{
    chunk_write(mbox);
    int fd = mbox->why ? -1 : mbox->fd;
    if (mbox->why && mbox->fd >= 0)
        close(mbox->fd);
    if (fd >= 0)
        lseek(fd, 0, SEEK_SET);
    mbox->message(fd, mbox->size, mbox->why ? g_strerror(mbox->why) : NULL, mbox->data);
    mbox->fd = -1;
    mbox->size = 0;
    mbox->why = 0;
}

/* --- lines ------------------------------------------------------------------------------------ */

/* "From lee@birch.example Mon Jul  6 10:00:01 2026": a time of day, and a year. */
static bool is_separator(Span line)
{
    bool time = false, year = false;
    if (line.n < 12 || memcmp(line.p, "From ", 5) != 0)
        return false;
    for (gsize i = 5; i + 3 < line.n; i++) {
        const char *p = line.p + i;
        time = time || (p[0] == ':' && g_ascii_isdigit(p[-1]) && g_ascii_isdigit(p[1]) &&
                        g_ascii_isdigit(p[2]));
        year = year || (p[-1] == ' ' && (memcmp(p, "19", 2) == 0 || memcmp(p, "20", 2) == 0) &&
                        g_ascii_isdigit(p[2]) && g_ascii_isdigit(p[3]));
    }
    return time && year;
}

/* "Name: value" (RFC 5322 2.2). Some write ">From " between. */
static bool is_header(Span line)
{
    gsize n = 0;
    while (n < line.n && line.p[n] > 32 && line.p[n] < 127 && line.p[n] != ':')
        n++;
    return (n > 0 && n < line.n && line.p[n] == ':') ||
           (line.n > 6 && memcmp(line.p, ">From ", 6) == 0);
}

/* @line begins here; its end may still be to come. */
static void line_begin(Mbox *mbox, Span line)
{
    if (mbox->from->len) {
        if (is_header(line) && mbox->size) {
            mbox->counted = true;
            message_end(mbox);
        }
        keep(mbox, mbox->from->str, mbox->from->len);
        g_string_truncate(mbox->from, 0);
    }
    if (mbox->empty_line && is_separator(line))
        g_string_append_len(mbox->from, line.p, (gssize)line.n);
    else
        keep(mbox, line.p, line.n);
    mbox->empty_line = line.n == 1 || (line.n == 2 && line.p[0] == '\r');
}

/* Takes what is whole of the rest. */
static void lines_take(Mbox *mbox)
{
    const char *p = mbox->rest->str, *end = p + mbox->rest->len;
    while (p < end) {
        const char *newline = memchr(p, '\n', (gsize)(end - p));
        if (!newline && !mbox->within && end - p < LINE_MOST)
            break;
        Span line = {p, (gsize)((newline ? newline + 1 : end) - p)};
        if (mbox->within)
            keep(mbox, line.p, line.n);
        else
            line_begin(mbox, line);
        mbox->within = !newline;
        p += line.n;
    }
    g_string_erase(mbox->rest, 0, p - mbox->rest->str);
}

/* Its first five bytes tell whether there may be several. */
static bool mbox_know(Mbox *mbox, bool end)
{
    if (!mbox->known && (mbox->rest->len >= 5 || end)) {
        mbox->known = true;
        mbox->several = g_str_has_prefix(mbox->rest->str, "From ");
    }
    return mbox->known;
}

void mbox_feed(Mbox *mbox, const char *bytes, gsize length)
{
    if (mbox->known && !mbox->several) {
        keep(mbox, bytes, length);
        return;
    }
    g_string_append_len(mbox->rest, bytes, (gssize)length);
    if (!mbox_know(mbox, false))
        return;
    if (mbox->several)
        lines_take(mbox);
    else {
        keep(mbox, mbox->rest->str, mbox->rest->len);
        g_string_truncate(mbox->rest, 0);
    }
}

void mbox_end(Mbox *mbox)
{
    mbox_know(mbox, true);
    if (mbox->rest->len && mbox->several && !mbox->within)
        line_begin(mbox, (Span){mbox->rest->str, mbox->rest->len});
    else
        keep(mbox, mbox->rest->str, mbox->rest->len);
    keep(mbox, mbox->from->str, mbox->from->len);
    g_string_truncate(mbox->rest, 0);
    g_string_truncate(mbox->from, 0);
    message_end(mbox);
}

bool mbox_is_several(const Mbox *mbox)
{
    return mbox->counted;
}

bool mbox_is_full(const Mbox *mbox)
{
    return mbox->known && !mbox->several && mbox->size > MIME_MAX_BYTES;
}
