/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a bounce says: kinds, reports, dialects without a report, reasons, the returned message,
 * claims, and mail that means to hurt. All mail here was written for this test. */
#include <string.h>
#include <time.h>

#include "bounce/bounce_read.h"
#include "message/mime.h"

static Bounce *read_text(const char *text)
{
    g_autoptr(Message) message = mime_read(text, strlen(text));
    return bounce_read(message);
}

/* A bounce in plain text. */
static Bounce *read_plain(const char *from, const char *subject, const char *body)
{
    g_autofree char *text = g_strdup_printf("Return-Path: <>\nFrom: %s\nTo: rowan@alder.example\n"
                                            "Subject: %s\n\n%s",
                                            from, subject, body);
    return read_text(text);
}

static const char *first(const Bounce *bounce)
{
    const Recipient *one = bounce->recipients->len ? bounce->recipients->pdata[0] : NULL;
    return one ? one->final ? one->final : one->original : NULL;
}

static const Recipient *recipient(const Bounce *bounce, guint i)
{
    g_assert_cmpuint(i, <, bounce->recipients->len);
    return bounce->recipients->pdata[i];
}

#define REPORT_HEAD                                                                                \
    "From: MAILER-DAEMON@mx.example.net (Mail Delivery System)\nTo: rowan@alder.example\n"         \
    "Subject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n"                            \
    "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b1\"\n\n"             \
    "--b1\nContent-Type: text/plain\n\nYour message could not be delivered.\n\n"                   \
    "--b1\nContent-Type: message/delivery-status\n\n"

static const char returned_part[] =
    "\n--b1\nContent-Type: message/rfc822\n\n"
    "Received: from mail.alder.example (mail.alder.example [203.0.113.25]) by mx.example.net\n"
    " (Postfix) with ESMTP id 1; Mon, 2 Mar 2026 08:40:11 +0000\n"
    "From: Rowan <rowan@alder.example>\nTo: jo@example.net, Kim <kim@example.net>\n"
    "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\nMessage-ID: <m1@alder.example>\n"
    "Date: Mon, 2 Mar 2026 09:40:11 +0100\n\nhello\n--b1--\n";

static Bounce *read_report(const char *fields)
{
    g_autofree char *text = g_strconcat(REPORT_HEAD, fields, returned_part, NULL);
    return read_text(text);
}

static void test_report(void)
{
    g_autoptr(Bounce) bounce =
        read_report("Reporting-MTA: dns; mx.example.net\n"
                    "Arrival-Date: Mon, 2 Mar 2026 08:40:11 +0000 (UTC)\n"
                    "Received-From-MTA: dns; mail.alder.example (203.0.113.25)\n\n"
                    "Final-Recipient: rfc822; jo@example.net\n"
                    "Original-Recipient: rfc822;info@example.net\nAction: failed\nStatus: 5.1.1\n"
                    "Remote-MTA: dns; store.example.net (192.0.2.7)\n"
                    "Diagnostic-Code: smtp; 550 5.1.1 <jo@example.net>:\n    User unknown\n\n"
                    "Final-Recipient: rfc822; kim@example.net\nAction: delayed\nStatus: 4.2.2\n"
                    "Will-Retry-Until: Fri, 17 Apr 2026 10:00:00 +0200\n");
    const Recipient *one = recipient(bounce, 0), *two = recipient(bounce, 1);
    g_assert_cmpint(bounce->kind, ==, KIND_FAILURE);
    g_assert_cmpstr(bounce->format, ==, "rfc3464");
    g_assert_true(bounce->has_report);
    g_assert_cmpstr(bounce->reporting_mta, ==, "mx.example.net");
    g_assert_cmpint(bounce->arrival_date, ==, 1772440811);
    g_assert_cmpuint(bounce->recipients->len, ==, 2);
    g_assert_cmpstr(one->final, ==, "jo@example.net");
    g_assert_cmpstr(one->original, ==, "info@example.net");
    g_assert_cmpstr(one->status, ==, "5.1.1");
    g_assert_cmpint(one->reply_code, ==, 550);
    g_assert_cmpstr(one->remote_mta, ==, "store.example.net");
    g_assert_cmpstr(one->diagnostic, ==, "550 5.1.1 <jo@example.net>: User unknown");
    g_assert_cmpint(one->reason, ==, REASON_USER_UNKNOWN);
    g_assert_cmpint(one->permanent, ==, TRI_YES);
    g_assert_cmpstr(two->action, ==, "delayed");
    g_assert_cmpint(two->retry_until, ==, 1776412800);
    g_assert_cmpint(one->retry_until, ==, TIME_NONE);
    g_assert_cmpint(two->reason, ==, REASON_MAILBOX_FULL);
    g_assert_cmpint(two->permanent, ==, TRI_NO);
    g_assert_cmpint(bounce->returned.where, ==, RETURNED_RFC822);
    g_assert_cmpstr(bounce->returned.from, ==, "rowan@alder.example");
    g_assert_cmpuint(bounce->returned.to->len, ==, 2);
    g_assert_cmpstr(bounce->returned.subject, ==, "Grüße");
    g_assert_cmpstr(bounce->returned.message_id, ==, "m1@alder.example");
    g_assert_cmpint(bounce->returned.date, ==, 1772440811);
    g_assert_true(bounce->returned.whole);
    g_assert_cmpuint(bounce->claims->len, ==, 1);
    g_assert_cmpint(g_array_index(bounce->claims, Claim, 0).source, ==, CLAIM_DSN_FIELD);
    g_assert_cmpstr(g_array_index(bounce->claims, Claim, 0).host, ==, "mail.alder.example");
}

/* What real reports get wrong. */
static void test_report_tolerant(void)
{
    g_autoptr(Bounce) odd = read_report("Reporting-MTA: dns;mx.example.net\n"
                                        "Action: failed\nFinal-Recipient: rfc822;a@example.net\n"
                                        "Original-Recipient: rfc822;a@example.net\nStatus: 5.2.2\n"
                                        "Action: failed\nFinal-Recipient: rfc822;b@example.net\n"
                                        "Status: 5.0.0 (no mailbox here by that name)\n");
    g_assert_cmpuint(odd->recipients->len, ==, 2);
    g_assert_cmpstr(recipient(odd, 0)->final, ==, "a@example.net");
    g_assert_cmpint(recipient(odd, 0)->reason, ==, REASON_MAILBOX_FULL);
    g_assert_cmpint(recipient(odd, 1)->reason, ==, REASON_USER_UNKNOWN);
    g_autoptr(Bounce) wide =
        read_report("Reporting-MTA: dns; mx.example.net\n\n"
                    "Final-Recipient: utf-8; j\\x{F8}rgen@example.net\nAction: failed\n"
                    "Status: 5.1.1\n");
    g_assert_cmpstr(first(wide), ==, "jørgen@example.net");
    g_autoptr(Bounce) good = read_report("Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: "
                                         "rfc822; a@example.net\nAction: relayed\nStatus: 2.1.9\n");
    g_assert_cmpint(good->kind, ==, KIND_SUCCESS);
    g_assert_cmpint(recipient(good, 0)->reason, ==, REASON_NONE);
    g_autoptr(Bounce) late = read_report("Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: "
                                         "rfc822; a@example.net\nAction: delayed\nStatus: 4.4.1\n");
    g_assert_cmpint(late->kind, ==, KIND_DELAY);
    /* the reporter gave up; what the other side said is closer to the cause */
    g_autoptr(Bounce) gave_up =
        read_report("Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; "
                    "a@example.net\nAction: failed\nStatus: 4.4.7\n"
                    "Diagnostic-Code: smtp; 450 4.7.1 Client host rejected\n");
    g_assert_cmpstr(recipient(gave_up, 0)->status, ==, "4.7.1");
    g_assert_cmpint(recipient(gave_up, 0)->reply_code, ==, 450);
}

typedef struct Sample {
    const char *name, *from, *subject, *body;
    BounceKind kind;
    guint count;
    const char *recipient;
    int code;
    Reason reason;
} Sample;

#define COPY                                                                                       \
    "Received: from bot.example (bot.example [198.51.100.7]) by mx.example.net with SMTP id 7;\n"  \
    "\tMon, 2 Mar 2026 08:40:11 +0000\nFrom: rowan@alder.example\nTo: jo@example.net\n"            \
    "Subject: Cheap\nMessage-ID: <x7@bot.example>\n\nBuy.\n"

static const Sample samples[] = {
    {"qmail", "MAILER-DAEMON@mx.example.net", "failure notice",
     "Hi. This is the qmail-send program at mx.example.net.\n"
     "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
     "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
     "<jo@example.net>:\n192.0.2.7 does not like recipient.\n"
     "Remote host said: 550 5.1.1 No such user here\nGiving up on 192.0.2.7.\n\n"
     "--- Below this line is a copy of the message.\n\n" COPY,
     KIND_FAILURE, 1, "jo@example.net", 550, REASON_USER_UNKNOWN},
    {"exim", "Mail Delivery System <Mailer-Daemon@mx.example.net>",
     "Mail delivery failed: returning message to sender",
     "This message was created automatically by mail delivery software.\n\n"
     "A message that you sent could not be delivered to one or more of its\n"
     "recipients. This is a permanent error. The following address(es) failed:\n\n"
     "  jo@example.net\n    SMTP error from remote mail server after RCPT TO:<jo@example.net>:\n"
     "    host mx2.example.net [192.0.2.7]: 552 5.2.2 mailbox is full\n"
     "  kim@example.net\n    Unrouteable address\n\n"
     "------ This is a copy of the message, including all the headers. ------\n\n" COPY,
     KIND_FAILURE, 2, "jo@example.net", 552, REASON_MAILBOX_FULL},
    {"sendmail", "Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>",
     "Returned mail: see transcript for details",
     "The original message was received at Mon, 2 Mar 2026 08:40:11 GMT\n"
     "from bot.example [198.51.100.7]\n\n"
     "   ----- The following addresses had permanent fatal errors -----\n<jo@example.net>\n"
     "    (reason: 550 5.7.1 Relaying denied)\n    (expanded from: <all@example.net>)\n\n"
     "   ----- Transcript of session follows -----\n... while talking to mx2.example.net.:\n"
     ">>> RCPT To:<jo@example.net>\n<<< 550 5.7.1 Relaying denied\n\n"
     "   ----- Original message follows -----\n\n" COPY,
     KIND_FAILURE, 1, "jo@example.net", 550, REASON_RELAY_DENIED},
    {"sendmail", "Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>",
     "Returned mail: Host unknown",
     "   ----- Transcript of session follows -----\n"
     "550 gone.example.net (tcp)... 550 Host unknown\n"
     "554 <jo@gone.example.net>... 550 Host unknown (Name server says so)\n\n"
     "   ----- Unsent message follows -----\n" COPY,
     KIND_FAILURE, 1, "jo@gone.example.net", 550, REASON_HOST_UNKNOWN},
    {"postfix", "MAILER-DAEMON@mx.example.net (Mail Delivery System)",
     "Undelivered Mail Returned to Sender",
     "This is the Postfix program at host mx.example.net.\n\n"
     "I'm sorry to have to inform you that the message returned\n"
     "below could not be delivered to one or more destinations.\n\n"
     "For further assistance, please contact <postmaster@mx.example.net>\n\n"
     "\t\t\tThe Postfix program\n\n<jo@example.net>: host mx2.example.net[192.0.2.7] said: 554\n"
     "    message content rejected as spam (in reply to end of DATA command)\n\n"
     "----- Original message -----\n\n" COPY,
     KIND_FAILURE, 1, "jo@example.net", 554, REASON_SPAM},
    {"opensmtpd", "Mailer Daemon <MAILER-DAEMON@puffy.example.net>",
     "Delivery status notification: warning",
     "    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this e-mail.\n\n"
     "    A message is delayed for more than 10 minutes for the following\n"
     "    list of recipients:\n\njo@example.net: Network error on destination MXs\n\n"
     "    Please note that this is only a temporary failure report.\n\n"
     "    Below is a copy of the original message:\n\n" COPY,
     KIND_DELAY, 1, "jo@example.net", 0, REASON_NETWORK},
    {"exchange", "System Administrator <postmaster@corp.example.net>", "Undeliverable: Cheap",
     "Your message\n\n  To:      jo@corp.example.net\n  Subject: Cheap\n"
     "  Sent:    Mon, 2 Mar 2026 09:40:11 +0100\n\ndid not reach the following recipient(s):\n\n"
     "jo@corp.example.net on Mon, 2 Mar 2026 09:40:12 +0100\n"
     "    The recipient name is not recognized\n    MSEXCH:IMS:Corp:SITE:EX1 0 (000C05A6) Unknown\n"
     "Recipient\n",
     KIND_FAILURE, 1, "jo@corp.example.net", 0, REASON_USER_UNKNOWN},
    {"gmail", "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
     "Delivery Status Notification (Failure)",
     "Delivery to the following recipient failed permanently:\n\n     jo@example.net\n\n"
     "Technical details of permanent failure: \n"
     "Google tried to deliver your message, but it was rejected by the server for the recipient\n"
     "domain example.net by mx.example.net. [192.0.2.7].\n\n"
     "The error that the other server returned was:\n550 5.2.1 Mailbox disabled\n\n"
     "----- Original message -----\n\n" COPY,
     KIND_FAILURE, 1, "jo@example.net", 550, REASON_SUSPENDED},
    {"imail", "\"Postmaster\" <postmaster@mail.example.net>", "Undeliverable Mail",
     "Unknown user: jo@example.net\n\nRCPT TO generated following response:\n"
     "553 5.3.0 <jo@example.net>... Addressee unknown\n\nOriginal message follows.\n\n" COPY,
     KIND_FAILURE, 1, "jo@example.net", 553, REASON_USER_UNKNOWN},
    {"mdaemon", "MDaemon@mail.example.net", "Permanent Delivery Failure",
     "The attached message had PERMANENT fatal delivery errors!\n\n"
     "The following addresses did NOT receive a copy of your message:\n\n> jo@example.net\n\n"
     "--- Session Transcript ---\n RCPT To:<jo@example.net>\n 550 no such mailbox\n",
     KIND_FAILURE, 1, "jo@example.net", 550, REASON_USER_UNKNOWN},
    {"domino", "Postmaster@notes.example.net", "DELIVERY FAILURE: User jo not listed",
     "Your message\n\n  Subject: Cheap\n\nwas not delivered to:\n\n  jo@example.net\n\nbecause:\n\n"
     "  User jo (jo@example.net) not listed in Domino Directory\n",
     KIND_FAILURE, 1, "jo@example.net", 0, REASON_USER_UNKNOWN},
    {"text", "Postmaster <postmaster@gate.example.net>", "Delivery failure",
     "We had trouble delivering your message. Full details follow:\n\n1 error(s):\n\n"
     "SMTP Server <mx2.example.net> rejected recipient <jo@example.net>\n"
     "  (Error following RCPT command). It responded as follows: [550 5.1.1 User Unknown]\n",
     KIND_FAILURE, 1, "jo@example.net", 550, REASON_USER_UNKNOWN},
    {"text", "Postmaster <postmaster@gate.example.net>", "Mail could not be delivered",
     "Intended recipient:  jo@example.net\n\nThe mailbox of this user is over quota.\n\n"
     "--------RETURNED MAIL FOLLOWS--------\n" COPY,
     KIND_FAILURE, 1, "jo@example.net", 0, REASON_MAILBOX_FULL},
    {"text", "Postmaster <postmaster@gate.example.net>", "Nicht zustellbar",
     "Ihre Nachricht an die folgenden Empfänger konnte nicht zugestellt werden:\n\n"
     "    jo@example.net\n\nGrund: 550 Empfänger unbekannt\n",
     KIND_FAILURE, 1, "jo@example.net", 550, REASON_USER_UNKNOWN},
    {"text", "MAILER-DAEMON@mx.example.jp", "配信エラー",
     "以下の宛先にメールを配信できませんでした。\n\n<jo@example.jp>\n宛先が存在しません\n",
     KIND_FAILURE, 1, "jo@example.jp", 0, REASON_USER_UNKNOWN},
    {"text", "Mail Delivery <postmaster@mx.example.ru>", "Сообщение не доставлено",
     "Не удалось доставить письмо:\n\n  jo@example.ru\n  550 пользователь не найден\n",
     KIND_FAILURE, 1, "jo@example.ru", 550, REASON_USER_UNKNOWN},
    {"aol", "Mail Delivery Subsystem <MAILER-DAEMON@aol.com>", "Mail Delivery Problem",
     "Your mail to the following recipients could not be delivered because they are not accepting "
     "mail from rowan@alder.example:\n\tjotanner\n",
     KIND_FAILURE, 1, "jotanner@aol.com", 0, REASON_POLICY},
};

static void test_samples(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++) {
        const Sample *sample = &samples[i];
        g_autoptr(Bounce) bounce = read_plain(sample->from, sample->subject, sample->body);
        g_test_message("%s: %s", sample->name, sample->subject);
        g_assert_cmpint(bounce->kind, ==, sample->kind);
        g_assert_cmpstr(bounce->format, ==, sample->name);
        g_assert_cmpuint(bounce->recipients->len, ==, sample->count);
        g_assert_cmpstr(first(bounce), ==, sample->recipient);
        g_assert_cmpint(recipient(bounce, 0)->reply_code, ==, sample->code);
        g_assert_cmpstr(reason_name(recipient(bounce, 0)->reason), ==, reason_name(sample->reason));
        if (strstr(sample->body, "x7@bot.example")) {
            g_assert_cmpint(bounce->returned.where, ==, RETURNED_TEXT);
            g_assert_cmpstr(bounce->returned.message_id, ==, "x7@bot.example");
        }
    }
}

static void test_sentence(void)
{
    g_autoptr(Bounce) bounce = read_plain(samples[2].from, samples[2].subject, samples[2].body);
    g_assert_cmpuint(bounce->claims->len, ==, 1);
    const Claim *claim = &g_array_index(bounce->claims, Claim, 0);
    g_autofree char *ip = ip_format(&claim->ip);
    g_assert_cmpint(claim->source, ==, CLAIM_SENTENCE);
    g_assert_cmpstr(ip, ==, "198.51.100.7");
    g_assert_cmpstr(claim->host, ==, "bot.example");
    g_assert_cmpint(bounce->arrival_date, ==, 1772440811);
    g_assert_cmpstr(recipient(bounce, 0)->original, ==, "all@example.net");
}

/* Headers in the text: indented, quoted, without blanks behind the colon, in HTML. */
static void test_returned_in_text(void)
{
    static const char *const bodies[] = {
        "Your mail could not be delivered to <jo@example.net>.\n\nOriginal mail as follows:\n\n"
        "   Received: from bot.example ([198.51.100.7])\n   \tby mx.example.net; Mon, 2 Mar 2026\n"
        "   From: rowan@alder.example\n   Message-ID: <x7@bot.example>\n\n   Buy.\n",
        "Your mail could not be delivered to <jo@example.net>.\n\n"
        "> Received: from bot.example ([198.51.100.7])\n> \tby mx.example.net; Mon, 2 Mar 2026\n"
        "> From: rowan@alder.example\n> Message-ID: <x7@bot.example>\n>\n> Buy.\n",
        "Your mail could not be delivered to <jo@example.net>.\n\n"
        "Received:from bot.example ([198.51.100.7]) by mx.example.net\n    with SMTP; Mon, 2 Mar\n"
        "From:rowan@alder.example\nMessage-ID:<x7@bot.example>\n",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++) {
        g_autoptr(Bounce) bounce =
            read_plain("MAILER-DAEMON@mx.example.net", "Undeliverable mail", bodies[i]);
        g_autoptr(GPtrArray) lines = headers_all(bounce->returned.headers, "Received");
        g_assert_cmpint(bounce->returned.where, ==, RETURNED_TEXT);
        g_assert_cmpstr(bounce->returned.message_id, ==, "x7@bot.example");
        g_assert_cmpstr(bounce->returned.from, ==, "rowan@alder.example");
        g_assert_cmpuint(lines->len, ==, 1);
        g_assert_nonnull(strstr(lines->pdata[0], "by mx.example.net"));
        g_assert_cmpstr(first(bounce), ==, "jo@example.net");
    }
    g_autoptr(Bounce) html =
        read_text("Return-Path: <>\nFrom: postmaster@mx.example.net\nSubject: Undeliverable mail\n"
                  "Content-Type: text/html\n\n<html><style>b {x}</style><p>Your mail could not be "
                  "delivered:</p><pre>\n  &lt;jo@example.net&gt;: 550 no such user\n\n"
                  "Received: from bot.example ([198.51.100.7]) by mx.example.net; Mon, 2 Mar 2026\n"
                  "From: rowan@alder.example\nMessage-ID: &lt;x7@bot.example&gt;\n</pre>"
                  "<a href=\"http://phish.example/login\">Release</a></html>");
    g_assert_cmpstr(html->returned.message_id, ==, "x7@bot.example");
    g_assert_cmpstr(first(html), ==, "jo@example.net");
    g_assert_cmpuint(html->links->len, ==, 1);
    g_assert_cmpstr(html->links->pdata[0], ==, "phish.example");
}

typedef struct KindSample {
    BounceKind kind;
    const char *text;
} KindSample;

static const KindSample kinds[] = {
    {KIND_AUTO_REPLY, "From: jo@example.net\nSubject: Re: tea\nAuto-Submitted: auto-replied\n\n"
                      "I am away until Friday.\n"},
    {KIND_AUTO_REPLY, "Return-Path: <>\nFrom: jo@example.net\nSubject: Automatic reply: tea\n"
                      "Auto-Submitted: auto-generated\n\nI am out of the office.\n"},
    {KIND_AUTO_REPLY, "From: help@example.net\nSubject: [#1] Delivery failed for my order\n"
                      "Auto-Submitted: auto-replied\n\nWe opened ticket 1.\n"},
    {KIND_CHALLENGE, "Return-Path: <>\nFrom: guard@example.net\nSubject: Your message\n"
                     "Auto-Submitted: auto-replied\n\nYour message is held. Prove that you are a "
                     "person.\n"},
    {KIND_CHALLENGE, "From: jo@example.net\nSubject: verification required\n"
                     "X-Boxtrapper: yes\n\nReply to this.\n"},
    {KIND_VIRUS_NOTICE, "Return-Path: <>\nFrom: antivirus@example.net\nSubject: Virus alert\n\n"
                        "A virus was found in your message.\n"},
    {KIND_READ_RECEIPT,
     "From: jo@example.net\nSubject: Read: tea\nContent-Type: multipart/report; "
     "report-type=disposition-notification; boundary=b\n\n--b\nContent-Type: text/plain\n\nread\n"
     "--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;"
     "jo@example.net\nDisposition: manual-action/MDN-sent-manually; displayed\n\n--b--\n"},
    {KIND_ABUSE_REPORT,
     "From: fbl@example.net\nSubject: complaint\nContent-Type: multipart/report; "
     "report-type=feedback-report; boundary=b\n\n--b\nContent-Type: text/plain\n\nabuse\n"
     "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: x/1\n\n"
     "--b--\n"},
    {KIND_FAILURE, "From: MAILER-DAEMON@mx.example.net\nSubject: Undelivered Mail Returned\n\nx\n"},
    {KIND_NONE, "From: jo@example.net\nSubject: Undeliverable: why mail gets lost\n"
                "List-Unsubscribe: <https://example.net/u>\n\nMail could not be delivered ...\n"},
    {KIND_NONE, "From: jo@example.net\nSubject: Fwd: Returned mail\n\nLook:\n\n> From: "
                "MAILER-DAEMON@mx.example.net\n> Subject: Returned mail\n>\n> <a@example.net>\n"
                "> 550 5.1.1 User unknown\n"},
    {KIND_NONE, "From: root@alder.example (Cron Daemon)\nSubject: Cron <root@mail> mailq\n\n1\n"},
    {KIND_NONE, "From: \"Mailer Daemon\" <jo@example.net>\nSubject: returned mail\n\nthanks\n"},
    {KIND_NONE,
     "From: jo@example.net\nSubject: look at this\nContent-Type: multipart/mixed; boundary=b\n\n"
     "--b\nContent-Type: text/plain\n\nIs it ours?\n--b\nContent-Type: message/rfc822\n\n"
     "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nSubject: Undelivered Mail\n"
     "Content-Type: multipart/report; report-type=delivery-status; boundary=c\n\n--c\n"
     "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n"
     "Final-Recipient: rfc822; a@example.net\nAction: failed\nStatus: 5.1.1\n\n--c--\n--b--\n"},
    {KIND_FAILURE, /* the same in a filter's wrapper */
     "From: postmaster@filter.example\nReturn-Path: <>\nSubject: Undeliverable\n"
     "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n"
     "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nSubject: Undelivered Mail\n"
     "Content-Type: multipart/report; report-type=delivery-status; boundary=c\n\n--c\n"
     "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n"
     "Final-Recipient: rfc822; a@example.net\nAction: failed\nStatus: 5.1.1\n\n--c--\n--b--\n"},
    {KIND_FAILURE,
     "From: no-reply@sns.example\nSubject: Notification\n\n{\"notificationType\":\"Bounce\","
     "\"bounce\":{\"bouncedRecipients\":[{\"emailAddress\":\"jo@example.net\",\"status\":"
     "\"5.1.1\",\"diagnosticCode\":\"smtp; 550 5.1.1 user unknown\"}]},\"mail\":{\"headers\":"
     "[{\"name\":\"From\",\"value\":\"rowan@alder.example\"}]}}\n"},
    {KIND_NONE, ""},
};

static void test_kinds(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autoptr(Bounce) bounce = read_text(kinds[i].text);
        g_test_message("%.60s", kinds[i].text);
        g_assert_cmpstr(bounce_kind_name(bounce->kind), ==, bounce_kind_name(kinds[i].kind));
        g_assert_cmpuint(bounce->marks->len > 0, ==, kinds[i].kind != KIND_NONE);
        g_assert_cmpuint(bounce->format == NULL, ==, kinds[i].kind == KIND_NONE);
    }
}

static void test_reasons(void)
{
    static const struct {
        const char *status, *diagnostic;
        Reason reason;
    } rows[] = {
        {"5.1.1", "550 5.1.1 User unknown", REASON_USER_UNKNOWN},
        {"5.1.2", "550 5.1.2 Host unknown", REASON_HOST_UNKNOWN},
        {"5.2.2", "552 5.2.2 Over quota", REASON_MAILBOX_FULL},
        {"5.3.4", "552 5.3.4 Message too big for system", REASON_TOO_BIG},
        {"5.0.0", "554 Message refused: virus found", REASON_VIRUS},
        {"5.7.1",
         "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using "
         "zen.spamhaus.org",
         REASON_SPAM},
        {"5.7.26", "550 5.7.26 does not pass DMARC", REASON_NOT_AUTHENTICATED},
        {"5.7.1", "550 5.7.1 Relaying denied", REASON_RELAY_DENIED},
        {"4.4.7", "Message expired", REASON_EXPIRED},
        {"5.1.6", "551 5.1.6 Gone away", REASON_MOVED},
        {"4.4.1", "connect to mx.example.net[192.0.2.7]:25: Connection refused", REASON_NETWORK},
        {"4.7.0", "421 4.7.0 Too many connections", REASON_RATE_LIMITED},
        {"5.3.0", "554 5.3.0 Local configuration error", REASON_SYSTEM},
        {"5.5.2", "501 5.5.2 Syntax error", REASON_SYNTAX},
        {"5.2.1", "550 5.2.1 Account disabled", REASON_SUSPENDED},
        {"5.7.1", "550 5.7.1 Not today", REASON_POLICY},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *fields = g_strdup_printf(
            "Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; jo@example.net\n"
            "Action: failed\nStatus: %s\nDiagnostic-Code: smtp; %s\n",
            rows[i].status, rows[i].diagnostic);
        g_autoptr(Bounce) bounce = read_report(fields);
        g_test_message("%s", rows[i].diagnostic);
        g_assert_cmpstr(reason_name(recipient(bounce, 0)->reason), ==, reason_name(rows[i].reason));
    }
}

static void test_names(void)
{
    for (int i = 0; i < KIND_COUNT; i++)
        g_assert_cmpint(bounce_kind_from_name(bounce_kind_name((BounceKind)i)), ==, i);
    g_assert_null(reason_name(REASON_NONE));
    for (int i = 1; i < REASON_COUNT; i++)
        g_assert_cmpint(reason_from_name(reason_name((Reason)i)), ==, i);
    g_assert_cmpint(bounce_kind_from_name("nonsense"), ==, -1);
    g_assert_cmpint(reason_from_name(NULL), ==, -1);
    g_assert_true(bounce_kind_is_bounce(KIND_DELAY));
    g_assert_false(bounce_kind_is_bounce(KIND_CHALLENGE));
}

/* Seconds of the processor. */
static double time_of(const char *unit, gsize count)
{
    GString *text = g_string_new("Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\n"
                                 "Subject: Undelivered Mail\n\nYour message could not be "
                                 "delivered to the following recipients:\n\n");
    for (gsize i = 0; i < count; i++)
        g_string_append(text, unit);
    g_autoptr(Message) message = mime_read(text->str, text->len);
    clock_t start = clock();
    bounce_free(bounce_read(message));
    double spent = (double)(clock() - start) / CLOCKS_PER_SEC;
    g_string_free(text, TRUE);
    return spent;
}

/* Repeats of what costs most; the time must grow with the size and no faster. */
static void test_hostile(void)
{
    static const char *const units[] = {
        "Received: from a ([192.0.2.1]) by b; Mon, 2 Mar 2026 08:40:11 +0000\n",
        "<jo@example.net>: 550 no\n",
        "@@@@@@@@",
        "a@b.",
        "550 ",
        "<<<<<<<<",
        "<!-- <a <b",
        "((((((((",
        "http://x/",
        "Final-Recipient: rfc822; a@b\nAction: failed\n\n",
        "> > > > ",
        "user unknown ",
        "\n\n\n\n",
        "&#64;&lt;",
        "the original message was received at from ",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        double quarter = time_of(units[i], 1000000 / strlen(units[i]));
        double whole = time_of(units[i], 4000000 / strlen(units[i]));
        g_test_message("%.20s: %.3f s, and %.3f s", units[i], quarter, whole);
        g_assert_true(whole < 0.3 || whole < 10 * quarter);
    }
}

static void test_hostile_shapes(void)
{
    GString *deep = g_string_new(NULL);
    for (int i = 0; i < 400; i++)
        g_string_append_printf(deep,
                               "From: MAILER-DAEMON@a.example\nContent-Type: "
                               "multipart/report; boundary=b%d\n\n--b%d\n",
                               i, i);
    bounce_free(read_text(deep->str));
    g_string_free(deep, TRUE);
    GString *long_chain = g_string_new(REPORT_HEAD "Reporting-MTA: dns; a\n\n--b1\nContent-Type: "
                                                   "message/rfc822\n\n");
    for (int i = 0; i < 5000; i++)
        g_string_append(long_chain, "Received: from a ([192.0.2.1]) by b; Mon, 2 Mar 2026\n");
    g_string_append(long_chain, "From: a@b.example\n\nx\n--b1--\n");
    g_autoptr(Bounce) bounce = read_text(long_chain->str);
    g_assert_cmpuint(bounce->returned.headers->len, >=, 5000);
    g_string_free(long_chain, TRUE);
    static const char nul[] = "Return-Path: <>\nFrom: MAILER-DAEMON\0@x\nSubject: \0failure "
                              "notice\n\n<jo@exa\0mple.net>:\n\0\0 550 no\n";
    g_autoptr(Message) message = mime_read(nul, sizeof nul - 1);
    g_autoptr(Bounce) with_nul = bounce_read(message);
    g_assert_cmpint(with_nul->kind, ==, KIND_FAILURE);
    for (gsize cut = 0; cut < sizeof returned_part; cut += 7) { /* cut anywhere */
        g_autofree char *half = g_strndup(returned_part, cut);
        g_autofree char *text = g_strconcat(REPORT_HEAD, half, NULL);
        bounce_free(read_text(text));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    mime_init();
    g_test_add_func("/bounce/report", test_report);
    g_test_add_func("/bounce/report-tolerant", test_report_tolerant);
    g_test_add_func("/bounce/samples", test_samples);
    g_test_add_func("/bounce/sentence", test_sentence);
    g_test_add_func("/bounce/returned-in-text", test_returned_in_text);
    g_test_add_func("/bounce/kinds", test_kinds);
    g_test_add_func("/bounce/reasons", test_reasons);
    g_test_add_func("/bounce/names", test_names);
    g_test_add_func("/bounce/hostile", test_hostile);
    g_test_add_func("/bounce/hostile-shapes", test_hostile_shapes);
    return g_test_run();
}
