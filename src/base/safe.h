/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one way for bytes of mail to a terminal or a log. */
#ifndef NOTME_BASE_SAFE_H
#define NOTME_BASE_SAFE_H

#include "base/span.h"

typedef enum SafeFlags {
    SAFE_LINE = 0, /* newlines and tabs are shown as escapes/blanks: the result is one line */
    SAFE_KEEP_NEWLINES =
        1,         /* LF stays (CRLF and CR become LF), tabs become blanks to the next stop of 8 */
    SAFE_ASCII = 2 /* anything outside ASCII becomes \u{XXXX} (terminals without UTF-8) */
} SafeFlags;

/* @c moves, hides or reorders what a terminal shows. */
bool safe_is_hostile(gunichar c);
/* Valid UTF-8 in which C0/C1 controls, ESC, DEL, bidi controls (U+202A..E, U+2066..9, U+200E/F,
 * U+061C), other default-ignorables that hide text, line and paragraph separators, and invalid
 * bytes are visible escapes
 * (\x1b, \u{202e}). Idempotent up to its own backslashes. The caller frees it. */
char *safe_text(Span text, SafeFlags flags);
/* The same for JSON as text (valid, on one line): what JSON itself would leave raw becomes its own
 * escapes, so that it means the same. The caller frees it. */
char *safe_json(const char *text);

#endif
