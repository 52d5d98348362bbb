/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who logged in, as a Received line tells it. Each software has words of its own:
 *   Postfix            (Authenticated sender: u)
 *   Critical Path      (authenticated as u)
 *   SquirrelMail       (SquirrelMail authenticated user u)
 *   CommuniGate        (account u HELO x)
 *   Courier            (AUTH: LOGIN u, SSL: ...)
 *   qpsmtpd            (smtp-auth username u, mechanism login)
 *   sendmail           (authenticated bits=128), (authenticated (0 bits)): names nobody
 *   sendmail, OpenSMTPD  (user=u mech=PLAIN bits=0), auth=yes user=u
 *   Exim               by authid <u> with cram_md5, auth=u
 *   qmail with SMTP-AUTH patches  from x (HELO y) (u@192.0.2.1) by h with ESMTPA
 */
#ifndef NOTME_RECEIVED_RECEIVED_LOGIN_H
#define NOTME_RECEIVED_RECEIVED_LOGIN_H

#include "received/hop.h"
#include "received/received_clauses.h"

/* The comment with the lexemes @inside speaks of a login. @user is the name as written, empty where
 * it names nobody. */
bool login_in_comment(const LexList *list, LexRange inside, Span *user);

/* Reads what stands behind "by", which only the server writes, and an ident answer that is a login:
 * sets hop->authenticated and hop->login. Call it when hop->with and what the from clause says are
 * known. */
void login_read(const Clauses *clauses, Hop *hop);

#endif
