/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recipients as X.400 addresses with "dda:SMTP=". Private to src/bounce. */
#ifndef NOTME_BOUNCE_DIALECT_X400_H
#define NOTME_BOUNCE_DIALECT_X400_H

#include "bounce/bounce_text.h"
#include "bounce/recipient_list.h"

void dialect_x400_read(const BounceSource *source, BounceText *text, RecipientList *list,
                       Bounce *out);

#endif
