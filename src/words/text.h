/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as lines, and text folded for comparing. */
#ifndef NOTME_WORDS_TEXT_H
#define NOTME_WORDS_TEXT_H

#include "base/span.h"

/* Most bytes of text that are looked at, and most lines. */
#define TEXT_BYTES_MAX (256u << 10)
#define TEXT_LINES_MAX 20000

typedef struct Line {
    Span text;    /* trimmed */
    guint indent; /* columns in front */
    bool used;    /* part of a diagnostic, a recipient or the returned message */
} Line;

/* The lines of @text, which is borrowed: an array of Line. The caller unrefs it. */
GArray *text_lines(Span text);
/* @text in lower case, white space runs as one blank, at most TEXT_BYTES_MAX. The caller frees it.
 */
char *text_fold(Span text);
/* The header @text with the soft line breaks of quoted-printable (RFC 2045 6.7), which nobody
 * decoded, taken out; NULL where there are none. The caller frees it. */
char *text_harden(Span text);

/* Whether the first line that is not blank speaks to whom @names (a To field) names: "Hi Rowan,". A
 * machine writes the whole address, if any. */
bool text_greets(Span text, Span names);
/* Whether a question stands in @text: a "?" at the end of a word. */
bool text_asks(Span text);

#endif
