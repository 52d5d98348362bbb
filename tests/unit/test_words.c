/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said beside the verdict: questions, the warning, whose address was abused, and titles
 * that say no more than the evidence. */
#include "wish.h"

static bool asks(const Judgement *judgement, const char *id)
{
    for (guint i = 0; i < judgement->verdict->questions->len; i++)
        if (strcmp(judgement->verdict->questions->pdata[i], id) == 0)
            return true;
    return false;
}

static const struct {
    const char *name, *question; /* one that must be asked; with "!" in front, must not */
    int wishes;
    Mail mail;
} asked[] = {
    {"a stranger's server, and not all of ours are known",
     "is-own:203.0.113.77",
     WISH_INCOMPLETE,
     {.returned = SERVER}},
    {"... and the promise would settle it, too", "complete", WISH_INCOMPLETE, {.returned = SERVER}},
    {"... or the sent mail", "sent-complete", WISH_INCOMPLETE, {.returned = SERVER}},
    {"... or our signature", "signs-all", WISH_INCOMPLETE, {.returned = SERVER}},
    {"... but not by a bounce of anybody's",
     "!is-own:203.0.113.77",
     WISH_INCOMPLETE,
     {.outer = RECEIVED(OUTER_BOT), .returned = SERVER}},
    {"a home connection is not offered as ours",
     "!is-own:203.0.113.3",
     WISH_INCOMPLETE,
     {.returned = BOT}},
    {"what was answered is not asked again",
     "!is-own:203.0.113.77",
     WISH_INCOMPLETE | WISH_NOT_OWN,
     {.returned = SERVER}},
    {"what is decided asks nothing", "!sent-complete", 0, {0}},
    {"a tenant that may be ours",
     "account:other.onmicrosoft.com",
     WISH_CLOUD,
     {.returned = OUTLOOK "X-OriginatorOrg: other.onmicrosoft.com\n"}},
    {"who logged in as us",
     "login:203.0.113.3",
     0,
     {.returned = LOGGED_IN("mira@willow.example", "dsl-3.isp.example [203.0.113.3]")}},
    {"... from where we do",
     "!login:203.0.113.3",
     WISH_LOGIN,
     {.returned = LOGGED_IN("mira@willow.example", "dsl-3.isp.example [203.0.113.3]")}},
    {"... and the sent mail has it",
     "!login:203.0.113.3",
     WISH_SENT,
     {.returned = LOGGED_IN("mira@willow.example", "dsl-3.isp.example [203.0.113.3]")}},
    {"... says a bounce of anybody's",
     "!login:203.0.113.3",
     0,
     {.outer = RECEIVED(OUTER_BOT),
      .returned = LOGGED_IN("mira@willow.example", "dsl-3.isp.example [203.0.113.3]")}},
};

static void test_questions(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(asked); i++) {
        g_autoptr(Judgement) judgement = wish_judge(&asked[i].mail, asked[i].wishes);
        const char *id = asked[i].question;
        bool want = *id != '!';
        mail_tell(asked[i].name, judgement);
        g_assert_true(asks(judgement, want ? id : id + 1) == want);
        if (g_str_has_prefix(id, "login:"))
            g_assert_cmpint(judgement->verdict->warning, ==, WARNING_STOLEN_ACCOUNT);
        if (g_str_has_prefix(id, "!login:"))
            g_assert_cmpint(judgement->verdict->warning, ==, WARNING_NONE);
    }
}

static void test_abused(void)
{
    static const Mail ours = {.returned = SERVER};
    static const Mail fake = {.outer = RECEIVED(OUTER_BOT),
                              .mta = "post.willow.example",
                              .from = "MAILER-DAEMON@post.willow.example"};
    g_autoptr(Judgement) backscatter = wish_judge(&ours, 0), no_bounce = wish_judge(&fake, 0);
    g_assert_cmpstr(backscatter->verdict->abused, ==, "mira@willow.example");
    g_assert_cmpint(no_bounce->verdict->value, ==, VERDICT_FAKE);
    g_assert_null(no_bounce->verdict->abused);
}

/* A title says no more than the evidence: "most likely" without a proof; and what a client called
 * itself is never written as a name of the DNS. */
static void test_words(void)
{
    static const Mail likely = {.returned = SERVER};
    static const Mail said = {
        .returned = RECEIVED("from mail.elm.example ([203.0.113.77]) by mx.oak.example with "
                             "Microsoft SMTP Server id 1.2" DATE("10:00:10"))};
    g_autoptr(Judgement) guess = wish_judge(&likely, WISH_INCOMPLETE | WISH_KEEPS);
    g_autoptr(Judgement) proof = wish_judge(&likely, 0);
    g_autoptr(Judgement) hearsay = wish_judge(&said, 0);
    g_assert_cmpint(guess->verdict->value, ==, VERDICT_BACKSCATTER);
    g_assert_true(g_str_has_prefix(guess->verdict->summary, "most likely not yours: "));
    g_assert_cmpint(proof->verdict->value, ==, VERDICT_BACKSCATTER);
    g_assert_false(g_str_has_prefix(proof->verdict->summary, "most likely"));
    const Evidence *foreign = mail_evidence(hearsay, "foreign-injection", FOR_BACKSCATTER);
    g_assert_nonnull(foreign);
    g_assert_nonnull(strstr(foreign->text, "which called itself \"mail.elm.example\""));
    g_assert_null(strstr(foreign->text, "(mail.elm.example)"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/words/questions", test_questions);
    g_test_add_func("/words/abused", test_abused);
    g_test_add_func("/words/words", test_words);
    return g_test_run();
}
