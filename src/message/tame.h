/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes made harmless for GMime, which makes objects of hundreds of bytes of each field, parameter,
 * address and part, however many there are, looks at the whole list for each address in it, and
 * reads groups of addresses by recursion. Private to src/message. */
#ifndef NOTME_MESSAGE_TAME_H
#define NOTME_MESSAGE_TAME_H

#include "base/span.h"

/* Most fields of one header, and parts of a message. */
#define TAME_FIELDS_MOST 6000
#define TAME_PARTS_MOST  2000

/* Takes out of @text what it has too much of: fields of a header; addresses, parameters and bytes
 * of a field; and all that stands behind too many delimiters of parts. True where something was
 * changed. Linear. */
bool tame(GString *text);

#endif
