/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of src/bounce hold what their readers rely on: phrases as text_fold writes them, long
 * enough to be found, headers with their colon, no row behind one that is always found first; words
 * of reasons as reason_text writes them. */
#include <string.h>

#include "bounce/away.h"
#include "bounce/dialects.h"
#include "bounce/reason_words.h"
#include "bounce/reporter_name.h"
#include "words/labels.h"
#include "words/phrases.h"
#include "words/reason_text.h"
#include "words/text.h"

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
    for (const PhraseList *list = phrase_meanings; list->texts; list++)
        for (const char *const *text = list->texts; *text; text++)
            check_phrase(*text);
    check_table(label_phrases);
    check_table(away_subjects);
    check_table(away_texts);
    check_table(reporter_words);
}

/* Whether @piece is in @text from the start of a word. */
static bool holds(const char *text, const char *piece)
{
    g_autofree char *whole = g_strconcat(text, " ", NULL);
    for (const char *p = whole; (p = strstr(p, piece)) != NULL; p++)
        if (phrase_begins_word(span_of(whole), (gsize)(p - whole)))
            return true;
    return false;
}

/* A row of @index that stands before @row, always counts, and is always found where @row is. */
static const Phrase *shadow(const PhraseIndex *index, guint row)
{
    const Phrase *one = phrase_row(index, row);
    for (guint i = 0; i < row; i++) {
        const Phrase *before = phrase_row(index, i);
        if (before->means <= REASON_MASK && holds(one->text, before->text))
            return before;
    }
    return NULL;
}

/* Written as the reply's words are, long enough, and each row can win. */
static void check_reasons(const PhraseList *lists, PhraseIndex **kept)
{
    const PhraseIndex *index = phrase_index_lists(lists, kept);
    for (guint row = 0; phrase_row(index, row)->text; row++) {
        const Phrase *one = phrase_row(index, row), *before = shadow(index, row);
        g_autofree char *words = reason_text(span_of(one->text));
        g_autofree char *wanted = g_strconcat(one->text, " ", NULL);
        g_assert_cmpstr(words, ==, g_str_has_suffix(one->text, " ") ? one->text : wanted);
        g_assert_cmpuint(strlen(one->text), >=, PHRASE_MIN);
        if (before) {
            g_test_message("\"%s\" never wins over \"%s\"", one->text, before->text);
            g_test_fail();
        }
    }
}

static void test_reasons(void)
{
    static PhraseIndex *kept[4];
    check_reasons(reason_first_words, &kept[0]);
    check_reasons(reason_next_words, &kept[1]);
    check_reasons(reason_last_words, &kept[2]);
    check_reasons(reason_refusal_words, &kept[3]);
}

/* A part has one meaning: no two rows contradict each other. */
static void test_reason_parts(void)
{
    static PhraseIndex *kept;
    const PhraseIndex *index = phrase_index_lists(reason_part_words, &kept);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint row = 0; phrase_row(index, row)->text; row++) {
        const char *text = phrase_row(index, row)->text;
        g_autofree char *words = reason_text(span_of(text));
        g_autofree char *wanted = g_strconcat(text, " ", NULL);
        g_assert_cmpstr(words, ==, g_str_has_suffix(text, " ") ? text : wanted);
        g_assert_cmpuint(strlen(text), >=, PHRASE_MIN);
        if (!g_hash_table_add(seen, (gpointer)text)) {
            g_test_message("\"%s\" stands twice", text);
            g_test_fail();
        }
    }
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
    g_test_add_func("/bounce/tables/reasons", test_reasons);
    g_test_add_func("/bounce/tables/reason-parts", test_reason_parts);
    g_test_add_func("/bounce/tables/dialects", test_dialects);
    return g_test_run();
}
