/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the front door of Exchange Online notes of its client, in fields of its own. */
#ifndef NOTME_TRACE_FRONT_DOOR_H
#define NOTME_TRACE_FRONT_DOOR_H

#include "trace/walk.h"

/* Where the bounce is that house's for sure, and its Received lines lead to a machine of its own or
 * to no address (it returns not all of them), the client that the fields above one of these lines
 * name is the injection: X-Forefront-Antispam-Report (CIP), Received-SPF (client-ip) and
 * Authentication-Results ("sender IP is"; Microsoft, "Anti-spam message headers"). All that stand
 * there must agree. @believed is how many returned lines are. */
void front_door_use(Walk *w, int believed);

#endif
