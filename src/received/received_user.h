/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which user of a machine handed a message in, where a local step names one. Whoever may run a
 * program on a host is not the host: what such a user hands in, the user wrote. The mail system's
 * own users are the host. */
#ifndef NOTME_RECEIVED_RECEIVED_USER_H
#define NOTME_RECEIVED_RECEIVED_USER_H

#include "received/hop.h"
#include "received/received_from.h"

typedef enum UserKind {
    USER_NONE,   /* the line names no user */
    USER_SYSTEM, /* the mail system's own: root, uid 0, mail, Debian-exim, amavis, list ... */
    USER_WEB,    /* web pages run as that: www-data, apache, nobody, uid 33 ... */
    USER_PERSON  /* anybody else */
} UserKind;

/* Sets hop->user from
 *   Exim               from USER by h with local (Exim 4.96)
 *   Postfix, OpenSMTPD by h (Postfix, from userid N)
 *   qmail, nullmailer  (qmail 4979 invoked by uid N), (qmail 4979 invoked by alias)
 *   sendmail           (from USER@h) by h (8.14.4/8.14.4/Submit)
 *   Courier, DragonFly from USER (uid N) (envelope-from ...)
 *   qmail-scanner      from sender by h by uid N with qmail-scanner-1.25
 * @parts is the from clause, NULL where there is none. */
void user_read(const Clauses *clauses, const FromParts *parts, Hop *hop);

/* A local step by a way that is open to any program on the machine, and the line does not name its
 * user:
 *   OpenSMTPD          from localhost (h [local]) by h (OpenSMTPD)
 *   Microsoft SMTPSVC  from mail pickup service by h with Microsoft SMTPSVC: whoever may write into
 *                      its folder */
bool received_is_by_program(const Hop *hop);

/* Whose step it was. */
UserKind received_user_kind(const Hop *hop);

#endif
