/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one protocol between the processes: frames of bytes, with file descriptors where there are
 * any, over a Unix socket. The bytes are packed values (base/pack.h), and JSON objects where
 * little is said, rarely (between interface and reader). Lengths are
 * checked against what the link may carry: a parser may have been taken over by its input. A broken
 * frame ends the connection, never the program. */
#ifndef NOTME_WORK_FRAME_H
#define NOTME_WORK_FRAME_H

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>

#include "base/span.h"

/* Descriptors in one frame; bytes of one frame where the link has no limit of its own. */
enum { FRAME_FDS = 32, FRAME_MOST = 64 << 20 };

typedef struct FrameLink FrameLink;

/* Takes over @socket (a SOCK_STREAM AF_UNIX socket). */
FrameLink *frame_link_new(int socket);
/* Nothing longer than @most bytes, and no descriptors unless @fds, is taken from the peer. */
void frame_link_limit(FrameLink *link, gsize most, bool fds);
void frame_link_free(FrameLink *link);
int frame_link_fd(const FrameLink *link);

typedef struct Frame {
    Span bytes; /* borrowed from the link until the next call */
    int fds[FRAME_FDS];
    guint fd_count; /* the receiver closes them */
} Frame;

/* Queues a frame of @bytes (taken over) and writes what the socket takes. @fds are borrowed, and
 * have to stay open until the peer has answered or the link is gone. */
void frame_send_bytes(FrameLink *link, GByteArray *bytes, const int *fds, guint fd_count);
/* Next whole frame; false when none is there yet, or when @closed: the peer is gone or broke the
 * protocol. Never blocks. */
bool frame_receive_bytes(FrameLink *link, Frame *frame, bool *closed);
/* Blocking forms for workers: false when the peer is gone. */
bool frame_receive_bytes_wait(FrameLink *link, Frame *frame);
bool frame_send_bytes_wait(FrameLink *link, GByteArray *bytes);

/* Queues @object (reference taken over); writes what the socket takes. */
void frame_send(FrameLink *link, json_t *object);
/* Writes what is queued: true when nothing is left. Never blocks. */
bool frame_flush(FrameLink *link);
bool frame_wants_write(const FrameLink *link);
/* What frame_receive_bytes gave, as a JSON object without descriptors; NULL: it is none, and the
 * link is closed. The caller owns it. */
json_t *frame_object(FrameLink *link, const Frame *frame);
/* Next frame, which has to be a JSON object, or NULL when none is there yet. The caller owns the
 * object. @closed is set when the peer is gone or broke the protocol. Never blocks. */
json_t *frame_receive(FrameLink *link, bool *closed);
json_t *frame_receive_wait(FrameLink *link);
bool frame_send_wait(FrameLink *link, json_t *object);

/* A file name or id as a JSON string, and back: JSON is UTF-8, file names are bytes; what is no
 * UTF-8 travels escaped. NULL is null. The caller owns the results. */
json_t *frame_bytes(const char *text);
char *frame_bytes_text(const json_t *json);

#endif
