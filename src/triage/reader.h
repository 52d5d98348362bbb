/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store reader's work: query, files, parsers, facts of the store, verdict, rows. It is the body
 * of the reader process of the interface, and used in the same way by the command line. */
#ifndef NOTME_TRIAGE_READER_H
#define NOTME_TRIAGE_READER_H

#include "store/store.h"
#include "triage/config.h"
#include "triage/row.h"
#include "work/frame.h"

/* Called for each bounce and notice, in the order of the query. Return false to stop. @row and
 * @finding are borrowed. */
typedef bool (*ReaderEach)(const Row *row, const Finding *finding, gpointer data);
/* Reads what @query gives (files under trash and quarantine left out, unless @all_folders) and
 * calls @each. Unreadable or vanished files go to
 * @problem as one sentence each. */
bool reader_run(const Config *config, const char *query, bool all_folders, ReaderEach each,
                void (*problem)(const char *text, gpointer data), gpointer data, GError **error);
/* The body of the "reader" and "parser" workers. */
int reader_body(FrameLink *link);
int parser_body(FrameLink *link);

#endif
