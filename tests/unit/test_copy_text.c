/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is copied of a case is pasted into shells: one line, in which a shell finds nothing to do.
 */
#include "model/copy_text.h"

#include <string.h>

/* What mail may say, to harm whoever pastes it. */
static const char *const hostile[] = {
    "$(touch x)@remote.example",
    "`touch x`",
    "a; touch x",
    "a && touch x",
    "a\ntouch x\n",
    "a\rtouch x",
    "\033]52;c;eA==\a",
    "\"a\" | sh",
    "'; touch x; '@a.example",
    "<x@a.example>",
    "a > b",
    "!!",
    "\xe2\x80\xae evil \xe2\x80\xac",
    "~root",
    "*",
    "a\\\ntouch x",
    "# a",
    "\xff\xfe@a.example",
    "%ip",
    "{a,b}",
};

static bool is_quiet_line(const char *text)
{
    for (const char *p = text; *p; p++)
        if ((guchar)*p < 0x20 || *p == 0x7f || strchr("$`;&|<>(){}[]\\\"'!*?~#^", *p))
            return false;
    return g_utf8_validate(text, -1, NULL) && *text != '-' && !strstr(text, "\xe2\x80\xae");
}

static Row row_of(const char *text)
{
    return (Row){.id = (char *)text,
                 .recipient = (char *)text,
                 .reporter = (char *)text,
                 .abused = (char *)text,
                 .verdict = VERDICT_BACKSCATTER,
                 .kind = KIND_FAILURE,
                 .reason = REASON_SPAM,
                 .timestamp = 1762164000};
}

static void test_case(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(hostile); i++) {
        const Row row = row_of(hostile[i]);
        g_autofree char *text = copy_case(&row);
        g_test_message("%s", text);
        g_assert_true(is_quiet_line(text));
        g_assert_true(g_str_has_prefix(text, "backscatter, failed "));
    }
}

/* An id is copied as it is, in the shell's own quotes; what no line can show is not copied. */
static void test_id(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(hostile); i++) {
        const Row row = row_of(hostile[i]);
        g_autofree char *text = copy_id(&row);
        g_auto(GStrv) words = NULL;
        int count;
        if (!text)
            continue;
        g_assert_null(strpbrk(text, "\n\r\033"));
        g_assert_true(g_shell_parse_argv(text, &count, &words, NULL));
        g_assert_cmpint(count, ==, 1);
        g_assert_true(g_str_has_prefix(words[0], "id:"));
        g_assert_nonnull(strstr(words[0], hostile[i][0] == '"' ? "a" : hostile[i]));
    }
    Row row = row_of("b1@mx.remote.example");
    g_autofree char *plain = copy_id(&row);
    g_assert_cmpstr(plain, ==, "id:b1@mx.remote.example");
    row.id = (char *)"a\033b";
    g_assert_null(copy_id(&row));
    row.id = NULL;
    g_assert_null(copy_id(&row));
}

static void test_address(void)
{
    Row row = row_of("x");
    g_assert_null(copy_address(&row));
    row.injection = (Ip){.family = 4, .bytes = {198, 51, 100, 77}};
    g_autofree char *text = copy_address(&row);
    g_assert_cmpstr(text, ==, "198.51.100.77");
}

static void test_whole(void)
{
    Row row = row_of("b1@mx.remote.example");
    row.injection = (Ip){.family = 4, .bytes = {198, 51, 100, 77}};
    row.reporter = (char *)"mx.remote.example";
    row.recipient = (char *)"user1@remote.example";
    row.abused = (char *)"me@own.example";
    g_autofree char *text = copy_case(&row);
    g_assert_cmpstr(text, ==,
                    "backscatter, failed user1@remote.example, spam, sent from 198.51.100.77, in "
                    "the name of me@own.example, reported by mx.remote.example, "
                    "2025-11-03T10:00:00Z, id:b1@mx.remote.example");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/copy/case", test_case);
    g_test_add_func("/copy/id", test_id);
    g_test_add_func("/copy/address", test_address);
    g_test_add_func("/copy/whole", test_whole);
    return g_test_run();
}
