/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parser's side of the pool. Answers are gathered, and sent when they are many, or when the
 * first of them has waited long enough. */
#include <unistd.h>

#include "base/pack.h"
#include "work/pool.h"
#include "work/pool_wire.h"

enum { GATHER_BYTES = 48 << 10, GATHER_US = 4000 };

typedef struct Peer {
    FrameLink *link;
    const PoolBody *body;
    gpointer data;
    GByteArray *answers; /* a frame in the making */
    gint64 since;        /* when its first answer was made; 0: there is none */
} Peer;

static void answers_begin(Peer *peer)
{
    peer->answers = g_byte_array_new();
    pack_number(peer->answers, POOL_ANSWERS);
    peer->since = 0;
}

static bool answers_send(Peer *peer)
{
    if (!peer->since)
        return true;
    bool good = frame_send_bytes_wait(peer->link, peer->answers);
    answers_begin(peer);
    return good;
}

static bool answers_add(Peer *peer, const GByteArray *answer)
{
    gint64 now = g_get_monotonic_time();
    if (peer->since && peer->answers->len + answer->len > GATHER_BYTES && !answers_send(peer))
        return false;
    pack_bytes(peer->answers, answer->data, answer->len);
    peer->since = peer->since ? peer->since : now;
    return now - peer->since < GATHER_US || answers_send(peer);
}

/* All requests of @frame; false when the pool is gone. */
static bool frame_answer(Peer *peer, const Frame *frame)
{
    g_autoptr(GByteArray) answer = g_byte_array_new();
    Unpack from = unpack_new(frame->bytes.p, frame->bytes.n);
    bool good = unpack_number(&from, POOL_WIRE_COUNT) == POOL_REQUESTS;
    guint next = 0;
    while (good && !from.broken && from.at < from.end) {
        bool with_fd = unpack_bool(&from);
        Span request = unpack_bytes(&from);
        int fd = with_fd && next < frame->fd_count ? frame->fds[next++] : -1;
        g_byte_array_set_size(answer, 0);
        peer->body->answer(request, fd, answer, peer->data);
        if (fd >= 0)
            close(fd);
        good = answers_add(peer, answer);
    }
    while (next < frame->fd_count)
        close(frame->fds[next++]);
    return good && answers_send(peer);
}

static bool peer_hello(Peer *peer)
{
    Frame frame;
    if (!frame_receive_bytes_wait(peer->link, &frame) ||
        !peer->body->hello(frame.bytes, peer->data))
        return false;
    GByteArray *answer = g_byte_array_new();
    pack_number(answer, POOL_CONFINED);
    pack_number(answer, confine(frame_link_fd(peer->link)));
    return frame_send_bytes_wait(peer->link, answer);
}

int pool_serve(FrameLink *link, const PoolBody *body, gpointer data)
{
    Peer peer = {.link = link, .body = body, .data = data};
    Frame frame;
    bool good = peer_hello(&peer);
    answers_begin(&peer);
    while (good && frame_receive_bytes_wait(link, &frame))
        good = frame_answer(&peer, &frame);
    g_byte_array_unref(peer.answers);
    return 0;
}
