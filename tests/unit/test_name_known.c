/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that what is remembered of host names never answers for another name: more names than
 * there are places for, asked in turn by several threads, with names that are too long, empty, or
 * the same but for case. */
#include <string.h>

#include "base/domain.h"
#include "house/hostname.h"
#include "house/house.h"

/* Four times the places that a thread has. */
enum { NAMES = 16384, THREADS = 3 };

/* Every third name is a mail server's, every third a home connection's, the others are neither;
 * every seventh is no public name. */
static char *name_of(guint i)
{
    static const char *const words[] = {"mx", "dsl", "pear"};
    return g_strdup_printf("%s%u.firm%u.%s", words[i % 3], i, i / 2, i % 7 ? "example" : "local");
}

static void check(guint i)
{
    g_autofree char *name = name_of(i), *again = g_strdup(name);
    g_autofree char *firm = g_strdup_printf("firm%u.%s", i / 2, i % 7 ? "example" : "local");
    g_autofree char *organisation = domain_organisation(name);
    g_assert_cmpstr(organisation, ==, firm);
    g_assert_true(domain_is_public_name(name) == (i % 7 != 0));
    g_assert_true(hostname_is_mail_server(again) == (i % 3 == 0));
    g_assert_true(hostname_is_home(again, NULL) == (i % 3 == 1));
    g_autofree char *other = name_of(i ^ 1);
    g_assert_true(house_same(name, other) == ((i % 7 != 0) == ((i ^ 1) % 7 != 0)));
}

static gpointer check_all(gpointer data)
{
    guint seed = GPOINTER_TO_UINT(data);
    for (guint round = 0; round < 3; round++)
        for (guint i = 0; i < NAMES; i++)
            check((i * (2 * seed + 1)) % NAMES); /* odd: each comes up once */
    return NULL;
}

static void test_many(void)
{
    GThread *threads[THREADS];
    for (guint i = 0; i < THREADS; i++)
        threads[i] = g_thread_new("names", check_all, GUINT_TO_POINTER(i + 1));
    for (guint i = 0; i < THREADS; i++)
        g_thread_join(threads[i]);
    check_all(GUINT_TO_POINTER(0));
}

/* The address that a name spells is the asker's, not the name's. */
static void test_address(void)
{
    Ip spelt, other;
    g_assert_true(ip_parse(SPAN("198.51.100.77"), &spelt) &&
                  ip_parse(SPAN("198.51.100.78"), &other));
    for (int i = 0; i < 2; i++) {
        g_assert_true(hostname_is_home("a-198-51-100-77.reed.example", &spelt));
        g_assert_false(hostname_is_home("a-198-51-100-77.reed.example", &other));
        g_assert_false(hostname_is_home("a-198-51-100-77.reed.example", NULL));
    }
}

static void test_letters(void)
{
    for (int i = 0; i < 2; i++) {
        const char *big = "MX1.Reed.EXAMPLE", *small = "mx1.reed.example";
        Span found = domain_organisation_in(big);
        g_assert_true(found.p == big + 4 && found.n == strlen("Reed.EXAMPLE"));
        found = domain_organisation_in(small);
        g_assert_true(found.p == small + 4);
        g_assert_true(house_same(big, small));
    }
}

static void test_odd(void)
{
    g_autofree char *blanks = g_strdup_printf("mx.reed.example%*s", 300, "");
    g_autofree char *pears = g_strnfill(300, 'p');
    g_autofree char *endless = g_strconcat(pears, ".reed.example", NULL);
    for (int i = 0; i < 2; i++) {
        g_assert_cmpuint(domain_organisation_in(NULL).n, ==, 0);
        g_assert_cmpuint(domain_organisation_in("").n, ==, 0);
        g_assert_false(domain_is_public_name(NULL));
        g_assert_false(house_same(NULL, "mx.reed.example"));
        g_assert_false(house_same("mx.reed.example", ""));
        g_assert_cmpuint(domain_organisation_in(endless).n, ==, 0);
        g_assert_false(domain_is_public_name(endless));
        g_assert_true(domain_organisation_in(blanks).p == blanks + 3);
        g_assert_true(hostname_is_mail_server(blanks));
        g_assert_true(domain_is_public_name("mx.reed.example"));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/names/many", test_many);
    g_test_add_func("/names/address", test_address);
    g_test_add_func("/names/letters", test_letters);
    g_test_add_func("/names/odd", test_odd);
    return g_test_run();
}
