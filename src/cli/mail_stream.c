/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See mail_stream.h. */
#include "cli/mail_stream.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "message/packed.h"
#include "reading/unpacker.h"

/* Bytes that are read at once; that tell whether it is packed. */
enum { READ_ONCE = 64 << 10, MAGIC = 3 };

struct MailStream {
    int fd;
    Mbox *mbox;
    GString *first;     /* bytes that do not tell yet whether it is packed; NULL: that is known */
    Unpacker *unpacker; /* NULL: it is not packed */
    bool ended;
    char *why;
};

MailStream *mail_stream_new(int fd, bool several, MboxMessage message, gpointer data)
{
    MailStream *stream = g_new0(MailStream, 1);
    stream->fd = fd;
    stream->mbox = mbox_new(several, message, data);
    stream->first = g_string_new(NULL);
    return stream;
}

void mail_stream_free(MailStream *stream)
{
    if (!stream)
        return;
    unpacker_free(stream->unpacker);
    mbox_free(stream->mbox);
    if (stream->first)
        g_string_free(stream->first, TRUE);
    if (stream->fd != STDIN_FILENO)
        close(stream->fd);
    g_free(stream->why);
    g_free(stream);
}

int mail_stream_fd(const MailStream *stream)
{
    return stream->unpacker ? unpacker_fd(stream->unpacker) : stream->fd;
}

static void stream_end(MailStream *stream)
{
    stream->ended = true;
    mbox_end(stream->mbox);
}

static void stream_feed(MailStream *stream, Span bytes)
{
    mbox_feed(stream->mbox, bytes.p, bytes.n);
    if (mbox_is_full(stream->mbox))
        stream_end(stream);
}

/* The first bytes tell, or there are no more. */
static void stream_know(MailStream *stream)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) first = g_steal_pointer(&stream->first);
    Span bytes = {first->str, first->len};
    if (!packed_is_gzip(bytes)) {
        stream_feed(stream, bytes);
        return;
    }
    stream->unpacker = unpacker_new(stream->fd, bytes, &error);
    if (!stream->unpacker) {
        stream->why = g_strdup(error->message);
        stream_end(stream);
    }
}

static bool take_unpacked(MailStream *stream)
{
    Span bytes;
    switch (unpacker_take(stream->unpacker, &bytes, &stream->why)) {
    case UNPACKER_BYTES:
        stream_feed(stream, bytes);
        break;
    case UNPACKER_NOTHING_NOW:
        return false;
    case UNPACKER_ENDED:
        stream_end(stream);
    }
    return true;
}

bool mail_stream_take(MailStream *stream)
{
    char bytes[READ_ONCE];
    struct pollfd it = {.fd = stream->fd, .events = POLLIN};
    if (stream->unpacker)
        return take_unpacked(stream);
    if (poll(&it, 1, 0) <= 0)
        return false;
    ssize_t n = read(stream->fd, bytes, sizeof bytes);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return false;
    if (n < 0)
        stream->why = g_strdup(g_strerror(errno));
    if (!stream->first)
        stream_feed(stream, (Span){bytes, (gsize)MAX(n, 0)});
    else {
        g_string_append_len(stream->first, bytes, MAX(n, 0));
        if (stream->first->len >= MAGIC || n <= 0)
            stream_know(stream);
    }
    if (n <= 0 && !stream->ended)
        stream_end(stream);
    return true;
}

bool mail_stream_ended(const MailStream *stream)
{
    return stream->ended;
}

bool mail_stream_is_several(const MailStream *stream)
{
    return mbox_is_several(stream->mbox);
}

const char *mail_stream_why(const MailStream *stream)
{
    return stream->why;
}
