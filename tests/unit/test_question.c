/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions: an id is read back as it was made, asks in a sentence, and holds nothing that could
 * harm a configuration, a command line or a terminal. */
#include "verdict/question.h"

#include <string.h>

static void test_round(void)
{
    static const struct {
        QuestionKind kind;
        const char *subject, *id, *text;
    } cases[] = {
        {QUESTION_IS_OWN, "198.51.100.77", "is-own:198.51.100.77", "Is 198.51.100.77 yours?"},
        {QUESTION_IS_OWN, "2001:db8::1", "is-own:2001:db8::1", "Is 2001:db8::1 yours?"},
        {QUESTION_FORWARDER, "relay.oak.example", "forwarder:relay.oak.example",
         "Do you send by way of relay.oak.example: a forwarder, a list, a filter?"},
        {QUESTION_ACCOUNT, "club.onmicrosoft.com", "account:club.onmicrosoft.com",
         "Is the account club.onmicrosoft.com yours?"},
        {QUESTION_LOGIN, "203.0.113.9", "login:203.0.113.9",
         "Was it you who logged in from 203.0.113.9?"},
        {QUESTION_SENT_COMPLETE, NULL, "sent-complete", "Do you keep all you send in Sent?"},
        {QUESTION_SIGNS_ALL, NULL, "signs-all", "Do you sign all you send (DKIM)?"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *id = question_id(cases[i].kind, cases[i].subject);
        g_autofree char *text = question_text(id);
        QuestionKind kind = QUESTION_COUNT;
        const char *subject = "";
        g_assert_cmpstr(id, ==, cases[i].id);
        g_assert_cmpstr(text, ==, cases[i].text);
        g_assert_true(question_parse(id, &kind, &subject));
        g_assert_cmpint(kind, ==, cases[i].kind);
        g_assert_cmpstr(subject, ==, cases[i].subject);
    }
}

static void test_kinds(void)
{
    for (int i = 0; i < QUESTION_COUNT; i++) {
        const QuestionType *type = question_type((QuestionKind)i);
        g_assert_nonnull(type->name);
        g_assert_nonnull(type->yes_key);
        g_assert_cmpint(type->sentence[strlen(type->sentence) - 1], ==, '?');
        g_assert_true(type->subject == (strstr(type->sentence, "%s") != NULL));
        g_assert_true(type->subject == (strstr(type->yes_means, "%s") != NULL));
        g_assert_nonnull(type->no_key);
        g_assert_nonnull(type->no_means);
        if (type->no_means)
            g_assert_true(type->subject == (strstr(type->no_means, "%s") != NULL));
        for (int k = 0; k < i; k++)
            g_assert_cmpstr(type->name, !=, question_type((QuestionKind)k)->name);
    }
}

static void test_hostile(void)
{
    static const char *const subjects[] = {"",          "a b",     "a;b",  "a\nnetworks=0.0.0.0/0",
                                           "$(reboot)", "\033[2J", "a\"b", "b\303\274cher.example",
                                           "-rf",       "%s%n"};
    static const char *const ids[] = {
        "",          "is-own",    "is-own:", "is-own:a b", "sent-complete:x", "sent-completes",
        "unknown:x", "is-own:a;b"};
    QuestionKind kind;
    const char *subject;
    for (gsize i = 0; i < G_N_ELEMENTS(subjects); i++)
        g_assert_null(question_id(QUESTION_FORWARDER, subjects[i]));
    g_autofree char *most = g_strnfill(253, 'a'), *more = g_strnfill(254, 'a');
    g_autofree char *id = question_id(QUESTION_FORWARDER, most);
    g_assert_nonnull(id);
    g_assert_null(question_id(QUESTION_FORWARDER, more));
    g_assert_null(question_id(QUESTION_FORWARDER, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
        g_assert_false(question_parse(ids[i], &kind, &subject));
        g_assert_null(question_text(ids[i]));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/question/round", test_round);
    g_test_add_func("/question/kinds", test_kinds);
    g_test_add_func("/question/hostile", test_hostile);
    return g_test_run();
}
