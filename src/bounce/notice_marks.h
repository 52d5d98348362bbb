/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headers that mark notices: challenges, virus notices, automatic replies. Private to src/bounce.
 */
#ifndef NOTME_BOUNCE_NOTICE_MARKS_H
#define NOTME_BOUNCE_NOTICE_MARKS_H

#include "bounce/bounce.h"
#include "bounce/source.h"

/* The name of the header that marks @source as a notice of @kind (challenge, virus-notice or
 * auto-reply), or NULL. A constant. */
const char *notice_header(const BounceSource *source, BounceKind kind);

#endif
