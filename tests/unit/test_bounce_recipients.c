/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who failed, and what is said of it: lines that only continue a diagnostic name nobody; senders,
 * contacts and footers are no recipients; a recipient that is no clean address is not lost, nor
 * made into somebody else. All mail here was written for this test. */
#include "base/address.h"
#include "bounce_sample.h"

#define POSTFIX                                                                                    \
    SAMPLE_DAEMON "Subject: Undelivered Mail Returned to Sender\n\n"                               \
                  "This is the mail system at host mx.oak.example.\n\n"                            \
                  "I'm sorry to have to inform you that your message could not\n"                  \
                  "be delivered to one or more recipients. It's attached below.\n\n"               \
                  "                   The mail system\n\n"

#define EXIM                                                                                       \
    SAMPLE_DAEMON                                                                                  \
    "Subject: Mail delivery failed: returning message to sender\n\n"                               \
    "This message was created automatically by mail delivery software.\n\n"                        \
    "A message that you sent could not be delivered to one or more of its\n"                       \
    "recipients. This is a permanent error. The following address(es) failed:\n\n"

static const BounceSample continued[] = {
    {"a wrapped line begins with the sender's address",
     POSTFIX "<dest@oak.example>: host store.oak.example[192.0.2.7] said: 550 5.7.1\n"
             "    <wren@birch.example>: Sender address rejected: not allowed (in reply to\n"
             "    RCPT TO command)\n",
     "to=dest@oak.example code=550 status=5.7.1 "
     "said=5.7.1_<wren@birch.example>:_Sender_address_rejected:_not_allowed_(in_reply_to_RCPT_TO"},
    {"a wrapped line in parentheses",
     POSTFIX "<dest@oak.example>: host store.oak.example[192.0.2.7] said: 452 4.2.2 Mailbox full\n"
             "    (in reply to RCPT TO command)\n",
     "to=dest@oak.example said=full_(in_reply_to_RCPT_TO_command)"},
    {"a wrapped line that ends in a colon",
     POSTFIX "<dest@oak.example>: unable to look up host smtp.oak.example for the following\n"
             "    reason:\n    Name or service not known\n",
     "to=dest@oak.example said=following_reason:_Name_or_service_not_known"},
    {"a last word that was said before",
     POSTFIX "<dest@oak.example>: host store.oak.example[192.0.2.7] said: 550 unknown user is\n"
             "    unknown\n",
     "to=dest@oak.example said=user_is_unknown"},
    {"an expanded recipient",
     POSTFIX "<kim@store.oak.example> (expanded from <dest@oak.example>): host\n"
             "    store.oak.example[192.0.2.7] said: 550 5.1.1\n"
             "    <kim@store.oak.example>: Recipient address rejected: see\n"
             "    <postmaster@oak.example>: for help (in reply to RCPT TO command)\n\n"
             "<kay@oak.example>: unknown user: \"kay\"\n",
     "to=kim@store.oak.example,kay@oak.example original=dest@oak.example code=550 status=5.1.1 "
     "mta=store.oak.example"},
    {"a wrapped line names the postmaster behind a label",
     POSTFIX
     "<dest@oak.example>: host store.oak.example[192.0.2.7] said: 554 5.7.1 Rejected; your\n"
     "    email to help@oak.example is welcome; Recipient: <other@oak.example>\n",
     "to=dest@oak.example"},
    {"Exim: a reply of several lines that quotes addresses",
     EXIM "  dest@oak.example\n"
          "    host store.oak.example [192.0.2.7]\n"
          "    SMTP error from remote mail server after RCPT TO:<dest@oak.example>:\n"
          "    550-wren@birch.example: your address is not known here\n"
          "    kim@oak.example: ask her instead\n    550 5.7.1 go away\n",
     "to=dest@oak.example code=550"},
    {"Exim: an address with the cause in its line",
     EXIM "  dest@oak.example: no such person\n    (looked for in /etc/aliases\n"
          "    of mail@oak.example)\n",
     "to=dest@oak.example"},
    {"Courier: what the server said",
     SAMPLE_TEXT
     "This is a delivery status notification from mx.oak.example,\nrunning the Courier mail "
     "server, version 1.0.\n\nThe original message was received on Mon, 2 Mar 2026\n\n"
     "                           UNDELIVERABLE MAIL\n\n"
     "Your message to the following recipients cannot be delivered:\n\n"
     "<dest@oak.example>:\n    store.oak.example [192.0.2.7]:\n"
     ">>> RCPT TO:<dest@oak.example>\n<<< 550 5.1.1 User unknown: wren@birch.example\n",
     "to=dest@oak.example code=550 status=5.1.1"},
};

static const BounceSample nobody[] = {
    {"a sender's address in a table",
     SAMPLE_TEXT
     "Your message to dest@oak.example couldn't be delivered.\n\nOriginal Message Details\n"
     "Created Date: 10/31/2026 6:31:48 PM\nSender Address:    wren@birch.example\n"
     "Recipient Address:    dest@oak.example\nSubject: x\n\nError Details\n"
     "Reported error: 550 5.1.10 RESOLVER.ADR.RecipientNotFound\n",
     "to=dest@oak.example code=550 status=5.1.10"},
    {"the same in German",
     SAMPLE_TEXT "Ihre Nachricht an dest@oak.example konnte nicht zugestellt werden.\n\n"
                 "Absenderadresse: wren@birch.example\nEmpfängeradresse: dest@oak.example\n"
                 "Gemeldeter Fehler: 550 5.1.10 RESOLVER.ADR.RecipientNotFound\n",
     "to=dest@oak.example code=550"},
    {"the same in French",
     SAMPLE_TEXT
     "Votre message à dest@oak.example n'a pas pu être remis.\n\n"
     "Adresse de l’expéditeur : wren@birch.example\nAdresse du destinataire : dest@oak.example\n"
     "Erreur signalée : 550 5.1.10 RESOLVER.ADR.RecipientNotFound\n",
     "to=dest@oak.example"},
    {"the same in Spanish",
     SAMPLE_TEXT
     "No se pudo entregar el mensaje a dest@oak.example.\n\n"
     "Dirección del remitente: wren@birch.example\nDirección del destinatario: dest@oak.example\n"
     "Error notificado: 550 5.1.10 RESOLVER.ADR.RecipientNotFound\n",
     "to=dest@oak.example"},
    {"Exim tells another than the sender",
     SAMPLE_DAEMON
     "Subject: Mail failure - message sent by another\n\n"
     "A message sent by\n\n  <wren@birch.example>\n\ncould not be delivered to one or more of its\n"
     "recipients. The following address(es) failed:\n\n  dest@oak.example:\n    unknown user\n",
     "to=dest@oak.example"},
    {"Exim tells it in one line",
     SAMPLE_TEXT "A message from <wren@birch.example> could not be delivered.\n"
                 "The following address(es) failed:\n\n  dest@oak.example\n    unknown user\n",
     "to=dest@oak.example"},
    {"the envelope sender behind a label",
     SAMPLE_TEXT "The message could not be delivered.\n\nEnvelope-From: wren@birch.example\n"
                 "Reply-To: <robin@birch.example>\nReturn path: wren@birch.example\n"
                 "Failed recipient: dest@oak.example\n550 No such user\n",
     "to=dest@oak.example code=550"},
    {"Exchange 5.5 names a person",
     SAMPLE_DAEMON
     "X-Mailer: Internet Mail Service (5.5.2657.72)\n"
     "Subject: Undeliverable: Minutes\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n"
     "Your message\n\n  To:      Wren@birch.example\n  Subject: Minutes\n"
     "  Sent:    Fri, 27 Feb 2026 18:52:08 +0300\n\n"
     "did not reach the following recipient(s):\n\nKim Oak on Fri, 27 Feb 2026 18:52:54 +0300\n"
     "    The recipient was unavailable to take delivery of the message\n"
     "\tThe MTS-ID of the original message is: c=us;a= ;p=oak;l=OAK0709141552\n"
     "    MSEXCH:MSExchangeMTA:OAK:OAKEXC\n\n--b\nContent-Type: message/rfc822\n\n"
     "Message-ID: <m1@birch.example>\nFrom: Wren <wren@birch.example>\nTo: Wren@birch.example\n"
     "Subject: Minutes\n\nx\n--b--\n",
     "kind=failure to=? said=unavailable_to_take_delivery id=m1@birch.example"},
    {"Exchange 5.5 names two, one by an address",
     SAMPLE_TEXT
     "Your message\n\n  To:      Group\n  Subject: Minutes\n\n"
     "did not reach the following recipient(s):\n\n"
     "Kim Oak on Fri, 27 Feb 2026 18:52:54 +0300\n    The recipient name is not recognized\n"
     "    MSEXCH:IMS:OAK:OAKEXC:EX 0 (000C05A6) Unknown Recipient\n"
     "dest@oak.example on Fri, 27 Feb 2026 18:52:54 +0300\n    The message is too large\n",
     "to=?,dest@oak.example said=not_recognized"},
    {"a footer of a list under a virus notice",
     SAMPLE_DAEMON
     "Subject: Virus found in your message\n\nA virus was found in a message that you sent to:\n\n"
     "dest@oak.example\n\n-- \nTo unsubscribe write to:\nleave@lists.oak.example\n",
     "to=dest@oak.example"},
    {"a footer of a list under a rule",
     SAMPLE_TEXT "Your message could not be delivered to:\n\ndest@oak.example\n"
                 "550 No such user\n\n_______________________________________________\n"
                 "Talk mailing list\ntalk@lists.oak.example\nhttps://lists.oak.example/talk\n",
     "to=dest@oak.example"},
    {"whom to write to",
     SAMPLE_TEXT "Your message could not be delivered to dest@oak.example.\n550 No such user\n\n"
                 "For help write to:\nhelp@oak.example\n",
     "to=dest@oak.example"},
};

static const BounceSample odd[] = {
    {"an X.400 name",
     SAMPLE_REPORT "Reporting-MTA: dns; mx.oak.example\n\n"
                   "Final-Recipient: X400; /C=de/ADMD=oak/PRMD=birch/S=kim oak/\nAction: failed\n"
                   "Status: 5.1.1\nDiagnostic-Code: x400; unrecognised-OR-name\n\n--b--\n",
     "to=/C=de/ADMD=oak/PRMD=birch/S=kim_oak/ status=5.1.1"},
    {"a program",
     SAMPLE_REPORT
     "Reporting-MTA: dns; mx.oak.example\n\nFinal-Recipient: x-unix; |/bin/cat -n >/tmp/mail\n"
     "Action: failed\nStatus: 5.3.0\n\n--b--\n",
     "to=|/bin/cat_-n_>/tmp/mail status=5.3.0"},
    {"a program with an address among its words",
     SAMPLE_REPORT
     "Reporting-MTA: dns; mx.oak.example\n\n"
     "Original-Recipient: rfc822; kim@oak.example\n"
     "Final-Recipient: rfc822; |/usr/bin/forward kay@ash.example\nAction: failed\nStatus: 5.3.0\n\n"
     "--b--\n",
     "to=|/usr/bin/forward_kay@ash.example original=kim@oak.example"},
    {"a local part with a blank",
     SAMPLE_REPORT
     "Reporting-MTA: dns; mx.oak.example\n\nFinal-Recipient: rfc822; a b@oak.example\n"
     "Action: failed\nStatus: 5.1.3\n\n--b--\n",
     "to=a_b@oak.example status=5.1.3"},
    {"a quoted local part with a blank",
     SAMPLE_REPORT
     "Reporting-MTA: dns; mx.oak.example\n\nFinal-Recipient: rfc822; \"a b\"@oak.example\n"
     "Action: failed\nStatus: 5.1.3\n\n--b--\n",
     "to=\"a_b\"@oak.example"},
    {"a name before the address",
     SAMPLE_REPORT
     "Reporting-MTA: dns; mx.oak.example\n\nFinal-Recipient: rfc822; Kim Oak <kim@oak.example>\n"
     "Action: failed\nStatus: 5.1.1\n\n--b--\n",
     "to=kim@oak.example"},
    {"a comment behind the address",
     SAMPLE_REPORT
     "Reporting-MTA: dns; mx.oak.example\n\nFinal-Recipient: rfc822;kim@oak.example (Kim Oak)\n"
     "Action: failed\nStatus: 5.1.1\n\n--b--\n",
     "to=kim@oak.example"},
    {"a local user in a report",
     SAMPLE_REPORT
     "Reporting-MTA: dns; mx.oak.example\n\nFinal-Recipient: LOCAL;<userx>\nAction: failed\n"
     "Status: 5.1.1\n\n--b--\n",
     "to=userx"},
    {"a fax",
     SAMPLE_REPORT
     "Reporting-MTA: dns; mx.oak.example\n\n"
     "Final-Recipient: x-fax; Kim Oak, +49 30 5550100\nAction: failed\nStatus: 5.1.1\n\n--b--\n",
     "to=Kim_Oak,_+49_30_5550100"},
    {"a local user in Exim's list", EXIM "  userx\n    unknown local-part \"userx\" in domain\n",
     "to=userx said=unknown_local-part"},
    {"a local user of sendmail",
     SAMPLE_TEXT
     "   ----- The following addresses had permanent fatal errors -----\n<userx>\n"
     "    (reason: 550 5.1.1 <userx>: User unknown)\n\n"
     "   ----- Transcript of session follows -----\n550 5.1.1 <userx>... User unknown\n",
     "to=userx code=550 status=5.1.1"},
    {"a local user of Postfix", POSTFIX "<userx>: unknown user: \"userx\"\n",
     "to=userx said=unknown_user"},
    {"sendmail's program of an alias",
     SAMPLE_TEXT "   ----- The following addresses had permanent fatal errors "
                 "-----\n\"|/usr/bin/vacation kim\"\n"
                 "    (reason: 127)\n    (expanded from: <kim@oak.example>)\n",
     "to=|/usr/bin/vacation_kim original=kim@oak.example"},
    {"a number of a telephone",
     SAMPLE_REPORT "Reporting-MTA: dns; mx.oak.example\n\nFinal-Recipient: rfc822; +4930555 0100\n"
                   "Action: failed\nStatus: 5.1.1\n\n--b--\n",
     "to=+4930555_0100"},
    {"in square brackets, as MailEnable writes",
     SAMPLE_TEXT "The following recipient(s) could not be reached:\n\n"
                 "\t[SMTP:dest@oak.example]:  Remote SMTP Server Returned: 550 5.1.1 unknown\n",
     "to=dest@oak.example code=550 status=5.1.1"},
};

#define CHINESE(text)                                                                              \
    SAMPLE_DAEMON "Subject: failure notice\nContent-Type: text/plain; charset=utf-8\n\n" text

static const BounceSample wide[] = {
    {"in wide brackets", CHINESE("退信原因 收件人邮件地址（dest@oak.example）不存在。\n550 no\n"),
     "to=dest@oak.example code=550"},
    {"right in the text", CHINESE("収件人dest@oak.exampleは存在しません。\n550 no\n"),
     "to=dest@oak.example"},
    {"behind a wide colon", CHINESE("받는 사람：dest@oak.example\n550 no\n"),
     "to=dest@oak.example"},
    {"an address of that script", CHINESE("收件人 <用户@例子.example> 不存在\n550 no\n"),
     "to=用户@例子.example"},
    {"letters with accents", CHINESE("Der Empfänger grüße@öak.example ist unbekannt\n550 no\n"),
     "to=grüße@öak.example"},
};

static void test_wide(void)
{
    SAMPLES_CHECK(wide);
}

static void test_continued(void)
{
    SAMPLES_CHECK(continued);
}

static void test_nobody(void)
{
    SAMPLES_CHECK(nobody);
}

static void test_odd(void)
{
    SAMPLES_CHECK(odd);
}

/* No address longer than ADDRESS_MAX and no id longer than a line leaves the reader: they are what
 * the store is asked about. */
static void test_bounds(void)
{
    g_autofree char *local = g_strnfill(ADDRESS_MAX, 'a'), *id = g_strnfill(999, 'i');
    g_autofree char *mail = g_strdup_printf(
        "Return-Path: <%s@b.example>\nFrom: MAILER-DAEMON%s@oak.example\nTo: %s@b.example\n"
        "In-Reply-To: <%s>\nAuto-Submitted: auto-replied\nSubject: Undelivered mail\n"
        "X-Failed-Recipients: %s@oak.example\n\n<%s@oak.example>: 550 unknown\n\n"
        "Final-Recipient: rfc822; %s@oak.example\nAction: failed\n\n"
        "--- Below this line is a copy of the message.\n\n"
        "Received: from a.example by b.example\nReturn-Path: <%s@b.example>\n"
        "From: %s@b.example\nTo: %s@b.example\nMessage-ID: <%s>\nReferences: <%s>\n\nx\n",
        local, local, local, id, local, local, local, local, local, local, id, id);
    g_autoptr(Message) message = mime_read(mail, strlen(mail));
    g_autoptr(Bounce) bounce = bounce_read(message);
    g_assert_cmpint(bounce->kind, !=, KIND_NONE);
    g_assert_cmpint(bounce->returned.where, ==, RETURNED_TEXT);
    g_assert_null(bounce->from);
    g_assert_null(bounce->return_path);
    g_assert_null(bounce->in_reply_to);
    g_assert_cmpuint(bounce->delivered_to->len, ==, 0);
    g_assert_null(bounce->returned.from);
    g_assert_null(bounce->returned.return_path);
    g_assert_null(bounce->returned.message_id);
    g_assert_cmpuint(bounce->returned.to->len, ==, 0);
    g_assert_cmpuint(bounce->returned.references->len, ==, 0);
    for (guint i = 0; i < bounce->recipients->len; i++) {
        const Recipient *one = bounce->recipients->pdata[i];
        g_assert_cmpuint(one->final ? strlen(one->final) : 0, <=, ADDRESS_MAX);
        g_assert_cmpuint(one->original ? strlen(one->original) : 0, <=, ADDRESS_MAX);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/bounce/recipients/continued", test_continued);
    g_test_add_func("/bounce/recipients/nobody", test_nobody);
    g_test_add_func("/bounce/recipients/odd", test_odd);
    g_test_add_func("/bounce/recipients/bounds", test_bounds);
    g_test_add_func("/bounce/recipients/wide", test_wide);
    return g_test_run();
}
