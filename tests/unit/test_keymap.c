/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keymaps: what keys do in which context, unbinding, sequences, and errors that say where and what.
 */
#include <string.h>

#include "base/builtin.h"
#include "keymap/keymap.h"

static ActionId does(const Keymap *keymap, Context context, const char *keys, KeymapAnswer *answer)
{
    g_auto(GStrv) names = g_strsplit(keys, " ", -1);
    Key list[KEYMAP_LONGEST];
    guint n = 0;
    ActionId action;
    for (char **name = names; *name; name++)
        g_assert_true(key_parse(*name, &list[n++]));
    KeymapAnswer got = keymap_find(keymap, context, list, n, &action);
    if (answer)
        *answer = got;
    return action;
}

static Keymap *parsed(const char *text)
{
    g_autoptr(GError) error = NULL;
    Keymap *keymap = keymap_parse("my.keys", text, NULL, &error);
    g_assert_no_error(error);
    return keymap;
}

static void test_shipped(void)
{
    for (const BuiltinFile *file = builtin_keymaps; file->name; file++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Keymap) keymap = keymap_load(file->name, NULL, &error);
        g_assert_no_error(error);
        g_assert_nonnull(keymap);
        /* In no reader of mail but one does "b" mean anything else than to send on. */
        g_assert_cmpint(does(keymap, CONTEXT_LIST, "b", NULL), ==, ACTION_NONE);
        for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
            const Action *row = action_row((ActionId)action);
            bool bound = false;
            for (unsigned bit = CONTEXT_LIST; bit < CONTEXT_ANY; bit <<= 1) {
                g_autofree char *keys = keymap_keys(keymap, bit, (ActionId)action);
                bound = bound || (row->contexts & bit && keys);
            }
            if (!bound && action != ACTION_QUIT && action != ACTION_LEARN &&
                action != ACTION_HALF_DOWN && action != ACTION_HALF_UP)
                g_test_message("%s: no key for %s", file->name, row->name);
        }
    }
}

static void test_contexts(void)
{
    g_autoptr(Keymap) keymap =
        parsed("any j next\nlist,case d delete # a comment\nlist j none\nany ? help\n"
               "any <Hash> first\nhelp j last\n");
    g_assert_cmpint(does(keymap, CONTEXT_CASE, "j", NULL), ==, ACTION_NEXT);
    g_assert_cmpint(does(keymap, CONTEXT_LIST, "j", NULL), ==, ACTION_NONE);
    g_assert_cmpint(does(keymap, CONTEXT_HELP, "j", NULL), ==, ACTION_LAST);
    g_assert_cmpint(does(keymap, CONTEXT_CASE, "d", NULL), ==, ACTION_DELETE);
    g_assert_cmpint(does(keymap, CONTEXT_GROUPS, "d", NULL), ==, ACTION_NONE);
    g_assert_cmpint(does(keymap, CONTEXT_LIST, "#", NULL), ==, ACTION_FIRST);
    g_assert_cmpint(does(keymap, CONTEXT_PROMPT, "?", NULL), ==, ACTION_NONE);
    g_autofree char *none = keymap_keys(keymap, CONTEXT_LIST, ACTION_NEXT);
    g_assert_null(none);
}

static void test_sequences(void)
{
    KeymapAnswer answer;
    g_autoptr(Keymap) keymap = parsed("list g g first\nany g last\nlist M-x ^X command\n");
    g_assert_cmpint(does(keymap, CONTEXT_LIST, "g", &answer), ==, ACTION_LAST);
    g_assert_cmpint(answer, ==, KEYMAP_EITHER);
    g_assert_cmpint(does(keymap, CONTEXT_LIST, "g g", &answer), ==, ACTION_FIRST);
    g_assert_cmpint(answer, ==, KEYMAP_FOUND);
    g_assert_cmpint(does(keymap, CONTEXT_CASE, "g", &answer), ==, ACTION_LAST);
    g_assert_cmpint(answer, ==, KEYMAP_FOUND);
    g_assert_cmpint(does(keymap, CONTEXT_LIST, "M-x", &answer), ==, ACTION_NONE);
    g_assert_cmpint(answer, ==, KEYMAP_PREFIX);
    g_assert_cmpint(does(keymap, CONTEXT_LIST, "M-x ^X", &answer), ==, ACTION_COMMAND);
    g_assert_cmpint(does(keymap, CONTEXT_LIST, "M-x j", &answer), ==, ACTION_NONE);
    g_assert_cmpint(answer, ==, KEYMAP_UNBOUND);
    g_autofree char *keys = keymap_keys(keymap, CONTEXT_LIST, ACTION_COMMAND);
    g_assert_cmpstr(keys, ==, "M-x ^X");
}

static void test_errors(void)
{
    static const struct {
        const char *text, *error;
    } cases[] = {
        {"\nlist d delte\n",
         "my.keys:2: unknown action \"delte\"; \"notme keys\" lists all; did you "
         "mean \"delete\"?"},
        {"lits d delete", "did you mean \"list\"?"},
        {"list <Spcae> first", "unknown key \"<Spcae>\"; did you mean \"<Space>\"?"},
        {"list gg first", "unknown key \"gg\"; a key is"},
        {"list d", "a line is \"context key action\""},
        {"list d none\nlist d d delete\nlist d mark", "my.keys:3: \"d\" and \"d d\" (my.keys:2)"},
        {"list a b c d e f g h i delete", "too many keys"},
        {"help d delete", "\"delete\" means nothing in \"help\""},
        {"include default extra", "a line is \"include NAME\""},
        {"include nothere", "no keymap \"nothere\"; there are default"},
        {"list d delete \xff", "not UTF-8"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Keymap) keymap = keymap_parse("my.keys", cases[i].text, NULL, &error);
        g_assert_null(keymap);
        g_assert_nonnull(error);
        if (!strstr(error->message, cases[i].error))
            g_error("%s\nis not in: %s", cases[i].error, error->message);
    }
}

static void test_names(void)
{
    static const char *const names[] = {"<Up>", "^X", "M-x", "j", "é", "<F12>", "<Hash>", "M-<Up>"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        Key key;
        g_assert_true(key_parse(names[i], &key));
        g_autofree char *name = key_text(key);
        g_assert_cmpstr(name, ==, names[i]);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/keymap/shipped", test_shipped);
    g_test_add_func("/keymap/contexts", test_contexts);
    g_test_add_func("/keymap/sequences", test_sequences);
    g_test_add_func("/keymap/errors", test_errors);
    g_test_add_func("/keymap/names", test_names);
    return g_test_run();
}
