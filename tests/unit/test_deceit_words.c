/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines that anybody could have written are one voice, however many they are: those quoted in the
 * text of an answer or a bounce, and all that stands below a step that a stranger could have taken.
 * A greeting that was chosen to fit explains nothing, and an honest line that records a lie is not
 * called forged. An honest forwarder that takes the lines off is no proof of a stranger. */
#include "wish.h"

#define OURS_AT_OAK                                                                                \
    "from post.willow.example (post.willow.example [198.51.100.16]) by mx.oak.example (Postfix) "  \
    "with ESMTPS id 1A2BC3D4E6" DATE("10:00:09")
#define BOTH_PASS                                                                                  \
    RESULTS("mx.oak.example", DKIM_PASS ";\n\tspf=pass smtp.mailfrom=mira@willow.example")
#define OURS_LOGGED_IN                                                                             \
    RECEIVED("from pc (unknown [203.0.113.200]) (Authenticated sender: mira@willow.example) by "   \
             "mx.oak.example (Postfix) with ESMTPSA id 1A2BC3D4E7" DATE("10:00:08"))
#define CONTAINER                                                                                  \
    RECEIVED("from post.willow.example (unknown [172.18.0.1]) " BY_OAK DATE("10:00:10"))
#define OFFICE_PC RECEIVED("from pc77 (pc77.lan [192.168.4.77]) " BY_OAK DATE("10:00:10"))
/* what a message of a stranger may hold in its body */
#define PLANTED                                                                                    \
    RECEIVED(OURS_AT_OAK)                                                                          \
    "From: Mira <mira@willow.example>\nMessage-ID: <a@willow.example>\nSubject: Invoice\n\nBuy.\n"
#define ANSWERED                                                                                   \
    "Return-Path: <>\nAuto-Submitted: auto-replied\nDelivered-To: mira@willow.example\n"

typedef struct Letter {
    const char *name;
    Mail mail;
} Letter;

static const Letter quoted[] = {
    {"an answer quotes what the sender wrote",
     {.top = ANSWERED,
      .from = "carl@oak.example",
      .plain = true,
      .text = "I am away until Monday.\n\n" PLANTED}},
    {"... behind a line",
     {.top = ANSWERED,
      .from = "carl@oak.example",
      .plain = true,
      .text = "I am away until Monday.\n\n-----Original Message-----\n" PLANTED}},
    {"... behind words that announce a copy",
     {.top = ANSWERED,
      .from = "help@oak.example",
      .plain = true,
      .text = "We got your request.\n\n  ----- Original message follows -----\n\n" PLANTED}},
    {"a report quotes the text, not the header",
     {.plain = true,
      .text = "I could not deliver your message.\n\n<carl@oak.example>:\nno such user\n\nYour "
              "text was:\n\nHello,\nlook at this:\n\n" PLANTED}},
    {"... and the text holds words that announce a copy",
     {.plain = true,
      .text = "I could not deliver your message.\n\n<carl@oak.example>:\nno such user\n\nThe "
              "first lines of your text:\n\n--- Below this line is a copy of the "
              "message.\n\n" PLANTED}},
    {"... in a bounce that wraps it",
     {.plain = true,
      .text = "<carl@oak.example>: 550 5.1.1 no such user\n\nBody of your message:\n\nHello,\n\n"
              "   ----- Original message follows -----\n\n" PLANTED}},
};

/* steps that a stranger could have taken, and what he wrote below */
static const Letter below[] = {
    {"results, behind a translator of addresses",
     {.returned = CONTAINER BOTH_PASS RECEIVED(OURS_AT_OAK)}},
    {"results, from a machine inside", {.returned = OFFICE_PC BOTH_PASS RECEIVED(OURS_AT_OAK)}},
    {"a login, behind a translator of addresses", {.returned = CONTAINER OURS_LOGGED_IN}},
    {"a login and results, from a machine inside",
     {.returned = OFFICE_PC BOTH_PASS OURS_LOGGED_IN}},
    {"a greeting like the writer's neighbour",
     {.returned = RECEIVED("from mx2.oak.example (unknown [172.18.0.1]) by mx1.oak.example "
                           "(Postfix) with ESMTPS id 1A2BC3D4E5" DATE("10:00:10"))
          RECEIVED("from post.willow.example (post.willow.example [198.51.100.16]) by "
                   "mx2.oak.example ([192.0.2.11]) with ESMTP id 1A2BC3D4E6" DATE("10:00:09")),
      .mta = "mx1.oak.example"}},
};

/* who greets so is no forwarder of ours, whatever stands below */
static const Letter strangers[] = {
    {"a home connection that is called localhost",
     {.returned = RECEIVED("from localhost ("
                           "dsl-3.isp.example [203.0.113.3]) " BY_OAK DATE("10:00:10"))
          RECEIVED("from post.willow.example (post.willow.example [198.51.100.16]) by localhost "
                   "(Postfix) with ESMTPS id 1A2BC3D4E6" DATE("10:00:09")) RECEIVED(SUBMISSION)}},
    {"... and behind a filter on the same machine",
     {.returned = RECEIVED("from localhost (localhost [127.0.0.1]) " BY_OAK DATE("10:00:11"))
          RECEIVED("from localhost (dsl-3.isp.example [203.0.113.3]) by mx.oak.example (Postfix) "
                   "with ESMTPS id 1A2BC3D4E8" DATE("10:00:10"))
              RECEIVED("from post.willow.example (post.willow.example [198.51.100.16]) by "
                       "localhost (Postfix) with ESMTPS id 1A2BC3D4E6" DATE("10:00:09"))}},
    {"a home connection that greets as the reporter",
     {.returned = RECEIVED("from mx.oak.example (dsl-3.isp.example [203.0.113.3]) " BY_OAK DATE(
          "10:00:10")) RECEIVED(OURS_AT_OAK)}},
};

static void test_quoted(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(quoted); i++) {
        g_autoptr(Judgement) judgement = wish_judge(&quoted[i].mail, 0);
        mail_tell(quoted[i].name, judgement);
        g_assert_cmpint(judgement->verdict->value, ==, VERDICT_UNDECIDED);
        const Evidence *own = mail_evidence(judgement, "own-injection", FOR_GENUINE);
        g_assert_true(!own || own->strength < STRENGTH_PROOF);
    }
}

/* What stands under words that announce it, in a report of who was not reached, is the message. */
static void test_announced(void)
{
    Mail mail = {.plain = true,
                 .text = "Hi. I could not deliver your message.\n\n<carl@oak.example>:\nno such "
                         "user (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n"
                         "Return-Path: <mira@willow.example>\n" PLANTED};
    g_autoptr(Judgement) judgement = wish_judge(&mail, 0);
    mail_tell("announced", judgement);
    g_assert_cmpint(judgement->verdict->value, ==, VERDICT_GENUINE);
}

static void test_below(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(below); i++)
        for (int more = 0; more <= WISH_INCOMPLETE; more += WISH_INCOMPLETE) {
            g_autoptr(Judgement) judgement = wish_judge(&below[i].mail, more);
            mail_tell(below[i].name, judgement);
            g_assert_cmpint(judgement->verdict->value, ==, VERDICT_UNDECIDED);
        }
}

/* What the reporter wrote above such a step is a voice of its own. */
static void test_above(void)
{
    Mail mail = {.returned = BOTH_PASS OFFICE_PC RECEIVED(OURS_AT_OAK)};
    g_autoptr(Judgement) judgement = wish_judge(&mail, 0);
    mail_tell("above", judgement);
    g_assert_cmpint(judgement->verdict->value, ==, VERDICT_GENUINE);
}

static void test_strangers(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(strangers); i++) {
        g_autoptr(Judgement) judgement = wish_judge(&strangers[i].mail, 0);
        mail_tell(strangers[i].name, judgement);
        g_assert_cmpint(judgement->verdict->value, ==, VERDICT_BACKSCATTER);
    }
}

/* Exchange 5.5 writes what the client said, and no address. */
static void test_greeting_only(void)
{
    Mail mail = {.returned = RECEIVED("from [198.51.100.16] by mx.oak.example with SMTP (Microsoft "
                                      "Exchange Internet Mail Service Version 5.5.2653.13) id "
                                      "WK3F4T2B" DATE("10:00:10"))};
    g_autoptr(Judgement) judgement = wish_judge(&mail, 0);
    mail_tell("greeting", judgement);
    g_assert_cmpint(judgement->verdict->value, ==, VERDICT_UNDECIDED);
    g_assert_null(mail_evidence(judgement, "own-injection", FOR_GENUINE));
}

/* The line of the reporter's second server is honest, and records a liar; only the one below it is
 * his. */
static void test_honest_witness(void)
{
    Mail mail = {
        .returned = RECEIVED(
            "from mx2.backup.example (mx2.backup.example [192.0.2.60]) " BY_OAK DATE("10:00:10"))
            RECEIVED("from post.willow.example (dsl-3.isp.example [203.0.113.3]) by "
                     "mx2.backup.example (Postfix) with ESMTPS id 1A2BC3D4E6" DATE("10:00:09"))
                RECEIVED(SUBMISSION)};
    g_autoptr(Judgement) judgement = wish_judge(&mail, 0);
    mail_tell("witness", judgement);
    g_assert_cmpint(judgement->verdict->value, ==, VERDICT_BACKSCATTER);
    g_assert_cmpint(judgement->trace->returned_notes[1].mark, ==, MARK_UNVERIFIED);
    g_assert_cmpint(judgement->trace->forged_hop, ==, 2);
}

/* Written to an address of a house whose server handed it to who refused it: it may have been sent
 * on there. */
static void test_sent_on(void)
{
    Mail mail = {.recipient = "carla@elm.example",
                 .returned = RECEIVED(
                     "from mail3.oak.example (mail3.oak.example [203.0.113.78]) "
                     "by mx.elm.example (Postfix) with ESMTPS id 1A2BC3D4E5" DATE("10:00:10")),
                 .outer = RECEIVED(
                     "from mx.elm.example (mx.elm.example [192.0.2.12]) by "
                     "post.willow.example (Postfix) with ESMTPS id 4F2AB1C2D3" DATE("10:00:20")),
                 .from = "MAILER-DAEMON@mx.elm.example",
                 .mta = "mx.elm.example"};
    g_autoptr(Judgement) on = wish_judge(&mail, 0);
    mail_tell("sent on", on);
    g_assert_cmpint(on->verdict->value, ==, VERDICT_UNDECIDED);
    mail.returned = RECEIVED("from mail3.ash.example (mail3.ash.example [203.0.113.78]) by "
                             "mx.elm.example (Postfix) with ESMTPS id 1A2BC3D4E5" DATE("10:00:10"));
    g_autoptr(Judgement) other = wish_judge(&mail, 0);
    g_assert_cmpint(other->verdict->value, ==, VERDICT_BACKSCATTER);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/words/quoted", test_quoted);
    g_test_add_func("/words/announced", test_announced);
    g_test_add_func("/words/below", test_below);
    g_test_add_func("/words/above", test_above);
    g_test_add_func("/words/strangers", test_strangers);
    g_test_add_func("/words/greeting-only", test_greeting_only);
    g_test_add_func("/words/honest-witness", test_honest_witness);
    g_test_add_func("/words/sent-on", test_sent_on);
    return g_test_run();
}
