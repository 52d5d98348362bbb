/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole bounces from their pieces, for tests that go from the bytes to the verdict. The people are
 * those of scenario.h. */
#ifndef NOTME_TESTS_MAIL_H
#define NOTME_TESTS_MAIL_H

#include "analysis/judgement.h"
#include "scenario.h"

/* Pieces of a bounce; NULL: as in any honest one by mx.oak.example. */
typedef struct Mail {
    const char *top;        /* headers above all others: Return-Path, Delivered-To ... */
    const char *outer;      /* Received lines and what stands among them, each with its end */
    const char *from;       /* address of From */
    const char *to;         /* address of To */
    const char *text;       /* for people */
    const char *mta;        /* Reporting-MTA */
    const char *recipient;  /* Final-Recipient */
    const char *status;     /* Status */
    const char *diagnostic; /* Diagnostic-Code, behind "smtp; " */
    const char *returned;   /* header lines of the returned message above From; "" for none */
    const char *subject;    /* of the returned message */
    const char *addressee;  /* To of the returned message */
    bool plain;             /* no report and no returned message: the text is all */
} Mail;

#define RECEIVED(line) "Received: " line "\n"

/* The caller frees it. */
static inline char *mail_text(const Mail *mail)
{
    const char *from = mail->from ? mail->from : "MAILER-DAEMON@mx.oak.example";
    const char *to = mail->to ? mail->to : "mira@willow.example";
    g_autoptr(GString) out = g_string_new(NULL);
    g_string_append_printf(
        out,
        "%s%sDate: Tue, 14 Apr 2026 10:00:20 +0000\nFrom: %s (Mail Delivery System)\nTo: %s\n"
        "Subject: Undelivered Mail Returned to Sender\nMessage-ID: <b.1@mx.oak.example>\n"
        "MIME-Version: 1.0\n",
        mail->top ? mail->top : "Return-Path: <>\nDelivered-To: mira@willow.example\n",
        mail->outer ? mail->outer : RECEIVED(OUTER_OAK), from, to);
    const char *text =
        mail->text ? mail->text : "Your message could not be delivered to one or more recipients.";
    if (mail->plain) {
        g_string_append_printf(out, "Content-Type: text/plain\n\n%s\n", text);
        return g_string_free(g_steal_pointer(&out), FALSE);
    }
    g_string_append_printf(
        out,
        "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n--b\n"
        "Content-Type: text/plain\n\n%s\n\n--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; %s\n\nFinal-Recipient: rfc822; %s\nAction: failed\nStatus: %s\n"
        "Diagnostic-Code: smtp; %s\n\n--b\nContent-Type: message/rfc822\n\n%s"
        "From: Mira <mira@willow.example>\nTo: %s\nSubject: %s\n"
        "Date: Tue, 14 Apr 2026 10:00:00 +0000\nMessage-ID: <1@pc>\n\nHello.\n\n--b--\n",
        text, mail->mta ? mail->mta : "mx.oak.example",
        mail->recipient ? mail->recipient : "carl@oak.example",
        mail->status ? mail->status : "5.1.1",
        mail->diagnostic ? mail->diagnostic : "550 5.1.1 <carl@oak.example>: User unknown",
        mail->returned ? mail->returned : RECEIVED(FROM_US) RECEIVED(SUBMISSION),
        mail->addressee ? mail->addressee : "carl@oak.example",
        mail->subject ? mail->subject : "Train times");
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* The caller unrefs it. */
static inline Judgement *mail_judge(const Mail *mail, const Identity *identity,
                                    const StoreFacts *facts, const CaseCounts *counts)
{
    g_autofree char *text = mail_text(mail);
    g_autoptr(Reading) reading = reading_make(text, strlen(text), NULL, 0);
    return judgement_make(reading, identity, facts, counts, WORDING_ALL);
}

/* The evidence that the rule of that name gave for @for_, or NULL. Borrowed. */
static inline const Evidence *mail_evidence(const Judgement *judgement, const char *rule,
                                            EvidenceFor for_)
{
    for (guint i = 0; i < judgement->verdict->evidence->len; i++) {
        const Evidence *e = judgement->verdict->evidence->pdata[i];
        if (e->for_ == for_ && strcmp(e->rule, rule) == 0)
            return e;
    }
    return NULL;
}

/* Everything that was found, as messages of the test. */
static inline void mail_tell(const char *name, const Judgement *judgement)
{
    const Verdict *verdict = judgement->verdict;
    g_test_message("%s: %s, %s", name, verdict_name(verdict->value), verdict->summary);
    for (guint i = 0; i < verdict->evidence->len; i++) {
        const Evidence *e = verdict->evidence->pdata[i];
        g_test_message("  %s for %s, %s of %s: %s", e->rule, evidence_for_name(e->for_),
                       strength_name(e->strength), ground_name(e->ground), e->text);
    }
    for (guint i = 0; i < verdict->questions->len; i++)
        g_test_message("  %s", (const char *)verdict->questions->pdata[i]);
}

#endif
