/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a piece of text a JSON object on one line, as base/json_out.h writes them? What comes from a
 * process that may have been taken over is passed on only then. */
#ifndef NOTME_BASE_JSON_LINE_H
#define NOTME_BASE_JSON_LINE_H

#include "base/span.h"

/* @line is one JSON object (RFC 8259): UTF-8, compact, without control characters or others that a
 * terminal must not get, at most 16 deep, and none of its own members has a name of @refused
 * (NULL-terminated) or one with an escape in it. Linear; believes nothing. */
bool json_line_good(Span line, const char *const *refused);

#endif
