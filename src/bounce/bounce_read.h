/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what a bounce or notice says. */
#ifndef NOTME_BOUNCE_BOUNCE_READ_H
#define NOTME_BOUNCE_BOUNCE_READ_H

#include "bounce/bounce.h"
#include "message/message.h"

/* Reads @message. Pure: no files, clock or environment; linear time. Never NULL. The caller owns
 * the result; it borrows nothing from @message. */
Bounce *bounce_read(const Message *message);

#endif
