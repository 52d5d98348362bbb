/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions as mail systems print them: what was refused, and to whom. Private to src/bounce. */
#ifndef NOTME_BOUNCE_TRANSCRIPT_H
#define NOTME_BOUNCE_TRANSCRIPT_H

#include "bounce/bounce_text.h"
#include "bounce/recipient_list.h"

void transcript_read(BounceText *text, RecipientList *list);

#endif
