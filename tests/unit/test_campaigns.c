/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that witnesses count by organisations within 72 hours, the same in any order and after a
 * turn through the file, and that nothing in a file that somebody wrote in does harm. */
#include <glib/gstdio.h>
#include <string.h>

#include "campaign/campaigns_private.h"

enum { HOUR = 3600 };

static Ip address(void)
{
    Ip ip;
    g_assert_true(ip_parse(span_of("198.51.100.40"), &ip));
    return ip;
}

static const struct {
    const char *name;
    int hour;
} sights[] = {{"ash.example", 0},   {"ash.example", 500}, {"elm.example", 70},
              {"oak.example", 140}, {"fir.example", 141}, {"elm.example", 142}};

static void test_window(void)
{
    g_autoptr(Identity) identity = identity_new();
    for (gsize first = 0; first < G_N_ELEMENTS(sights); first++) {
        g_autoptr(Campaigns) campaigns = campaigns_new(identity);
        for (gsize i = 0; i < G_N_ELEMENTS(sights); i++) {
            gsize k = (first + i) % G_N_ELEMENTS(sights);
            gint64 time = 1700000000 + sights[k].hour * HOUR;
            place_witness(campaigns_place(campaigns, "198.51.100.40"), sights[k].name, time, time);
        }
        Ip ip = address();
        const CaseCounts *counts = campaigns_counts(campaigns, &ip);
        g_assert_cmpuint(counts->organisations, ==, 3);
        g_assert_cmpstr(counts->names, ==, "elm.example, fir.example and oak.example");
        g_assert_cmpint(counts->first, ==, 1700000000 + 70 * HOUR);
        g_assert_cmpint(counts->last, ==, 1700000000 + 141 * HOUR);
    }
}

static void test_edge(void)
{
    g_autoptr(Identity) identity = identity_new();
    g_autoptr(Campaigns) campaigns = campaigns_new(identity);
    Place *place = campaigns_place(campaigns, "198.51.100.40");
    Ip ip = address(), none = {0};
    place_witness(place, "ash.example", 0, 0);
    place_witness(place, "elm.example", 72 * HOUR, 72 * HOUR);
    g_assert_cmpuint(campaigns_counts(campaigns, &ip)->organisations, ==, 2);
    place_witness(place, "oak.example", 72 * HOUR + 1, 72 * HOUR + 1);
    g_assert_cmpuint(campaigns_counts(campaigns, &ip)->organisations, ==, 2);
    g_assert_cmpuint(campaigns_counts(campaigns, &none)->organisations, ==, 0);
    place->bare = true;
    place->counted = false;
    g_assert_true(campaigns_counts(campaigns, &ip)->nameless);
    place->named = true; /* whom one looked up and found, has a name */
    place->counted = false;
    g_assert_false(campaigns_counts(campaigns, &ip)->nameless);
}

static void test_file(void)
{
    g_autoptr(Identity) identity = identity_new(), other = identity_new();
    g_autoptr(Campaigns) campaigns = campaigns_new(identity);
    g_autofree char *folder = g_dir_make_tmp("notme-campaigns-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "campaigns", NULL), *text = NULL;
    Ip ip = address();
    Place *place = campaigns_place(campaigns, "198.51.100.40");
    place_witness(place, "ash.example", 10, 20);
    place_witness(place, "a\tb\nc", 10, 20);
    place->sent_here = place->bare = true;
    campaigns_stamp(campaigns)->revision = 7;
    campaigns_stamp(campaigns)->looked = 9;
    campaigns_write(campaigns, folder);
    g_autoptr(Campaigns) back = campaigns_read(folder, identity);
    g_assert_nonnull(back);
    g_assert_true(campaigns_same(campaigns, back));
    g_assert_cmpuint(campaigns_stamp(back)->revision, ==, 7);
    const CaseCounts *counts = campaigns_counts(back, &ip);
    g_assert_cmpuint(counts->organisations, ==, 1);
    g_assert_true(counts->sent_here);
    g_assert_true(counts->nameless);
    g_assert_cmpint(counts->looked, ==, 9);
    g_ptr_array_add(other->hosts, g_strdup("mail.own.example"));
    g_assert_null(campaigns_read(folder, other));
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    for (gsize n = 0; n < strlen(text); n++) { /* torn anywhere */
        g_assert_true(g_file_set_contents(path, text, (gssize)n, NULL));
        g_autoptr(Campaigns) torn = campaigns_read(folder, identity);
        if (torn)
            g_assert_cmpuint(campaigns_counts(torn, &ip)->organisations, <=, 1);
    }
    g_unlink(path);
    g_rmdir(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/campaigns/window", test_window);
    g_test_add_func("/campaigns/edge", test_edge);
    g_test_add_func("/campaigns/file", test_file);
    return g_test_run();
}
