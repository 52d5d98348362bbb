/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a table of findings, as "--fields" names them: each is one line of text. */
#ifndef NOTME_READING_COLUMN_H
#define NOTME_READING_COLUMN_H

#include "reading/row.h"

typedef struct Column {
    const char *name;
    /* Appends the value; nothing where there is none. What comes from mail is not safe yet. */
    void (*append)(GString *to, const Finding *finding, const Row *row);
} Column;

/* In the order of the manual; NULL: there are no more. */
const Column *column_at(guint i);

#endif
