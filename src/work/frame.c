/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames on a Unix socket: a header of eight bytes (mark, number of descriptors, length), then the
 * bytes. Descriptors travel with the first bytes of their frame, so they are there when the frame
 * is whole. */
#include "work/frame.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

/* Most descriptors that wait in a link: of two frames. */
enum { HEADER = 8, READ_ONCE = 256 << 10, WAITING_FDS = 2 * FRAME_FDS };
static const guint8 frame_mark[3] = {'n', 'm', '2'};

/* MSG_NOSIGNAL: main() ignores SIGPIPE anyway. */
#ifdef MSG_NOSIGNAL
enum { SEND_FLAGS = MSG_DONTWAIT | MSG_NOSIGNAL };
#else
enum { SEND_FLAGS = MSG_DONTWAIT };
#endif
#ifdef MSG_CMSG_CLOEXEC
enum { RECEIVE_FLAGS = MSG_DONTWAIT | MSG_CMSG_CLOEXEC };
#else
enum { RECEIVE_FLAGS = MSG_DONTWAIT };
#endif

typedef struct Outgoing {
    guint8 header[HEADER];
    GByteArray *bytes;
    gsize sent; /* of header and bytes together */
    int fds[FRAME_FDS];
    guint fd_count; /* to go with the first byte; 0: none, or sent */
} Outgoing;

struct FrameLink {
    int socket;
    gsize most; /* that is taken from the peer in one frame */
    bool takes_fds;
    GByteArray *in;
    gsize in_from;  /* what of @in is used up */
    GArray *in_fds; /* of int: arrived, not yet given out */
    GQueue out;     /* of Outgoing */
    bool closed;
};

FrameLink *frame_link_new(int socket)
{
    FrameLink *link = g_new0(FrameLink, 1);
    link->socket = socket;
    link->most = FRAME_MOST;
    link->takes_fds = true;
    link->in = g_byte_array_new();
    link->in_fds = g_array_new(FALSE, FALSE, sizeof(int));
    g_queue_init(&link->out);
    return link;
}

void frame_link_limit(FrameLink *link, gsize most, bool fds)
{
    link->most = most;
    link->takes_fds = fds;
}

static void outgoing_free(gpointer data)
{
    Outgoing *frame = data;
    g_byte_array_unref(frame->bytes);
    g_free(frame);
}

static void link_close_fds(FrameLink *link)
{
    for (guint i = 0; i < link->in_fds->len; i++)
        close(g_array_index(link->in_fds, int, i));
    g_array_set_size(link->in_fds, 0);
}

void frame_link_free(FrameLink *link)
{
    if (!link)
        return;
    g_queue_clear_full(&link->out, outgoing_free);
    link_close_fds(link);
    g_array_unref(link->in_fds);
    g_byte_array_unref(link->in);
    close(link->socket);
    g_free(link);
}

int frame_link_fd(const FrameLink *link)
{
    return link->socket;
}

/* --- sending ---------------------------------------------------------------------------------- */

void frame_send_bytes(FrameLink *link, GByteArray *bytes, const int *fds, guint fd_count)
{
    if (bytes->len > FRAME_MOST || fd_count > FRAME_FDS) { /* a list beyond all sense */
        g_byte_array_unref(bytes);
        link->closed = true;
        return;
    }
    Outgoing *frame = g_new0(Outgoing, 1);
    guint32 length = GUINT32_TO_BE((guint32)bytes->len);
    memcpy(frame->header, frame_mark, sizeof frame_mark);
    frame->header[3] = (guint8)fd_count;
    memcpy(frame->header + 4, &length, 4);
    frame->bytes = bytes;
    frame->fd_count = fd_count;
    if (fd_count)
        memcpy(frame->fds, fds, fd_count * sizeof *fds);
    g_queue_push_tail(&link->out, frame);
    frame_flush(link);
}

void frame_send(FrameLink *link, json_t *object)
{
    char *text = json_dumps(object, JSON_COMPACT);
    json_decref(object);
    if (!text) { /* no memory */
        link->closed = true;
        return;
    }
    GByteArray *bytes = g_byte_array_new();
    g_byte_array_append(bytes, (const guint8 *)text, (guint)strlen(text));
    free(text);
    frame_send_bytes(link, bytes, NULL, 0);
}

typedef union FdRoom {
    struct cmsghdr header;
    char room[CMSG_SPACE(sizeof(int) * FRAME_FDS)];
} FdRoom;

static void message_add_fds(struct msghdr *message, FdRoom *control, const Outgoing *frame)
{
    gsize size = frame->fd_count * sizeof(int);
    message->msg_control = control->room;
    message->msg_controllen = CMSG_SPACE(size);
    struct cmsghdr *header = CMSG_FIRSTHDR(message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(size);
    memcpy(CMSG_DATA(header), frame->fds, size);
}

/* Writes a part of @frame; false when the socket takes no more now. */
static bool outgoing_write(FrameLink *link, Outgoing *frame)
{
    gsize of_header = MIN(frame->sent, (gsize)HEADER), of_bytes = frame->sent - of_header;
    struct iovec parts[2] = {{frame->header + of_header, HEADER - of_header},
                             {frame->bytes->data + of_bytes, frame->bytes->len - of_bytes}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    FdRoom control = {0};
    if (frame->fd_count)
        message_add_fds(&message, &control, frame);
    ssize_t n;
    do
        n = sendmsg(link->socket, &message, SEND_FLAGS);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        /* ETOOMANYREFS: too many descriptors are under way; the peer has to take some first */
        bool later = errno == EAGAIN || errno == ETOOMANYREFS;
#if EAGAIN != EWOULDBLOCK
        later = later || errno == EWOULDBLOCK;
#endif
        link->closed = link->closed || !later;
        return false;
    }
    frame->fd_count = 0;
    frame->sent += (gsize)n;
    return true;
}

bool frame_flush(FrameLink *link)
{
    Outgoing *frame;
    while (!link->closed && (frame = g_queue_peek_head(&link->out))) {
        if (!outgoing_write(link, frame))
            break;
        if (frame->sent == HEADER + frame->bytes->len)
            outgoing_free(g_queue_pop_head(&link->out));
    }
    if (link->closed)
        g_queue_clear_full(&link->out, outgoing_free);
    return g_queue_is_empty(&link->out);
}

bool frame_wants_write(const FrameLink *link)
{
    return !link->closed && link->out.length > 0;
}

/* --- receiving -------------------------------------------------------------------------------- */

static void link_take_fds(FrameLink *link, struct msghdr *message)
{
    for (struct cmsghdr *header = CMSG_FIRSTHDR(message); header;
         header = CMSG_NXTHDR(message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
            continue;
        gsize count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (gsize i = 0; i < count; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(header) + i * sizeof(int), sizeof(int));
#ifndef MSG_CMSG_CLOEXEC
            fcntl(fd, F_SETFD, FD_CLOEXEC);
#endif
            g_array_append_val(link->in_fds, fd);
        }
    }
    /* cut: this process has as many files open as it may, and some that were sent are lost */
    if (message->msg_flags & MSG_CTRUNC || link->in_fds->len > WAITING_FDS ||
        (link->in_fds->len && !link->takes_fds)) {
        link_close_fds(link);
        link->closed = true;
    }
}

/* Reads what is there; false when nothing is. */
static bool link_fill(FrameLink *link)
{
    if (link->in_from > 0) {
        g_byte_array_remove_range(link->in, 0, (guint)link->in_from);
        link->in_from = 0;
    }
    guint before = link->in->len;
    g_byte_array_set_size(link->in, before + READ_ONCE);
    struct iovec part = {link->in->data + before, READ_ONCE};
    FdRoom control = {0};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control.room,
                             .msg_controllen = sizeof control.room};
    ssize_t n;
    do
        n = recvmsg(link->socket, &message, RECEIVE_FLAGS);
    while (n < 0 && errno == EINTR);
    bool later = n < 0 && errno == EAGAIN;
    g_byte_array_set_size(link->in, before + (n > 0 ? (guint)n : 0));
    if (n > 0)
        link_take_fds(link, &message);
    else if (!later)
        link->closed = true;
    return n > 0;
}

/* The next whole frame of what was read; false: none yet, or rubbish (the link is closed then). */
static bool link_take(FrameLink *link, Frame *frame)
{
    gsize there = link->in->len - link->in_from;
    if (there < HEADER)
        return false;
    const guint8 *p = link->in->data + link->in_from;
    guint32 length;
    memcpy(&length, p + 4, 4);
    length = GUINT32_FROM_BE(length);
    if (memcmp(p, frame_mark, sizeof frame_mark) != 0 || p[3] > FRAME_FDS || length > link->most) {
        link->closed = true;
        return false;
    }
    if (there - HEADER < length)
        return false;
    if (p[3] > link->in_fds->len) {
        link->closed = true;
        return false;
    }
    frame->bytes = (Span){(const char *)p + HEADER, length};
    frame->fd_count = p[3];
    if (frame->fd_count) {
        memcpy(frame->fds, link->in_fds->data, frame->fd_count * sizeof(int));
        g_array_remove_range(link->in_fds, 0, frame->fd_count);
    }
    link->in_from += HEADER + length;
    return true;
}

bool frame_receive_bytes(FrameLink *link, Frame *frame, bool *closed)
{
    bool got;
    while (!(got = link_take(link, frame)) && !link->closed && link_fill(link))
        ;
    *closed = !got && link->closed;
    return got;
}

static bool link_wait(FrameLink *link, short events)
{
    struct pollfd it = {.fd = link->socket, .events = events};
    return poll(&it, 1, -1) >= 0 || errno == EINTR;
}

bool frame_receive_bytes_wait(FrameLink *link, Frame *frame)
{
    bool closed = false, got;
    while (!(got = frame_receive_bytes(link, frame, &closed)) && !closed) {
        frame_flush(link);
        if (!link_wait(link, (short)(POLLIN | (frame_wants_write(link) ? POLLOUT : 0))))
            return false;
    }
    return got;
}

static bool link_flush_wait(FrameLink *link)
{
    while (!frame_flush(link))
        if (!link_wait(link, POLLOUT))
            return false;
    return !link->closed;
}

bool frame_send_bytes_wait(FrameLink *link, GByteArray *bytes)
{
    frame_send_bytes(link, bytes, NULL, 0);
    return link_flush_wait(link);
}

bool frame_send_wait(FrameLink *link, json_t *object)
{
    frame_send(link, object);
    return link_flush_wait(link);
}

json_t *frame_object(FrameLink *link, const Frame *frame)
{
    json_t *object = json_loadb(frame->bytes.p, frame->bytes.n, 0, NULL);
    for (guint i = 0; i < frame->fd_count; i++)
        close(frame->fds[i]);
    if (json_is_object(object) && frame->fd_count == 0)
        return object;
    json_decref(object);
    link->closed = true;
    return NULL;
}

json_t *frame_receive(FrameLink *link, bool *closed)
{
    Frame frame;
    json_t *object = frame_receive_bytes(link, &frame, closed) ? frame_object(link, &frame) : NULL;
    *closed = !object && link->closed;
    return object;
}

json_t *frame_receive_wait(FrameLink *link)
{
    Frame frame;
    return frame_receive_bytes_wait(link, &frame) ? frame_object(link, &frame) : NULL;
}

/* --- file names and ids in JSON --------------------------------------------------------------- */

/* A string that starts with this control character holds escaped bytes. */
enum { BYTES_MARK = '\001' };

json_t *frame_bytes(const char *text)
{
    if (!text)
        return json_null();
    if (*text != BYTES_MARK && g_utf8_validate(text, -1, NULL))
        return json_string(text);
    g_autofree char *escaped = g_uri_escape_bytes((const guint8 *)text, strlen(text), "/ ");
    g_autofree char *marked = g_strdup_printf("%c%s", BYTES_MARK, escaped);
    return json_string(marked);
}

char *frame_bytes_text(const json_t *json)
{
    const char *text = json_string_value(json);
    if (!text || *text != BYTES_MARK)
        return g_strdup(text);
    g_autoptr(GBytes) bytes = g_uri_unescape_bytes(text + 1, -1, NULL, NULL);
    gsize n = 0;
    const char *p = bytes ? g_bytes_get_data(bytes, &n) : NULL;
    return p && !memchr(p, 0, n) ? g_strndup(p, n) : NULL;
}
