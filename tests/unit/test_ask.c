/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each kind of question is asked where its answers settle a case, in both directions, and not again
 * once it is answered; no enemy makes one by what he writes; and where nothing is asked, it is said
 * why. */
#include "question/answer.h"
#include "verdict/question.h"
#include "wish.h"

#define FORWARDED                                                                                  \
    SERVER RECEIVED("from post.willow.example (post.willow.example [198.51.100.16]) by "           \
                    "vps7.cloud.example (Postfix) with ESMTPS id 1A2BC3D4E6" DATE("10:00:09"))
#define NAMELESS RECEIVED(OUTER_OAK_NAMELESS)

/* "KEY=VALUE" of [identity], as answers write it. */
static void take(Identity *identity, const char *entry)
{
    g_auto(GStrv) parts = g_strsplit(entry, "=", 2);
    const struct {
        const char *key;
        GArray *networks;
        GPtrArray *texts;
        bool *on, *denied;
    } keys[] = {
        {"networks", identity->networks, NULL, NULL, NULL},
        {"known_logins", identity->known_logins, NULL, NULL, NULL},
        {"not_own", NULL, identity->not_own, NULL, NULL},
        {"forwarders", NULL, identity->forwarders, NULL, NULL},
        {"accounts", NULL, identity->accounts, NULL, NULL},
        {"complete", NULL, NULL, &identity->complete, &identity->complete_denied},
        {"sent_complete", NULL, NULL, &identity->sent_complete, &identity->sent_complete_denied},
        {"dkim_always", NULL, NULL, &identity->dkim_always, &identity->dkim_always_denied},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (strcmp(keys[i].key, parts[0]) != 0)
            continue;
        if (keys[i].networks)
            wish_network(keys[i].networks, parts[1]);
        else if (keys[i].texts)
            g_ptr_array_add(keys[i].texts, g_strdup(parts[1]));
        else
            *(strcmp(parts[1], "true") == 0 ? keys[i].on : keys[i].denied) = true;
        return;
    }
    g_assert_not_reached();
}

static bool asks(const Judgement *judgement, const char *question)
{
    for (guint i = 0; i < judgement->verdict->questions->len; i++)
        if (strcmp(judgement->verdict->questions->pdata[i], question) == 0)
            return true;
    return false;
}

/* The sent mail knows nothing of it. */
static Judgement *judge(const Mail *mail, const Identity *identity, bool kept)
{
    const StoreFacts facts = {.asked = true,
                              .sent_here = TRI_NO,
                              .replies_to_known = TRI_UNKNOWN,
                              .known_correspondent = TRI_UNKNOWN,
                              .sent_kept = kept};
    return mail_judge(mail, identity, &facts, NULL);
}

typedef struct Asked {
    const char *question;
    int wishes;
    Mail mail;
    VerdictValue before, yes, no;
} Asked;

static const Asked kinds[] = {
    {"is-own:203.0.113.77",
     WISH_INCOMPLETE,
     {.returned = SERVER},
     VERDICT_UNDECIDED,
     VERDICT_GENUINE,
     VERDICT_BACKSCATTER},
    {"forwarder:vps7.cloud.example",
     0,
     {.returned = FORWARDED},
     VERDICT_UNDECIDED,
     VERDICT_GENUINE,
     VERDICT_UNDECIDED},
    {"account:club.onmicrosoft.com",
     WISH_INCOMPLETE,
     {.returned = OUTLOOK "X-OriginatorOrg: club.onmicrosoft.com\n"},
     VERDICT_UNDECIDED,
     VERDICT_UNDECIDED,
     VERDICT_BACKSCATTER},
    {"login:203.0.113.9",
     0,
     {.returned = LOGGED_IN("mira@willow.example", "unknown [203.0.113.9]")},
     VERDICT_UNDECIDED,
     VERDICT_UNDECIDED,
     VERDICT_UNDECIDED},
    {"complete",
     WISH_INCOMPLETE,
     {.returned = BOT},
     VERDICT_UNDECIDED,
     VERDICT_BACKSCATTER,
     VERDICT_UNDECIDED},
    {"sent-complete",
     WISH_INCOMPLETE,
     {.returned = SERVER},
     VERDICT_UNDECIDED,
     VERDICT_BACKSCATTER,
     VERDICT_UNDECIDED},
    {"signs-all",
     WISH_INCOMPLETE,
     {.returned = SERVER},
     VERDICT_UNDECIDED,
     VERDICT_BACKSCATTER,
     VERDICT_UNDECIDED},
};

static void check_answer(const Asked *c, bool yes)
{
    g_autoptr(Identity) identity = wish_identity(c->wishes);
    g_autoptr(Judgement) before = judge(&c->mail, identity, true);
    g_autoptr(Answered) answered = answer_entries(c->question, yes);
    g_assert_nonnull(answered);
    mail_tell(c->question, before);
    g_assert_true(asks(before, c->question));
    g_assert_null(before->verdict->unsettled);
    g_assert_cmpint(before->verdict->value, ==, c->before);
    for (char **entry = answered->add; *entry; entry++)
        take(identity, *entry);
    g_autoptr(Judgement) after = judge(&c->mail, identity, true);
    mail_tell(yes ? "yes" : "no", after);
    g_assert_false(asks(after, c->question));
    g_assert_cmpint(after->verdict->value, ==, yes ? c->yes : c->no);
}

static void test_directions(void)
{
    bool seen[QUESTION_COUNT] = {false};
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        QuestionKind kind;
        const char *subject;
        g_assert_true(question_parse(kinds[i].question, &kind, &subject));
        seen[kind] = true;
        check_answer(&kinds[i], true);
        check_answer(&kinds[i], false);
    }
    for (int i = 0; i < QUESTION_COUNT; i++)
        g_assert_true(seen[i]);
}

/* A login that was ours silences the warning; one that was not leaves it, says so, and is not
 * asked again. */
static void test_login(void)
{
    for (int yes = 0; yes < 2; yes++) {
        g_autoptr(Identity) identity = wish_identity(0);
        const Mail mail = {.returned = LOGGED_IN("mira@willow.example", "unknown [203.0.113.9]")};
        g_autoptr(Answered) answered = answer_entries("login:203.0.113.9", yes);
        take(identity, answered->add[0]);
        g_autoptr(Judgement) after = judge(&mail, identity, true);
        g_assert_cmpint(after->verdict->warning, ==, yes ? WARNING_NONE : WARNING_STOLEN_ACCOUNT);
        g_assert_cmpint(after->verdict->login_denied, ==, !yes);
        g_assert_cmpstr(after->verdict->warning_text, ==,
                        yes ? NULL
                            : "not you: somebody sends through your account from 203.0.113.9: "
                              "change the password of mira@willow.example, end its sessions");
    }
}

/* Nobody who can be believed stands for what these say: no question names any of it. */
static void test_enemies(void)
{
    static const struct {
        const char *name;
        Mail mail;
    } enemies[] = {
        {"a reporter that is not vouched for", {.outer = NAMELESS, .returned = SERVER}},
        {"... that shows a forwarder", {.outer = NAMELESS, .returned = FORWARDED}},
        {"... that names an account",
         {.outer = NAMELESS, .returned = OUTLOOK "X-OriginatorOrg: club.onmicrosoft.com\n"}},
        {"... that shows a login",
         {.outer = NAMELESS,
          .returned = LOGGED_IN("mira@willow.example", "unknown [203.0.113.9]")}},
        {"a field that the sender writes", {.returned = "X-Originating-IP: [203.0.113.77]\n"}},
        {"a greeting with an address and a name",
         {.returned = RECEIVED(
              "from [203.0.113.77] (dsl-3.isp.example [203.0.113.3]) " BY_OAK DATE("10:00:10"))}},
        {"a home connection", {.returned = BOT}},
        {"a transcript that names an address",
         {.returned = "", .diagnostic = "550 5.7.1 client [203.0.113.77] blocked"}},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(enemies); i++) {
        g_autoptr(Identity) identity = wish_identity(WISH_INCOMPLETE);
        g_autoptr(Judgement) judgement = judge(&enemies[i].mail, identity, true);
        mail_tell(enemies[i].name, judgement);
        for (guint k = 0; k < judgement->verdict->questions->len; k++)
            g_assert_null(strchr(judgement->verdict->questions->pdata[k], ':'));
    }
}

/* Two organisations stand for what one that is not vouched for says. */
static void test_two(void)
{
    g_autoptr(Identity) identity = wish_identity(WISH_INCOMPLETE);
    const StoreFacts facts = {.asked = true,
                              .sent_here = TRI_NO,
                              .replies_to_known = TRI_UNKNOWN,
                              .known_correspondent = TRI_UNKNOWN,
                              .sent_kept = true};
    const Mail mail = {.outer = NAMELESS, .returned = SERVER};
    for (guint n = 1; n <= 2; n++) {
        const CaseCounts counts = {n, NULL, TIME_NONE, TIME_NONE, false, false, 0};
        g_autoptr(Judgement) judgement = mail_judge(&mail, identity, &facts, &counts);
        g_assert_cmpint(asks(judgement, "is-own:203.0.113.77"), ==, n == 2);
    }
}

/* A promise that settles nothing is not asked for; and where nothing is asked, it is said why. */
static void test_unsettled(void)
{
    static const struct {
        const char *why;
        int wishes;
        bool kept;
        Mail mail;
    } cases[] = {
        {"nothing says from where it came", 0, true, {.returned = "X-Mailer: x\n"}},
        {"had you kept what you send", 0, false, {.returned = "X-Mailer: x\n"}},
        {"nobody but its sender says from where it came",
         0,
         true,
         {.returned = "X-Originating-IP: [203.0.113.77]\n", .outer = NAMELESS}},
        {"your own server took it from a stranger",
         0,
         true,
         {.outer = RECEIVED(OUTER_OWN),
          .mta = "post.willow.example",
          .from = "MAILER-DAEMON@post.willow.example",
          .returned = RECEIVED("from pc (dsl-3.isp.example [203.0.113.3]) by post.willow.example "
                               "(Postfix) with ESMTP id 0ABCDEF123" DATE("10:00:01"))}},
        {"it speaks for you, and nothing else bears that out", 0, true, {.outer = NAMELESS}},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Identity) identity = wish_identity(cases[i].wishes);
        g_autoptr(Judgement) judgement = judge(&cases[i].mail, identity, cases[i].kept);
        const Verdict *verdict = judgement->verdict;
        mail_tell(cases[i].why, judgement);
        g_assert_cmpint(verdict->value, ==, VERDICT_UNDECIDED);
        g_assert_cmpuint(verdict->questions->len, ==, 0);
        g_assert_nonnull(verdict->unsettled);
        g_test_message("%s", verdict->unsettled);
        g_assert_nonnull(strstr(verdict->unsettled, cases[i].why));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ask/directions", test_directions);
    g_test_add_func("/ask/login", test_login);
    g_test_add_func("/ask/enemies", test_enemies);
    g_test_add_func("/ask/two", test_two);
    g_test_add_func("/ask/unsettled", test_unsettled);
    return g_test_run();
}
