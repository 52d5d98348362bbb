/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verdict: what each kind of evidence leads to, and attacks by a forger who has read the rules.
 * Two things must never happen: mail of ours called backscatter or fake, and forged mail called
 * genuine. */
#include <string.h>

#include "scenario.h"
#include "verdict/batv.h"
#include "verdict/judge.h"

typedef enum Flag {
    PLAIN = 0,
    INCOMPLETE = 1, /* complete=false */
    NOBODY = 2,     /* nothing is known of us */
    LINK = 4,       /* the bounce holds a link to a stranger */
    LINK_US = 8,    /* ... that wears our domain */
    EMPTY = 16,     /* no report, no recipient, nothing returned */
    AUTO_REPLY = 32,
    SENT = 64,     /* the store has it */
    NOT_SENT = 128 /* the store has not, and keeps everything */
} Flag;

typedef struct Case {
    const char *name;
    Scenario s;
    int flags;
    VerdictValue want;
    const char *rule; /* must be among the evidence; NULL for any */
} Case;

#define GENUINE     VERDICT_GENUINE
#define BACKSCATTER VERDICT_BACKSCATTER
#define FAKE        VERDICT_FAKE
#define UNDECIDED   VERDICT_UNDECIDED

#define FROM_US_BY(host)                                                                           \
    "from post.willow.example (post.willow.example [198.51.100.16]) by " host                      \
    " (Postfix) with ESMTPS id 1A2BC3D4E6" DATE("10:00:09")

static const Case cases[] = {
    {"our mail",
     {{OUTER_OAK}, {FROM_US, SUBMISSION}, NULL, NULL, false},
     PLAIN,
     GENUINE,
     "own-injection"},
    {"our mail, the identity not complete",
     {{OUTER_OAK}, {FROM_US, SUBMISSION}, NULL, NULL, false},
     INCOMPLETE,
     GENUINE,
     "own-injection"},
    {"our mail, nothing vouches for the reporter",
     {{OUTER_OAK_NAMELESS}, {FROM_US, SUBMISSION}, NULL, NULL, false},
     PLAIN,
     UNDECIDED,
     "own-injection"},
    {"our mail, and the bounce wants a stranger's link opened",
     {{OUTER_OAK}, {FROM_US, SUBMISSION}, NULL, NULL, false},
     LINK,
     UNDECIDED,
     "bait"},
    {"our host could not deliver",
     {{OUTER_OWN}, {SUBMISSION}, "post.willow.example", "post.willow.example", false},
     PLAIN,
     GENUINE,
     "own-reporter"},
    {"our host could not deliver what a stranger gave it",
     {{OUTER_OWN},
      {"from pc (dsl-3.isp.example [203.0.113.3]) by post.willow.example (Postfix) with ESMTP id "
       "0ABCDEF123" DATE("10:00:01")},
      "post.willow.example",
      "post.willow.example",
      false},
     PLAIN,
     UNDECIDED,
     "own-relay"},
    {"by a declared forwarder",
     {{OUTER_OAK},
      {"from fwd.club.example (fwd.club.example [192.0.2.77]) " BY_OAK DATE("10:00:12"),
       FROM_US_BY("fwd.club.example")},
      NULL,
      NULL,
      false},
     PLAIN,
     GENUINE,
     "via-forwarder"},
    {"by a forwarder that nobody declared",
     {{OUTER_OAK}, {FROM_SERVER, FROM_US_BY("vps7.cloud.example"), SUBMISSION}, NULL, NULL, false},
     PLAIN,
     UNDECIDED,
     "foreign-injection"},
    {"by a forwarder whose machines have other names",
     {{OUTER_OAK}, {FROM_LIST, FROM_US_BY("in.carrier.example"), SUBMISSION}, NULL, NULL, false},
     PLAIN,
     UNDECIDED,
     "foreign-injection"},
    {"from an address of ours that we forgot",
     {{OUTER_OAK},
      {"from post.willow.example (srv1.cloud.example [203.0.113.78]) " BY_OAK DATE("10:00:10"),
       SUBMISSION},
      NULL,
      NULL,
      false},
     PLAIN,
     UNDECIDED,
     "claims-us"},
    {"from the address beside ours",
     {{OUTER_OAK},
      {"from post.willow.example (unknown [198.51.100.17]) " BY_OAK DATE("10:00:10"), SUBMISSION},
      NULL,
      NULL,
      false},
     PLAIN,
     VERDICT_COUNT,
     "claims-us"},
    {"our second network by IPv6",
     {{OUTER_OAK},
      {"from post.willow.example (post.willow.example [IPv6:2001:db8:77::9]) " BY_OAK DATE(
           "10:00:10"),
       SUBMISSION},
      NULL,
      NULL,
      false},
     PLAIN,
     GENUINE,
     "own-injection"},

    {"a bot",
     {{OUTER_OAK}, {FROM_BOT}, NULL, NULL, false},
     PLAIN,
     BACKSCATTER,
     "foreign-injection"},
    {"a bot, the identity not complete",
     {{OUTER_OAK}, {FROM_BOT}, NULL, NULL, false},
     INCOMPLETE,
     UNDECIDED,
     "foreign-injection"},
    {"... and the store never sent it",
     {{OUTER_OAK}, {FROM_BOT}, NULL, NULL, false},
     INCOMPLETE | NOT_SENT,
     BACKSCATTER,
     "not-sent-here"},
    {"a bot, and nothing is known of us",
     {{OUTER_OAK}, {FROM_BOT}, NULL, NULL, false},
     NOBODY,
     UNDECIDED,
     "no-identity"},
    {"a bot that greets as us",
     {{OUTER_OAK},
      {"from post.willow.example (dsl-3.isp.example [203.0.113.3]) " BY_OAK DATE("10:00:10")},
      NULL,
      NULL,
      false},
     PLAIN,
     BACKSCATTER,
     "claims-us"},
    {"a bot over a true chain of ours",
     {{OUTER_OAK}, {FROM_BOT, FROM_US, SUBMISSION}, NULL, NULL, false},
     PLAIN,
     BACKSCATTER,
     "forged-hop"},
    {"a message of ours sent again by somebody else: its id is in our sent folder",
     {{OUTER_OAK}, {FROM_SERVER}, NULL, NULL, false},
     SENT,
     UNDECIDED,
     "sent-here"},
    {"a bot that adds a List-Id wins nothing",
     {{OUTER_OAK}, {FROM_BOT, FROM_US, SUBMISSION}, NULL, NULL, true},
     PLAIN,
     BACKSCATTER,
     "foreign-injection"},
    {"... a server that does, doubt at most",
     {{OUTER_OAK}, {FROM_LIST, SUBMISSION}, NULL, NULL, true},
     PLAIN,
     UNDECIDED,
     "foreign-injection"},
    {"a script of a web page on the reporter",
     {{OUTER_OAK},
      {"from www-data by mx.oak.example with local (Exim 4.98) id 1wCaPa-00000000Abc-0001" DATE(
           "10:00:12"),
       "from post.willow.example ([198.51.100.16]) by mx.oak.example with esmtps (Exim 4.98) id "
       "1wCaPY-00000000Abc-0001" DATE("10:00:10")},
      NULL,
      NULL,
      false},
     PLAIN,
     UNDECIDED,
     "own-injection"},
    {"a customer's server of the reporter invents our line",
     {{OUTER_OAK},
      {"from vps9.oak.example (vps9.oak.example [203.0.113.9]) " BY_OAK DATE("10:00:12"),
       FROM_US_BY("vps9.oak.example")},
      NULL,
      NULL,
      false},
     PLAIN,
     UNDECIDED,
     "own-injection"},
    {"the reporter returned nothing but the sender's lines",
     {{OUTER_OAK}, {FROM_US_BY("relay.elm.example"), SUBMISSION}, NULL, NULL, false},
     PLAIN,
     UNDECIDED,
     "own-injection"},
    {"... not even ours", {{OUTER_OAK}, {SUBMISSION}, NULL, NULL, false}, PLAIN, UNDECIDED, NULL},

    {"a bot writes in our host's name",
     {{"from post.willow.example (dsl-3.isp.example [203.0.113.3]) by post.willow.example "
       "(Postfix) "
       "with ESMTP id 4F2AB1C2D3" DATE("10:00:20"),
       OUTER_OWN},
      {SUBMISSION},
      "post.willow.example",
      "post.willow.example",
      false},
     PLAIN,
     FAKE,
     "own-name-stolen"},
    {"... by our address",
     {{"from [198.51.100.16] (dsl-3.isp.example [203.0.113.3]) by post.willow.example (Postfix) "
       "with ESMTP id 4F2AB1C2D3" DATE("10:00:20")},
      {SUBMISSION},
      "[198.51.100.16]",
      "[198.51.100.16]",
      false},
     PLAIN,
     FAKE,
     "own-name-stolen"},
    {"a bot writes in a reporter's name, with a link",
     {{OUTER_BOT}, {FROM_US, SUBMISSION}, NULL, NULL, false},
     LINK,
     FAKE,
     "reporter-doubtful"},
    {"... without one",
     {{OUTER_BOT}, {FROM_US, SUBMISSION}, NULL, NULL, false},
     PLAIN,
     UNDECIDED,
     "own-injection"},
    {"... which leaves by a service of another name",
     {{"from out.post.example (out.post.example [192.0.2.200]) by post.willow.example (Postfix) "
       "with ESMTPS id 4F2AB1C2D3" DATE("10:00:20")},
      {FROM_US, SUBMISSION},
      NULL,
      NULL,
      false},
     LINK,
     UNDECIDED,
     "own-injection"},
    {"... and whose link wears our domain",
     {{"from out.post.example (out.post.example [192.0.2.200]) by post.willow.example (Postfix) "
       "with ESMTPS id 4F2AB1C2D3" DATE("10:00:20")},
      {FROM_US, SUBMISSION},
      NULL,
      NULL,
      false},
     LINK_US,
     UNDECIDED,
     "bait"},
    {"dressed as a bounce, and says nothing but a link",
     {{OUTER_BOT}, {NULL}, NULL, NULL, false},
     EMPTY | LINK,
     FAKE,
     "no-report"},
    {"dressed as a bounce, and says nothing at all",
     {{OUTER_BOT}, {NULL}, NULL, NULL, false},
     EMPTY,
     UNDECIDED,
     NULL},
    {"a customer logs in at the reporter's and sends a bounce",
     {{"from out.oak.example (out.oak.example [192.0.2.11]) by post.willow.example (Postfix) with "
       "ESMTPS id 4F2AB1C2D3" DATE("10:00:20"),
       "from pc (dsl-3.isp.example [203.0.113.3]) by out.oak.example (Postfix) with ESMTPSA id "
       "4F2AB1C2D4" DATE("10:00:19")},
      {FROM_US},
      NULL,
      NULL,
      false},
     PLAIN,
     UNDECIDED,
     "own-injection"},
    {"no notice but a bounce can be fake",
     {{OUTER_BOT}, {NULL}, NULL, NULL, false},
     AUTO_REPLY | LINK | EMPTY,
     UNDECIDED,
     NULL},
};

static Bounce *bounce_of(const Case *c)
{
    Bounce *bounce = bounce_new();

    bounce->kind = c->flags & AUTO_REPLY ? KIND_AUTO_REPLY : KIND_FAILURE;
    bounce->reporting_mta = g_strdup(c->s.mta ? c->s.mta : "mx.oak.example");
    bounce->from_domain = g_strdup(c->s.from ? c->s.from : "mx.oak.example");
    bounce->from = g_strdup_printf("mailer-daemon@%s", bounce->from_domain);
    bounce->returned.date = 1776160809;
    bounce->returned.message_id = g_strdup("1@pc");
    if (!(c->flags & EMPTY)) {
        bounce->has_report = bounce->has_diagnostic = true;
        bounce->returned.where = RETURNED_RFC822;
        Recipient *recipient = recipient_new();
        recipient->final = g_strdup("carl@oak.example");
        g_ptr_array_add(bounce->recipients, recipient);
    }
    if (c->flags & LINK) {
        g_ptr_array_add(bounce->links, g_strdup("login.thief.example"));
        g_ptr_array_add(bounce->lures, g_strdup("login.thief.example"));
    }
    if (c->flags & LINK_US)
        g_ptr_array_add(bounce->links, g_strdup("willow.example.thief.example"));
    return bounce;
}

static Verdict *judge(const Case *c, const Scenario *s)
{
    g_autoptr(Identity) identity = c->flags & NOBODY ? identity_new() : scenario_identity();
    g_autoptr(Bounce) bounce = bounce_of(c);
    g_autoptr(Trace) trace = NULL;
    StoreFacts facts = {.asked = true,
                        .sent_here = TRI_UNKNOWN,
                        .replies_to_known = TRI_UNKNOWN,
                        .known_correspondent = TRI_UNKNOWN,
                        .sent_kept = true};
    bool asked = c->flags & (SENT | NOT_SENT);

    if (c->flags & INCOMPLETE)
        identity->complete = false;
    identity->sent_complete = asked;
    facts.sent_here = c->flags & SENT ? TRI_YES : TRI_NO;
    trace = scenario_walk(s, identity);
    return verdict_judge(bounce, trace, identity, asked ? &facts : NULL, NULL);
}

static bool has_rule(const Verdict *verdict, const char *rule)
{
    for (guint i = 0; i < verdict->evidence->len; i++)
        if (strcmp(((const Evidence *)verdict->evidence->pdata[i])->rule, rule) == 0)
            return true;
    return false;
}

static void test_cases(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Case *c = &cases[i];
        g_autoptr(Verdict) verdict = judge(c, &c->s);

        g_test_message("%s: %s, %s", c->name, verdict_name(verdict->value), verdict->summary);
        for (guint k = 0; k < verdict->evidence->len; k++) {
            const Evidence *e = verdict->evidence->pdata[k];

            g_test_message("  %s for %s, %s: %s", e->rule, evidence_for_name(e->for_),
                           strength_name(e->strength), e->text);
        }
        if (c->want == VERDICT_COUNT) /* two answers are right, one is not */
            g_assert_cmpint(verdict->value, !=, VERDICT_GENUINE);
        else
            g_assert_cmpint(verdict->value, ==, c->want);
        if (c->rule)
            g_assert_true(has_rule(verdict, c->rule));
        g_assert_cmpuint(verdict->tried->len, >=, 20);
        for (guint k = 0; k < verdict->tried->len; k++)
            g_assert_nonnull(g_array_index(verdict->tried, RuleTried, k).text);
    }
}

static const char *const forgeries[] = {
    FROM_US,
    SUBMISSION,
    FROM_US_BY("pc"),
    FROM_US_BY("vps7.cloud.example"),
    FROM_US_BY("dsl-3.isp.example"),
    FROM_US_BY("mx.oak.example"),
    FROM_US_BY("localhost"),
    "from localhost (localhost [127.0.0.1]) by mx.oak.example (Postfix) with ESMTP id "
    "1A2BC3D4E7" DATE("10:00:05"),
    "(qmail 4979 invoked by uid 1000)" DATE("10:00:03"),
    "from fwd.club.example (fwd.club.example [192.0.2.77]) by mx.oak.example (Postfix) with ESMTP "
    "id 1A2BC3D4E9" DATE("10:00:02"),
    "by post.willow.example (Postfix, from userid 1000) id 0ABCDEF124" DATE("10:00:01"),
};

/* A stranger may win doubt by what he writes below his own line, and nothing else. */
static void test_never_genuine(void)
{
    static const char *const tops[] = {FROM_BOT, FROM_SERVER};
    GRand *random = g_rand_new_with_seed(4711);

    for (int round = 0; round < 1500; round++) {
        Case c = {"",
                  {{OUTER_OAK}, {NULL}, NULL, NULL, round % 5 == 0},
                  round & INCOMPLETE,
                  UNDECIDED,
                  NULL};
        gsize end = (gsize)g_rand_int_range(random, 1, MAX_LINES);
        g_autoptr(Verdict) verdict = NULL;

        c.s.returned[0] = tops[round / 2 % 2];
        for (gsize n = 1; n < end; n++)
            c.s.returned[n] = forgeries[g_rand_int_range(random, 0, G_N_ELEMENTS(forgeries))];
        verdict = judge(&c, &c.s);
        g_assert_cmpint(verdict->value, !=, VERDICT_GENUINE);
        g_assert_cmpint(verdict->value, !=, VERDICT_FAKE);
    }
    g_rand_free(random);
}

/* What our server handed to an honest reporter is never called backscatter or fake, whatever stands
 * below our own lines. */
static void test_never_lost(void)
{
    GRand *random = g_rand_new_with_seed(815);

    for (int round = 0; round < 1500; round++) {
        Case c = {"",
                  {{OUTER_OAK}, {FROM_US}, NULL, NULL, round % 5 == 0},
                  (round & INCOMPLETE) | (round % 7 ? 0 : LINK),
                  UNDECIDED,
                  NULL};
        gsize end = (gsize)g_rand_int_range(random, 1, MAX_LINES);
        g_autoptr(Verdict) verdict = NULL;

        if (round % 3 == 0)
            c.s.outer[0] = OUTER_OAK_NAMELESS;
        for (gsize n = 1; n < end; n++)
            c.s.returned[n] = forgeries[g_rand_int_range(random, 0, G_N_ELEMENTS(forgeries))];
        verdict = judge(&c, &c.s);
        g_assert_cmpint(verdict->value, !=, VERDICT_BACKSCATTER);
        g_assert_cmpint(verdict->value, !=, VERDICT_FAKE);
    }
    g_rand_free(random);
}

static void test_batv(void)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    const gint64 when = 1776160820; /* day 20557 */
    char tag[11], other[11];
    g_autofree char *good = NULL, *swapped = NULL, *plus = NULL, *wrong = NULL, *foreign = NULL;

    g_ptr_array_add(keys, (gpointer) "1:secret");
    batv_tag("mira@willow.example", "secret", '1', 564, tag);
    batv_tag("mira@willow.example", "guess", '1', 564, other);
    good = g_strdup_printf("prvs=%s=mira@willow.example", tag);
    swapped = g_strdup_printf("prvs=mira=%s@willow.example", tag);
    plus = g_strdup_printf("mira+prvs=%s@willow.example", tag);
    wrong = g_strdup_printf("prvs=%s=mira@willow.example", other);
    foreign = g_strdup_printf("prvs=2%s=mira@willow.example", tag + 1);
    g_assert_cmpint(batv_check(good, keys, when), ==, BATV_VERIFIED);
    g_assert_cmpint(batv_check(swapped, keys, when), ==, BATV_VERIFIED);
    g_assert_cmpint(batv_check(plus, keys, when), ==, BATV_VERIFIED);
    g_assert_cmpint(batv_check(wrong, keys, when), ==, BATV_WRONG);
    g_assert_cmpint(batv_check(foreign, keys, when), ==, BATV_TAGGED);
    g_assert_cmpint(batv_check(good, keys, when + 200 * 86400), ==, BATV_OLD);
    g_assert_cmpint(batv_check("mira@willow.example", keys, when), ==, BATV_PLAIN);
    g_assert_cmpint(batv_check("prvs=123=mira@willow.example", keys, when), ==, BATV_PLAIN);
    g_assert_cmpint(batv_check("", keys, when), ==, BATV_PLAIN);
    g_assert_cmpint(batv_check(NULL, keys, when), ==, BATV_PLAIN);
}

/* A bounce to a tagged return path of ours answers our mail. */
static void test_signed(void)
{
    g_autoptr(Identity) identity = scenario_identity();
    g_autoptr(Bounce) bounce = bounce_new();
    g_autoptr(Trace) trace = NULL;
    g_autoptr(Verdict) verdict = NULL;
    g_autofree char *line = NULL;
    char tag[11];
    Scenario s = {{NULL}, {NULL}, NULL, NULL, false};

    g_ptr_array_add(identity->batv_keys, g_strdup("1:secret"));
    batv_tag("mira@willow.example", "secret", '1', 564, tag);
    line = g_strdup_printf("from mx.oak.example (mx.oak.example [192.0.2.10]) by "
                           "post.willow.example (Postfix) with ESMTPS id 4F2AB1C2D3 for "
                           "<prvs=%s=mira@willow.example>" DATE("10:00:20"),
                           tag);
    s.outer[0] = line;
    bounce->kind = KIND_FAILURE;
    bounce->has_report = true;
    trace = scenario_walk(&s, identity);
    verdict = verdict_judge(bounce, trace, identity, NULL, NULL);
    g_assert_true(has_rule(verdict, "signed-return-path"));
    g_assert_cmpint(verdict->value, ==, VERDICT_GENUINE);
}

static void test_names(void)
{
    for (int i = VERDICT_GENUINE; i < VERDICT_COUNT; i++)
        g_assert_cmpint(verdict_from_name(verdict_name((VerdictValue)i)), ==, i);
    g_assert_cmpint(verdict_from_name("nonsense"), ==, -1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/verdict/cases", test_cases);
    g_test_add_func("/verdict/never-genuine", test_never_genuine);
    g_test_add_func("/verdict/never-lost", test_never_lost);
    g_test_add_func("/verdict/batv", test_batv);
    g_test_add_func("/verdict/signed", test_signed);
    g_test_add_func("/verdict/names", test_names);
    return g_test_run();
}
