/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that an entry goes into a configuration and out of it again with all else left as it was
 * written, that links are followed to their target, and that what cannot be written is said. */
#include "config/config_edit.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *before, *entry, *after;
} adds[] = {
    {"", "networks=192.0.2.1", "[identity]\nnetworks=192.0.2.1\n"},
    {"# mine\n[review]\nsort=date", "networks=192.0.2.1",
     "# mine\n[review]\nsort=date\n\n[identity]\nnetworks=192.0.2.1\n"},
    {"[identity]\n# all of them\nnetworks = 192.0.2.1 \n\n# how\n[review]\nsort=date\n",
     "networks=192.0.2.9",
     "[identity]\n# all of them\nnetworks = 192.0.2.1;192.0.2.9 \n\n# how\n[review]\nsort=date\n"},
    {"[identity]\nnetworks=192.0.2.1;\n", "networks=192.0.2.9",
     "[identity]\nnetworks=192.0.2.1;192.0.2.9\n"},
    {"[identity]\nnetworks=\nhosts=a.example\n", "networks=192.0.2.9",
     "[identity]\nnetworks=192.0.2.9\nhosts=a.example\n"},
    {"[identity]\nhosts=a.example\n\n# of the screen\n[review]\nnetworks=1\n", "networks=192.0.2.9",
     "[identity]\nhosts=a.example\nnetworks=192.0.2.9\n\n# of the screen\n[review]\nnetworks=1\n"},
    {"[identity]\r\nhosts=a.example\r\n", "hosts=b.example",
     "[identity]\r\nhosts=a.example;b.example\r\n"},
    {"[identity]\n#networks=192.0.2.1\n", "networks=192.0.2.1",
     "[identity]\nnetworks=192.0.2.1\n#networks=192.0.2.1\n"},
    {"[identity]\ncomplete = false\n", "complete=true", "[identity]\ncomplete = true\n"},
    {"[identity]\nnot_own=HOST.example\n", "not_own=host.example",
     "[identity]\nnot_own=HOST.example\n"},
};

static void test_add(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(adds); i++) {
        g_autofree char *after = config_text_add(adds[i].before, adds[i].entry);
        g_assert_cmpstr(after, ==, adds[i].after);
        g_assert_true(config_text_has(after, adds[i].entry));
        g_autofree char *twice = config_text_add(after, adds[i].entry);
        g_assert_cmpstr(twice, ==, after);
    }
}

static void test_remove(void)
{
    static const struct {
        const char *before, *entry, *after;
    } cases[] = {
        {"[identity]\nnetworks=192.0.2.1;192.0.2.9\n", "networks=192.0.2.9",
         "[identity]\nnetworks=192.0.2.1\n"},
        {"[identity]\nnetworks=192.0.2.1; 192.0.2.9;192.0.2.3\n", "networks=192.0.2.9",
         "[identity]\nnetworks=192.0.2.1;192.0.2.3\n"},
        {"[identity]\nnetworks=192.0.2.1;192.0.2.9\n", "networks=192.0.2.1",
         "[identity]\nnetworks=192.0.2.9\n"},
        {"[identity]\nnetworks=192.0.2.1\nhosts=a.example", "networks=192.0.2.1",
         "[identity]\nhosts=a.example"},
        {"[identity]\nnetworks=192.0.2.10\n", "networks=192.0.2.1",
         "[identity]\nnetworks=192.0.2.10\n"},
        {"[review]\nnetworks=192.0.2.1\n", "networks=192.0.2.1", "[review]\nnetworks=192.0.2.1\n"},
        {"[identity]\n# complete=true\ncomplete=true\n", "complete=true",
         "[identity]\n# complete=true\n"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *after = config_text_remove(cases[i].before, cases[i].entry);
        g_assert_cmpstr(after, ==, cases[i].after);
        g_assert_false(config_text_has(after, cases[i].entry));
    }
}

static char *folder_new(void)
{
    return g_dir_make_tmp("notme-edit-XXXXXX", NULL);
}

static void test_link(void)
{
    g_autofree char *folder = folder_new(), *text = NULL;
    g_autofree char *file = g_build_filename(folder, "kept", NULL);
    g_autofree char *link = g_build_filename(folder, "config", NULL);
    g_autofree char *nowhere = g_build_filename(folder, "nowhere", NULL);
    static const char *const add[] = {"networks=192.0.2.1", NULL}, *const none[] = {NULL};
    g_autoptr(GError) error = NULL;
    g_assert_true(g_file_set_contents(file, "[identity]\n", -1, NULL));
    g_assert_cmpint(chmod(file, 0640), ==, 0);
    g_assert_cmpint(symlink("kept", link), ==, 0);
    g_assert_true(config_change(link, none, add, &error));
    g_assert_true(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
    g_assert_true(g_file_get_contents(file, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "[identity]\nnetworks=192.0.2.1\n");
    GStatBuf st;
    g_assert_cmpint(g_stat(file, &st), ==, 0);
    g_assert_cmpint(st.st_mode & 0777, ==, 0640);
    g_assert_cmpint(symlink("gone", nowhere), ==, 0);
    g_assert_false(config_change(nowhere, none, add, &error));
    g_assert_nonnull(strstr(error->message, "leads nowhere"));
    g_unlink(nowhere);
    g_unlink(link);
    g_unlink(file);
    g_rmdir(folder);
}

static void test_new(void)
{
    g_autofree char *folder = folder_new();
    g_autofree char *file = g_build_filename(folder, "notme", "config", NULL);
    g_autofree char *inner = g_build_filename(folder, "notme", NULL), *text = NULL;
    static const char *const add[] = {"complete=true", NULL}, *const none[] = {NULL};
    GStatBuf st;
    g_assert_true(config_change(file, none, add, NULL));
    g_assert_true(g_file_get_contents(file, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "[identity]\ncomplete=true\n");
    g_assert_cmpint(g_stat(file, &st), ==, 0);
    g_assert_cmpint(st.st_mode & 0777, ==, 0600);
    g_unlink(file);
    g_rmdir(inner);
    g_rmdir(folder);
}

static void test_readonly(void)
{
    g_autofree char *folder = folder_new();
    g_autofree char *file = g_build_filename(folder, "config", NULL);
    static const char *const add[] = {"complete=true", NULL}, *const none[] = {NULL};
    g_autoptr(GError) error = NULL;
    g_assert_true(g_file_set_contents(file, "[identity]\n", -1, NULL));
    g_assert_cmpint(chmod(file, 0400), ==, 0);
    if (access(file, W_OK) == 0)
        g_test_skip("whoever runs this may write everywhere");
    else {
        g_assert_false(config_change(file, none, add, &error));
        g_assert_nonnull(strstr(error->message, "cannot be written"));
    }
    g_unlink(file);
    g_rmdir(folder);
}

/* Every change has a way back to the byte, from the text that it made and from no other. */
static void test_back(void)
{
    static const char *const none[] = {NULL};
    for (gsize i = 0; i < G_N_ELEMENTS(adds); i++) {
        const char *entry[] = {adds[i].entry, NULL};
        g_autofree char *after = config_text_change(adds[i].before, none, entry);
        g_autofree char *gone = config_text_change(after, entry, none);
        const char *texts[] = {adds[i].before, after, gone};
        for (gsize from = 0; from < 3; from++)
            for (gsize to = 0; to < 3; to++) {
                g_autofree char *way = config_text_way_back(texts[to], texts[from]);
                g_autofree char *back = config_text_led_back(texts[from], way);
                g_assert_cmpstr(back, ==, texts[to]);
                g_autofree char *other = g_strconcat(texts[from], "\n", NULL);
                g_assert_null(config_text_led_back(other, way));
            }
    }
    /* of a journal that was damaged */
    static const char text[] = "[identity]\n";
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    const char *ways[] = {"",       " ",      "0 0 x", "99 0 x",
                          "3 99 x", "-1 0 x", "3",     "18446744073709551615 1 x"};
    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
        g_autofree char *way = g_strdup_printf("%s %s", sum, ways[i]);
        g_autofree char *back = config_text_led_back(text, way);
        g_assert_cmpint(back != NULL, ==, strcmp(ways[i], "0 0 x") == 0);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/edit/add", test_add);
    g_test_add_func("/edit/remove", test_remove);
    g_test_add_func("/edit/back", test_back);
    g_test_add_func("/edit/link", test_link);
    g_test_add_func("/edit/new", test_new);
    g_test_add_func("/edit/readonly", test_readonly);
    return g_test_run();
}
