/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that sets of names and of networks answer what a look at each of their entries would, and
 * that an identity which grows is asked anew. */
#include <string.h>

#include "base/domain.h"
#include "base/name_set.h"
#include "base/network_set.h"
#include "trace/identity.h"

/* Few letters and labels, so that names are often equal, under one another or inside others. */
static char *some_name(GRand *random)
{
    static const char *const labels[] = {"a", "b", "Ab", "example", "co", "", "b.a", "x "};
    GString *name = g_string_new(NULL);
    for (int n = g_rand_int_range(random, 1, 5); n > 0; n--)
        g_string_append_printf(name, "%s%s", labels[g_rand_int_range(random, 0, 8)],
                               n > 1 || g_rand_int_range(random, 0, 6) == 0 ? "." : "");
    return g_string_free(name, FALSE);
}

static bool is_any(const char *found, const void *data)
{
    (void)found;
    (void)data;
    return true;
}

static void test_names(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    for (int round = 0; round < 200; round++) {
        g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
        for (int n = g_rand_int_range(random, 0, 30); n > 0; n--)
            g_ptr_array_add(names, some_name(random));
        NameSet *set = name_set_new(names);
        for (int k = 0; k < 50; k++) {
            g_autofree char *host = some_name(random);
            bool same = false, above = false, within = false;
            for (guint i = 0; i < names->len; i++) {
                const char *one = names->pdata[i];
                Span trimmed = domain_trimmed(one);
                g_autofree char *bare = g_strndup(trimmed.p, trimmed.n);
                same = same || domain_same(host, one);
                above = above || domain_is_under(host, one);
                within = within || (*bare && span_ifind(span_of(host), bare) >= 0);
            }
            g_assert_cmpint(name_set_has(set, host), ==, same);
            g_assert_cmpint(name_set_above(set, host, is_any, NULL), ==, above);
            g_assert_cmpint(name_set_within(set, host, is_any, NULL), ==, within);
        }
        name_set_free(set);
    }
}

static Ip some_ip(GRand *random)
{
    Ip ip = {.family = g_rand_boolean(random) ? 4 : 6};
    for (gsize i = 0; i < (ip.family == 4 ? 4u : 16u); i++)
        ip.bytes[i] = (guint8)(g_rand_int_range(random, 0, 8) == 0 ? g_rand_int(random) : 0x5a);
    return ip;
}

static void test_networks(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(8);
    for (int round = 0; round < 100; round++) {
        Network all[20];
        NetworkSet *set = network_set_new();
        int count = g_rand_int_range(random, 0, 20);
        bool six = false;
        for (int i = 0; i < count; i++) {
            all[i] = (Network){.base = some_ip(random)};
            all[i].bits = (guint8)g_rand_int_range(random, 0, all[i].base.family == 4 ? 33 : 129);
            network_set_add(set, &all[i]);
            six = six || all[i].base.family == 6;
        }
        g_assert_cmpint(network_set_has_family(set, 6), ==, six);
        for (int k = 0; k < 200; k++) {
            Ip ip = some_ip(random);
            bool inside = false;
            for (int i = 0; i < count; i++)
                inside = inside || network_contains(&all[i], &ip);
            g_assert_cmpint(network_set_contains(set, &ip), ==, inside);
        }
        network_set_free(set);
    }
}

static void test_grows(void)
{
    g_autoptr(Identity) identity = identity_new();
    Ip ip;
    g_assert_true(ip_parse(SPAN("192.0.2.9"), &ip));
    g_assert_false(identity_owns_host(identity, "mx.alder.example"));
    g_assert_false(identity_is_near(identity, &ip));
    g_ptr_array_add(identity->domains, g_strdup("alder.example"));
    Network network;
    g_assert_true(network_parse(SPAN("192.0.2.1/32"), &network));
    g_array_append_val(identity->networks, network);
    g_assert_true(identity_owns_host(identity, "mx.alder.example"));
    g_assert_true(identity_is_near(identity, &ip));
    g_assert_false(identity_owns_ip(identity, &ip));
    g_assert_true(identity_is_worn_by(identity, "alder.example.evil.example"));
    g_assert_false(identity_is_worn_by(identity, "www.alder.example"));
    g_ptr_array_add(identity->addresses, g_strdup("joe@elm.example"));
    g_assert_true(identity_has_address(identity, "prvs=1234abcdef=Joe@elm.example"));
    g_autoptr(Identity) copy = identity_copy(identity);
    g_assert_true(identity_owns_host(copy, "mx.alder.example"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sets/names", test_names);
    g_test_add_func("/sets/networks", test_networks);
    g_test_add_func("/sets/grows", test_grows);
    return g_test_run();
}
