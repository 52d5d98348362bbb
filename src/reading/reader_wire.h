/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames of packed values (base/pack.h) between the reader's process and the session; all others
 * are JSON objects. Each begins with its kind, which is no "{", and the number of the query. */
#ifndef NOTME_READING_READER_WIRE_H
#define NOTME_READING_READER_WIRE_H

typedef enum ReaderFrame {
    READER_ROWS = 1, /* how many; each: a row, whether its finding is there, the finding */
    READER_JUDGED,   /* how many; each: which row, and what it is now */
    READER_CASE,     /* which row; its finding */
    READER_CONFIG,   /* to the reader: the configuration */
    READER_FRAMES
} ReaderFrame;

#endif
