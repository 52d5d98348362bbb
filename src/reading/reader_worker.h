/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader process of the interface. */
#ifndef NOTME_READING_READER_WORKER_H
#define NOTME_READING_READER_WORKER_H

#include "work/frame.h"

/* The body of the "reader" worker. */
int reader_body(FrameLink *link);

#endif
