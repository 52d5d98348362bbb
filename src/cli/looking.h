/* SPDX-License-Identifier: GPL-3.0-or-later */
/* While mail is looked for, before any job: how far it is on a terminal, and Ctrl-C, which stops it
 * with nothing done. */
#ifndef NOTME_CLI_LOOKING_H
#define NOTME_CLI_LOOKING_H

#include "reading/reader.h"

typedef struct Looking {
    const char *name;     /* of the command; borrowed */
    const Reader *reader; /* whose reading is told of, once it is there; borrowed */
    bool terminal, line;  /* standard error is a terminal; a line stands on it */
    gint64 began, shown;  /* monotonic, microseconds */
} Looking;

/* From now on Ctrl-C does not end the program, but is told by looking_goes_on and
 * looking_was_stopped. */
void looking_begin(Looking *looking, const char *name);
/* ReaderOptions.between, whose data is not @looking: called by what is. False to stop. */
bool looking_goes_on(Looking *looking);
/* Nothing more is shown. */
void looking_end(Looking *looking);
/* Ctrl-C was pressed. Then says that nothing was done. */
bool looking_was_stopped(void);

#endif
