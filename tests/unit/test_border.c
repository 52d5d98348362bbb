/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The border of our mailbox and the reporter's standing: how the bounce came decides how far it is
 * believed, with and without patterns of the mailbox's servers, and with what our own server found.
 */
#include <string.h>

#include "scenario.h"

typedef struct Case {
    const char *name;
    Scenario s;
    const char *header, *value; /* of our server or of the sender: ... */
    guint above;                /* above this line */
    bool learned;               /* the identity has border and inside */
    Standing standing;
    bool capped;
} Case;

#define BOX "by store4.box.example (Postfix) with ESMTP id 4F2AB1C2D4" DATE("10:00:22")
#define MX                                                                                         \
    "from mx.oak.example (mx.oak.example [192.0.2.10]) by mx7.box.example (Postfix) with ESMTPS "  \
    "id 4F2AB1C2D3" DATE("10:00:20")
#define UNSEEN                                                                                     \
    "from out.oak.example ([192.0.2.12]) by post.willow.example with ESMTPS id 4F2AB1C2D3; Tue, "  \
    "14 Apr 2026 10:00:20 +0000"
#define RESULTS "Authentication-Results"

static const Case cases[] = {
    {"our server found the reporter's signature",
     {{UNSEEN}, {FROM_US}, NULL, NULL, false},
     RESULTS,
     "post.willow.example; dkim=pass header.d=oak.example",
     0,
     false,
     REPORTER_VOUCHED,
     false},
    {"the sender wrote that it did",
     {{UNSEEN}, {FROM_US}, NULL, NULL, false},
     RESULTS,
     "post.willow.example; dkim=pass header.d=oak.example",
     1,
     false,
     REPORTER_UNKNOWN,
     false},
    {"a stranger's server found it",
     {{UNSEEN}, {FROM_US}, NULL, NULL, false},
     RESULTS,
     "mx.thief.example; dkim=pass header.d=oak.example",
     0,
     false,
     REPORTER_UNKNOWN,
     false},
    {"our server found that it may not send for the reporter",
     {{OUTER_OAK_NAMELESS}, {FROM_US}, NULL, NULL, false},
     RESULTS,
     "post.willow.example; spf=fail smtp.helo=mx.oak.example",
     0,
     false,
     REPORTER_CONTRADICTED,
     false},
    {"over the border that was learned",
     {{"from mx7.box.example (mx7.box.example [203.0.113.40]) " BOX, MX},
      {FROM_US},
      NULL,
      NULL,
      false},
     NULL,
     NULL,
     0,
     true,
     REPORTER_VOUCHED,
     false},
    {"a line of nobody that was learned stands above it",
     {{"from mx7.box.example (mx7.box.example [203.0.113.40]) " BOX,
       "from mx7.box.example (mx7.box.example [203.0.113.40]) by x.thief.example (Postfix) with "
       "ESMTP id 4F2AB1C2D5" DATE("10:00:21"),
       MX},
      {FROM_US},
      NULL,
      NULL,
      false},
     NULL,
     NULL,
     0,
     true,
     REPORTER_UNKNOWN,
     false},
    {"a house hands on within itself, by names alone",
     {{"from mx7.box.example ([203.0.113.40]) by store4.box.example with ESMTP id 4F2AB1C2D4; Tue, "
       "14 Apr 2026 10:00:22 +0000",
       MX},
      {FROM_US},
      NULL,
      NULL,
      false},
     NULL,
     NULL,
     0,
     false,
     REPORTER_UNKNOWN,
     true},
    {"all the world comes from one inside address",
     {{"from mx.oak.example (unknown [172.17.0.1]) by post.willow.example (Postfix) with ESMTPS id "
       "4F2AB1C2D3" DATE("10:00:22"),
       "from mx.oak.example (mx.oak.example [192.0.2.10]) by post.willow.example (Postfix) with "
       "ESMTPS id 4F2AB1C2D4" DATE("10:00:20")},
      {FROM_US},
      NULL,
      NULL,
      false},
     NULL,
     NULL,
     0,
     false,
     REPORTER_UNKNOWN,
     true},
    {"a customer who logged in handed it in",
     {{"from mx.oak.example (mx.oak.example [192.0.2.10]) by post.willow.example (Postfix) with "
       "ESMTPSA id 4F2AB1C2D3" DATE("10:00:20")},
      {FROM_US},
      NULL,
      NULL,
      false},
     NULL,
     NULL,
     0,
     false,
     REPORTER_UNKNOWN,
     false},
    {"a user of our own host wrote it",
     {{"by post.willow.example (Postfix, from userid 1004) id 4F2AB1C2D3" DATE("10:00:20")},
      {FROM_US},
      "post.willow.example",
      "post.willow.example",
      false},
     NULL,
     NULL,
     0,
     false,
     REPORTER_UNKNOWN,
     true},
    {"a declared forwarder that shows nothing below it",
     {{"from fwd.club.example (fwd.club.example [192.0.2.77]) by post.willow.example (Postfix) "
       "with "
       "ESMTPS id 4F2AB1C2D3" DATE("10:00:20")},
      {FROM_US},
      NULL,
      NULL,
      false},
     NULL,
     NULL,
     0,
     false,
     REPORTER_UNKNOWN,
     false},
};

static void add(GPtrArray *patterns, const char *pattern)
{
    g_assert_true(identity_pattern_is_good(pattern));
    g_ptr_array_add(patterns, g_strdup(pattern));
}

static void test_cases(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Case *c = &cases[i];
        g_autoptr(Identity) identity = scenario_identity();
        if (c->learned) {
            add(identity->border, "mx*.box.example");
            add(identity->inside, "store*.box.example");
        }
        g_autoptr(GPtrArray) outer = scenario_chain(c->s.outer, scenario_count(c->s.outer));
        g_autoptr(GPtrArray) returned =
            scenario_chain(c->s.returned, scenario_count(c->s.returned));
        TraceHeader header = {c->header, c->value, c->above};
        TraceInput input = {.outer = outer,
                            .returned = returned,
                            .outer_headers = &header,
                            .outer_header_count = c->header ? 1 : 0,
                            .reporting_mta = c->s.mta ? c->s.mta : "mx.oak.example",
                            .from_domain = c->s.from ? c->s.from : "mx.oak.example",
                            .returned_date = TIME_NONE,
                            .arrival_date = TIME_NONE};
        g_autoptr(Trace) trace = trace_walk(&input, identity, WORDING_ALL);
        g_test_message("%s: %s", c->name, trace->reporter_why);
        g_assert_cmpint(trace->reporter, ==, c->standing);
        g_assert_cmpint(trace->outer_capped, ==, c->capped);
    }
}

static void test_patterns(void)
{
    static const char *const bad[] = {"*.com", "*", "*.co.uk", "mx*", ""};
    g_autoptr(GPtrArray) patterns = g_ptr_array_new();
    g_ptr_array_add(patterns, (gpointer) "mx*.box.example");
    g_ptr_array_add(patterns, (gpointer) "ubuntu");
    g_assert_true(identity_matches(patterns, "MX12.box.example"));
    g_assert_true(identity_matches(patterns, "ubuntu"));
    g_assert_false(identity_matches(patterns, "mx1.evil.box.example"));
    g_assert_false(identity_matches(patterns, "mx1.box.example.thief.example"));
    g_assert_false(identity_matches(patterns, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_false(identity_pattern_is_good(bad[i]));
}

/* Our address inside an address of IPv6 is ours. */
static void test_mapped(void)
{
    static const char *const mapped[] = {"64:ff9b::c633:6410", "2002:c633:6410::1",
                                         "::ffff:198.51.100.16", "::c633:6410"};
    g_autoptr(Identity) identity = scenario_identity();
    Ip ip;
    for (gsize i = 0; i < G_N_ELEMENTS(mapped); i++) {
        g_assert_true(ip_parse(span_of(mapped[i]), &ip));
        g_assert_true(identity_owns_ip(identity, &ip));
    }
    g_assert_true(ip_parse(SPAN("64:ff9b::c633:6411"), &ip));
    g_assert_false(identity_owns_ip(identity, &ip));
    g_ptr_array_add(identity->not_own, g_strdup("198.51.100.16"));
    g_assert_true(ip_parse(SPAN("198.51.100.16"), &ip));
    g_assert_false(identity_owns_ip(identity, &ip));
}

/* Beyond a step that a stranger could have written our address is kept apart from who sent it. */
static void test_beyond(void)
{
    static const Scenario doubted[] = {
        {{OUTER_OAK},
         {"by mx.oak.example (Postfix, from userid 1005) id 1A2BC3D4E5" DATE("10:00:12"), FROM_US},
         NULL,
         NULL,
         false},
        {{OUTER_OAK},
         {"from natgw3.oak.example (natgw3.oak.example [192.0.2.66]) " BY_OAK DATE("10:00:12"),
          "from post.willow.example (post.willow.example [198.51.100.16]) by natgw3.oak.example "
          "(Postfix) with ESMTPS id 1A2BC3D4E6" DATE("10:00:10")},
         NULL,
         NULL,
         false},
        {{OUTER_OAK},
         {"from mx.oak.example (unknown [172.18.0.1]) " BY_OAK DATE("10:00:12"), FROM_US},
         NULL,
         NULL,
         false},
    };
    g_autoptr(Identity) identity = scenario_identity();
    for (gsize i = 0; i < G_N_ELEMENTS(doubted); i++) {
        g_autoptr(Trace) trace = scenario_walk(&doubted[i], identity);
        g_assert_true(trace->capped);
        g_assert_false(trace->injection.own);
        g_assert_true(trace->injection.own_beyond);
        g_assert_cmpint(trace->injection.beyond_hop, ==, 1);
    }
}

/* --- a border that was learned, and who knows it ---------------------------------------------- */

static Identity *learned_identity(void)
{
    Identity *identity = scenario_identity();
    add(identity->border, "mx*.box.example");
    add(identity->inside, "store*.box.example");
    add(identity->inside, "gate.willow.example");
    add(identity->authserv, "mx*.box.example");
    return identity;
}

static Trace *walk_with(const char *const *lines, const TraceHeader *headers, gsize count)
{
    static const char *const returned_lines[MAX_LINES] = {FROM_US};
    g_autoptr(Identity) identity = learned_identity();
    g_autoptr(GPtrArray) outer = scenario_chain(lines, scenario_count(lines));
    g_autoptr(GPtrArray) returned = scenario_chain(returned_lines, 1);
    TraceInput input = {.outer = outer,
                        .returned = returned,
                        .outer_headers = headers,
                        .outer_header_count = count,
                        .reporting_mta = "mx.oak.example",
                        .from_domain = "mx.oak.example",
                        .returned_date = TIME_NONE,
                        .arrival_date = TIME_NONE};
    return trace_walk(&input, identity, WORDING_ALL);
}

#define STEP(from)                                                                                 \
    "from " from " by store4.box.example (Postfix) with ESMTP id 4F2AB1C2D4" DATE("10:00:22")

/* Whoever writes the true border's line under his own is not believed for it. */
static void test_past(void)
{
    static const char *const past[][MAX_LINES] = {
        /* straight to a server behind the border */
        {STEP("mx7.box.example (unknown [203.0.113.3])"), MX},
        {STEP("mx7.box.example (dsl-3.isp.example [203.0.113.3])"), MX},
        {STEP("mx.oak.example (dsl-3.isp.example [203.0.113.3])"), MX},
        /* as a user of the machine, or a program on it */
        {"by store4.box.example (Postfix, from userid 1004) id 4F2AB1C2D4" DATE("10:00:22"), MX},
        {STEP("mx.thief.example (localhost [127.0.0.1])"), MX},
        /* as a machine that only greets as the filter in front */
        {"from mx7.box.example ([203.0.113.3]) by gate.willow.example with ESMTP id 4F2AB1C2D4; "
         "Tue, "
         "14 Apr 2026 10:00:22 +0000",
         MX},
    };
    static const char *const honest[MAX_LINES] = {
        STEP("mx7.box.example (mx7.box.example [203.0.113.40])"), MX};
    g_autoptr(Trace) trace = walk_with(honest, NULL, 0);
    g_assert_cmpint(trace->reporter, ==, REPORTER_VOUCHED);
    g_assert_false(trace->outer_capped);
    for (gsize i = 0; i < G_N_ELEMENTS(past); i++) {
        g_autoptr(Trace) other = walk_with(past[i], NULL, 0);
        g_test_message("%s: %s", past[i][0], other->reporter_why);
        g_assert_true(other->reporter != REPORTER_VOUCHED || other->outer_capped);
    }
}

#define GOOD "dkim=pass header.d=oak.example"

/* Results below the border's line are our server's only where they stand first, and it wrote none
 * above. */
static void test_results_below(void)
{
    static const struct {
        TraceHeader headers[2];
        bool vouched;
    } placed[] = {
        {{{RESULTS, "mx7.box.example; " GOOD, 1}}, true},
        {{{RESULTS, "mx7.box.example; dkim=none", 1}, {RESULTS, "mx7.box.example; " GOOD, 1}},
         false},
        {{{RESULTS, "mx7.box.example; dkim=none", 0}, {RESULTS, "mx8.box.example; " GOOD, 1}},
         false},
        {{{RESULTS, "mx7.box.example; " GOOD, 0}, {RESULTS, "mx8.box.example; dkim=none", 1}},
         true},
        {{{RESULTS, "mx.thief.example; dkim=none", 1}, {RESULTS, "mx7.box.example; " GOOD, 1}},
         false},
        {{{RESULTS, "mx7.box.example; " GOOD, 2}}, false},
    };
    static const char *const lines[MAX_LINES] = {
        "from out.oak.example ([192.0.2.12]) by mx7.box.example with ESMTPS id 4F2AB1C2D3; Tue, 14 "
        "Apr 2026 10:00:20 +0000",
        "from a.oak.example (a.oak.example [192.0.2.13]) by out.oak.example (Postfix) with ESMTPS "
        "id "
        "4F2AB1C2D5" DATE("10:00:19")};
    for (gsize i = 0; i < G_N_ELEMENTS(placed); i++) {
        g_autoptr(Trace) trace =
            walk_with(lines, placed[i].headers, placed[i].headers[1].name ? 2 : 1);
        g_test_message("%u: %s", (guint)i, trace->reporter_why);
        g_assert_cmpint(trace->reporter == REPORTER_VOUCHED, ==, placed[i].vouched);
    }
}

/* A forwarder that was declared is passed at the border, too: what it recorded is read. */
static void test_forwarder(void)
{
    static const char *const lines[MAX_LINES] = {
        "from fwd.club.example (fwd.club.example [192.0.2.77]) by mx7.box.example (Postfix) with "
        "ESMTPS id 4F2AB1C2D3" DATE("10:00:20"),
        "from mx.oak.example (mx.oak.example [192.0.2.10]) by fwd.club.example (Postfix) with "
        "ESMTPS "
        "id 4F2AB1C2D2" DATE("10:00:19")};
    g_autoptr(Trace) trace = walk_with(lines, NULL, 0);
    g_assert_cmpint(trace->reporter, ==, REPORTER_VOUCHED);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/border/standing", test_cases);
    g_test_add_func("/border/patterns", test_patterns);
    g_test_add_func("/border/mapped", test_mapped);
    g_test_add_func("/border/beyond", test_beyond);
    g_test_add_func("/border/past", test_past);
    g_test_add_func("/border/results-below", test_results_below);
    g_test_add_func("/border/forwarder", test_forwarder);
    return g_test_run();
}
