/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps that look like a reporter's own and are open to strangers: an inside address that is all
 * the world's, a program on the machine, a greeting with the writer's own name; and names that look
 * like the reporter's and may be a customer's. Beside each the honest step that is most like it: it
 * is not lost. */
#include "wish.h"

#define OURS_BY(host)                                                                              \
    RECEIVED("from post.willow.example (post.willow.example [198.51.100.16]) by " host             \
             " (Postfix) with ESMTPS id 1A2BC3D4E6" DATE("10:00:09"))
#define HANDED_BY(helo, peer)                                                                      \
    RECEIVED("from " helo " (" peer ") by post.willow.example (Postfix) with ESMTPS id "           \
             "4F2AB1C2D3 for <mira@willow.example>" DATE("10:00:20"))
#define INTO(host, from)                                                                           \
    RECEIVED("from " from " by " host " (Postfix) with ESMTPS id 1A2BC3D4E5" DATE("10:00:10"))
#define INTO_EXCHANGE(host, from)                                                                  \
    RECEIVED("from " from " by " host " with Microsoft SMTP Server id 15.2.1544.4" DATE("10:00:"   \
                                                                                        "10"))

typedef struct Step {
    const char *name;
    Mail mail;
    VerdictValue want;
    const char *injection; /* NULL: not asked; "": none */
} Step;

#define RELAY        HANDED_BY("relay.oak.example", "relay.oak.example [192.0.2.14]")
#define MX_OF_OAK    HANDED_BY("mx1.oak.example", "mx1.oak.example [192.0.2.10]")
#define SPF_REFUSES  "550 5.7.23 SPF validation failed: 198.51.100.16 is not allowed to send"
#define SIGNED       SIGNATURE("willow.example")
#define LOCAL_ON_WEB "web7.hoster.example"
#define HOSTER       HANDED_BY("web7.hoster.example", "web7.hoster.example [192.0.2.17]")

static const Step steps[] = {
    /* all the world behind one inside address */
    {"a line by the relay that brought the bounce, behind a translator",
     {.outer = RELAY,
      .mta = "mx1.oak.example",
      .from = "MAILER-DAEMON@mx1.oak.example",
      .returned =
          INTO("mx1.oak.example", "pc (unknown [172.18.0.1])") OURS_BY("relay.oak.example")},
     VERDICT_UNDECIDED,
     NULL},
    {"... under its greeting",
     {.outer = RELAY,
      .mta = "mx1.oak.example",
      .from = "MAILER-DAEMON@mx1.oak.example",
      .returned = INTO("mx1.oak.example", "relay.oak.example (unknown [172.18.0.1])")
          OURS_BY("relay.oak.example")},
     VERDICT_UNDECIDED,
     NULL},
    {"... to a server that looks nothing up and takes mail from the world",
     {.outer = RELAY,
      .mta = "mx1.oak.example",
      .from = "postmaster@oak.example",
      .returned = INTO_EXCHANGE("mx1.oak.example (10.0.0.9)", "relay.oak.example (10.0.0.5)")
          OURS_BY("relay.oak.example")},
     VERDICT_UNDECIDED,
     NULL},
    {"... from the router's address",
     {.outer = RELAY,
      .mta = "EXCH2",
      .from = "postmaster@oak.example",
      .returned = INTO_EXCHANGE("EXCH2 (10.0.0.9)", "relay.oak.example (10.0.0.1)")
          OURS_BY("relay.oak.example")},
     VERDICT_UNDECIDED,
     NULL},
    {"... by the translator's own name, under which another machine greets",
     {.outer = HANDED_BY("mx1.oak.example", "gw.oak.example [192.0.2.14]"),
      .mta = "mx1.oak.example",
      .from = "MAILER-DAEMON@mx1.oak.example",
      .returned =
          INTO("mx1.oak.example", "pc (gw.oak.example [10.0.0.1])") OURS_BY("gw.oak.example")},
     VERDICT_UNDECIDED,
     NULL},
    {"... by the name of a proxy",
     {.outer = MX_OF_OAK,
      .mta = "mx1.oak.example",
      .from = "MAILER-DAEMON@mx1.oak.example",
      .returned = INTO("mx1.oak.example", "pc (haproxy2.oak.example [10.0.0.5])")
          OURS_BY("haproxy2.oak.example")},
     VERDICT_UNDECIDED,
     NULL},
    {"a gateway that takes mail and sends the bounce, before an inner host",
     {.outer = HANDED_BY("gw.oak.example", "gw.oak.example [192.0.2.14]"),
      .mta = "EXCH2",
      .from = "postmaster@oak.example",
      .returned =
          INTO_EXCHANGE("EXCH2 (10.0.0.9)", "gw.oak.example (10.0.0.2)") OURS_BY("gw.oak.example")},
     VERDICT_GENUINE,
     "198.51.100.16"},
    {"... before a host of the directory",
     {.outer = HANDED_BY("gw.oak.example", "gw.oak.example [192.0.2.14]"),
      .mta = "ex07.ad.oak.example",
      .from = "postmaster@oak.example",
      .returned = INTO_EXCHANGE("ex07.ad.oak.example (10.0.0.9)", "gw.oak.example (10.0.0.2)")
          OURS_BY("gw.oak.example")},
     VERDICT_GENUINE,
     "198.51.100.16"},
    {"a gateway by its looked-up name",
     {.outer = HANDED_BY("gw.oak.example", "gw.oak.example [192.0.2.14]"),
      .mta = "mx1.oak.example",
      .from = "MAILER-DAEMON@mx1.oak.example",
      .returned = INTO("mx1.oak.example", "gw.oak.example (gw.oak.example [10.0.0.2])")
          OURS_BY("gw.oak.example")},
     VERDICT_GENUINE,
     "198.51.100.16"},
    {"an inner server by its looked-up name",
     {.outer = MX_OF_OAK,
      .mta = "mx1.oak.example",
      .from = "MAILER-DAEMON@mx1.oak.example",
      .returned = INTO("mx1.oak.example", "mx3.oak.example (mx3.oak.example [10.0.0.3])")
          OURS_BY("mx3.oak.example")},
     VERDICT_GENUINE,
     "198.51.100.16"},
    /* others' words do not complete what is capped */
    {"an office machine, a refusal in its friend's words and a copied signature",
     {.outer = MX_OF_OAK,
      .mta = "mx1.oak.example",
      .from = "MAILER-DAEMON@mx1.oak.example",
      .status = "5.7.23",
      .diagnostic = SPF_REFUSES,
      .returned = INTO("mx1.oak.example", "gw.oak.example (unknown [10.1.2.77])")
          OURS_BY("gw.oak.example") SIGNED},
     VERDICT_UNDECIDED,
     NULL},
    {"a browser's proxy says our address and our login",
     {.status = "5.7.23",
      .diagnostic = SPF_REFUSES,
      .returned = RECEIVED("from web.oak.example (localhost [127.0.0.1]) " BY_OAK DATE("10:00:10"))
          RECEIVED("from 198.51.100.16 ([198.51.100.16]) (SquirrelMail authenticated user "
                   "mira@willow.example) by web.oak.example with HTTP" DATE("10:00:09")) SIGNED},
     VERDICT_UNDECIDED,
     NULL},
    /* programs and users of a machine */
    {"a user by Courier",
     {.outer = HOSTER,
      .mta = LOCAL_ON_WEB,
      .from = "MAILER-DAEMON@" LOCAL_ON_WEB,
      .returned = RECEIVED("from localhost (localhost [127.0.0.1]) (uid 1004) by " LOCAL_ON_WEB
                           " with local" DATE("10:00:10")) OURS_BY(LOCAL_ON_WEB)},
     VERDICT_UNDECIDED,
     ""},
    {"a program by OpenSMTPD",
     {.outer = HOSTER,
      .mta = LOCAL_ON_WEB,
      .from = "MAILER-DAEMON@" LOCAL_ON_WEB,
      .returned =
          RECEIVED("from localhost (" LOCAL_ON_WEB " [local]) by " LOCAL_ON_WEB
                   " (OpenSMTPD) with ESMTPA id 876ffc47" DATE("10:00:10")) OURS_BY(LOCAL_ON_WEB)},
     VERDICT_UNDECIDED,
     ""},
    {"a file in the folder of Microsoft's server",
     {.outer = HOSTER,
      .mta = LOCAL_ON_WEB,
      .from = "MAILER-DAEMON@" LOCAL_ON_WEB,
      .returned = RECEIVED("from mail pickup service by " LOCAL_ON_WEB
                           " with Microsoft SMTPSVC" DATE("10:00:10")) OURS_BY(LOCAL_ON_WEB)},
     VERDICT_UNDECIDED,
     ""},
    {"a socket, and below it another machine's line",
     {.returned = RECEIVED("from mx2.oak.example (unknown [unix socket]) " BY_OAK DATE("10:00:10"))
          OURS_BY("mx2.oak.example")},
     VERDICT_UNDECIDED,
     NULL},
    {"root by Courier, after a filter",
     {.outer = HOSTER,
      .mta = LOCAL_ON_WEB,
      .from = "MAILER-DAEMON@" LOCAL_ON_WEB,
      .returned = RECEIVED("from localhost (localhost [127.0.0.1]) (uid 0) by " LOCAL_ON_WEB
                           " with local" DATE("10:00:10")) OURS_BY(LOCAL_ON_WEB)},
     VERDICT_GENUINE,
     "198.51.100.16"},
    {"a socket of the same machine",
     {.returned = RECEIVED("from localhost (localhost [unix socket]) " BY_OAK DATE("10:00:10"))
          OURS_BY("mx.oak.example")},
     VERDICT_GENUINE,
     "198.51.100.16"},
    {"our own machine's program, by OpenSMTPD",
     {.returned = US RECEIVED("from localhost (post.willow.example [local]) by post.willow.example "
                              "(OpenSMTPD) with ESMTPA id 876ffc47" DATE("10:00:01"))},
     VERDICT_GENUINE,
     "198.51.100.16"},
    /* who greets as the writer itself */
    {"a bot greets Exchange with Exchange's own name",
     {.outer = RELAY,
      .mta = "EX16.oak.example",
      .from = "postmaster@oak.example",
      .returned = INTO_EXCHANGE("EX16.oak.example (10.1.1.5)", "EX16.oak.example (203.0.113.3)")
          INTO_EXCHANGE("EX16.oak.example (10.1.1.5)", "post.willow.example (198.51.100.16)")},
     VERDICT_BACKSCATTER,
     "203.0.113.3"},
    {"... and qmail with qmail's",
     {.returned =
          RECEIVED("from unknown (HELO mx.oak.example) (203.0.113.3) by mx.oak.example with "
                   "SMTP; 14 Apr 2026 10:00:10 -0000") OURS_BY("mx.oak.example")},
     VERDICT_BACKSCATTER,
     "203.0.113.3"},
    {"Exchange hands it to itself by its public address",
     {.outer = RELAY,
      .mta = "EX16.oak.example",
      .from = "postmaster@oak.example",
      .returned = INTO_EXCHANGE("EX16.oak.example (192.0.2.16)", "EX16.oak.example (192.0.2.16)")
          INTO_EXCHANGE("EX16.oak.example (192.0.2.16)", "post.willow.example (198.51.100.16)")},
     VERDICT_GENUINE,
     "198.51.100.16"},
    /* whose name it is */
    {"a customer's mail server reports as the house",
     {.outer = HANDED_BY("mx.oak.example", "mail.acme.oak.example [192.0.2.91]")},
     VERDICT_UNDECIDED,
     NULL},
    {"... by a name in one label",
     {.outer = HANDED_BY("mx.oak.example", "mail-acme.oak.example [192.0.2.91]")},
     VERDICT_UNDECIDED,
     NULL},
    {"... by a translator of the house",
     {.outer = HANDED_BY("mx.oak.example", "natgw3.oak.example [192.0.2.91]")},
     VERDICT_UNDECIDED,
     NULL},
    {"... and our server found its own signature",
     {.outer = "Authentication-Results: post.willow.example; dkim=pass "
               "header.d=acme.oak.example\n" HANDED_BY("mx.oak.example",
                                                       "mail.acme.oak.example [192.0.2.91]")},
     VERDICT_UNDECIDED,
     NULL},
    {"a stranger's server with its own name in From, and a report by another",
     {.outer = HANDED_BY("mail.elm.example", "mail.elm.example [203.0.113.40]"),
      .from = "MAILER-DAEMON@elm.example"},
     VERDICT_UNDECIDED,
     NULL},
    {"the customer reports in its own name",
     {.outer = HANDED_BY("mail.acme.oak.example", "mail.acme.oak.example [192.0.2.91]"),
      .mta = "mx.acme.oak.example",
      .from = "MAILER-DAEMON@mx.acme.oak.example",
      .returned = INTO("mx.acme.oak.example", "post.willow.example (post.willow.example "
                                              "[198.51.100.16])")},
     VERDICT_GENUINE,
     "198.51.100.16"},
    {"the house's second server",
     {.outer = HANDED_BY("smtp-out4.oak.example", "smtp-out4.oak.example [192.0.2.94]")},
     VERDICT_GENUINE,
     NULL},
    {"... in its region",
     {.outer = HANDED_BY("mout3.west.oak.example", "mout3.west.oak.example [192.0.2.94]")},
     VERDICT_GENUINE,
     NULL},
    {"... with a place in its name",
     {.outer = HANDED_BY("store-ber.oak.example", "store-ber.oak.example [192.0.2.94]")},
     VERDICT_GENUINE,
     NULL},
    {"the house signs",
     {.outer =
          "Authentication-Results: post.willow.example; dkim=pass header.d=oak.example\n" HANDED_BY(
              "relay.elm.example", "relay.elm.example [203.0.113.40]")},
     VERDICT_GENUINE,
     NULL},
};

static void test_steps(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
        g_autoptr(Judgement) judgement = wish_judge(&steps[i].mail, 0);
        mail_tell(steps[i].name, judgement);
        g_assert_cmpint(judgement->verdict->value, ==, steps[i].want);
        g_autofree char *ip = ip_format(&judgement->trace->injection.ip);
        if (steps[i].injection)
            g_assert_cmpstr(ip ? ip : "", ==, steps[i].injection);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/steps/cases", test_steps);
    return g_test_run();
}
