/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state while a bounce is read: what the stages of bounce_read pass on. Private to src/bounce.
 */
#ifndef NOTME_BOUNCE_READING_H
#define NOTME_BOUNCE_READING_H

#include "bounce/bounce.h"

typedef struct Reading {
    const Message *message; /* borrowed */
    int root;               /* the part whose report counts: 0, or an attached bounce that a filter
                               wrapped */
    Bounce *bounce;
    char *subject;   /* decoded, lower case; never NULL */
    char *from_name; /* the whole From, decoded, lower case; never NULL */
    char *local;     /* local part of From, lower case; never NULL */
    int report;      /* the multipart/report, or -1 */
    char *report_type;
    int status;    /* the delivery-status part that counts, or -1 */
    int returned;  /* the part that holds the returned message, or -1 */
    GString *text; /* the message's own readable text, LF ends; the returned message cut off */
    char *lower;   /* text in lower case (ASCII), same length */
    bool phrase;   /* a bounce phrase stands in subject or text */
    bool subject_phrase;
} Reading;

Reading *reading_new(const Message *message);
/* Frees it and hands out the bounce. */
Bounce *reading_finish(Reading *reading);
/* Adds a mark (evidence for the kind). @text is taken over. */
void reading_mark(Reading *reading, const char *rule, char *text);

/* The stages, in this order. */
void returned_find(Reading *reading);   /* returned.c: the returned message; cuts it off the text */
void report_read(Reading *reading);     /* report.c: RFC 3464 and 6533 fields */
void recognise(Reading *reading);       /* recognise.c: the kind */
void recipients_read(Reading *reading); /* recipients.c: from the text, where no report says it */
void reasons_give(Reading *reading);    /* reason.c */
void claims_read(Reading *reading);     /* claims.c */
void text_finish(Reading *reading);     /* text.c: links, baits, the text for the screen */

/* text.c: readable text of HTML. Appends to @out. */
void html_to_text(const char *html, GString *out);
/* report.c: "554" from "554 5.7.1 ...", "smtp; 554-5.7.1 ..." and from within; 0 for none. */
int reply_code_in(const char *text);
/* report.c: first RFC 3463 status in @text behind a reply code or in brackets, "#5.1.1"; NULL for
 * none. The caller frees it. */
char *status_in(const char *text);

#endif
