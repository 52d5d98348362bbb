/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of a part without parts: its transfer encoding taken off, and read as text where it is
 * text. Private to src/message. */
#ifndef NOTME_MESSAGE_LEAF_H
#define NOTME_MESSAGE_LEAF_H

#include "message/gmime_types.h"
#include "message/message.h"

/* Text that is kept of one part. */
#define TEXT_MAX (4u << 20)

/* Whether @encoding is more than a word about lines and bytes: base64 or quoted-printable. */
bool leaf_is_encoded(GMimeContentEncoding encoding);
/* @sent without @encoding. The caller unrefs it. */
GByteArray *leaf_decoded(Span sent, GMimeContentEncoding encoding);
/* Size and text of @part of @message, whose decoded body @bytes are. */
void leaf_read(Message *message, Part *part, Span bytes);
/* The same of a body as it was sent. */
void leaf_read_sent(Message *message, Part *part, Span sent, GMimeContentEncoding encoding);

#endif
