/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The returned message, wherever it stands and however it was dressed: behind words that only seem
 * to announce it, below blank lines, indented, in HTML, in text without its MIME header; and what
 * receipts and complaints say of it. All mail here was written for this test. */
#include "bounce_sample.h"

#define FOUND "id=m1@birch.example hops=1"
#define PARTS                                                                                      \
    SAMPLE_DAEMON "Subject: Undelivered mail\nMIME-Version: 1.0\nContent-Type: multipart/mixed;\n" \
                  " boundary=b\n\n--b\n\nYour message to <dest@oak.example> was not delivered:\n"  \
                  "550 No such user\n\n--b\n"

static const BounceSample marked[] = {
    {"MIME whose header was lost, and a sentence that speaks of the message",
     SAMPLE_DAEMON
     "Subject: Delayed Mail (still being retried)\n\nThis is a MIME-encapsulated message.\n\n"
     "--Boundary_77\nContent-type: text/plain\n\nYour message could not be delivered for 12 "
     "hours.\n"
     "You can delete your own text from the attached returned message.\n\n"
     "<dest@oak.example>: 421 4.4.0 no host could be reached\n\n--Boundary_77\n"
     "Content-type: message/delivery-status\n\nReporting-MTA: dns; mx.oak.example\n\n"
     "Final-Recipient: rfc822; dest@oak.example\nAction: delayed\nStatus: 4.4.0\n\n"
     "--Boundary_77\nContent-type: text/rfc822-headers\n\n" SAMPLE_HEADER "\n--Boundary_77--\n",
     "kind=delay to=dest@oak.example status=4.4.0 reporter=mx.oak.example " FOUND},
    {"the same under a type that is none",
     SAMPLE_DAEMON
     "Subject: Undelivered mail\nContent-Type: text/plain\n\n"
     "--=_77\nContent-Type: text/plain; charset=us-ascii\nContent-Description: Notification\n\n"
     "Your message could not be delivered. Delete your own text from the attached returned "
     "message.\n\n--=_77\nContent-Type: message/delivery-status\n\n"
     "Reporting-MTA: dns; mx.oak.example\n\nFinal-Recipient: rfc822; dest@oak.example\n"
     "Action: failed\nStatus: 5.1.1\n\n--=_77\nContent-Type: message/rfc822\n\n" SAMPLE_HEADER
     "\nHello.\n\n--=_77--\n",
     "kind=failure to=dest@oak.example status=5.1.1 reporter=mx.oak.example " FOUND},
    {"a sentence of the returned message, and fields of the part below it",
     SAMPLE_TEXT
     "Your message to <dest@oak.example> was not delivered. The original message follows.\n\n"
     "Content-Type: text/plain\nContent-Transfer-Encoding: 7bit\nContent-Description: x\n\n"
     "Nothing yet.\n\n" SAMPLE_HEADER "\nHello.\n",
     FOUND},
    {"a sentence, and lines with colons that are no header",
     SAMPLE_TEXT
     "Your message to <dest@oak.example> was not delivered; a copy of the message is attached.\n"
     "Reason: no such user\nX-Code: 5\nContent-Length: 700\n\n" SAMPLE_HEADER "\nHello.\n",
     FOUND},
    {"a marker and nothing behind it",
     SAMPLE_TEXT
     "Your message was not delivered. The returned message is below.\n\nOr it would be.\nSorry.\n"
     "Really.\nYours\n\n<dest@oak.example>:\n550 No such user\n",
     "to=dest@oak.example code=550 where=none"},
    {"words behind the header's end are no header",
     SAMPLE_TEXT "<dest@oak.example>:\n550 No such user\n\n--- Below this line is a copy of the "
                 "message.\n\n" SAMPLE_HEADER "\nHello.\nReceived: these words with thanks\n",
     FOUND},
    {"fields of a part that was not parsed, and the message's",
     SAMPLE_TEXT
     "<dest@oak.example>:\n550 No such user\n\n--77 (16235)\nContent-Type: message/rfc822\n"
     "Date: Mon, 2 Mar 2026 08:50:00 +0000\nMessage-ID: <part77@mx.oak.example>\n\n" SAMPLE_HEADER
     "\nHello.\n",
     FOUND},
    {"a field with a blank before its colon",
     SAMPLE_TEXT
     "<dest@oak.example>:\n550 No such user\n\n--- Below this line is a copy of the message.\n\n"
     "RECEIVED: from a.birch.example (a.birch.example [203.0.113.25]) by mx.oak.example\n"
     "Received : from b.birch.example by a.birch.example\nMessage-Id : <m1@birch.example>\n"
     "From : wren@birch.example\n",
     "id=m1@birch.example hops=2"},
};

static const BounceSample dressed[] = {
    {"a blank line first, in a message",
     PARTS "Content-Type: message/rfc822\n\n\n" SAMPLE_HEADER "\nHello.\n\n--b--\n",
     FOUND " where=rfc822 from=wren@birch.example"},
    {"blank lines and an mbox line first",
     PARTS "Content-Type: message/rfc822\n\n\n\nFrom wren@birch.example Mon Mar  2 08:40:11 "
           "2026\n" SAMPLE_HEADER "\nHello.\n\n--b--\n",
     FOUND " where=rfc822"},
    {"a quoted mbox line first",
     PARTS "Content-Type: message/rfc822\n\n>From wren@birch.example Mon Mar  2 08:40:11 "
           "2026\n" SAMPLE_HEADER "\nHello.\n\n--b--\n",
     FOUND " where=rfc822"},
    {"blank lines first, in headers",
     PARTS "Content-Type: text/rfc822-headers\n\n\n\n" SAMPLE_HEADER "\n--b--\n",
     FOUND " where=rfc822-headers"},
    {"an mbox line first, in headers",
     PARTS "Content-Type: text/rfc822-headers\n\nFrom wren@birch.example Mon Mar  2 08:40:11 "
           "2026\n" SAMPLE_HEADER "\n--b--\n",
     FOUND " where=rfc822-headers"},
    {"each field indented by a blank, in headers",
     PARTS
     "Content-Type: text/rfc822-headers\n\n\n Received:from mail.birch.example by mx.oak.example\n"
     "\twith SMTPS id 77\n Message-ID:<m1@birch.example>\n From:Wren <wren@birch.example>\n"
     " To:dest@oak.example\n\n--b--\n",
     FOUND " from=wren@birch.example"},
    {"each field indented by a blank, as text/rfc822",
     PARTS "Content-Type: text/rfc822\n\n\n Received:from mail.birch.example by mx.oak.example\n"
           "\twith SMTPS id 77\n Message-ID:<m1@birch.example>\n From:Wren <wren@birch.example>\n\n"
           "--b--\n",
     FOUND},
    {"each field indented by a blank, in a message",
     PARTS "Content-Type: message/rfc822\n\n Received:from mail.birch.example by mx.oak.example\n"
           "\twith SMTPS id 77\n Message-ID:<m1@birch.example>\n From:Wren <wren@birch.example>\n\n"
           "Hello.\n--b--\n",
     FOUND},
    {"quoted, in headers",
     PARTS
     "Content-Type: text/rfc822-headers\n\n> Received: from mail.birch.example by mx.oak.example\n"
     "> Message-ID: <m1@birch.example>\n> From: Wren <wren@birch.example>\n\n--b--\n",
     FOUND},
    {"fields of the part itself, and a whole header below",
     PARTS
     "Content-Type: message/rfc822\nContent-Disposition: attachment\n"
     "Date: Mon, 2 Mar 2026 08:50:00 +0000\nMessage-ID: <part77@mx.oak.example>\n\n" SAMPLE_HEADER
     "\nHello.\n\n--b--\n",
     FOUND},
    {"the same, where the part calls itself text",
     PARTS
     "Content-Type: text/rfc822-headers\nMessage-ID: <part77@mx.oak.example>\n\n" SAMPLE_HEADER
     "\n--b--\n",
     FOUND},
    {"soft line breaks that nobody decoded",
     PARTS
     "Content-Type: text/rfc822-headers\n\nReceived: from mail.birch.example (mail.birch.example "
     "[203.0.=\n113.25]) by mx.oak.example; Mon, 2 Mar 2026 08:40:11 +0000\nMessage-ID: <m1@bir=\n"
     "ch.example>\nFrom: Wren <wren@birch.example>\nContent-Type: text/plain; charset=3Dutf-8\n\n"
     "--b--\n",
     FOUND},
    {"an attachment without a telling type",
     PARTS "Content-Type: application/octet-stream; name=original.eml\n\n\n" SAMPLE_HEADER
           "\nHello.\n\n"
           "--b--\n",
     FOUND},
    {"in a text part of its own",
     PARTS "Content-Type: text/plain; name=headers.txt\n\n" SAMPLE_HEADER "\n--b--\n",
     FOUND " where=text"},
    {"announced in one text part, in the next",
     PARTS "Content-Type: text/plain\n\nOriginal message headers:\n\n--b\nContent-Type: "
           "text/plain\n\n" SAMPLE_HEADER "\n--b--\n",
     FOUND},
    {"a Content block in a text part, the header in the next",
     PARTS "Content-Type: text/plain\n\nOriginal message follows:\n\nContent-Type: text/plain\n"
           "Content-Transfer-Encoding: 8bit\n\n--b\nContent-Type: text/plain\n\n" SAMPLE_HEADER
           "\n--b--\n",
     FOUND},
};

#define HTML                                                                                       \
    SAMPLE_DAEMON "Subject: Undelivered mail\nContent-Type: text/html\n\n<html><body>"             \
                  "<p>Your message to &lt;dest@oak.example&gt; was not delivered:</p>"             \
                  "<p>550 No such user</p><p>Original message headers:</p>"

static const BounceSample pages[] = {
    {"lines broken by br",
     HTML "Received: from mail.birch.example (mail.birch.example [203.0.113.25])<br>&nbsp;by "
          "mx.oak.example with ESMTP id 77; Mon, 2 Mar 2026 08:40:11 +0000<br>Message-ID: "
          "&lt;m1@birch.example&gt;<br>From: Wren &lt;wren@birch.example&gt;<br></body></html>\n",
     FOUND " from=wren@birch.example"},
    {"preformatted",
     HTML "<pre>Received: from mail.birch.example (mail.birch.example [203.0.113.25])\n by "
          "mx.oak.example; Mon, 2 Mar 2026 08:40:11 +0000\nMessage-ID: &lt;m1@birch.example&gt;\n"
          "From: Wren &lt;wren@birch.example&gt;\n</pre></body></html>\n",
     FOUND " from=wren@birch.example"},
    {"in paragraphs",
     HTML
     "<p>Received: from mail.birch.example by mx.oak.example</p>\n<p>Message-ID: "
     "&lt;m1@birch.example&gt;</p>\n<p>From: Wren &lt;wren@birch.example&gt;</p></body></html>\n",
     FOUND " from=wren@birch.example"},
    {"in a table",
     HTML "<table><tr><td>Received:</td><td>from mail.birch.example by mx.oak.example</td></tr>"
          "<tr><td>Message-ID:</td><td>&lt;m1@birch.example&gt;</td></tr>"
          "<tr><td>From:</td><td>wren@birch.example</td></tr></table></body></html>\n",
     FOUND " from=wren@birch.example"},
};

static const BounceSample notices[] = {
    {"a receipt",
     "From: Dest <dest@oak.example>\nTo: wren@birch.example\nSubject: Read: Minutes\n"
     "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\n"
     "It was displayed.\n\n--b\nContent-Type: message/disposition-notification\n\n"
     "Reporting-UA: pc.oak.example; Mailer 1.0\nOriginal-Recipient: rfc822;office@oak.example\n"
     "Final-Recipient: rfc822;dest@oak.example\nOriginal-Message-ID: <m1@birch.example>\n"
     "Disposition: manual-action/MDN-sent-manually; displayed\n\n--b--\n",
     "kind=read-receipt to=dest@oak.example original=office@oak.example id=m1@birch.example"},
    {"a receipt through a gateway, base64",
     "From: dest@oak.example\nTo: wren@birch.example\n"
     "Subject: Read\n"
     "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\n"
     "Read.\n\n--b\nContent-Type: message/disposition-notification\n"
     "Content-Transfer-Encoding: base64\n\n"
     "TUROLUdhdGV3YXk6IHNtdHA7IGd3Lm9hay5leGFtcGxlCkZpbmFsLVJlY2lwaWVudDogcmZjODIyOyBkZXN0QG9h"
     "ay5leGFtcGxlCk9yaWdpbmFsLU1lc3NhZ2UtSUQ6IDxtMUBiaXJjaC5leGFtcGxlPgo=\n\n--b--\n",
     "kind=read-receipt to=dest@oak.example id=m1@birch.example reporter=gw.oak.example"},
    {"a refusal in the form of a receipt",
     "Return-Path: <>\nFrom: dest@oak.example\n"
     "To: wren@birch.example\nSubject: Rejected: Minutes\nAuto-Submitted: auto-replied (rejected)\n"
     "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\n"
     "The message was refused by the recipient's rules.\n\n--b\n"
     "Content-Type: message/disposition-notification\n\n"
     "Final-Recipient: rfc822; dest@oak.example\nOriginal-Message-ID: <m1@birch.example>\n"
     "Disposition: automatic-action/MDN-sent-automatically; deleted\n\n--b\n"
     "Content-Type: message/rfc822\n\n" SAMPLE_HEADER "\nHello.\n\n--b--\n",
     "kind=failure to=dest@oak.example action=failed id=m1@birch.example hops=1"},
    {"a complaint",
     "From: fbl@oak.example\nTo: abuse@birch.example\nSubject: complaint\n"
     "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nSpam.\n\n"
     "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n"
     "Reporting-MTA: dns; mx.oak.example\nSource-IP: 203.0.113.25\n"
     "Original-Rcpt-To: dest@oak.example\n\n--b\nContent-Type: message/rfc822\n\n\n"
     "From someone Thu Jul 10 21:37:00 2025\n" SAMPLE_HEADER "\nHello.\n\n--b--\n",
     "kind=abuse-report reporter=mx.oak.example id=m1@birch.example hops=1"},
    {"a complaint with headers only",
     "From: fbl@oak.example\nTo: abuse@birch.example\n"
     "Subject: complaint\n"
     "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nSpam.\n\n"
     "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n"
     "Reporting-MTA: mx.oak.example\n\n--b\nContent-Type: text/rfc822-headers\n\n" SAMPLE_HEADER
     "\n--b--\n",
     "kind=abuse-report reporter=mx.oak.example id=m1@birch.example hops=1"},
    {"a complaint in base64",
     "From: fbl@oak.example\nTo: abuse@birch.example\nSubject: complaint\n"
     "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nSpam.\n\n"
     "--b\nContent-Type: message/feedback-report\nContent-Transfer-Encoding: base64\n\n"
     "RmVlZGJhY2stVHlwZTogYWJ1c2UKVmVyc2lvbjogMQpSZXBvcnRpbmctTVRBOiBkbnM7IG14Lm9hay5leGFtcGxl"
     "Cg==\n\n--b--\n",
     "kind=abuse-report reporter=mx.oak.example"},
    {"an id that only the report names",
     SAMPLE_REPORT
     "Reporting-MTA: dns; mx.oak.example\nX-Original-Message-ID: <m1@birch.example>\n\n"
     "Final-Recipient: rfc822; dest@oak.example\nAction: failed\nStatus: 5.1.1\n\n--b--\n",
     "kind=failure id=m1@birch.example where=none"},
};

static void test_marked(void)
{
    SAMPLES_CHECK(marked);
}

static void test_dressed(void)
{
    SAMPLES_CHECK(dressed);
}

static void test_pages(void)
{
    SAMPLES_CHECK(pages);
}

static void test_notices(void)
{
    SAMPLES_CHECK(notices);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/bounce/returned/marked", test_marked);
    g_test_add_func("/bounce/returned/dressed", test_dressed);
    g_test_add_func("/bounce/returned/pages", test_pages);
    g_test_add_func("/bounce/returned/notices", test_notices);
    return g_test_run();
}
