/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See unpacker.h. There is one request, the bytes that were read already, with the descriptor; the
 * answers are frames of bytes, the first of which says what they are. */
#include "reading/unpacker.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "message/packed.h"
#include "work/confine.h"
#include "work/process.h"

enum { READ_ONCE = 32 << 10, MADE_ONCE = 64 << 10, WHY_MOST = 500 };
typedef enum Told { TOLD_BYTES, TOLD_END } Told;

static const char lost[] = "the process that unpacked it died";

struct Unpacker {
    Worker *worker;
    bool ended;
};

Unpacker *unpacker_new(int fd, Span first, GError **error)
{
    Worker *worker = worker_start("unpacker", error);
    if (!worker)
        return NULL;
    Unpacker *unpacker = g_new0(Unpacker, 1);
    unpacker->worker = worker;
    frame_link_limit(worker->link, MADE_ONCE + 1, false);
    GByteArray *request = g_byte_array_new();
    g_byte_array_append(request, (const guint8 *)first.p, (guint)first.n);
    frame_send_bytes(worker->link, request, &fd, 1);
    return unpacker;
}

void unpacker_free(Unpacker *unpacker)
{
    if (!unpacker)
        return;
    worker_stop(unpacker->worker);
    g_free(unpacker);
}

int unpacker_fd(const Unpacker *unpacker)
{
    return frame_link_fd(unpacker->worker->link);
}

UnpackerState unpacker_take(Unpacker *unpacker, Span *bytes, char **why)
{
    Frame frame;
    bool closed = false;
    *why = NULL;
    if (unpacker->ended)
        return UNPACKER_ENDED;
    frame_flush(unpacker->worker->link);
    if (!frame_receive_bytes(unpacker->worker->link, &frame, &closed)) {
        unpacker->ended = closed;
        *why = closed ? g_strdup(lost) : NULL;
        return closed ? UNPACKER_ENDED : UNPACKER_NOTHING_NOW;
    }
    if (frame.bytes.n > 1 && *frame.bytes.p == TOLD_BYTES) {
        *bytes = span_sub(frame.bytes, 1, frame.bytes.n);
        return UNPACKER_BYTES;
    }
    unpacker->ended = true;
    bool good = frame.bytes.n > 0 && frame.bytes.n < WHY_MOST && *frame.bytes.p == TOLD_END;
    if (!good)
        *why = g_strdup(lost);
    else if (frame.bytes.n > 1)
        *why = span_dup_utf8(span_sub(frame.bytes, 1, frame.bytes.n));
    return UNPACKER_ENDED;
}

/* --- the process ------------------------------------------------------------------------------ */

static bool tell(FrameLink *link, Told told, const char *bytes, gsize length)
{
    GByteArray *frame = g_byte_array_sized_new((guint)length + 1);
    g_byte_array_append(frame, &(guint8){(guint8)told}, 1);
    g_byte_array_append(frame, (const guint8 *)bytes, (guint)length);
    return frame_send_bytes_wait(link, frame);
}

/* False: there is nobody any more. */
static bool unpack_span(FrameLink *link, Unzip *unzip, Span in)
{
    char out[MADE_ONCE];
    gsize made;
    while ((made = unzip_some(unzip, &in, out, sizeof out)) > 0)
        if (!tell(link, TOLD_BYTES, out, made))
            return false;
    return true;
}

static void unpack_all(FrameLink *link, int fd, Span first)
{
    char in[READ_ONCE];
    g_autoptr(Unzip) unzip = unzip_new();
    ssize_t n = 1;
    bool good = unpack_span(link, unzip, first);
    while (good && n > 0) {
        n = read(fd, in, sizeof in);
        if (n > 0)
            good = unpack_span(link, unzip, (Span){in, (gsize)n});
        else if (n < 0 && errno == EINTR)
            n = 1;
    }
    const char *why = n < 0 ? g_strerror(errno) : unzip_why(unzip);
    if (good)
        tell(link, TOLD_END, why ? why : "", why ? strlen(why) : 0);
}

int unpacker_body(FrameLink *link)
{
    Frame frame;
    if (!frame_receive_bytes_wait(link, &frame) || frame.fd_count != 1)
        return 2;
    g_autofree char *first = g_memdup2(frame.bytes.p, frame.bytes.n);
    confine(frame_link_fd(link));
    unpack_all(link, frame.fds[0], (Span){first, frame.bytes.n});
    return 0;
}
