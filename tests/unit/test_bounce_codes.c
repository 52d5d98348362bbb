/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reply codes and status codes, wherever bounces of many programs put them, and numbers that are
 * neither; what a success says. All mail here was written for this test. */
#include "bounce_sample.h"

#define FIELD(diagnostic)                                                                          \
    SAMPLE_REPORT "Reporting-MTA: dns; mx.oak.example\n\n"                                         \
                  "Final-Recipient: rfc822; dest@oak.example\nAction: failed\n" diagnostic         \
                  "\n\n--b--\n"

static const BounceSample fields[] = {
    {"a code that no standard has, 426", FIELD("Diagnostic-Code: smtp; 426 closing"), "code=426"},
    {"431", FIELD("Diagnostic-Code: SMTP; 431 mailbox is busy"), "code=431"},
    {"446", FIELD("Diagnostic-Code: smtp;446 too many hops"), "code=446"},
    {"499", FIELD("Diagnostic-Code: smtp; 499 4.9.9 later"), "code=499 status=4.9.9"},
    {"564 with a status", FIELD("Diagnostic-Code: smtp; 564-5.6.4 no\n 564 5.6.4 way"),
     "code=564 status=5.6.4"},
    {"599", FIELD("Status: 5.0.0\nDiagnostic-Code: smtp; 599 (no reason)"),
     "code=599 status=5.0.0"},
    {"a code as the status", FIELD("Status: 550\nDiagnostic-Code: 5.2.1 disabled"),
     "code=550 status=5.2.1"},
    {"a code and a status as the status", FIELD("Status: 554 5.7.1\nDiagnostic-Code: x; no"),
     "code=554 status=5.7.1"},
    {"X-SMTP-Code", FIELD("Status: 5.1.1\nX-SMTP-Code: 553\nDiagnostic-Code: x; no such"),
     "code=553 status=5.1.1"},
};

static const BounceSample texts[] = {
    {"a status with the system's name behind it",
     SAMPLE_TEXT
     "Vaše zpráva pro <dest@oak.example> nemohla být doručena.\n\nDůvod / Reason:\n"
     "---------------\n\n5.1.1 oak; User hasn't got the service mapped\n\nPermanent Failure\n",
     "to=dest@oak.example status=5.1.1"},
    {"the same below a rule of equals signs",
     SAMPLE_TEXT "You message for <dest@oak.example> could not be delivered.\n\nReason:\n=======\n"
                 "5.2.2 oak; The mailbox is full\n",
     "to=dest@oak.example status=5.2.2"},
    {"a status in brackets at the start",
     SAMPLE_TEXT
     "Your message to <dest@oak.example> could not be delivered:\n\n[5.7.1] not for you\n",
     "to=dest@oak.example status=5.7.1"},
    {"a status behind a hash",
     SAMPLE_TEXT "Your message could not be delivered to:\n\ndest@oak.example\n#5.4.4 no route\n",
     "to=dest@oak.example status=5.4.4"},
    {"ERROR CODE :550",
     SAMPLE_TEXT
     "A message that you sent could not be delivered to one or more of its recipients.\n\n"
     "dest@oak.example, ERROR CODE :550 - 5.2.1 The account is disabled.\n",
     "to=dest@oak.example code=550 status=5.2.1"},
    {"ERROR CODE: 552",
     SAMPLE_TEXT
     "A message that you sent could not be delivered to one or more of its recipients.\n\n"
     "dest@oak.example, ERROR CODE: 552 - 5.2.2 over quota\n",
     "to=dest@oak.example code=552 status=5.2.2"},
    {"Error code - 554",
     SAMPLE_TEXT "Delivery has failed to:\n\ndest@oak.example\n\nError code - 554, 5.7.1 Refused\n",
     "to=dest@oak.example code=554 status=5.7.1"},
    {"Cisco's reason, with a quoted reply",
     SAMPLE_TEXT
     "The following message to <dest@oak.example> was undeliverable.\n"
     "The reason for the problem:\n5.1.0 - Unknown address error 550-'5.4.1 Recipient rejected'\n",
     "to=dest@oak.example code=550 status=5.4.1"},
    {"Cisco's reason, one line",
     SAMPLE_TEXT
     "The following message to <dest@oak.example> was undeliverable.\n"
     "The reason for the problem: 5.1.0 - Unknown address error 553-'sorry, no mailbox here'\n",
     "to=dest@oak.example code=553 status=5.1.0"},
    {"Cisco gave up",
     SAMPLE_TEXT
     "The following message to <dest@oak.example> was undeliverable.\n"
     "The reason for the problem:\n4.1.0 - Unknown address error 451-'4.7.1 Try later'\n",
     "to=dest@oak.example code=451 status=4.7.1"},
    {"Gmail's response from the remote server",
     SAMPLE_TEXT
     "Address not found\n\nYour message wasn't delivered to dest@oak.example because the address\n"
     "couldn't be found.\n\nThe response from the remote server was:\n\n550 5.1.1 no such user\n",
     "to=dest@oak.example code=550 status=5.1.1"},
    {"Gmail's response in one line",
     SAMPLE_TEXT
     "Message not delivered\n\nThere was a problem delivering your message to dest@oak.example.\n\n"
     "The response from the remote server was: 554 5.7.1 go away\n",
     "to=dest@oak.example code=554 status=5.7.1"},
    {"Gmail's response in German",
     SAMPLE_TEXT
     "Adresse nicht gefunden\n\nIhre Nachricht wurde nicht an dest@oak.example zugestellt.\n\n"
     "Antwort:\n\n550 5.1.1 no such user\n",
     "to=dest@oak.example code=550 status=5.1.1"},
    {"Google's older words",
     SAMPLE_TEXT
     "Delivery to the following recipient failed permanently:\n\n     dest@oak.example\n\n"
     "Technical details of permanent failure:\nGoogle tried to deliver your message, but it was\n"
     "rejected by the server for the recipient domain oak.example by mx.oak.example. [192.0.2.7].\n"
     "\nThe error that the other server returned was:\n552 5.2.2 full\n",
     "to=dest@oak.example code=552 status=5.2.2"},
    {"Exchange in German",
     SAMPLE_TEXT "Ihre Nachricht an dest@oak.example konnte nicht zugestellt werden.\n\n"
                 "Gemeldeter Fehler: 550 5.1.10 RESOLVER.ADR.RecipientNotFound\n",
     "to=dest@oak.example code=550 status=5.1.10"},
    {"a code that no standard has, said by a host",
     SAMPLE_TEXT "<dest@oak.example>: host mx.ash.example[192.0.2.7] said: 584 no such box\n",
     "to=dest@oak.example code=584"},
    {"a code that no standard has, with its status",
     SAMPLE_TEXT "Delivery failed:\n\ndest@oak.example\n564 5.1.1 no such box\n",
     "to=dest@oak.example code=564 status=5.1.1"},
    {"a number of a house is no code",
     SAMPLE_TEXT "Delivery failed:\n\ndest@oak.example\nno such box\n\n"
                 "Oak Ltd, 426 Long Street, 499 employees\n",
     "to=dest@oak.example code=~"},
    {"a size is no code",
     SAMPLE_TEXT
     "Delivery failed:\n\ndest@oak.example\nThe limit is 512 KB, a message had 450 kB.\n",
     "to=dest@oak.example code=~"},
    {"an address is no status",
     SAMPLE_TEXT "Delivery failed:\n\ndest@oak.example\nno answer from 5.1.1.7 (version 4.2.1a)\n",
     "to=dest@oak.example status=~ code=~"},
};

static const BounceSample successes[] = {
    {"relayed",
     SAMPLE_REPORT
     "Reporting-MTA: dns; mx.oak.example\n\nFinal-Recipient: rfc822; dest@oak.example\n"
     "Action: relayed\nStatus: 2.0.0\nDiagnostic-Code: smtp; 250 2.0.0 Ok: queued as 77\n\n--b--\n",
     "kind=success code=250 status=2.0.0"},
    {"delivered",
     SAMPLE_REPORT
     "Reporting-MTA: dns; mx.oak.example\n\nFinal-Recipient: rfc822; dest@oak.example\n"
     "Action: delivered\nStatus: 2.1.5\nDiagnostic-Code: smtp; 251 User not local\n\n--b--\n",
     "kind=success code=251 status=2.1.5"},
    {"expanded",
     SAMPLE_REPORT
     "Reporting-MTA: dns; mx.oak.example\n\nFinal-Recipient: rfc822; dest@oak.example\n"
     "Action: expanded\nStatus: 2.0.0\n\n--b--\n",
     "kind=success code=~"},
    {"delivered, in the text",
     SAMPLE_DAEMON
     "Subject: Successful Mail Delivery Report\n\n"
     "Your message was successfully delivered to the destination(s) listed below.\n\n"
     "<dest@oak.example>: delivery via mx.oak.example[192.0.2.7]:25: 250 2.0.0 Ok: queued as 77\n",
     "kind=success code=250 status=2.0.0"},
};

static void test_fields(void)
{
    SAMPLES_CHECK(fields);
}

static void test_texts(void)
{
    SAMPLES_CHECK(texts);
}

static void test_successes(void)
{
    SAMPLES_CHECK(successes);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/bounce/codes/fields", test_fields);
    g_test_add_func("/bounce/codes/texts", test_texts);
    g_test_add_func("/bounce/codes/successes", test_successes);
    return g_test_run();
}
