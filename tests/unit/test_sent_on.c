/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Not yours" is no proof where the recipient's side may have carried our mail on: his forwarder,
 * the filter before his server, a list. What closes that is that we never sent it. That a letter
 * with the same id lies in the sent mail holds, and makes nothing genuine. */
#include "wish.h"

#define NEXT(from, host, id)                                                                       \
    RECEIVED("from " from " by " host " (Postfix) with ESMTPS id " id DATE("10:00:09"))
#define POST       "post.willow.example (post.willow.example [198.51.100.16])"
#define TO_OAK(by) RECEIVED("from " by " " BY_OAK DATE("10:00:10"))
#define ELM        "mx.elm.example (mx.elm.example [203.0.113.77])"
#define HOSTER     "relay4.hoster.example (relay4.hoster.example [203.0.113.77])"
#define TO_EXCHANGE(from)                                                                          \
    RECEIVED("from " from " by EX16.corp.oak.example (192.0.2.20) with Microsoft SMTP Server id "  \
             "15.1.2507.39 via Frontend Transport" DATE("10:00:10"))
#define GOOD "1A2BC3D4E6"
#define ODD  "5FFFF21C3F" /* no Postfix: its first five digits are more than a million */

enum { SENT_TO_KATE = 1 << 20 }; /* a letter with its id lies in Sent, to kate@elm.example */

typedef struct Sent {
    const char *name;
    int wishes;
    Mail mail;
    VerdictValue open, denied; /* before "203.0.113.77 is not yours", and after */
} Sent;

static const Sent cases[] = {
    /* the recipient's machines */
    {"her server forwards what is addressed to her there",
     0,
     {.addressee = "kate@elm.example", .returned = TO_OAK(ELM) NEXT(POST, "mx.elm.example", GOOD)},
     VERDICT_UNDECIDED,
     VERDICT_UNDECIDED},
    {"... with an id that its software does not make",
     0,
     {.addressee = "kate@elm.example", .returned = TO_OAK(ELM) NEXT(POST, "mx.elm.example", ODD)},
     VERDICT_UNDECIDED,
     VERDICT_UNDECIDED},
    {"... and takes off what shows us",
     0,
     {.addressee = "kate@elm.example", .returned = TO_OAK(ELM)},
     VERDICT_UNDECIDED,
     VERDICT_UNDECIDED},
    {"a forwarder that goes by its hoster's name",
     0,
     {.addressee = "kate@elm.example",
      .returned = TO_OAK(HOSTER) NEXT(POST, "relay4.hoster.example", GOOD)},
     VERDICT_UNDECIDED,
     VERDICT_UNDECIDED},
    {"a forwarder whose machines go by different names",
     WISH_INCOMPLETE,
     {.addressee = "kate@elm.example",
      .returned = TO_OAK(ELM) NEXT(POST, "mx.ash.example", GOOD)
          NEXT("pc (dsl-3.isp.example [203.0.113.3])", "post.willow.example", GOOD)},
     VERDICT_UNDECIDED,
     VERDICT_UNDECIDED},
    {"a filter before his server",
     0,
     {.returned = TO_EXCHANGE("eu-smtp-inbound-1.mimecast.com (203.0.113.77)") RECEIVED(
          "from " POST " by relay.mimecast.com with ESMTP id uk-mta-31-abc" DATE("10:00:09"))},
     VERDICT_UNDECIDED,
     VERDICT_UNDECIDED},
    {"a list that is not ours",
     0,
     {.addressee = "talk@lists.example",
      .returned = TO_OAK(
          "mail3.lists.example (mail3.lists.example [203.0.113.77])") "List-Id: "
                                                                      "<talk.lists.example>\n"},
     VERDICT_UNDECIDED,
     VERDICT_UNDECIDED},
    /* what no answer about the address closes, what we say of our mail does */
    {"all that we send is kept, and this is not",
     WISH_KEEPS,
     {.addressee = "kate@elm.example", .returned = TO_OAK(ELM) NEXT(POST, "mx.elm.example", GOOD)},
     VERDICT_UNDECIDED,
     VERDICT_BACKSCATTER},
    {"all that we send is signed, and this is not",
     WISH_SIGNS,
     {.addressee = "kate@elm.example", .returned = TO_OAK(ELM) NEXT(POST, "mx.elm.example", GOOD)},
     VERDICT_UNDECIDED,
     VERDICT_BACKSCATTER},
    /* strangers */
    {"a bot that greets as her server",
     0,
     {.addressee = "kate@elm.example",
      .returned = TO_OAK("mx.elm.example (dsl-3.isp.example [203.0.113.77])")},
     VERDICT_BACKSCATTER,
     VERDICT_BACKSCATTER},
    {"a server that nobody wrote to, and no line",
     0,
     {.returned = TO_OAK(ELM)},
     VERDICT_BACKSCATTER,
     VERDICT_BACKSCATTER},
    /* a letter with its id lies in Sent */
    {"a server that nobody wrote to, with the id of a letter",
     SENT_TO_KATE,
     {.returned = TO_OAK(ELM)},
     VERDICT_UNDECIDED,
     VERDICT_UNDECIDED},
    {"... and an odd queue id below",
     SENT_TO_KATE | WISH_INCOMPLETE,
     {.returned = TO_OAK(HOSTER) NEXT(POST, "relay4.hoster.example", ODD)},
     VERDICT_UNDECIDED,
     VERDICT_UNDECIDED},
    {"a bot with the id of a letter",
     SENT_TO_KATE,
     {.returned = BOT},
     VERDICT_UNDECIDED,
     VERDICT_UNDECIDED},
    {"... which three organisations saw",
     SENT_TO_KATE | WISH_COUNTS,
     {.returned = BOT},
     VERDICT_BACKSCATTER,
     VERDICT_BACKSCATTER},
    {"a server with the id of a letter that three organisations saw: a list of hers",
     SENT_TO_KATE | WISH_COUNTS,
     {.returned = TO_OAK(ELM)},
     VERDICT_UNDECIDED,
     VERDICT_UNDECIDED},
};

static Judgement *judge(const Sent *c, bool denied)
{
    g_autoptr(Identity) identity = wish_identity(c->wishes | (denied ? WISH_NOT_OWN : 0));
    const bool kate = c->wishes & SENT_TO_KATE, kept = c->wishes & WISH_KEEPS;
    const StoreFacts facts = {.asked = true,
                              .sent_here = kept ? TRI_NO : TRI_UNKNOWN,
                              .replies_to_known = TRI_UNKNOWN,
                              .known_correspondent = TRI_UNKNOWN,
                              .sent_kept = true,
                              .sent_to = kate ? (char *)(gsize) "kate@elm.example" : NULL,
                              .sent_misfit =
                                  kate ? (char *)(gsize) "a letter with this id is in Sent, but to "
                                                         "kate@elm.example, not to carl@oak.example"
                                       : NULL};
    const CaseCounts counts = {
        3, (char *)(gsize) "elm.example and 2 more", TIME_NONE, TIME_NONE, false, false, 0};
    return mail_judge(&c->mail, identity, &facts, c->wishes & WISH_COUNTS ? &counts : NULL);
}

static bool has_text(const Verdict *verdict, const char *text)
{
    for (guint i = 0; i < verdict->evidence->len; i++)
        if (strstr(((const Evidence *)verdict->evidence->pdata[i])->text, text))
            return true;
    return false;
}

static void test_cases(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        for (int denied = 0; denied < 2; denied++) {
            const Sent *c = &cases[i];
            g_autoptr(Judgement) judgement = judge(c, denied);
            const Verdict *verdict = judgement->verdict;
            mail_tell(c->name, judgement);
            g_assert_cmpint(verdict->value, ==, denied ? c->denied : c->open);
            for (guint q = 0; denied && q < verdict->questions->len; q++)
                g_assert_null(strstr(verdict->questions->pdata[q], "203.0.113.77"));
            g_assert_true(verdict->value != VERDICT_UNDECIDED || verdict->questions->len > 0 ||
                          verdict->unsettled);
            if (c->wishes & SENT_TO_KATE && verdict->value == VERDICT_UNDECIDED)
                g_assert_true(has_text(verdict, "you sent a letter with this id to kate@elm"));
        }
}

/* It is said what the store has, and that is no evidence. */
static void test_said(void)
{
    const Sent c = {"said", SENT_TO_KATE, {.returned = TO_OAK(ELM)}, 0, 0};
    g_autoptr(Judgement) judgement = judge(&c, false);
    g_assert_null(mail_evidence(judgement, "sent-here", FOR_GENUINE));
    for (guint i = 0; i < judgement->verdict->tried->len; i++) {
        const RuleTried *tried = &g_array_index(judgement->verdict->tried, RuleTried, i);
        if (strcmp(tried->rule, "sent-here") == 0) {
            g_assert_cmpstr(tried->text, ==,
                            "a letter with this id is in Sent, but to kate@elm.example, not to "
                            "carl@oak.example");
            return;
        }
    }
    g_assert_not_reached();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sent_on/cases", test_cases);
    g_test_add_func("/sent_on/said", test_said);
    return g_test_run();
}
