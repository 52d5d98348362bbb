/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one protocol between the processes: frames of a JSON object and at most one file descriptor
 * over a Unix socket. Lengths are checked (a parser may have been taken over by its input); a
 * broken frame ends the connection, never the program. */
#ifndef NOTME_WORK_FRAME_H
#define NOTME_WORK_FRAME_H

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>

typedef struct FrameLink FrameLink;

/* Takes over @socket (a SOCK_STREAM AF_UNIX socket). */
FrameLink *frame_link_new(int socket);
void frame_link_free(FrameLink *link);
int frame_link_fd(const FrameLink *link);
/* Queues @object (reference taken over) and a duplicate of @fd (-1: none); writes what the socket
 * takes. */
void frame_send(FrameLink *link, json_t *object, int fd);
/* Writes what is queued: true when nothing is left. Never blocks. */
bool frame_flush(FrameLink *link);
bool frame_wants_write(const FrameLink *link);
/* Next complete frame, or NULL when none is there yet. @fd gets a descriptor that the caller
 * closes, or -1. The caller owns the object. @closed is set when the peer is gone or broke the
 * protocol. Never blocks. */
json_t *frame_receive(FrameLink *link, int *fd, bool *closed);
/* Blocking forms for workers: NULL/false when the peer is gone. */
json_t *frame_receive_wait(FrameLink *link, int *fd);
bool frame_send_wait(FrameLink *link, json_t *object, int fd);

/* A file name or id as a JSON string, and back: JSON is UTF-8, file names are bytes; what is no
 * UTF-8 travels escaped. NULL is null. The caller owns the results. */
json_t *frame_bytes(const char *text);
char *frame_bytes_text(const json_t *json);

#endif
