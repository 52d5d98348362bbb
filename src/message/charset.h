/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text of parts to UTF-8. Private to src/message. */
#ifndef NOTME_MESSAGE_CHARSET_H
#define NOTME_MESSAGE_CHARSET_H

#include "base/span.h"

/* @bytes as valid UTF-8 with LF ends and without NULs. @charset is what the part says, or NULL; a
 * wrong or unknown one is replaced by what the bytes look like (UTF-8, ISO-2022, else
 * Windows-1252). The caller frees it. */
char *charset_decode(Span bytes, const char *charset);
/* Opens the charsets of mail, never closed: what is open once can be opened again without a file.
 */
void charset_prepare(void);

#endif
