/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reading.c and reading_wire.c share. Private to src/analysis. */
#ifndef NOTME_ANALYSIS_READING_PRIVATE_H
#define NOTME_ANALYSIS_READING_PRIVATE_H

#include "analysis/reading.h"

/* An empty one, with one reference; to be filled, then closed. */
Reading *reading_new(void);
/* The same, whose texts are borrowed. */
Reading *reading_new_borrowing(void);
/* Fills what the walk takes, when all else is there. */
void reading_close(Reading *reading);
/* Lets go of the texts that it borrows; its lists are empty then. */
void reading_forget(Reading *reading);

#endif
