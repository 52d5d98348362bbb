/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which headers of a message a reading keeps, and how much of each. Private to src/analysis. */
#ifndef NOTME_ANALYSIS_READING_HEADERS_H
#define NOTME_ANALYSIS_READING_HEADERS_H

#include "message/message.h"

/* Of the message itself, what the walk and the search for a tag of ours look at: results of checks,
 * the return path, and whom it was for. */
GPtrArray *reading_headers_outer(const GPtrArray *headers);
/* Of the returned message, what rules look at. Of some only that they are there: their value is "".
 * Of DKIM-Signature all tags but those that make up most of it (b, bh and h of RFC 6376, 3.5). */
GPtrArray *reading_headers_returned(const GPtrArray *headers);
/* All of them. Each of the three gives an array of Header, shared with @headers where nothing is
 * cut off, each with its place among the Received lines; the caller unrefs it. */
GPtrArray *reading_headers_all(const GPtrArray *headers);

#endif
