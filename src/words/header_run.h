/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A block of header lines in running text: indented, quoted, announced or not. */
#ifndef NOTME_WORDS_HEADER_RUN_H
#define NOTME_WORDS_HEADER_RUN_H

#include "base/span.h"

/* How sure it is that a run of header lines is the returned message's. */
typedef enum RunRank { RUN_NONE, RUN_WEAK, RUN_STRONG, RUN_QUOTED, RUN_CERTAIN } RunRank;

/* A run of header lines in the text. */
typedef struct HeaderRun {
    RunRank rank;
    gsize start, end;  /* offsets in the text: its first byte, and behind its last line */
    guint first, last; /* lines */
    gsize prefix;      /* bytes in front of each line */
    guint names;       /* set of the names that it holds */
    guint count;       /* header lines */
    bool marked;       /* words before it announce it */
    bool quoted; /* ... and words before those announce the text of the message, which may hold
                    anything, such words too */
    bool inner;  /* it begins inside a line */
    bool spaced; /* a blank line stands between its fields */
} HeaderRun;

/* The best run in @text; false if there is none. Linear time. */
bool header_run_find(const char *text, HeaderRun *run);
/* The lines of @run without what is in front of each. The caller frees it. */
GString *header_run_text(const char *text, const HeaderRun *run);

#endif
