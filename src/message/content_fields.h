/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Content-Type, Content-Disposition and Content-Transfer-Encoding (RFC 2045 5.1 and 6.1, RFC 2183)
 * as nearly all mail writes them: tokens, and strings in quotes. What is in any other form
 * (comments, RFC 2231, encoded-words, unknown encodings, a field or a parameter twice) is in doubt,
 * and left to GMime. Private to src/message. */
#ifndef NOTME_MESSAGE_CONTENT_FIELDS_H
#define NOTME_MESSAGE_CONTENT_FIELDS_H

#include "base/span.h"
#include "message/gmime_types.h"

/* Spans of the fields; what was not said has a NULL in it. */
typedef struct ContentFields {
    Span type; /* "text/plain", as written */
    Span charset, report_type, name, boundary;
    Span disposition; /* "attachment" */
    Span file_name;   /* of the disposition */
    bool has_encoding;
    GMimeContentEncoding encoding;
} ContentFields;

/* Adds what the field @name says in @value, which may be folded; fields of other names say nothing.
 * False where it is in doubt. */
bool content_fields_add(ContentFields *fields, Span name, Span value);

#endif
