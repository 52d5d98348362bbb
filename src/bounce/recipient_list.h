/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recipients of a bounce while they are gathered. Private to src/bounce. */
#ifndef NOTME_BOUNCE_RECIPIENT_LIST_H
#define NOTME_BOUNCE_RECIPIENT_LIST_H

#include "bounce/bounce.h"

/* Most recipients of one bounce. */
#define RECIPIENTS_MAX 10000
/* Longest diagnostic that is kept, in bytes. */
#define DIAGNOSTIC_MAX 4000

typedef struct RecipientList {
    GPtrArray *all;    /* of Recipient */
    GHashTable *known; /* address in lower case -> Recipient, borrowed from @all */
    bool closed;       /* a report named them: text only adds to what is known of them */
} RecipientList;

/* Never NULL. The caller frees it with recipient_list_take. */
RecipientList *recipient_list_new(void);
/* Frees @list; its recipients are the caller's, to unref. */
GPtrArray *recipient_list_take(RecipientList *list);
/* The recipient @address, added if it is not there yet. In a closed list: the one that is known by
 * it, or the only one. NULL above the cap, and for what is too long for an address. */
Recipient *recipient_list_add(RecipientList *list, const char *address);
/* A new recipient without a name, NULL above the cap. */
Recipient *recipient_list_append(RecipientList *list);
/* Makes the recipients that were appended known by their names. */
void recipient_list_know(RecipientList *list);
/* Whether @one's diagnostic holds an SMTP reply. */
bool recipient_has_reply(const Recipient *one);
/* Adds @text to @one's diagnostic, unless it says it already. */
void recipient_say(Recipient *one, Span text);
/* Adds @text, a line that continues the diagnostic, whatever it says. */
void recipient_go_on(Recipient *one, Span text);

#endif
