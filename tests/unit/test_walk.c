/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trust walk: who handed the message over, whom the chain makes believe, which line is forged;
 * and that nothing written below a stranger's hand-over changes who he is. */
#include <string.h>

#include "scenario.h"

typedef struct Case {
    const char *name;
    Scenario s;
    const char *injection; /* address, NULL for none */
    int hop;
    bool own, capped, held;
    Standing standing;
    Relay relay;
    int forged;
} Case;

#define VOUCHED      REPORTER_VOUCHED
#define CONTRADICTED REPORTER_CONTRADICTED
#define UNKNOWN      REPORTER_UNKNOWN
#define DOUBTFUL     REPORTER_DOUBTFUL

static const Case cases[] = {
    {"our server handed it over",
     {{OUTER_OAK}, {FROM_US, SUBMISSION}, NULL, NULL, false},
     "198.51.100.16",
     0,
     true,
     false,
     false,
     VOUCHED,
     RELAY_NONE,
     -1},
    {"a bot handed it over",
     {{OUTER_OAK}, {FROM_BOT}, NULL, NULL, false},
     "203.0.113.3",
     0,
     false,
     false,
     false,
     VOUCHED,
     RELAY_NONE,
     -1},
    {"a bot wrote a true chain of ours under its line",
     {{OUTER_OAK}, {FROM_BOT, FROM_US, SUBMISSION}, NULL, NULL, false},
     "203.0.113.3",
     0,
     false,
     false,
     false,
     VOUCHED,
     RELAY_NONE,
     1},
    {"filter steps on one machine",
     {{OUTER_OAK},
      {"from localhost (localhost [127.0.0.1]) " BY_OAK DATE("10:00:12"),
       "from mx.oak.example ([127.0.0.1]) by localhost (mx.oak.example [127.0.0.1]) (amavisd-new, "
       "port 10024) with ESMTP id k2Vd9sQxT3Lw" DATE("10:00:11"),
       "from post.willow.example (post.willow.example [198.51.100.16]) by mx.oak.example (Postfix) "
       "with ESMTPS id 1A2BC3D4E6" DATE("10:00:10")},
      NULL,
      NULL,
      false},
     "198.51.100.16",
     2,
     true,
     false,
     false,
     VOUCHED,
     RELAY_NONE,
     -1},
    {"an inside machine's line is by a foreign host: believed, no proof",
     {{OUTER_OAK},
      {"from gate.elm.example (unknown [10.0.0.4]) " BY_OAK DATE("10:00:12"),
       "from post.willow.example (post.willow.example [198.51.100.16]) by gate.elm.example "
       "(Postfix) with ESMTPS id 1A2BC3D4E6" DATE("10:00:10")},
      NULL,
      NULL,
      false},
     "198.51.100.16",
     1,
     true,
     true,
     false,
     VOUCHED,
     RELAY_NONE,
     -1},
    {"by localhost under a foreign peer",
     {{OUTER_OAK},
      {FROM_BOT, "from post.willow.example (post.willow.example [198.51.100.16]) by localhost "
                 "(Postfix) with ESMTPS id 1A2BC3D4E6" DATE("10:00:09")},
      NULL,
      NULL,
      false},
     "203.0.113.3",
     0,
     false,
     false,
     false,
     VOUCHED,
     RELAY_NONE,
     1},
    {"a name without an address ends the walk",
     {{OUTER_OAK},
      {"from post.willow.example " BY_OAK DATE("10:00:10"),
       "from post.willow.example (post.willow.example [198.51.100.16]) by x.elm.example (Postfix) "
       "with SMTP id 1A2BC3D4E6" DATE("10:00:09")},
      NULL,
      NULL,
      false},
     NULL,
     -1,
     false,
     false,
     false,
     VOUCHED,
     RELAY_NONE,
     -1},
    {"the reporter's own public hop is passed by its looked-up name",
     {{OUTER_OAK},
      {"from mx.oak.example (mx.oak.example [192.0.2.10]) by store.oak.example (Postfix) with "
       "ESMTPS id 1A2BC3D4E6" DATE("10:00:12"),
       FROM_BOT},
      NULL,
      NULL,
      false},
     "203.0.113.3",
     1,
     false,
     false,
     false,
     VOUCHED,
     RELAY_NONE,
     -1},
    {"... but not by its greeting",
     {{OUTER_OAK},
      {"from mx2.oak.example (dsl-3.isp.example [203.0.113.3]) " BY_OAK DATE("10:00:12"),
       "from post.willow.example (post.willow.example [198.51.100.16]) by mx2.oak.example "
       "(Postfix) with ESMTPS id 1A2BC3D4E6" DATE("10:00:10")},
      NULL,
      NULL,
      false},
     "203.0.113.3",
     0,
     false,
     false,
     true,
     VOUCHED,
     RELAY_NONE,
     -1},
    {"a customer of the reporter, by a home name, is a stranger",
     {{OUTER_OAK},
      {"from dsl-9.oak.example (dsl-9.oak.example [203.0.113.9]) " BY_OAK DATE("10:00:12"),
       "from post.willow.example (post.willow.example [198.51.100.16]) by dsl-9.oak.example "
       "(Postfix) with ESMTPS id 1A2BC3D4E6" DATE("10:00:10")},
      NULL,
      NULL,
      false},
     "203.0.113.9",
     0,
     false,
     false,
     true,
     VOUCHED,
     RELAY_NONE,
     -1},
    {"... and by a name that is no mail server's proves nothing",
     {{OUTER_OAK},
      {"from vps9.oak.example (vps9.oak.example [203.0.113.9]) " BY_OAK DATE("10:00:12"),
       "from post.willow.example (post.willow.example [198.51.100.16]) by vps9.oak.example "
       "(Postfix) with ESMTPS id 1A2BC3D4E6" DATE("10:00:10")},
      NULL,
      NULL,
      false},
     "203.0.113.9",
     0,
     false,
     true,
     false,
     VOUCHED,
     RELAY_NONE,
     -1},
    {"an authenticated client ends the walk, a private one too",
     {{OUTER_OAK},
      {"from [10.0.0.4] (unknown [10.0.0.4]) (Authenticated sender: eve) " BY_OAK DATE("10:00:12"),
       "from post.willow.example (post.willow.example [198.51.100.16]) by mx.oak.example (Postfix) "
       "with ESMTPS id 1A2BC3D4E6" DATE("10:00:10")},
      NULL,
      NULL,
      false},
     "10.0.0.4",
     0,
     false,
     false,
     true,
     VOUCHED,
     RELAY_NONE,
     -1},
    {"a web page's program may have written the lines below",
     {{OUTER_OAK},
      {"by mx.oak.example (Postfix, from userid 33) id 1A2BC3D4E5" DATE("10:00:12"),
       "from post.willow.example (post.willow.example [198.51.100.16]) by mx.oak.example (Postfix) "
       "with ESMTPS id 1A2BC3D4E6" DATE("10:00:10")},
      NULL,
      NULL,
      false},
     NULL,
     -1,
     false,
     true,
     false,
     VOUCHED,
     RELAY_NONE,
     -1},
    {"the newest line is not the reporter's",
     {{OUTER_OAK},
      {"from post.willow.example (post.willow.example [198.51.100.16]) by mx.elm.example (Postfix) "
       "with ESMTPS id 1A2BC3D4E6" DATE("10:00:10")},
      NULL,
      NULL,
      false},
     "198.51.100.16",
     0,
     true,
     true,
     false,
     VOUCHED,
     RELAY_NONE,
     -1},
    {"by a declared forwarder",
     {{OUTER_OAK},
      {"from fwd.club.example (fwd.club.example [192.0.2.77]) " BY_OAK DATE("10:00:12"),
       "from post.willow.example (post.willow.example [198.51.100.16]) by fwd.club.example "
       "(Postfix) with ESMTPS id 1A2BC3D4E6" DATE("10:00:10"),
       SUBMISSION},
      NULL,
      NULL,
      false},
     "198.51.100.16",
     1,
     true,
     false,
     false,
     VOUCHED,
     RELAY_NONE,
     -1},
    {"a bot that greets as the forwarder",
     {{OUTER_OAK},
      {"from fwd.club.example (unknown [203.0.113.3]) " BY_OAK DATE("10:00:12"),
       "from post.willow.example (post.willow.example [198.51.100.16]) by fwd.club.example "
       "(Postfix) with ESMTPS id 1A2BC3D4E6" DATE("10:00:10")},
      NULL,
      NULL,
      false},
     "203.0.113.3",
     0,
     false,
     false,
     true,
     VOUCHED,
     RELAY_NONE,
     -1},
    {"a bot sends a bounce in the reporter's name",
     {{OUTER_BOT}, {FROM_US, SUBMISSION}, NULL, NULL, false},
     "198.51.100.16",
     0,
     true,
     false,
     false,
     DOUBTFUL,
     RELAY_NONE,
     -1},
    {"a reporter without a looked-up name",
     {{OUTER_OAK_NAMELESS}, {FROM_US}, NULL, NULL, false},
     "198.51.100.16",
     0,
     true,
     false,
     false,
     UNKNOWN,
     RELAY_NONE,
     -1},
    {"no outer lines",
     {{NULL}, {FROM_US}, NULL, NULL, false},
     "198.51.100.16",
     0,
     true,
     false,
     false,
     UNKNOWN,
     RELAY_NONE,
     -1},
    {"our own host bounced what we submitted",
     {{OUTER_OWN}, {SUBMISSION}, "post.willow.example", "post.willow.example", false},
     "203.0.113.200",
     0,
     false,
     false,
     false,
     VOUCHED,
     RELAY_SUBMITTED,
     -1},
    {"our own host bounced what a stranger gave it",
     {{OUTER_OWN},
      {"from pc (dsl-3.isp.example [203.0.113.3]) by post.willow.example (Postfix) with ESMTP id "
       "0ABCDEF123" DATE("10:00:01")},
      "post.willow.example",
      "post.willow.example",
      false},
     "203.0.113.3",
     0,
     false,
     false,
     false,
     VOUCHED,
     RELAY_OUTSIDER,
     -1},
    {"... by way of our second host",
     {{OUTER_OWN},
      {"from in.willow.example (in.willow.example [2001:db8:77::2]) by post.willow.example "
       "(Postfix) with ESMTP id 0ABCDEF123" DATE("10:00:02"),
       "from pc (dsl-3.isp.example [203.0.113.3]) by in.willow.example (Postfix) with ESMTP id "
       "0ABCDEF124" DATE("10:00:01")},
      "post.willow.example",
      "post.willow.example",
      false},
     "2001:db8:77::2",
     0,
     true,
     false,
     false,
     VOUCHED,
     RELAY_OUTSIDER,
     -1},
    {"a bot says that our host wrote the bounce",
     {{"from post.willow.example (dsl-3.isp.example [203.0.113.3]) by post.willow.example "
       "(Postfix) "
       "with ESMTP id 4F2AB1C2D3" DATE("10:00:20"),
       OUTER_OWN},
      {SUBMISSION},
      "post.willow.example",
      "post.willow.example",
      false},
     "203.0.113.200",
     0,
     false,
     false,
     false,
     CONTRADICTED,
     RELAY_SUBMITTED,
     -1},
    {"a provider's customer logs in and sends a bounce",
     {{"from out.oak.example (out.oak.example [192.0.2.11]) by post.willow.example (Postfix) with "
       "ESMTPS id 4F2AB1C2D3" DATE("10:00:20"),
       "from pc (dsl-3.isp.example [203.0.113.3]) by out.oak.example (Postfix) with ESMTPSA id "
       "4F2AB1C2D4" DATE("10:00:19")},
      {FROM_US},
      NULL,
      NULL,
      false},
     "198.51.100.16",
     0,
     true,
     false,
     false,
     UNKNOWN,
     RELAY_NONE,
     -1},
    {"a customer's machine of the reporter's organisation does not vouch for it",
     {{"from vps9.oak.example (vps9.oak.example [203.0.113.9]) by post.willow.example (Postfix) "
       "with "
       "ESMTPS id 4F2AB1C2D3" DATE("10:00:20")},
      {FROM_US},
      NULL,
      NULL,
      false},
     "198.51.100.16",
     0,
     true,
     false,
     false,
     UNKNOWN,
     RELAY_NONE,
     -1},
    {"known by the newest line alone, which the bounce does not name",
     {{"from mx.thief.example (mx.thief.example [203.0.113.9]) by post.willow.example (Postfix) "
       "with ESMTPS id 4F2AB1C2D3" DATE("10:00:20")},
      {"from post.willow.example (post.willow.example [198.51.100.16]) by mx.thief.example "
       "(Postfix) with ESMTPS id 1A2BC3D4E6" DATE("10:00:10")},
      NULL,
      NULL,
      false},
     "198.51.100.16",
     0,
     true,
     false,
     false,
     UNKNOWN,
     RELAY_NONE,
     -1},
    {"fetched by POP from a provider",
     {{"from pop.ash.example [192.0.2.90] by localhost with POP3 (fetchmail-6.4.0) for "
       "<mira@localhost> (single-drop)" DATE("10:05:00"),
       "from mx.oak.example (mx.oak.example [192.0.2.10]) by mx.ash.example (Postfix) with ESMTPS "
       "id 4F2AB1C2D3" DATE("10:00:20")},
      {FROM_BOT},
      NULL,
      NULL,
      false},
     "203.0.113.3",
     0,
     false,
     false,
     false,
     VOUCHED,
     RELAY_NONE,
     -1},
    {"a mailing list may have rewritten lines",
     {{OUTER_OAK}, {FROM_LIST, FROM_US}, NULL, NULL, true},
     "203.0.113.78",
     0,
     false,
     false,
     true,
     VOUCHED,
     RELAY_NONE,
     -1},
    {"an undeclared forwarder",
     {{OUTER_OAK},
      {FROM_SERVER,
       "from post.willow.example (post.willow.example [198.51.100.16]) by "
       "vps7.cloud.example (Postfix) with ESMTPS id 1A2BC3D4E6" DATE("10:00:09"),
       SUBMISSION},
      NULL,
      NULL,
      false},
     "203.0.113.77",
     0,
     false,
     false,
     true,
     VOUCHED,
     RELAY_NONE,
     -1},
    {"a forgotten address of ours",
     {{OUTER_OAK},
      {"from post.willow.example (srv1.cloud.example [203.0.113.78]) " BY_OAK DATE("10:00:10"),
       SUBMISSION},
      NULL,
      NULL,
      false},
     "203.0.113.78",
     0,
     false,
     false,
     true,
     VOUCHED,
     RELAY_NONE,
     -1},
    {"... not from a home connection",
     {{OUTER_OAK},
      {"from post.willow.example (dsl-3.isp.example [203.0.113.3]) " BY_OAK DATE("10:00:10"),
       SUBMISSION},
      NULL,
      NULL,
      false},
     "203.0.113.3",
     0,
     false,
     false,
     false,
     VOUCHED,
     RELAY_NONE,
     1},
    {"an id of another day",
     {{OUTER_OAK},
      {"from relay.ash.example (dsl-3.isp.example [203.0.113.3]) " BY_OAK DATE("10:00:10"),
       "from pc.ash.example (unknown [192.0.2.66]) by relay.ash.example (8.14.4/8.14.4) with ESMTP "
       "id 1A1AAA0A012345" DATE("10:00:09")},
      NULL,
      NULL,
      false},
     "203.0.113.3",
     0,
     false,
     false,
     false,
     VOUCHED,
     RELAY_NONE,
     1},
    {"an address that nobody can have",
     {{OUTER_OAK},
      {"from relay.ash.example (dsl-3.isp.example [203.0.113.3]) " BY_OAK DATE("10:00:10"),
       "from pc (unknown [240.1.2.3]) by relay.ash.example with ESMTP id X1" DATE("10:00:09")},
      NULL,
      NULL,
      false},
     "203.0.113.3",
     0,
     false,
     false,
     false,
     VOUCHED,
     RELAY_NONE,
     1},
    {"one day later than the line above",
     {{OUTER_OAK},
      {"from relay.ash.example (dsl-3.isp.example [203.0.113.3]) " BY_OAK DATE("10:00:10"),
       "from pc (unknown [192.0.2.66]) by relay.ash.example with ESMTP id X1; Thu, 16 Apr 2026 "
       "10:00:09 +0000"},
      NULL,
      NULL,
      false},
     "203.0.113.3",
     0,
     false,
     false,
     false,
     VOUCHED,
     RELAY_NONE,
     1},
};

static void check(const Case *c, const Trace *t)
{
    g_autofree char *ip = ip_format(&t->injection.ip);

    g_test_message("%s: %s", c->name, t->reporter_why);
    for (guint i = 0; i < t->returned->len; i++) {
        const HopNote *note = &t->returned_notes[i];

        g_test_message("  %s: %s", hop_mark_name(note->mark), note->why);
        g_assert_cmpint(note->mark, !=, MARK_NONE);
        g_assert_nonnull(note->why);
    }
    g_assert_cmpstr(ip, ==, c->injection);
    g_assert_cmpint(t->injection.hop, ==, c->hop);
    g_assert_cmpint(t->injection.own, ==, c->own);
    g_assert_cmpint(t->capped, ==, c->capped);
    g_assert_cmpint(t->held_why != NULL, ==, c->held);
    g_assert_cmpint(t->reporter, ==, c->standing);
    g_assert_cmpint(t->relay, ==, c->relay);
    g_assert_cmpint(t->forged_hop, ==, c->forged);
}

static void test_cases(void)
{
    g_autoptr(Identity) identity = scenario_identity();

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Trace) trace = scenario_walk(&cases[i].s, identity);

        check(&cases[i], trace);
    }
}

/* Lines that a forger could write. */
static const char *const forgeries[] = {
    FROM_US,
    SUBMISSION,
    FROM_BOT,
    "from localhost (localhost [127.0.0.1]) by mx.oak.example (Postfix) with ESMTP id "
    "1A2BC3D4E7" DATE("10:00:05"),
    "by mx.oak.example (Postfix, from userid 1000) id 1A2BC3D4E8" DATE("10:00:04"),
    "(qmail 4979 invoked from network)" DATE("10:00:03"),
    "from post.willow.example ([198.51.100.16]) by mx2.oak.example with esmtps (Exim 4.98) id "
    "1wFeUV-00000006hWK-3lGs" DATE("10:00:03"),
    "from fwd.club.example (fwd.club.example [192.0.2.77]) by mx.oak.example (Postfix) with ESMTP "
    "id 1A2BC3D4E9" DATE("10:00:02"),
    "from mx.oak.example (mx.oak.example [192.0.2.10]) by localhost with LMTP" DATE("10:00:02"),
    "from [198.51.100.16] by pc with SMTP" DATE("10:00:02"),
    "by post.willow.example (Postfix) id 0ABCDEF124" DATE("10:00:01"),
    "complete nonsense [198.51.100.16]",
    "",
};

/* Whatever stands below a stranger's hand-over, the stranger stays who he is. */
static void test_below_changes_nothing(void)
{
    g_autoptr(Identity) identity = scenario_identity();
    GRand *random = g_rand_new_with_seed(42);

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Case *c = &cases[i];

        if (!c->injection || c->own || c->capped)
            continue;
        for (int round = 0; round < 60; round++) {
            Scenario s = c->s;
            gsize n = (gsize)c->hop + 1, end = n + (gsize)g_rand_int_range(random, 1, 8);
            g_autoptr(Trace) trace = NULL;
            g_autofree char *ip = NULL;

            for (; n < end && n < MAX_LINES; n++)
                s.returned[n] = forgeries[g_rand_int_range(random, 0, G_N_ELEMENTS(forgeries))];
            for (; n < MAX_LINES; n++)
                s.returned[n] = NULL;
            trace = scenario_walk(&s, identity);
            ip = ip_format(&trace->injection.ip);
            g_assert_cmpstr(ip, ==, c->injection);
            g_assert_cmpint(trace->injection.hop, ==, c->hop);
            g_assert_false(trace->injection.own);
        }
    }
    g_rand_free(random);
}

/* Without an identity the hops are still read and judged. */
static void test_no_identity(void)
{
    g_autoptr(Identity) nobody = identity_new();
    g_autoptr(Trace) with = scenario_walk(&cases[2].s, nobody);
    g_autoptr(Trace) without = scenario_walk(&cases[2].s, NULL);

    g_assert_cmpint(with->injection.hop, ==, 0);
    g_assert_cmpint(without->injection.hop, ==, 0);
    g_assert_cmpint(without->forged_hop, ==, 1);
}

/* 5,000 lines take about as long a line as 50. */
static void test_long_chain(void)
{
    g_autoptr(Identity) identity = scenario_identity();
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    TraceInput input = {
        .reporting_mta = "mx.oak.example", .returned_date = TIME_NONE, .arrival_date = TIME_NONE};
    g_autoptr(Trace) trace = NULL;

    g_ptr_array_add(lines, (gpointer)FROM_BOT);
    for (int i = 0; i < 5000; i++)
        g_ptr_array_add(lines, (gpointer)forgeries[i % 2]);
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    g_autoptr(GPtrArray) chain =
        scenario_chain((const char *const *)(const void *)lines->pdata, lines->len);
    input.outer = none;
    input.returned = chain;
    g_test_timer_start();
    trace = trace_walk(&input, identity, WORDING_ALL);
    g_assert_cmpfloat(g_test_timer_elapsed(), <, 20.0);
    g_assert_cmpint(trace->injection.hop, ==, 0);
    g_assert_cmpint(trace->forged_hop, ==, 1);
}

/* What the bounce says outside its Received lines serves where the chain shows no public peer. */
static void test_claims(void)
{
    g_autoptr(Identity) identity = scenario_identity();
    TraceClaim claim = {INJECTION_SENTENCE, {0}, "post.willow.example"};
    const char *line = "from post.willow.example " BY_OAK DATE("10:00:10");
    TraceInput input = {.claims = &claim,
                        .claim_count = 1,
                        .reporting_mta = "mx.oak.example",
                        .returned_date = TIME_NONE,
                        .arrival_date = TIME_NONE};

    g_assert_true(ip_parse(SPAN("198.51.100.16"), &claim.ip));
    for (int round = 0; round < 3; round++) {
        g_autoptr(Trace) trace = NULL;

        g_autoptr(GPtrArray) none = g_ptr_array_new();
        g_autoptr(GPtrArray) chain = scenario_chain(&line, round > 0);
        input.outer = none;
        input.returned = chain;
        claim.host = round < 2 ? "post.willow.example" : "other.elm.example";
        trace = trace_walk(&input, identity, WORDING_ALL);
        g_assert_cmpint(trace->injection.own, ==, round < 2);
        g_assert_cmpint(trace->injection.source, ==,
                        round < 2 ? INJECTION_SENTENCE : INJECTION_NONE);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/walk/cases", test_cases);
    g_test_add_func("/walk/below-changes-nothing", test_below_changes_nothing);
    g_test_add_func("/walk/no-identity", test_no_identity);
    g_test_add_func("/walk/long-chain", test_long_chain);
    g_test_add_func("/walk/claims", test_claims);
    return g_test_run();
}
