/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain values as Jansson objects. Private to src/analysis. */
#ifndef NOTME_ANALYSIS_JSON_FIELDS_H
#define NOTME_ANALYSIS_JSON_FIELDS_H

#include <jansson.h>

#include "base/date.h"
#include "base/ip.h"
#include "bounce/bounce.h"
#include "verdict/verdict.h"

/* A new reference: null for NULL; invalid UTF-8 is replaced. */
json_t *json_text(const char *text);
json_t *json_time(gint64 utc); /* RFC 3339, or null */
json_t *json_texts(const GPtrArray *texts);

#endif
