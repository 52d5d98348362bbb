/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that no text, however long and however narrow the screen, keeps the interface in a loop:
 * what is more than can be held is dropped, and the line goes on from its beginning. */
#include "screen/doc.h"

static void test_limit(void)
{
    g_autofree char *words = g_strnfill(3000, 'x');
    for (int i = 7; i < 2990; i += 8)
        words[i] = ' ';
    for (int width = 1; width <= 9; width += 4) {
        g_autoptr(Doc) doc = doc_new(width, true);
        for (int i = 0; i < 2000 && !doc_is_full(doc); i++) {
            doc_wrap(doc, ROLE_NORMAL, words, i % 5);
            doc_end(doc);
        }
        int lines = doc_lines(doc);
        for (int i = 0; i < 300000; i++) {
            doc_put(doc, ROLE_NORMAL, "more");
            doc_end(doc);
        }
        g_assert_true(doc_is_full(doc));
        g_assert_cmpint(doc_column(doc), ==, 0);
        doc_wrap(doc, ROLE_NORMAL, words, 3);
        doc_text(doc, ROLE_NORMAL, "a\nb\n");
        g_assert_cmpint(doc_lines(doc), >=, lines);
    }
}

/* A wide character that no line can hold. */
static void test_narrow(void)
{
    g_autoptr(Doc) doc = doc_new(1, true);
    doc_wrap(doc, ROLE_NORMAL, "\346\274\242\345\255\227 x", 0);
    doc_end(doc);
    doc_text(doc, ROLE_NORMAL, "\346\274\242\345\255\227\nx\n");
    g_assert_cmpint(doc_lines(doc), <, 10);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/doc/limit", test_limit);
    g_test_add_func("/doc/narrow", test_narrow);
    return g_test_run();
}
