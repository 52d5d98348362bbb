/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The draft as mail: a letter, an abuse report (ARF, RFC 5965), or one with an XARF 4 part. */
#ifndef NOTME_COMPLAINT_DRAFT_H
#define NOTME_COMPLAINT_DRAFT_H

#include "complaint/incident.h"

typedef enum DraftFormat { DRAFT_ARF, DRAFT_LETTER, DRAFT_XARF } DraftFormat;

/* What a draft is made of; all borrowed. */
typedef struct Draft {
    Side side;
    DraftFormat format;
    const Incident *incident;
    guint count;         /* bounces that it stands for */
    const GPtrArray *to; /* of char *: checked addresses; may be empty */
    Ip contact_ip;       /* the address that @to was looked up for */
    const char *name, *from;
    const char *subject, *letter;
    gint64 now;
} Draft;

/* An abuse report can be made: the headers that it would enclose show the address. */
bool draft_can_report(const Incident *incident, Side side);
/* XARF's required fields are known. */
bool draft_can_xarf(const Incident *incident, Side side);
/* The mail. First checks that letter, headers and contact speak of one address; NULL with an error
 * where they do not. @message_id (the caller frees it): without brackets. */
char *draft_write(const Draft *draft, char **message_id, GError **error);
/* The JSON part (draft_xarf.c). The caller frees it. */
char *draft_xarf(const Draft *draft);
/* "<> or address" of the sender in the report, to whom it went; NULL where not known. Borrowed. */
const char *draft_mail_from(const Draft *draft);
const char *draft_rcpt_to(const Draft *draft);
/* Headers that are enclosed. Borrowed. */
const char *draft_headers(const Incident *incident, Side side);

#endif
