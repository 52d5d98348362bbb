/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that the query language is notmuch's with own terms, and that nothing in it means
 * something else than it says: what goes to notmuch, what is decided here, and what is refused. */
#include <string.h>

#include "reading/query_match.h"
#include "reading/query_store.h"

static void test_store(void)
{
    static const struct {
        const char *query, *store;
        guint parts;
        bool own;
    } samples[] = {
        {"", "*", 0, false},
        {"*", "*", 0, false},
        {"tag:inbox and from:x", "tag:inbox and from:x", 0, false},
        {"(tag:a or tag:b) not tag:c", "(tag:a or tag:b) not tag:c", 0, false},
        {"subject:\"a (b\" near c", "subject:\"a (b\" near c", 0, false},
        {"ip:192.0.2.0/24", "*", 0, true},
        {"tag:inbox ip:192.0.2.1", "((tag:inbox))", 0, true},
        {"tag:a tag:b ip:192.0.2.1 tag:c", "((tag:a tag:b) and (tag:c))", 0, true},
        {"tag:a or verdict:fake", "*", 1, true},
        {"tag:x and (tag:a or verdict:fake)", "((tag:x))", 1, true},
        {"tag:x and (tag:a and (tag:b or kind:delay))", "((tag:x) and ((tag:a)))", 1, true},
        {"not verdict:fake", "*", 0, true},
        {"not (tag:a or verdict:fake)", "*", 1, true},
        {"-verdict:fake +tag:a", "((tag:a))", 0, true},
        {"subject:(a b) reason:virus", "((subject:(a b)))", 0, true},
        {"verdict:fake or verdict:genuine", "*", 0, true},
        {"* and verdict:fake", "*", 0, true},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Query) query = query_parse(samples[i].query, NULL, &error);
        g_assert_no_error(error);
        g_autofree char *text = query_for_store(query);
        g_autoptr(GPtrArray) parts = query_parts(query);
        g_assert_cmpstr(text, ==, samples[i].store);
        g_assert_cmpuint(parts->len, ==, samples[i].parts);
        g_assert_true(query_has_own(query) == samples[i].own);
    }
}

static void test_refused(void)
{
    static const struct {
        const char *query, *why;
    } samples[] = {
        {"not tga:keep", "did you mean \"tag:\""},
        {"vredict:fake", "did you mean \"verdict:\""},
        {"Tag:keep", "is no prefix"},
        {"zzzzzzzz:x", "between quotation marks"},
        {"tag:", "needs a value"},
        {"ip:", "needs a value"},
        {"from:\"\"", "needs a value"},
        {"verdict:wrong", "genuine, backscatter, fake, undecided"},
        {"kind:none-such", "failure, delay"},
        {"reason:unknown", "user-unknown"},
        {"ip:mail.example", "neither an address nor a network"},
        {"(tag:a", "not closed"},
        {"tag:a)", "not opened"},
        {"\"tag:a", "quotation mark"},
        {"tag:a and", "ends where"},
        {"and tag:a", "stands where"},
        {"()", "stands where"},
        {"tag:a or or tag:b", "stands where"},
        {"tag:a near ip:192.0.2.1", "words of notmuch only"},
        {"ip:192.0.2.1 xor tag:a", "words of notmuch only"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(query_parse(samples[i].query, NULL, &error));
        g_test_message("%s", error->message);
        g_assert_nonnull(strstr(error->message, samples[i].why));
        g_assert_nonnull(strstr(error->message, samples[i].query));
    }
}

static void test_prefixes(void)
{
    static const char *const prefixes[] = {"List", NULL};
    static const char *const good[] = {"List:x",  "folder:\"\"", "path:\"\"",    "\"tga:keep\"",
                                       "mid:/x/", "query:mine",  "property:a=b", "date:..today"};
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        g_autoptr(Query) query = query_parse(good[i], prefixes, NULL);
        g_assert_nonnull(query);
    }
    g_assert_null(query_parse("List:x", NULL, NULL));
}

static void test_deep(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 100000; i++)
        g_string_append_c(text, '(');
    g_assert_null(query_parse(text->str, NULL, NULL));
    g_string_truncate(text, 0);
    for (int i = 0; i < 100000; i++)
        g_string_append(text, "not ");
    g_assert_null(query_parse(text->str, NULL, NULL));
}

static bool has(guint part, const char *id, gpointer data)
{
    (void)data;
    return part == 0 && strcmp(id, "one") == 0;
}

static void test_match(void)
{
    static const struct {
        const char *query;
        bool one, two;
    } samples[] = {
        {"*", true, true},
        {"ip:192.0.2.0/24", true, false},
        {"ip:192.0.2.7", true, false},
        {"ip:192.0.2.8", false, false},
        {"not ip:192.0.2.7", false, true},
        {"verdict:fake", false, true},
        {"verdict:FAKE", false, true},
        {"kind:delay or verdict:fake", false, true},
        {"reason:virus", true, false},
        {"reporter:larch.example", true, true},
        {"reporter:mx.larch.example", true, false},
        {"reporter:arch.example", false, false},
        {"recipient:anna@", true, false},
        {"about:\"cheap pills\"", true, false},
        {"about:pills", true, false},
        {"campaign:192.0.2.7", true, false},
        {"tag:x or verdict:fake", true, true},
        {"not (tag:x or verdict:fake)", false, false},
        {"tag:x ip:192.0.2.7", true, false}, /* the store has seen to tag:x */
        {"(tag:x or verdict:fake) and kind:failure", true, true},
    };
    Row one = {.id = (char *)"one",
               .verdict = VERDICT_BACKSCATTER,
               .kind = KIND_FAILURE,
               .recipient = (char *)"Anna@larch.example",
               .reason = REASON_VIRUS,
               .reporter = (char *)"mx.larch.example",
               .returned_subject = (char *)"CHEAP pills",
               .campaign = (char *)"192.0.2.7"};
    Row two = {.id = (char *)"two",
               .verdict = VERDICT_FAKE,
               .kind = KIND_FAILURE,
               .reporter_domain = (char *)"larch.example",
               .campaign = (char *)"none"};
    g_assert_true(ip_parse(span_of("192.0.2.7"), &one.injection));
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_autoptr(Query) query = query_parse(samples[i].query, NULL, NULL);
        g_test_message("%s", samples[i].query);
        g_assert_true(query_match(query, &one, has, NULL) == samples[i].one);
        g_assert_true(query_match(query, &two, has, NULL) == samples[i].two);
    }
}

static void test_asks(void)
{
    static const struct {
        const char *query;
        bool asks;
    } samples[] = {
        {"tag:deleted", true},
        {"not tag:deleted", false},
        {"-tag:deleted ip:192.0.2.1", false},
        {"ip:192.0.2.1 tag:deleted", true},
        {"tag:deletedx", false},
        {"not (ip:192.0.2.1 or tag:deleted)", false},
        {"tag:\"deleted\"", true},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_autoptr(Query) query = query_parse(samples[i].query, NULL, NULL);
        g_test_message("%s", samples[i].query);
        g_assert_true(query_asks_for(query, "tag:", "deleted") == samples[i].asks);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/query/store", test_store);
    g_test_add_func("/query/refused", test_refused);
    g_test_add_func("/query/prefixes", test_prefixes);
    g_test_add_func("/query/deep", test_deep);
    g_test_add_func("/query/match", test_match);
    g_test_add_func("/query/asks", test_asks);
    return g_test_run();
}
