/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What kind of message it is: headers that scanners and challenge systems leave in ordinary mail
 * mark nothing by themselves; answering machines without a header; reports whose sender is nobody,
 * or that are the whole mail; reports on authentication. All mail here was written for this test.
 */
#include "bounce_sample.h"

#define PERSON  "From: Jo <jo@oak.example>\nTo: wren@birch.example\nSubject: Tea on Friday\n"
#define MACHINE "Return-Path: <>\nFrom: postmaster@oak.example\nTo: wren@birch.example\n"

static const BounceSample ordinary[] = {
    {"amavis found a bad header",
     PERSON
     "X-Amavis-Alert: BAD HEADER Non-encoded 8-bit data in message header 'Subject'\n\nCome!\n",
     "kind=none"},
    {"the same from a role",
     "From: Offers <security@oak.example>\nTo: wren@birch.example\n"
     "Subject: 80 % off\nX-Amavis-Alert: BAD HEADER SECTION\n\nBuy!\n",
     "kind=none"},
    {"amavis banned a part", PERSON "X-Amavis-Alert: BANNED, message contains .exe\n\nSee this.\n",
     "kind=none"},
    {"clean", PERSON "X-Virus-Report: clean\n\nCome!\n", "kind=none"},
    {"no virus",
     "From: root@oak.example\nTo: wren@birch.example\nSubject: weekly figures\n"
     "X-Virus-Alert: no\nX-Antivirus-Notification: none\n\nAs always.\n",
     "kind=none"},
    {"a challenge that was passed", PERSON "X-Challenge: x\nX-Challenge-Response: ok\n\nCome!\n",
     "kind=none"},
    {"delivered by a challenge system",
     PERSON "X-TMDA-Confirm: done\nX-Boxtrapper: whitelist\nX-Spamarrest: passed\n\nCome!\n",
     "kind=none"},
    {"no automatic reply", PERSON "X-Autoreply: no\nX-Auto-Response-Suppress: All\n\nCome!\n",
     "kind=none"},
    {"a person answers an absence",
     "From: jo@oak.example\nTo: wren@birch.example\n"
     "Subject: Re: Out of office\n\nI am on vacation too. Come!\n",
     "kind=none"},
    {"an absence told to many",
     "From: jo@oak.example\nTo: team@oak.example, wren@birch.example\n"
     "Cc: kim@oak.example\nSubject: Out of office\n\nI will be out of the office on Monday.\n",
     "kind=none"},
    {"an absence told by name, with a task",
     "From: jo@oak.example\nTo: Wren Birch <wren@birch.example>\n"
     "Subject: Out of office from Monday\n\nHi Wren,\n\nI will be out of the office from Monday. "
     "The notes for your call are in the folder.\n",
     "kind=none"},
    {"an absence that asks",
     "From: jo@oak.example\nTo: wren@birch.example\nSubject: On vacation: who takes the keys?\n\n"
     "We are on vacation next week. Would you take the keys? I will be back on the 9th.\n",
     "kind=none"},
    {"a calendar of absences",
     "From: desk@birch.example\nTo: wren@birch.example\n"
     "Subject: Out of office calendar: please fill in\n\n"
     "Please enter when you will be out of the office.\n",
     "kind=none"},
    {"about automatic replies",
     "From: jo@oak.example\nTo: wren@birch.example\n"
     "Subject: Automatic reply: how do I switch it off?\n\n"
     "It still says that I am out of the office. Where is the switch?\n",
     "kind=none"},
    {"of vacation, but no reply",
     "From: jo@oak.example\nTo: wren@birch.example\n"
     "Subject: Vacation pictures\n\nTaken while I was on vacation.\n",
     "kind=none"},
    {"an aggregate report of DMARC",
     "From: noreply-dmarc@oak.example\nTo: dmarc@birch.example\nAuto-Submitted: auto-replied\n"
     "Subject: Report Domain: birch.example Submitter: oak.example Report-ID: 77\n"
     "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nThis is a DMARC aggregate report.\n\n"
     "--b\nContent-Type: application/gzip\nContent-Disposition: attachment;\n"
     " filename=\"oak.example!birch.example!1772400000!1772486400.xml.gz\"\n"
     "Content-Transfer-Encoding: base64\n\nH4sI\n--b--\n",
     "kind=none"},
    {"an aggregate report that is its attachment",
     "From: MAILER-DAEMON@oak.example\nTo: dmarc@birch.example\nSubject: report\n"
     "Content-Type: application/zip; name=\"oak.example!birch.example!1772400000!1772486400.zip\"\n"
     "Content-Transfer-Encoding: base64\n\nUEsD\n",
     "kind=none"},
    {"a report on TLS",
     "From: tls@oak.example\nTo: tls@birch.example\nAuto-Submitted: auto-replied\n"
     "Subject: Report Domain: birch.example Submitter: oak.example Report-ID: <77@oak.example>\n"
     "Content-Type: multipart/report; report-type=tlsrpt; boundary=b\n\n--b\n\nReport.\n--b\n"
     "Content-Type: application/tlsrpt+gzip\n\nx\n--b--\n",
     "kind=none"},
};

static const BounceSample replies[] = {
    {"Yahoo",
     "From: jo@oak.example\nTo: wren@birch.example\nSubject: Auto Response\n\n"
     "I will be out of the office until December 29.\n",
     "kind=auto-reply"},
    {"Exchange in English",
     "From: jo@oak.example\nTo: wren@birch.example\n"
     "Subject: Out of Office AutoReply: Minutes\n\nI am out of the office until Monday.\n",
     "kind=auto-reply"},
    {"Exchange, with a question of its own, in answer",
     "From: jo@oak.example\nTo: wren@birch.example\nIn-Reply-To: <m1@birch.example>\n"
     "Subject: Out of Office Notification: Minutes\n\n"
     "I am out of the office. Is it urgent? Call the desk.\n",
     "kind=auto-reply"},
    {"Exchange in Latvian",
     "From: jo@oak.example\nTo: wren@birch.example\n"
     "Subject: Arpus biroja atrasanas automatiska atbilde: Minutes\n\nI am out of office.\n",
     "kind=auto-reply"},
    {"Exchange in German",
     "From: jo@oak.example\nTo: wren@birch.example\n"
     "Subject: Abwesenheitsnotiz: Protokoll\nContent-Type: text/plain; charset=utf-8\n\n"
     "Ich bin bis Montag nicht im Büro.\n",
     "kind=auto-reply"},
    {"Exchange in French",
     "From: jo@oak.example\nTo: wren@birch.example\n"
     "Subject: Absence du bureau : PV\nContent-Type: text/plain; charset=utf-8\n\n"
     "Je suis absente jusqu'au 5 mai.\n",
     "kind=auto-reply"},
    {"Exchange in Polish",
     "From: jo@oak.example\nTo: wren@birch.example\n"
     "Subject: =?utf-8?q?Autoodpowied=C5=BA=3A_Protok=C3=B3=C5=82?=\n"
     "Content-Type: text/plain; charset=utf-8\n\nJestem na urlopie do poniedziałku.\n",
     "kind=auto-reply"},
    {"Exchange in Czech",
     "From: jo@oak.example\nTo: wren@birch.example\n"
     "Subject: =?utf-8?q?Automatick=C3=A1_odpov=C4=9B=C4=8F=3A_Z=C3=A1pis?=\n"
     "Content-Type: text/plain; charset=utf-8\n\nJsem mimo kancelář.\n",
     "kind=auto-reply"},
    {"a subject that is the phrase alone, in brackets",
     "From: jo@oak.example\nTo: wren@birch.example\nSubject: [Auto-Reply] Minutes\n\n"
     "Thank you. I'm on vacation until Monday.\n",
     "kind=auto-reply"},
    {"by its header",
     "From: jo@oak.example\nTo: wren@birch.example\nSubject: Re: Minutes\n"
     "X-Autoreply: yes\n\nThank you.\n",
     "kind=auto-reply"},
};

static const BounceSample nobodies[] = {
    {"a name for an address, and fields in the text",
     "From: mailservice.example\nTo: dest@oak.example\nSubject: Undelivered Mail Returned to "
     "Sender\n"
     "\nAn error occurred while trying to deliver the mail to the following recipients:\n"
     "dest@oak.example\n\nTechnical report:\n\nReporting-MTA: dns; out7.mailservice.example\n\n"
     "Action: failed\nFinal-Recipient: rfc822; dest@oak.example\n"
     "Diagnostic-Code: smtp; 550 5.1.1 User unknown\nStatus: 5.1.1\n",
     "kind=failure to=dest@oak.example status=5.1.1 code=550 reporter=out7.mailservice.example"},
    {"a name for an address, and a returned message",
     "From: Mail Robot\nTo: wren@birch.example\nSubject: Delivery failure\n"
     "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nNot delivered: dest@oak.example\n"
     "550 5.1.1 User unknown\n\n--b\nContent-Type: message/rfc822\n\n" SAMPLE_HEADER "\nx\n--b--\n",
     "kind=failure to=dest@oak.example status=5.1.1 id=m1@birch.example"},
    {"an address with a blank",
     "From: \"postmaster@\" <mail service@oak.example>\n"
     "To: wren@birch.example\nSubject: Returned mail: see transcript for details\n"
     "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nNot delivered: dest@oak.example\n"
     "550 5.1.1 User unknown\n\n--b\nContent-Type: message/rfc822\n\n" SAMPLE_HEADER "\nx\n--b--\n",
     "kind=failure id=m1@birch.example"},
    {"a name for an address, and nothing that a bounce has",
     "From: Jo\nTo: wren@birch.example\nSubject: Delivery failure\n\nWhy did it not arrive?\n",
     "kind=none"},
    {"the report is the whole mail",
     "MIME-Version: 1.0\nContent-Type: message/delivery-status\n\n"
     "Reporting-MTA: dns; mx.oak.example\n\nFinal-Recipient: rfc822; dest@oak.example\n"
     "Action: failed\nStatus: 5.1.1\n",
     "kind=failure to=dest@oak.example status=5.1.1 reporter=mx.oak.example"},
    {"the report is the whole mail, with fields of parts in it",
     "Content-Type: message/delivery-status\nMIME-Version: 1.0\n\nMIME-Version: 1.0\n"
     "Reporting-Mta: dns; mx.oak.example\nContent-Type: text/plain; charset=\"us-ascii\"\n\n"
     "MIME-Version: 1.0\nFinal-Recipient: RFC822; <dest@oak.example>\nAction: delayed\n"
     "Status: 4.2.2\nContent-Type: text/plain\n",
     "kind=delay to=dest@oak.example status=4.2.2 reporter=mx.oak.example"},
    {"the report is the whole mail, and a success",
     "From: jo@oak.example\n"
     "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.oak.example\n\n"
     "Final-Recipient: rfc822; dest@oak.example\nAction: relayed\nStatus: 2.0.0\n",
     "kind=success to=dest@oak.example"},
    {"a person sends a report as an attachment",
     "From: jo@oak.example\nTo: wren@birch.example\n"
     "Subject: look\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nWhat is this?\n--b\n"
     "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.oak.example\n\n"
     "Final-Recipient: rfc822; dest@oak.example\nAction: failed\nStatus: 5.1.1\n--b--\n",
     "kind=none"},
};

static const BounceSample reports[] = {
    {"Exim's words on a failure of DMARC",
     "From: no-reply@oak.example\nTo: dmarc@birch.example\n"
     "Subject: DMARC Forensic Report for birch.example from IP 203.0.113.68\n"
     "Auto-Submitted: auto-replied\nContent-Type: multipart/report; boundary=b\n\n--b\n\n"
     "A message claiming to be from you has failed the published DMARC policy for your domain.\n\n"
     "  Sender Domain: birch.example\n  Sender IP Address: 203.0.113.68\n\n"
     "------ This is a copy of the headers that were received before the error was "
     "detected.\n\n" SAMPLE_HEADER "\n--b--\n",
     "kind=abuse-report id=m1@birch.example hops=1"},
    {"another's words",
     "From: dmarc-noreply@oak.example\nTo: dmarc@birch.example\n"
     "Subject: FW: Minutes\nAuto-Submitted: auto-generated\n\n"
     "This is an authentication failure report for an email message received from IP 203.0.113.68\n"
     "on Mon, 2 Mar 2026 08:40:11 +0000.\n\n" SAMPLE_HEADER "\n",
     "kind=abuse-report id=m1@birch.example"},
    {"by its subject",
     "From: postmaster@oak.example\nTo: dmarc@birch.example\n"
     "Subject: DMARC Failure Report for birch.example\nAuto-Submitted: auto-replied\n\n"
     "See below.\n\n" SAMPLE_HEADER "\n",
     "kind=abuse-report"},
    {"a bounce that a scanner called clean",
     MACHINE "Subject: Undelivered mail\nX-Virus-Report: clean\nX-Amavis-Alert: BAD HEADER\n\n"
             "<dest@oak.example>: 550 5.1.1 User unknown\n",
     "kind=failure to=dest@oak.example"},
    {"a virus notice by header and words",
     MACHINE
     "Subject: Your message\nX-Virus-Notification: yes\n\nA virus was found in your message.\n",
     "kind=virus-notice"},
    {"a challenge by header and words",
     "From: jo@oak.example\nTo: wren@birch.example\n"
     "Subject: Your message\nX-Boxtrapper: yes\n\nReply to prove that you are a person.\n",
     "kind=challenge"},
    {"a challenge by header and sender",
     MACHINE "Subject: Your message\nX-TMDA-Challenge: 77\n\nPress reply.\n", "kind=challenge"},
};

static void test_ordinary(void)
{
    SAMPLES_CHECK(ordinary);
}

static void test_replies(void)
{
    SAMPLES_CHECK(replies);
}

static void test_nobodies(void)
{
    SAMPLES_CHECK(nobodies);
}

static void test_reports(void)
{
    SAMPLES_CHECK(reports);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/bounce/kinds/ordinary", test_ordinary);
    g_test_add_func("/bounce/kinds/replies", test_replies);
    g_test_add_func("/bounce/kinds/nobodies", test_nobodies);
    g_test_add_func("/bounce/kinds/reports", test_reports);
    return g_test_run();
}
