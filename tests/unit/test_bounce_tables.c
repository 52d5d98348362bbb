/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of src/bounce hold what their readers rely on: phrases as text_fold writes them, long
 * enough to be found, headers with their colon, no row behind one that is always found first. */
#include <string.h>

#include "bounce/dialects.h"
#include "bounce/labels.h"
#include "bounce/phrases.h"
#include "bounce/reason.h"

static void check_phrase(const char *text)
{
    g_autofree char *folded = text_fold(span_of(text));
    g_autofree char *trimmed = g_strdup(text);
    /* a blank at either end says that a word begins or ends there; text_fold leaves none */
    g_assert_cmpstr(folded, ==, g_strstrip(trimmed));
    if (strlen(text) < PHRASE_MIN)
        g_test_message("too short: \"%s\"", text);
    g_assert_cmpuint(strlen(text), >=, PHRASE_MIN);
}

static void check_table(const Phrase *table)
{
    g_assert_nonnull(table[0].text);
    for (gsize i = 0; table[i].text; i++)
        check_phrase(table[i].text);
}

static void test_phrases(void)
{
    check_table(phrase_meanings);
    check_table(label_phrases);
    check_table(reason_plain_words);
    check_table(reason_other_words);
    check_table(reason_context_words);
}

static void test_dialects(void)
{
    for (gsize i = 0; dialects[i].format; i++) {
        const Dialect *one = &dialects[i];
        check_phrase(one->mark);
        if (one->place == IN_HEADER)
            g_assert_nonnull(strchr(one->mark, ':'));
        for (gsize k = 0; k < i; k++) {
            if (dialects[k].place != one->place || !strstr(one->mark, dialects[k].mark))
                continue;
            g_test_message("\"%s\" is always found before \"%s\"", dialects[k].mark, one->mark);
            g_test_fail();
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/bounce/tables/phrases", test_phrases);
    g_test_add_func("/bounce/tables/dialects", test_dialects);
    return g_test_run();
}
