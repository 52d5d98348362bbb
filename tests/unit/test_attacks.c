/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attacks by a forger who knows how servers print his greeting, and the honest lines that look
 * alike: what comes of his greeting must never be proof that a message was ours. */
#include <string.h>

#include "scenario.h"
#include "verdict/judge.h"

typedef struct Attack {
    const char *name;
    Scenario s;
    Standing standing;
    bool genuine;          /* the verdict; else it must be any other */
    const char *submitter; /* NULL: not asked */
} Attack;

#define BELOW                                                                                      \
    "from post.willow.example (post.willow.example [198.51.100.16]) by mx.oak.example (Postfix) "  \
    "with ESMTPS id 1A2BC3D4E6" DATE("10:00:08")
#define CGP(helo)                                                                                  \
    "from [203.0.113.3] (HELO " helo ") by mx.oak.example (CommuniGate Pro SMTP 6.2.14) with "     \
    "ESMTPS id 83663055 for jo@oak.example" DATE("10:00:10")
#define LIST_MX "from fwd.club.example (fwd.club.example [192.0.2.77]) " BY_OAK DATE("10:00:12")
#define LIST_LOCAL(host)                                                                           \
    "from fwd.club.example (localhost [127.0.0.1]) by " host                                       \
    " (Postfix) with ESMTP id 1A2BC3D4E7" DATE("10:00:11")
#define FROM_US_BY(host)                                                                           \
    "from post.willow.example (post.willow.example [198.51.100.16]) by " host                      \
    " (Postfix) with ESMTPS id 1A2BC3D4E8" DATE("10:00:09")

#define VOUCHED      REPORTER_VOUCHED
#define CONTRADICTED REPORTER_CONTRADICTED
#define UNKNOWN      REPORTER_UNKNOWN

static const Attack attacks[] = {
    {"a greeting with our address behind a parenthesis",
     {{OUTER_OAK}, {CGP("x) (post.willow.example [198.51.100.16]")}, NULL, NULL, false},
     VOUCHED,
     false,
     NULL},
    {"a greeting that looks like a step within the machine",
     {{OUTER_OAK}, {CGP("x) (localhost [127.0.0.1]"), BELOW}, NULL, NULL, false},
     VOUCHED,
     false,
     NULL},
    {"a greeting that looks like an inside address",
     {{OUTER_OAK}, {CGP("x) (m [10.0.0.1]"), BELOW, SUBMISSION}, NULL, NULL, false},
     VOUCHED,
     false,
     NULL},
    {"a greeting in the middle of ZMailer's comment",
     {{OUTER_OAK},
      {"from [203.0.113.3] ([203.0.113.3]:2525 \"EHLO localhost) (localhost [127.0.0.1]\" "
       "rhost-flags-OK-OK-OK-OK) by mx.oak.example with ESMTP id S86AbZCCLKY" DATE("10:00:10"),
       BELOW},
      NULL,
      NULL,
      false},
     VOUCHED,
     false,
     NULL},
    {"a greeting that closes in the id what it opened in the name",
     {{OUTER_OAK},
      {"from x) (post.willow.example [198.51.100.16] ([203.0.113.3]) by mx.oak.example (InterMail "
       "vM.6.01.06.01 201-2131-130-101) with ESMTP id "
       "<20260414100010.TXQX1234.mx.oak.example@x) (post.willow.example "
       "[198.51.100.16]>" DATE("10:00:10")},
      NULL,
      NULL,
      false},
     VOUCHED,
     false,
     NULL},
    {"the same trick on our own server's line",
     {{"from [203.0.113.3] (HELO x) (mx.oak.example [192.0.2.10]) by post.willow.example "
       "(CommuniGate Pro SMTP 6.2.14) with ESMTPS id 83663055" DATE("10:00:20")},
      {FROM_US},
      NULL,
      NULL,
      false},
     UNKNOWN, /* nobody can tell which address the server saw */
     false,
     NULL},
    {"... and a bounce in our own name",
     {{"from [203.0.113.3] (HELO x) (localhost [127.0.0.1]) by post.willow.example (CommuniGate "
       "Pro SMTP 6.2.14) with ESMTPS id 83663055" DATE("10:00:20")},
      {SUBMISSION},
      "post.willow.example",
      "post.willow.example",
      false},
     UNKNOWN,
     false,
     NULL},
    {"CommuniGate's honest line",
     {{OUTER_OAK},
      {"from [198.51.100.16] (HELO post.willow.example) by mx.oak.example (CommuniGate Pro SMTP "
       "6.2.14) with ESMTPS id 83663055" DATE("10:00:10"),
       SUBMISSION},
      NULL,
      NULL,
      false},
     VOUCHED,
     true,
     "198.51.100.16"},
    {"a declared list's own steps",
     {{OUTER_OAK},
      {LIST_MX, LIST_LOCAL("fwd.club.example"), FROM_US_BY("fwd.club.example"), SUBMISSION},
      NULL,
      NULL,
      false},
     VOUCHED,
     true,
     "192.0.2.77"},
    {"a step that claims a declared list, under a bot",
     {{OUTER_OAK},
      {"from fwd.club.example (dsl-3.isp.example [203.0.113.3]) " BY_OAK DATE("10:00:12"),
       LIST_LOCAL("fwd.club.example"), FROM_US_BY("fwd.club.example")},
      NULL,
      NULL,
      false},
     VOUCHED,
     false,
     "203.0.113.3"},
    {"our server's delivery to the mailbox by LMTP",
     {{"from post.willow.example by post.willow.example with LMTP id 8ZkqGwb1" DATE("10:00:21"),
       OUTER_OAK},
      {FROM_US, SUBMISSION},
      NULL,
      NULL,
      false},
     VOUCHED,
     true,
     "198.51.100.16"},
    {"our server's delivery to the mailbox by LMTP, as Dovecot writes it",
     {{"from [127.0.0.1] by post.willow.example with LMTP id eJNpF6nMCmtnEAAAg" DATE("10:00:21"),
       OUTER_OAK},
      {FROM_US, SUBMISSION},
      NULL,
      NULL,
      false},
     VOUCHED,
     true,
     "198.51.100.16"},
    {"our server's delivery to the mailbox by LMTP, as Dovecot writes it, on a machine whose name "
     "has no dot",
     {{"from [127.0.0.1] by vm with LMTP id eJNpF6nMCmtnEAAAg" DATE("10:00:21"), OUTER_OAK},
      {FROM_US, SUBMISSION},
      NULL,
      NULL,
      false},
     VOUCHED,
     true,
     "198.51.100.16"},
    {"a step of SMTP with an address in the greeting's place",
     {{"from [127.0.0.1] by post.willow.example with SMTP id eJNpF6nMCmtnEAAAg" DATE("10:00:21"),
       OUTER_OAK},
      {FROM_US, SUBMISSION},
      NULL,
      NULL,
      false},
     UNKNOWN,
     false,
     NULL},
    {"a client of SMTP that greets as our server, and no address",
     {{"from post.willow.example by post.willow.example with SMTP id 8ZkqGwb1" DATE("10:00:21"),
       OUTER_OAK},
      {FROM_US, SUBMISSION},
      NULL,
      NULL,
      false},
     UNKNOWN,
     false,
     NULL},
    {"a customer of the reporter who logged in",
     {{OUTER_OAK},
      {"from pc (smtp9.oak.example [192.0.2.44]) (Authenticated sender: thief) by mx.oak.example "
       "(Postfix) with ESMTPSA id 1A2BC3D4E5" DATE("10:00:10"),
       FROM_US_BY("smtp9.oak.example")},
      NULL,
      NULL,
      false},
     VOUCHED,
     false,
     "192.0.2.44"},
};

static void test_attacks(void)
{
    g_autoptr(Identity) identity = scenario_identity();

    for (gsize i = 0; i < G_N_ELEMENTS(attacks); i++) {
        const Attack *a = &attacks[i];
        g_autoptr(Bounce) bounce = bounce_new();
        g_autoptr(Trace) trace = scenario_walk(&a->s, identity);
        g_autoptr(Verdict) verdict = NULL;
        g_autofree char *submitter = ip_format(&trace->submitter_ip);

        bounce->kind = KIND_FAILURE;
        bounce->has_report = bounce->has_diagnostic = true;
        bounce->returned.where = RETURNED_RFC822;
        bounce->returned.date = TIME_NONE;
        bounce->reporting_mta = g_strdup(a->s.mta ? a->s.mta : "mx.oak.example");
        bounce->from_domain = g_strdup(a->s.from ? a->s.from : "mx.oak.example");
        verdict = verdict_judge(bounce, trace, identity, NULL, NULL);
        g_test_message("%s: %s, %s", a->name, verdict_name(verdict->value), trace->reporter_why);
        g_assert_cmpint(trace->reporter, ==, a->standing);
        if (a->genuine)
            g_assert_cmpint(verdict->value, ==, VERDICT_GENUINE);
        else
            g_assert_cmpint(verdict->value, !=, VERDICT_GENUINE);
        if (a->submitter)
            g_assert_cmpstr(submitter, ==, a->submitter);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/attacks/cases", test_attacks);
    return g_test_run();
}
