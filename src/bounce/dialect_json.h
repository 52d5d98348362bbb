/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notifications of Amazon SES by way of SNS. Private to src/bounce. */
#ifndef NOTME_BOUNCE_DIALECT_JSON_H
#define NOTME_BOUNCE_DIALECT_JSON_H

#include "bounce/bounce_text.h"
#include "bounce/recipient_list.h"

void dialect_json_read(const BounceSource *source, BounceText *text, RecipientList *list,
                       Bounce *out);

#endif
