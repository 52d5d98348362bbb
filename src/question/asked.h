/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The open questions of a mailbox, gathered over judged rows: one for all cases that wait for it.
 * The result is the same in whatever order the rows come. */
#ifndef NOTME_QUESTION_ASKED_H
#define NOTME_QUESTION_ASKED_H

#include <glib.h>

#include "reading/row.h"

/* A question with what waits for it. */
typedef struct Asked {
    char *id; /* verdict/question.h */
    guint cases;
    guint reporters;    /* organisations that saw what it is about */
    char *seen_by;      /* "aol.com, gmx.net and 5 more"; NULL where no row names a reporter. Names
                           from mail: for a terminal they are made safe where they are printed */
    gint64 first, last; /* when the first and the last of the bounces came; Unix seconds */
} Asked;

typedef struct AskedBook AskedBook;

AskedBook *asked_book_new(void);
void asked_book_free(AskedBook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AskedBook, asked_book_free)
/* Counts a row under each of its questions. The reviewer's own word settles a case: then it waits
 * for none. */
void asked_book_add(AskedBook *book, const Row *row);
/* Whether @row waits for an answer. */
bool asked_waits(const Row *row);
/* Whether @row waits for the question @id. */
bool asked_by(const Row *row, const char *id);
/* What was asked, most cases first, then by id. Of Asked; the caller unrefs it. */
GPtrArray *asked_book_list(const AskedBook *book);

#endif
