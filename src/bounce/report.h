/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Machine-readable reports: the status part, or a text that holds such fields. Private to
 * src/bounce. */
#ifndef NOTME_BOUNCE_REPORT_H
#define NOTME_BOUNCE_REPORT_H

#include "bounce/bounce_text.h"
#include "bounce/recipient_list.h"

/* Reads the report's parts: recipients into @list, what is said of the message into @out. */
void report_read(const BounceSource *source, RecipientList *list, Bounce *out);
/* Reads report fields out of the text for people; false if it names no recipients. */
bool report_read_text(BounceText *text, RecipientList *list, Bounce *out);
/* Where nothing else names the reporter: the host in Reporting-UA (RFC 8098 3.2.1). Who refuses a
 * message by a receipt is a mail server (Dovecot, Cyrus: Sieve's "reject"). */
void report_agent(const BounceSource *source, Bounce *out);

#endif
