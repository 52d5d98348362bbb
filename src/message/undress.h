/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes off what mail is pasted or kept in, before it is parsed. */
#ifndef NOTME_MESSAGE_UNDRESS_H
#define NOTME_MESSAGE_UNDRESS_H

#include "base/span.h"

/* The message in @bytes without UTF-16, byte order mark, bare CRs, leading blank lines, mbox "From
 * " line, indentation or quoting of the whole. *@shape gets the names of what was taken off, joined
 * by ", ", or NULL; the caller frees it. Line ends are kept unless they were bare CRs. *@cut (or
 * NULL) becomes true where fields, addresses, parameters or parts were too many for a parser, and
 * some of them were left out (tame.h). The caller frees the result. Linear time. */
GString *undress(Span bytes, char **shape, bool *cut);

#endif
