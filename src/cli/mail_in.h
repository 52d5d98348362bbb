/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mail on standard input, as mail readers hand it over: one message, or several where it begins
 * with a "From " line (maildir/mbox.h). It is looked for in the mailbox. */
#ifndef NOTME_CLI_MAIL_IN_H
#define NOTME_CLI_MAIL_IN_H

#include "config/config.h"
#include "store/store.h"

typedef struct MailIn {
    const char *name;     /* "standard input", "standard input: message 2" */
    int fd;               /* open at its first byte; -1: it could not be kept */
    const char *file;     /* in the mailbox; NULL: it is not there ... */
    const char *why_none; /* ... and why, one sentence */
} MailIn;

/* Called for each message in its order; all is borrowed for the call. False: no more. */
typedef bool (*MailInEach)(const MailIn *mail, gpointer data);

/* Reads standard input to its end. A message is the one of the mailbox with its Message-ID whose
 * file says the same (message/likeness.h); of copies, one that is not in the trash or in quarantine
 * comes first. @store NULL: nothing is looked for. False with an error where standard input is a
 * terminal or empty. */
bool mail_in_each(const Config *config, Store *store, MailInEach each, gpointer data,
                  GError **error);
/* Standard input was mail: from now on it is the terminal, or nothing. For questions and editors.
 */
void mail_in_end(void);
/* A query for all that is found of it. The rest is told on standard error. NULL with an error where
 * nothing is found. The caller frees it. Ends as mail_in_end does. */
char *mail_in_query(const Config *config, GError **error);

#endif
