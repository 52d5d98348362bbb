/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames between the writer's process and who watches it: packed values (base/pack.h), each behind
 * its kind. */
#ifndef NOTME_JOB_JOB_FRAME_H
#define NOTME_JOB_JOB_FRAME_H

typedef enum JobFrame {
    /* to the writer; one of the first three first */
    JOB_FRAME_BEGIN,     /* the configuration; the request */
    JOB_FRAME_LIST,      /* the configuration; answered by a listing */
    JOB_FRAME_DRAFTS_OF, /* the configuration; a job's number; answered by its drafts */
    JOB_FRAME_STOP,      /* at the next message */
    /* from it */
    JOB_FRAME_STATUS, /* how far it is: now and then */
    JOB_FRAME_END,    /* how it ended */
    JOB_FRAME_ERROR,  /* why it did not begin, or was given up */
    JOB_FRAME_LISTING,
    JOB_FRAME_DRAFTS,
    JOB_FRAME_COUNT
} JobFrame;

#endif
