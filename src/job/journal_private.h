/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What journal.c and journal_read.c share; nobody else includes it. */
#ifndef NOTME_JOB_JOURNAL_PRIVATE_H
#define NOTME_JOB_JOURNAL_PRIVATE_H

#include "job/journal.h"
#include "work/frame.h"

char *journal_path(const char *state_dir, guint number);
json_t *journal_head_to_json(const Journal *journal);
json_t *step_to_json(const Step *step);

#endif
