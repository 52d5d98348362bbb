/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON out: the one place where strings are escaped. Compact, on one line, valid UTF-8; what moves,
 * hides or reorders text on a terminal stands as an escape (base/safe.h). Commas come by
 * themselves. */
#ifndef NOTME_BASE_JSON_OUT_H
#define NOTME_BASE_JSON_OUT_H

#include "base/ip.h"
#include "base/span.h"

/* @key is NULL within an array, and for the outermost value. It is a constant without anything to
 * escape. */
void json_out_open(GString *to, const char *key, char bracket);
void json_out_close(GString *to, char bracket);
/* NULL is null; bytes that are no UTF-8 become U+FFFD. */
void json_out_text(GString *to, const char *key, const char *text);
void json_out_number(GString *to, const char *key, gint64 number);
void json_out_bool(GString *to, const char *key, bool value);
void json_out_null(GString *to, const char *key);
/* RFC 3339, in UTC; null for TIME_NONE. */
void json_out_time(GString *to, const char *key, gint64 utc);
/* null for family 0. */
void json_out_ip(GString *to, const char *key, const Ip *ip);
/* An array of texts (of char *). */
void json_out_texts(GString *to, const char *key, const GPtrArray *texts);

#endif
