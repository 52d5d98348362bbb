/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the journal share; nobody else includes it. */
#ifndef NOTME_JOB_JOURNAL_PRIVATE_H
#define NOTME_JOB_JOURNAL_PRIVATE_H

#include "job/job_json.h"
#include "job/journal.h"
#include "work/frame.h"

/* Sets @error to errno's reason; false. */
bool journal_fail(GError **error, const char *path);
/* The state folder and its folder of jobs, 0700. */
bool journal_make_folders(const char *state_dir, GError **error);
/* The highest number of a job. */
enum { JOURNAL_NUMBER_MOST = 99999999 };
char *journal_path(const char *state_dir, guint number);
json_t *journal_head_to_json(const Journal *journal);

#endif
