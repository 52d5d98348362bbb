/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain values in and out of Jansson objects, with nothing believed. Private to src/analysis. */
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

/* Reading: what is missing or of another type reads as nothing. Texts are copies. */
char *json_get_text(const json_t *object, const char *key);
bool json_get_bool(const json_t *object, const char *key);
gint64 json_get_time(const json_t *object, const char *key);
/* Adds the texts of the array @key to @texts (of char *, freed with g_free). */
void json_get_texts(const json_t *object, const char *key, GPtrArray *texts);

#endif
