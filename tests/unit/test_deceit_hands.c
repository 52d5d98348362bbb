/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Through whose hands a message went: forwarders whose clocks are off, offices behind one address,
 * houses and their customers, containers, our own inner servers. No honest one is called
 * backscatter and nothing true forged; no stranger is believed for standing near. */
#include "wish.h"

#define NEXT(from, host)                                                                           \
    RECEIVED("from " from " by " host " (Postfix) with ESMTPS id 1A2BC3D4E6" DATE("10:00:09"))
#define US_BY(host) NEXT("post.willow.example (post.willow.example [198.51.100.16])", host)
#define HANDED(from)                                                                               \
    RECEIVED("from " from " by post.willow.example (Postfix) with ESMTPS id 4F2AB1C2D3 for "       \
             "<mira@willow.example>" DATE("10:00:20"))
#define TO_OAK(from) RECEIVED("from " from " " BY_OAK DATE("10:00:10"))
#define TO_EXCHANGE(from)                                                                          \
    RECEIVED("from " from " by EX16.corp.oak.example (192.0.2.20) with Microsoft SMTP Server id "  \
             "15.1.2507.39 via Frontend Transport" DATE("10:00:10"))
#define FORWARDER "fwd2.elm.example (fwd2.elm.example [203.0.113.78])"
/* by Postfix, with an id that holds the time: 2026-04-14 UTC */
#define AT(hms, id)   " by fwd2.elm.example (Postfix) with ESMTPS id " id DATE(hms)
#define FROM_POST     "from post.willow.example (post.willow.example [198.51.100.16])"
#define OFFICE(name)  HANDED("mail.clinic.example (" name " [203.0.113.88])")
#define IN_THE_CLINIC "by EX01.clinic.local (10.0.0.5) with Microsoft SMTP Server id 15.1.2507.39"
#define INNER(name, address)                                                                       \
    "from " name " (unknown [" address                                                             \
    "]) by post.willow.example (Postfix) with ESMTPS id 4F2AB1C2D3" DATE("10:00:20")
#define HOTEL(host)                                                                                \
    RECEIVED(                                                                                      \
        "from [192.168.178.23] (unknown [203.0.113.200]) (Authenticated sender: mira) by " host    \
        " (Postfix) with ESMTPSA id 1A2BC3D4E5" DATE("10:00:10"))

typedef struct Hand {
    const char *name;
    int wishes;
    Mail mail;
    VerdictValue want;
    int forged;            /* the forged line; -1: none; -2: not asked */
    const char *injection; /* NULL: not asked; "": none */
} Hand;

static const Hand hands[] = {
    /* clocks */
    {"a forwarder whose clock is 25 minutes fast",
     0,
     {.returned = TO_OAK(FORWARDER) RECEIVED(FROM_POST AT("10:25:08", "4fw0lS2X2Qz4R5n5"))
          RECEIVED(SUBMISSION)},
     VERDICT_UNDECIDED,
     -1,
     "203.0.113.78"},
    {"... whose lines are all two days fast",
     0,
     {.returned = TO_OAK(FORWARDER)
          RECEIVED("from localhost (localhost [127.0.0.1]) by fwd2.elm.example (Postfix) with "
                   "ESMTP id 1A2BC3D4E9; Thu, 16 Apr 2026 10:00:09 +0000")
              RECEIVED(FROM_POST " by fwd2.elm.example (Postfix) with ESMTPS id 1A2BC3D4E6; Thu, "
                                 "16 Apr 2026 10:00:08 +0000") RECEIVED(SUBMISSION)},
     VERDICT_UNDECIDED,
     -1,
     "203.0.113.78"},
    {"... which is an hour slow: our own line is not late for that",
     0,
     {.returned =
          TO_OAK(FORWARDER) RECEIVED(FROM_POST AT("09:00:08", "1A2BC3D4E6")) RECEIVED(SUBMISSION)},
     VERDICT_UNDECIDED,
     -1,
     "203.0.113.78"},
    {"a line of another day under a bot, and nothing that agrees with it",
     0,
     {.returned = BOT RECEIVED(FROM_POST " by dsl-3.isp.example (Postfix) with ESMTPS id "
                                         "1A2BC3D4E6; Thu, 16 Apr 2026 10:00:08 +0000")},
     VERDICT_BACKSCATTER,
     1,
     "203.0.113.3"},
    /* gateways and offices behind one address */
    {"the reporter's gateway greets its own server by its address",
     0,
     {.outer = HANDED("smtp.oak.example (smtp.oak.example [192.0.2.20])"),
      .from = "postmaster@oak.example",
      .mta = "EX16.corp.oak.example",
      .returned = TO_EXCHANGE("[192.0.2.9] (192.0.2.9)") US_BY("mailgw.oak.example")},
     VERDICT_UNDECIDED,
     -1,
     "192.0.2.9"},
    {"... a stranger does so from elsewhere",
     0,
     {.outer = HANDED("smtp.oak.example (smtp.oak.example [192.0.2.20])"),
      .from = "postmaster@oak.example",
      .mta = "EX16.corp.oak.example",
      .returned = TO_EXCHANGE("[203.0.113.3] (203.0.113.3)") US_BY("mailgw.oak.example")},
     VERDICT_BACKSCATTER,
     1,
     "203.0.113.3"},
    {"an office whose gateway and server have one address, by its provider's name",
     0,
     {.outer = OFFICE("dsl-88.isp.example"),
      .from = "postmaster@clinic.example",
      .mta = "EX01.clinic.local",
      .returned = RECEIVED("from gw (203.0.113.88) " IN_THE_CLINIC DATE("10:00:10"))
          US_BY("mail.clinic.example")},
     VERDICT_UNDECIDED,
     -1,
     "203.0.113.88"},
    {"... by none",
     0,
     {.outer = OFFICE("unknown"),
      .from = "postmaster@clinic.example",
      .mta = "EX01.clinic.local",
      .returned = RECEIVED("from localhost (203.0.113.88) " IN_THE_CLINIC DATE("10:00:10"))
          US_BY("mail.clinic.example")},
     VERDICT_UNDECIDED,
     -1,
     "203.0.113.88"},
    /* houses */
    {"a rented machine in a cloud reports in the cloud's name",
     0,
     {.outer = HANDED("ec2-203-0-113-4.compute.amazonaws.com "
                      "(ec2-203-0-113-4.compute.amazonaws.com [203.0.113.4])"),
      .from = "MAILER-DAEMON@ec2-203-0-113-4.compute.amazonaws.com",
      .mta = "ec2-203-0-113-4.compute.amazonaws.com",
      .returned = US_BY("ec2-203-0-113-4.compute.amazonaws.com")},
     VERDICT_UNDECIDED,
     -2,
     NULL},
    {"a provider's server that took the bounce from a home connection of the provider",
     0,
     {.outer = HANDED("mx.oak.example (mx.oak.example [192.0.2.10])")
          NEXT("pc (dsl-77.oak.example [203.0.113.77])", "mx.oak.example")},
     VERDICT_UNDECIDED,
     -2,
     NULL},
    {"... from a machine of a dormitory",
     0,
     {.outer = HANDED("mx.oak.example (mx.oak.example [192.0.2.10])")
          NEXT("pc (pc7.dorm.oak.example [203.0.113.77])", "mx.oak.example")},
     VERDICT_UNDECIDED,
     -2,
     NULL},
    {"... with a password, in a line that names no host",
     0,
     {.outer = HANDED("mx.oak.example (mx.oak.example [192.0.2.10])")
          RECEIVED("from [192.168.1.3] ([203.0.113.3]) by :SMTPAUTH: with ESMTPA id abcdef" DATE(
              "10:00:19"))},
     VERDICT_UNDECIDED,
     -2,
     NULL},
    {"... from another machine of the same rank",
     0,
     {.outer = HANDED("mx.oak.example (mx.oak.example [192.0.2.10])")
          NEXT("node17.oak.example (node17.oak.example [192.0.2.17])", "mx.oak.example")},
     VERDICT_GENUINE,
     -1,
     NULL},
    /* liars who choose whom they accuse */
    {"behind a translator somebody invents a line by our host that shows an innocent",
     0,
     {.returned = TO_OAK("post.willow.example (unknown [172.18.0.1])")
          NEXT("out.rival.example (out.rival.example [203.0.113.22])", "post.willow.example")},
     VERDICT_UNDECIDED,
     -2,
     ""},
    {"... or one by the reporter",
     0,
     {.returned = TO_OAK("mx.oak.example (unknown [172.18.0.1])")
          NEXT("out.rival.example (out.rival.example [203.0.113.22])", "mx.oak.example")},
     VERDICT_UNDECIDED,
     -2,
     ""},
    {"... behind a machine of the reporter that speaks for others",
     0,
     {.returned = TO_OAK("post.willow.example (lb.oak.example [192.0.2.89])")
          NEXT("out.rival.example (out.rival.example [203.0.113.22])", "post.willow.example")},
     VERDICT_UNDECIDED,
     -2,
     "192.0.2.89"},
    {"a greeting of the reporter's row beside another's name",
     0,
     {.returned = RECEIVED("from mail.evil.example (HELO mx9.oak.example) (203.0.113.66) by "
                           "mx.oak.example with SMTP; 14 Apr 2026 10:00:10 -0000")
          US_BY("mx9.oak.example")},
     VERDICT_BACKSCATTER,
     -2,
     "203.0.113.66"},
    /* containers, borders, declared forwarders */
    {"a declared forwarder in a container",
     0,
     {.outer = HANDED("fwd.club.example (fwd.club.example [192.0.2.77])")
          RECEIVED("from mx.oak.example (unknown [172.22.1.1]) by fwd.club.example (Postfix) with "
                   "ESMTPS id 4F2AB1C2D4" DATE("10:00:19"))
              RECEIVED("from mx.oak.example (mx.oak.example [192.0.2.10]) by mx.oak.example "
                       "(Postfix) with ESMTPS id 4F2AB1C2D5" DATE("10:00:18"))},
     VERDICT_UNDECIDED,
     -2,
     NULL},
    {"a customer under the name of a forwarder's domain",
     0,
     {.returned = TO_OAK("mail.acme.fwd.club.example (mail.acme.fwd.club.example [203.0.113.7])")
          US_BY("mail.acme.fwd.club.example")},
     VERDICT_UNDECIDED,
     -2,
     NULL},
    {"the forwarder's own second server",
     0,
     {.returned = TO_OAK("mail3.fwd.club.example (mail3.fwd.club.example [203.0.113.7])")
          US_BY("mail3.fwd.club.example")},
     VERDICT_GENUINE,
     -1,
     NULL},
    /* ours */
    {"an inner server of ours bounces what was submitted to it from a hotel",
     0,
     {.outer = RECEIVED(INNER("nas.willow.lan", "192.168.1.30")),
      .from = "MAILER-DAEMON@nas.willow.lan",
      .mta = "nas.willow.lan",
      .returned = HOTEL("nas.willow.lan")},
     VERDICT_UNDECIDED,
     -1,
     "203.0.113.200"},
    {"our server by its provider's name, below a forwarder",
     0,
     {.returned = TO_OAK(FORWARDER)
          NEXT("localhost.localdomain (host16.isp.example [198.51.100.16])", "fwd2.elm.example")
              RECEIVED(SUBMISSION)},
     VERDICT_UNDECIDED,
     -1,
     "203.0.113.78"},
    {"a provider's server that we declared by its address: a neighbour logged in there",
     WISH_CLOUD,
     {.returned = TO_OAK("smtp2.isp.example (smtp2.isp.example [192.0.2.141])")
          RECEIVED("from [192.168.0.9] (dsl-77.isp.example [203.0.113.77]) (Authenticated sender: "
                   "eve@isp.example) by smtp2.isp.example (Postfix) with ESMTPSA id "
                   "1A2BC3D4E6" DATE("10:00:09"))},
     VERDICT_UNDECIDED,
     -1,
     "192.0.2.141"},
    {"... or a user of it",
     WISH_CLOUD,
     {.outer = HANDED("smtp2.isp.example (smtp2.isp.example [192.0.2.141])")
          RECEIVED("by smtp2.isp.example (Postfix) id 4F2AB1C2D4" DATE("10:00:19")),
      .from = "MAILER-DAEMON@smtp2.isp.example",
      .mta = "smtp2.isp.example",
      .returned = RECEIVED(
          "by smtp2.isp.example (Postfix, from userid 1005) id 1A2BC3D4E6" DATE("10:00:09"))},
     VERDICT_UNDECIDED,
     -2,
     NULL},
    {"... we did",
     WISH_CLOUD,
     {.returned = TO_OAK("smtp2.isp.example (smtp2.isp.example [192.0.2.141])")
          RECEIVED("from [192.168.0.9] (unknown [203.0.113.200]) (Authenticated sender: "
                   "mira@willow.example) by smtp2.isp.example (Postfix) with ESMTPSA id "
                   "1A2BC3D4E6" DATE("10:00:09"))},
     VERDICT_GENUINE,
     -1,
     "192.0.2.141"},
    /* what our own server only passes on */
    {"our alias sends a stranger's mail on",
     0,
     {.returned = US RECEIVED(
          "from pc (dsl-3.isp.example [203.0.113.3]) by post.willow.example "
          "(Postfix) with ESMTPS id 0ABCDEF123 for <info@willow.example>" DATE("10:00:01"))},
     VERDICT_UNDECIDED,
     -1,
     NULL},
    {"... to who checks what we signed",
     0,
     {.returned = RESULTS("mx.oak.example", DKIM_PASS ";\n\t" SPF_PASS) US RECEIVED(
          "from pc (dsl-3.isp.example [203.0.113.3]) by post.willow.example (Postfix) with ESMTPS "
          "id 0ABCDEF123 for <info@willow.example>" DATE("10:00:01"))},
     VERDICT_UNDECIDED,
     -1,
     NULL},
    {"... behind a translator",
     0,
     {.returned =
          US RECEIVED("from pc (unknown [172.22.1.1]) by post.willow.example (Postfix) with "
                      "ESMTPS id 0ABCDEF123 for <info@willow.example>" DATE("10:00:01"))},
     VERDICT_UNDECIDED,
     -1,
     NULL},
    {"... over an inner machine of ours",
     0,
     {.returned =
          US RECEIVED("from post.willow.example (unknown [172.22.1.4]) by postfix (Postfix) "
                      "with ESMTPS id 0ABCDEF124" DATE("10:00:05"))
              RECEIVED(
                  "from pc (dsl-3.isp.example [203.0.113.3]) by post.willow.example (Postfix) with "
                  "ESMTPS id 0ABCDEF123 for <info@willow.example>" DATE("10:00:01"))},
     VERDICT_UNDECIDED,
     -1,
     NULL},
    {"our office sends over our server, which asks for no password there",
     0,
     {.returned =
          US RECEIVED("from laptop (unknown [192.168.1.7]) by post.willow.example (Postfix) "
                      "with ESMTPS id 0ABCDEF123 for <carl@oak.example>" DATE("10:00:01"))},
     VERDICT_GENUINE,
     -1,
     "198.51.100.16"},
    {"we do over our second server",
     0,
     {.returned = US RECEIVED("from post2.willow.example (post2.willow.example "
                              "[IPv6:2001:db8:77::2]) by post.willow.example (Postfix) with ESMTPS "
                              "id 0ABCDEF123" DATE("10:00:01"))},
     VERDICT_GENUINE,
     -1,
     "198.51.100.16"},
    /* software that nobody knows */
    {"a line of unknown software holds our address alone, which may be the greeting",
     0,
     {.returned = RECEIVED("from [198.51.100.16] by mx.oak.example with SMTP (OddMail 1.0) id "
                           "12345" DATE("10:00:10"))},
     VERDICT_UNDECIDED,
     -1,
     "198.51.100.16"},
    {"... of known",
     0,
     {.returned =
          RECEIVED("from [198.51.100.16] by mx.oak.example (InterMail vM.6.01.06) with SMTP "
                   "id <20260414100010.ABCD1234.mx.oak.example@post>" DATE("10:00:10"))},
     VERDICT_GENUINE,
     -1,
     "198.51.100.16"},
    /* a house's bounce shows the house's own way */
    {"a bounce made by hand, through Exchange Online",
     0,
     {.outer = HANDED("EUR05.outbound.protection.outlook.com "
                      "(mail-vi1.outbound.protection.outlook.com [192.0.2.201])"),
      .from = "postmaster@oak.example",
      .mta = "AM0PR07MB5678.eurprd07.prod.outlook.com",
      .returned = US_BY("AM0PR07MB5678.eurprd07.prod.outlook.com")},
     VERDICT_UNDECIDED,
     -1,
     NULL},
    {"one made there",
     0,
     {.outer = HANDED("EUR05.outbound.protection.outlook.com "
                      "(mail-vi1.outbound.protection.outlook.com [192.0.2.201])")
          RECEIVED("from AM0PR07MB5678.eurprd07.prod.outlook.com ([fe80::a1b2:c3d4:e5f6:1718]) by "
                   "AM0PR07MB5678.eurprd07.prod.outlook.com ([fe80::a1b2:c3d4:e5f6:1718%4]) with "
                   "mapi id 15.20.8093.027" DATE("10:00:19")),
      .from = "postmaster@oak.example",
      .mta = "AM0PR07MB5678.eurprd07.prod.outlook.com",
      .returned = US_BY("AM0PR07MB5678.eurprd07.prod.outlook.com")},
     VERDICT_GENUINE,
     -1,
     "198.51.100.16"},
    /* steps inside one machine */
    {"Exchange's front end hands it to its hub",
     0,
     {.outer = HANDED("smtp.oak.example (smtp.oak.example [192.0.2.20])"),
      .from = "postmaster@oak.example",
      .mta = "EX16.oak.example",
      .returned = RECEIVED("from EX16.oak.example (10.0.0.5) by EX16.oak.example (10.0.0.5) with "
                           "Microsoft SMTP Server id 15.1.2507.39" DATE("10:00:11"))
          RECEIVED(
              "from post.willow.example (198.51.100.16) by EX16.oak.example (10.0.0.5) with "
              "Microsoft SMTP Server id 15.1.2507.39 via Frontend Transport" DATE("10:00:10"))},
     VERDICT_GENUINE,
     -1,
     "198.51.100.16"},
    {"Proofpoint's filter hands it to the server beside it",
     0,
     {.returned = RECEIVED("from pps.filterd (m0187473.ppops.net [127.0.0.1]) by mx.oak.example "
                           "(8.17.1/8.17.1) with ESMTP id 63EA0BqK031831" DATE("10:00:11"))
          RECEIVED("from post.willow.example (post.willow.example [198.51.100.16]) by "
                   "mx.oak.example (8.17.1/8.17.1) with ESMTP id 63EA0AlK015251" DATE("10:00:10"))},
     VERDICT_GENUINE,
     -1,
     "198.51.100.16"},
};

static void test_hands(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(hands); i++) {
        g_autoptr(Judgement) judgement = wish_judge(&hands[i].mail, hands[i].wishes);
        mail_tell(hands[i].name, judgement);
        g_assert_cmpint(judgement->verdict->value, ==, hands[i].want);
        if (hands[i].forged > -2)
            g_assert_cmpint(judgement->trace->forged_hop, ==, hands[i].forged);
        g_autofree char *ip = ip_format(&judgement->trace->injection.ip);
        if (hands[i].injection)
            g_assert_cmpstr(ip ? ip : "", ==, hands[i].injection);
    }
}

/* Our server reached an honest forwarder by an address of a family that we did not declare. */
static void test_other_family(void)
{
    g_autoptr(Identity) identity = scenario_identity();
    g_array_set_size(identity->networks, 1); /* IPv4 alone */
    static const char *const below[] = {
        NEXT("post.willow.example (host16.isp.example [IPv6:2001:db8:77::16])", "fwd2.elm.example"),
        NEXT("post.willow.example (unknown [IPv6:2001:db8:77::16])", "fwd2.elm.example"),
        NEXT("localhost (host16.isp.example [IPv6:2001:db8:77::16])", "fwd2.elm.example")};
    for (gsize i = 0; i < G_N_ELEMENTS(below); i++) {
        g_autofree char *returned =
            g_strconcat(TO_OAK(FORWARDER), below[i], RECEIVED(SUBMISSION), NULL);
        Mail mail = {.returned = returned};
        g_autoptr(Judgement) judgement = mail_judge(&mail, identity, NULL, NULL);
        mail_tell(below[i], judgement);
        g_assert_cmpint(judgement->verdict->value, ==, VERDICT_UNDECIDED);
        g_assert_cmpint(judgement->trace->forged_hop, ==, -1);
    }
}

/* A mail service that sends for us, under a name that our own DNS gives it. */
static void test_own_name_at_service(void)
{
    Mail mail = {.returned = TO_OAK("o1.em.willow.example (o1.em.willow.example [203.0.113.79])")
                     RECEIVED("by filter0123p1las1.sendgrid.net with SMTP id "
                              "filter0123p1las1-12-5E6F" DATE("10:00:09"))};
    g_autoptr(Judgement) judgement = wish_judge(&mail, 0);
    mail_tell("service", judgement);
    g_assert_cmpint(judgement->verdict->value, ==, VERDICT_UNDECIDED);
    g_assert_true(judgement->trace->held_own);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/hands/cases", test_hands);
    g_test_add_func("/hands/other-family", test_other_family);
    g_test_add_func("/hands/own-name", test_own_name_at_service);
    return g_test_run();
}
