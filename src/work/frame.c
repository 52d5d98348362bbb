/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames on a Unix socket: a header of eight bytes (mark, descriptor or none, length), then the
 * JSON. A descriptor travels with the first bytes of its frame, so it is there when the frame is
 * whole. */
#include "work/frame.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/span.h"

enum { HEADER = 8, LENGTH_MOST = 256 << 20, READ_ONCE = 256 << 10, FDS_MOST = 64 };
static const guint8 frame_mark[3] = {'n', 'm', '1'};

typedef struct Outgoing {
    guint8 *bytes;
    gsize length, sent;
    int fd; /* to go with the first byte; -1: none, or sent */
} Outgoing;

struct FrameLink {
    int socket;
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
    link->in = g_byte_array_new();
    link->in_fds = g_array_new(FALSE, FALSE, sizeof(int));
    g_queue_init(&link->out);
    return link;
}

static void outgoing_free(gpointer data)
{
    Outgoing *frame = data;
    if (frame->fd >= 0)
        close(frame->fd);
    g_free(frame->bytes);
    g_free(frame);
}

void frame_link_free(FrameLink *link)
{
    if (!link)
        return;
    g_queue_clear_full(&link->out, outgoing_free);
    for (guint i = 0; i < link->in_fds->len; i++)
        close(g_array_index(link->in_fds, int, i));
    g_array_unref(link->in_fds);
    g_byte_array_unref(link->in);
    close(link->socket);
    g_free(link);
}

int frame_link_fd(const FrameLink *link)
{
    return link->socket;
}

void frame_send(FrameLink *link, json_t *object, int fd)
{
    char *text = json_dumps(object, JSON_COMPACT);
    json_decref(object);
    gsize n = text ? strlen(text) : 0;
    if (!text || n > LENGTH_MOST) { /* out of memory, or a list beyond all sense */
        free(text);
        link->closed = true;
        return;
    }
    Outgoing *frame = g_new0(Outgoing, 1);
    frame->length = HEADER + n;
    frame->bytes = g_malloc(frame->length);
    memcpy(frame->bytes, frame_mark, sizeof frame_mark);
    guint32 length = GUINT32_TO_BE((guint32)n);
    memcpy(frame->bytes + 4, &length, 4);
    memcpy(frame->bytes + HEADER, text, n);
    free(text);
    frame->fd = fd >= 0 ? fcntl(fd, F_DUPFD_CLOEXEC, 0) : -1;
    frame->bytes[3] = frame->fd >= 0;
    g_queue_push_tail(&link->out, frame);
    frame_flush(link);
}

/* Writes a part of @frame; false when the socket takes no more now. */
static bool outgoing_write(FrameLink *link, Outgoing *frame)
{
    struct iovec part = {frame->bytes + frame->sent, frame->length - frame->sent};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } control = {0};
    if (frame->fd >= 0) {
        message.msg_control = control.room;
        message.msg_controllen = sizeof control.room;
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(header), &frame->fd, sizeof(int));
    }
    ssize_t n;
    do
        n = sendmsg(link->socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        /* ETOOMANYREFS: too many descriptors are under way; the peer has to take some first */
        link->closed =
            link->closed || (errno != EAGAIN && errno != EWOULDBLOCK && errno != ETOOMANYREFS);
        return false;
    }
    if (frame->fd >= 0 && n > 0) {
        close(frame->fd);
        frame->fd = -1;
    }
    frame->sent += (gsize)n;
    return true;
}

bool frame_flush(FrameLink *link)
{
    Outgoing *frame;
    while (!link->closed && (frame = g_queue_peek_head(&link->out))) {
        if (!outgoing_write(link, frame))
            break;
        if (frame->sent == frame->length)
            outgoing_free(g_queue_pop_head(&link->out));
    }
    if (link->closed)
        g_queue_clear_full(&link->out, outgoing_free);
    return g_queue_is_empty(&link->out);
}

bool frame_wants_write(const FrameLink *link)
{
    return !link->closed && !g_queue_is_empty((GQueue *)&link->out);
}

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
            g_array_append_val(link->in_fds, fd);
        }
    }
    if (message->msg_flags & MSG_CTRUNC || link->in_fds->len > FDS_MOST)
        link->closed = true;
}

/* Reads what is there; false when nothing is. */
static bool link_fill(FrameLink *link)
{
    if (link->in_from > 0 && (link->in_from == link->in->len || link->in_from > READ_ONCE)) {
        g_byte_array_remove_range(link->in, 0, (guint)link->in_from);
        link->in_from = 0;
    }
    guint before = link->in->len;
    g_byte_array_set_size(link->in, before + READ_ONCE);
    struct iovec part = {link->in->data + before, READ_ONCE};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int) * 8)];
    } control = {0};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control.room,
                             .msg_controllen = sizeof control.room};
    ssize_t n;
    do
        n = recvmsg(link->socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    while (n < 0 && errno == EINTR);
    int why = errno;
    g_byte_array_set_size(link->in, before + (n > 0 ? (guint)n : 0));
    if (n == 0 || (n < 0 && why != EAGAIN && why != EWOULDBLOCK))
        link->closed = true;
    if (n > 0)
        link_take_fds(link, &message);
    return n > 0;
}

/* The next whole frame of what was read; NULL: none yet, or rubbish (@closed is set then). */
static json_t *link_take(FrameLink *link, int *fd)
{
    gsize there = link->in->len - link->in_from;
    if (there < HEADER)
        return NULL;
    const guint8 *p = link->in->data + link->in_from;
    guint32 length;
    memcpy(&length, p + 4, 4);
    length = GUINT32_FROM_BE(length);
    bool with_fd = p[3] == 1;
    if (memcmp(p, frame_mark, sizeof frame_mark) != 0 || p[3] > 1 || length > LENGTH_MOST) {
        link->closed = true;
        return NULL;
    }
    if (there - HEADER < length)
        return NULL;
    json_t *object = json_loadb((const char *)p + HEADER, length, 0, NULL);
    link->in_from += HEADER + length;
    if (!json_is_object(object) || (with_fd && link->in_fds->len == 0)) {
        json_decref(object);
        link->closed = true;
        return NULL;
    }
    if (with_fd) {
        *fd = g_array_index(link->in_fds, int, 0);
        g_array_remove_index(link->in_fds, 0);
    }
    return object;
}

json_t *frame_receive(FrameLink *link, int *fd, bool *closed)
{
    int none = -1, *to = fd ? fd : &none;
    json_t *object;
    *to = -1;
    while (!(object = link_take(link, to)) && !link->closed && link_fill(link))
        ;
    if (!fd && none >= 0)
        close(none);
    *closed = !object && link->closed;
    return object;
}

static bool link_wait(FrameLink *link, short events)
{
    struct pollfd it = {.fd = link->socket, .events = events};
    return poll(&it, 1, -1) >= 0 || errno == EINTR;
}

json_t *frame_receive_wait(FrameLink *link, int *fd)
{
    bool closed = false;
    json_t *object;
    while (!(object = frame_receive(link, fd, &closed)) && !closed) {
        frame_flush(link);
        if (!link_wait(link, (short)(POLLIN | (frame_wants_write(link) ? POLLOUT : 0))))
            return NULL;
    }
    return object;
}

bool frame_send_wait(FrameLink *link, json_t *object, int fd)
{
    frame_send(link, object, fd);
    while (!frame_flush(link))
        if (!link_wait(link, POLLOUT))
            return false;
    return !link->closed;
}

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
