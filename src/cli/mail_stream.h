/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stream of mail, one message or several (maildir/mbox.h), packed by gzip or not. */
#ifndef NOTME_CLI_MAIL_STREAM_H
#define NOTME_CLI_MAIL_STREAM_H

#include "maildir/mbox.h"

typedef struct MailStream MailStream;

/* Takes over @fd, except standard input, which is left open. @message as in mbox_new(). */
MailStream *mail_stream_new(int fd, bool several, MboxMessage message, gpointer data);
void mail_stream_free(MailStream *stream);
/* To wait for. */
int mail_stream_fd(const MailStream *stream);
/* Takes what is there now and calls back for the messages that it completes; false: nothing is
 * there now. Never waits. */
bool mail_stream_take(MailStream *stream);
/* All was taken, or as much of it as would be read. */
bool mail_stream_ended(const MailStream *stream);
/* The messages are to be counted, as in mbox.h. */
bool mail_stream_is_several(const MailStream *stream);
/* What went wrong with the stream itself; NULL: nothing. */
const char *mail_stream_why(const MailStream *stream);

#endif
