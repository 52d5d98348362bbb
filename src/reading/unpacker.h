/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A packed stream of mail, unpacked as it comes by a process of its own that is confined like a
 * parser: what is packed is as hostile as what it becomes. */
#ifndef NOTME_READING_UNPACKER_H
#define NOTME_READING_UNPACKER_H

#include "base/span.h"
#include "work/frame.h"

typedef struct Unpacker Unpacker;

/* @first was read of @fd, which stays the caller's and is read by the other process from now on. */
Unpacker *unpacker_new(int fd, Span first, GError **error);
void unpacker_free(Unpacker *unpacker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Unpacker, unpacker_free)
/* To wait for. */
int unpacker_fd(const Unpacker *unpacker);
typedef enum UnpackerState { UNPACKER_BYTES, UNPACKER_NOTHING_NOW, UNPACKER_ENDED } UnpackerState;
/* What is there now, borrowed until the next call; never waits. Ended: *@why is what is wrong with
 * the data, or NULL; the caller frees it. */
UnpackerState unpacker_take(Unpacker *unpacker, Span *bytes, char **why);

/* The body of the "unpacker" worker. */
int unpacker_body(FrameLink *link);

#endif
