/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Encoded words in header fields. */
#ifndef NOTME_MESSAGE_HEADER_DECODE_H
#define NOTME_MESSAGE_HEADER_DECODE_H

/* RFC 2047 encoded-words in @value decoded, result valid UTF-8. The caller frees it. */
char *header_decode(const char *value);

#endif
