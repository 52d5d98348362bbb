/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole bounces made to deceive the rules of evidence, by somebody who has read them; and honest
 * ones that came to unusual mailboxes or by unusual ways. No forged one is ever genuine, no honest
 * one ever backscatter or fake; nor is a stranger's mail, whatever is written below his line,
 * anything but his. */
#include "wish.h"

#define BY_US(peer, id)                                                                            \
    RECEIVED("from mx.oak.example (" peer ") by post.willow.example (Postfix) with ESMTPS id " id  \
             " for <mira@willow.example>" DATE("10:00:20"))
#define UNSEEN                                                                                     \
    RECEIVED("from mx.oak.example ([192.0.2.10]) by post.willow.example with Microsoft SMTP "      \
             "Server id 15.1" DATE("10:00:20"))
#define BOTH_PASS                                                                                  \
    RESULTS("mx.oak.example", DKIM_PASS ";\n\tspf=pass (sender 198.51.100.16) "                    \
                                        "smtp.mailfrom=mira@willow.example")
#define OURS_LOGGED_IN                                                                             \
    RECEIVED("from post.willow.example (post.willow.example [198.51.100.16]) (Authenticated "      \
             "sender: mira@willow.example) " BY_OAK DATE("10:00:10"))
#define OURS_BELOW                                                                                 \
    RECEIVED("from post.willow.example (post.willow.example [198.51.100.16]) by mx.oak.example "   \
             "(Postfix) with ESMTPS id 1A2BC3D4E6" DATE("10:00:09"))
#define HOME   "dsl-3.isp.example [203.0.113.3]"
#define SIGNED SIGNATURE("willow.example")

typedef struct Letter {
    const char *name;
    int wishes;
    Mail mail;
} Letter;

static const Letter forged[] = {
    {"a bot says in three ways that we sent it",
     0,
     {.outer = BY_US("unknown [203.0.113.3]", "4F2AB1C2D3"), .returned = BOTH_PASS OURS_LOGGED_IN}},
    {"... to a server that looks nothing up",
     0,
     {.outer = UNSEEN, .returned = BOTH_PASS OURS_LOGGED_IN SIGNED}},
    {"... and whom it went to is known",
     WISH_KNOWN,
     {.outer = UNSEEN, .returned = BOTH_PASS OURS_LOGGED_IN SIGNED}},
    {"... and there is no Received line at all",
     WISH_KNOWN,
     {.outer = "X-Received: by 10.0.0.1\n", .returned = BOTH_PASS OURS_LOGGED_IN SIGNED}},
    {"... by a declared forwarder",
     WISH_KNOWN,
     {.outer = RECEIVED("from fwd.club.example (fwd.club.example [192.0.2.77]) by "
                        "post.willow.example (Postfix) with ESMTPS id 4F2AB1C2D3" DATE("10:00:20"))
          RECEIVED("from mx.oak.example (unknown [203.0.113.3]) by fwd.club.example (Postfix) with "
                   "ESMTP id 4F2AB1C2D4" DATE("10:00:19")),
      .returned = BOTH_PASS OURS_LOGGED_IN}},
    {"a bot writes the reporter's results below its own line",
     WISH_KNOWN,
     {.returned = BOT BOTH_PASS OURS_BELOW SIGNED}},
    {"... as Gmail would",
     WISH_KNOWN,
     {.returned = GMAIL RESULTS("mx.google.com", DKIM_PASS ";\n\tspf=pass (google.com: domain of "
                                                           "mira@willow.example designates "
                                                           "198.51.100.16 as permitted sender) "
                                                           "smtp.mailfrom=mira@willow.example")}},
    {"a bot greets with a login of ours",
     WISH_KNOWN,
     {.returned = RECEIVED("from pc.Authenticated.sender.mira@willow.example (" HOME
                           ") " BY_OAK DATE("10:00:10"))}},
    {"a bot greets with our address, and copies our line",
     0,
     {.returned = RECEIVED("from [198.51.100.16] (" HOME ") " BY_OAK DATE("10:00:10")) OURS_BELOW}},
    {"a reporter in a container sees all the world as one address",
     WISH_KNOWN,
     {.returned = RECEIVED(
          "from post.willow.example (unknown [172.17.0.1]) " BY_OAK DATE("10:00:10")) OURS_BELOW}},
    {"our own server does, and a stranger writes in its name",
     0,
     {.outer = BY_US("unknown [172.17.0.1]", "4F2AB1C2D3")
          RECEIVED("by post.willow.example (Postfix) id 4F2AB1C2D4" DATE("10:00:19")),
      .mta = "post.willow.example",
      .from = "MAILER-DAEMON@post.willow.example",
      .returned = RECEIVED(SUBMISSION)}},
    {"the refusal says that the checks failed for our address",
     WISH_KNOWN,
     {.outer = UNSEEN,
      .status = "5.7.23",
      .diagnostic = "550 5.7.23 SPF check failed for 198.51.100.16"}},
    {"another tenant of a provider whose servers we declared, to who looks nothing up",
     WISH_CLOUD | WISH_KNOWN,
     {.returned = RECEIVED("from EUR05.outbound.protection.outlook.com (192.0.2.201) by "
                           "mx.oak.example with Microsoft SMTP Server id 15.1" DATE(
                               "10:00:10")) "X-OriginatorOrg: other.example\n"}},
};

static const Letter honest[] = {
    {"a mailbox at a house of many inside names",
     0,
     {.outer = RECEIVED("from compute4.internal (compute4.nyi.internal [10.202.2.44]) by "
                        "sloti01d2t18 (Cyrus 3.9) with LMTPA" DATE("10:00:23"))
          RECEIVED("from mx4 ([10.202.2.203]) by compute4.internal (LMTPProxy)" DATE("10:00:22"))
              RECEIVED("from mx.oak.example (mx.oak.example [192.0.2.10]) by mx4.house.example "
                       "(Postfix) with ESMTPS id 4F2AB1C2D3" DATE("10:00:20"))}},
    {"fetched from a provider",
     0,
     {.outer = RECEIVED("from pop.hoster.example [192.0.2.50] by home.lan with POP3 "
                        "(fetchmail-6.4.16) for <mira@localhost> (single-drop)" DATE("10:00:30"))
          RECEIVED("from mx.oak.example (mx.oak.example [192.0.2.10]) by mail.hoster.example "
                   "(Postfix) with ESMTPS id 4F2AB1C2D3" DATE("10:00:20"))}},
    {"a filter stands in front of our mailbox",
     0,
     {.outer = RECEIVED("from in7.filter.example (in7.filter.example [192.0.2.221]) by "
                        "post.willow.example (Postfix) with ESMTPS id 4F2AB1C2D3" DATE("10:00:21"))
          RECEIVED("from mx.oak.example (mx.oak.example [192.0.2.10]) by relay.filter.example with "
                   "ESMTP id x1" DATE("10:00:20"))}},
    {"a forwarder that nobody declared broke SPF, and the reporter refused it for that",
     WISH_SIGNS,
     {.returned = RESULTS("mx.oak.example", SPF_FAIL)
          RECEIVED("from fwd2.elm.example (fwd2.elm.example [192.0.2.99]) " BY_OAK DATE("10:00:12"))
              RECEIVED("from post.willow.example (post.willow.example [198.51.100.16]) by "
                       "fwd2.elm.example (Postfix) with ESMTPS id 1A2BC3D4E6" DATE("10:00:09"))
                  RECEIVED(SUBMISSION) SIGNED,
      .status = "5.7.26",
      .diagnostic = "550 5.7.26 DMARC check failed"}},
    {"the reporter's words hold a link to its help desk",
     0,
     {.text = "Your message could not be delivered. Log in to http://desk.help.example/ to confirm "
              "your ticket."}},
    {"our own tenant, which goes by another name than the one that we declared",
     WISH_INCOMPLETE | WISH_ACCOUNT,
     {.returned = OUTLOOK "X-OriginatorOrg: willow-group.example\n"}},
    {"our server's second address, by IPv6",
     0,
     {.returned = RECEIVED("from post.willow.example (post.willow.example "
                           "[IPv6:2001:db8:77::9]) " BY_OAK DATE("10:00:10"))}},
    {"our login at the reporter's, from a hotel",
     WISH_SIGNS,
     {.returned = LOGGED_IN("mira@willow.example", HOME)}},
};

static void test_forged(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(forged); i++)
        for (int more = 0; more <= WISH_INCOMPLETE; more += WISH_INCOMPLETE) {
            g_autoptr(Judgement) judgement = wish_judge(&forged[i].mail, forged[i].wishes | more);
            mail_tell(forged[i].name, judgement);
            g_assert_cmpint(judgement->verdict->value, !=, VERDICT_GENUINE);
        }
}

static void test_honest(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(honest); i++)
        for (int more = 0; more <= WISH_INCOMPLETE; more += WISH_INCOMPLETE) {
            g_autoptr(Judgement) judgement = wish_judge(&honest[i].mail, honest[i].wishes | more);
            mail_tell(honest[i].name, judgement);
            g_assert_cmpint(judgement->verdict->value, !=, VERDICT_BACKSCATTER);
            g_assert_cmpint(judgement->verdict->value, !=, VERDICT_FAKE);
        }
}

/* What a sender can write below the line that recorded him, in any order and number. */
static const char *const writings[] = {
    BOTH_PASS,
    RESULTS("post.willow.example", DKIM_PASS),
    OURS_BELOW,
    OURS_LOGGED_IN,
    RECEIVED(SUBMISSION),
    SIGNED,
    "Return-Path: <mira@willow.example>\n",
    "X-OriginatorOrg: willow.onmicrosoft.com\n",
    "X-PHP-Script: www.willow.example/form.php for 198.51.100.16\n",
    "X-Originating-IP: [198.51.100.16]\n",
    ("Received-SPF: pass (mx.oak.example: domain of willow.example) client-ip=198.51.100.16; "
     "envelope-from=mira@willow.example; receiver=mx.oak.example\n"),
    "List-Id: <a.willow.example>\n",
};

static void test_below(void)
{
    GRand *random = g_rand_new_with_seed(1618);
    for (int round = 0; round < 600; round++) {
        g_autoptr(GString) lines = g_string_new(round & 1 ? BOT : SERVER);
        for (int n = g_rand_int_range(random, 1, 8); n > 0; n--)
            g_string_append(lines, writings[g_rand_int_range(random, 0, G_N_ELEMENTS(writings))]);
        Mail mail = {.returned = lines->str};
        g_autoptr(Judgement) judgement =
            wish_judge(&mail, WISH_KNOWN | WISH_ACCOUNT | (round & 2 ? WISH_INCOMPLETE : 0));
        if (judgement->verdict->value == VERDICT_GENUINE ||
            judgement->verdict->value == VERDICT_FAKE)
            g_test_message("%s", lines->str);
        g_assert_cmpint(judgement->verdict->value, !=, VERDICT_GENUINE);
        g_assert_cmpint(judgement->verdict->value, !=, VERDICT_FAKE);
        g_assert_cmpint(judgement->verdict->warning, ==, WARNING_NONE);
    }
    g_rand_free(random);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/deceit/forged", test_forged);
    g_test_add_func("/deceit/honest", test_honest);
    g_test_add_func("/deceit/below", test_below);
    return g_test_run();
}
