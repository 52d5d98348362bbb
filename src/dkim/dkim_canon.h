/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Canonical forms of header and body (RFC 6376 3.4). */
#ifndef NOTME_DKIM_DKIM_CANON_H
#define NOTME_DKIM_DKIM_CANON_H

#include <nettle/sha2.h>

#include "base/span.h"

/* A header field, borrowed from its message. */
typedef struct DkimField {
    Span raw;   /* all of it, folds and all, without its last line end */
    Span name;  /* without white space */
    Span value; /* behind the colon */
} DkimField;

/* Takes the next field off @rest; false, and nothing taken, at the empty line, at the end, or at
 * what is no field. Lines may end in LF or CRLF. */
bool dkim_field_next(Span *rest, DkimField *out);
/* Appends the canonical form of @field, without its last line end, to @out. */
void dkim_canon_field(GString *out, const DkimField *field, bool relaxed);
/* The hash of the canonical body. */
void dkim_canon_body(Span body, bool relaxed, guint8 digest[SHA256_DIGEST_SIZE]);

#endif
