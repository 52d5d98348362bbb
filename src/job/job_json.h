/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of JSON that the journal and "notme log" share: names and ids that are bytes
 * (frame_bytes), and how many there are of each verdict. */
#ifndef NOTME_JOB_JOB_JSON_H
#define NOTME_JOB_JOB_JSON_H

#include <jansson.h>

#include "job/job.h"

/* A new reference; back, a new list of char *. */
json_t *job_strings_to_json(const GPtrArray *strings);
GPtrArray *job_strings_from_json(const json_t *json);
/* @verdicts: VERDICT_COUNT counts. */
json_t *job_verdicts_to_json(const guint *verdicts);
void job_verdicts_from_json(const json_t *json, guint *verdicts);

#endif
