/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules for fake, each on whole messages: what looks false in a bounce, and what honest ones
 * have that looks like it. */
#include "wish.h"

/* "none": the rule must not hold. */
enum { NONE = -1 };

typedef struct RuleCase {
    const char *name, *rule;
    EvidenceFor for_;
    int strength;
    int wishes;
    Mail mail;
} RuleCase;

static const RuleCase cases[] = {
    {"a bot in our server's name",
     "own-name-stolen",
     FOR_FAKE,
     STRENGTH_PROOF,
     0,
     {.outer = RECEIVED(OUTER_BOT),
      .mta = "post.willow.example",
      .from = "MAILER-DAEMON@post.willow.example"}},
    {"... where not all of ours are known",
     "own-name-stolen",
     FOR_FAKE,
     NONE,
     WISH_INCOMPLETE,
     {.outer = RECEIVED(OUTER_BOT),
      .mta = "post.willow.example",
      .from = "MAILER-DAEMON@post.willow.example"}},
    {"a bot in the name of another's server",
     "reporter-contradicted",
     FOR_FAKE,
     STRENGTH_STRONG,
     0,
     {.outer = RECEIVED("from pc (dsl-3.isp.example [203.0.113.3]) by post.willow.example "
                        "(Postfix) with ESMTP id 4F2AB1C2D3" DATE("10:00:20"))}},
    {"... that it greets with: its own word",
     "reporter-contradicted",
     FOR_FAKE,
     NONE,
     0,
     {.outer = RECEIVED(OUTER_BOT)}},
    {"... a server whose name was not found",
     "reporter-contradicted",
     FOR_FAKE,
     NONE,
     0,
     {.outer = RECEIVED(OUTER_OAK_NAMELESS)}},
    {"a server without a name of its own, whose From ours completed",
     "own-name-stolen",
     FOR_FAKE,
     NONE,
     0,
     {.from = "MAILER-DAEMON@willow.example"}},
    {"a link beside words that ask",
     "bait",
     FOR_FAKE,
     STRENGTH_STRONG,
     0,
     {.text = "Messages are held. Log in to release them: http://hold.thief.example/x"}},
    {"a link to help",
     "bait",
     FOR_FAKE,
     NONE,
     0,
     {.text = "No such user. See http://hold.thief.example/x"}},
    {"a link that asks, to the reporter",
     "bait",
     FOR_FAKE,
     NONE,
     0,
     {.text = "Your mail is held. Log in to release it: http://portal.oak.example/x"}},
    {"... to where a filter sends all links",
     "bait",
     FOR_FAKE,
     NONE,
     0,
     {.text = "Log in to release it: https://urldefense.com/v3/__http://oak.example__"}},
    {"a link that wears our domain",
     "bait",
     FOR_FAKE,
     STRENGTH_STRONG,
     0,
     {.text = "See http://willow.example.thief.example/x"}},
    {"a link in the returned message",
     "bait",
     FOR_FAKE,
     NONE,
     0,
     {.returned = US "X-Note: log in at http://hold.thief.example/x\n"}},
    {"a bounce that says nothing but a link",
     "no-report",
     FOR_FAKE,
     STRENGTH_STRONG,
     0,
     {.plain = true, .text = "http://hold.thief.example/x"}},
    {"a bounce that nobody gave a form, and that says it",
     "no-report",
     FOR_FAKE,
     NONE,
     0,
     {.plain = true,
      .text = "Your message to carl could not be delivered, see "
              "http://www.oak.example/help"}},
};

static void test_cases(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const RuleCase *c = &cases[i];
        g_autoptr(Judgement) judgement = wish_judge(&c->mail, c->wishes);
        const Evidence *evidence = mail_evidence(judgement, c->rule, c->for_);
        mail_tell(c->name, judgement);
        g_assert_cmpint(evidence ? (int)evidence->strength : NONE, ==, c->strength);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rules-fake/cases", test_cases);
    return g_test_run();
}
