/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that a handle stays with its file through flags and folders, differs for others, and is
 * told from other words; and that columns fit any width. */
#include <string.h>

#include "base/column_fit.h"
#include "reading/handle.h"
#include "reading/query_match.h"
#include "reading/query_store.h"

static void test_same(void)
{
    char one[HANDLE_SIZE], other[HANDLE_SIZE];
    handle_of("a@b.example", "/mail/INBOX/new/1700000000.M1P2.host", one);
    g_assert_true(handle_is(one));
    handle_of("a@b.example", "/mail/INBOX/cur/1700000000.M1P2.host:2,S", other);
    g_assert_cmpstr(one, ==, other);
    handle_of("a@b.example", "/mail/Quarantine/cur/1700000000.M1P2.host:2,FS", other);
    g_assert_cmpstr(one, ==, other);
    handle_of("a@b.example", "/mail/INBOX/cur/1700000000.M1P3.host:2,S", other);
    g_assert_cmpstr(one, !=, other);
    handle_of("c@b.example", "/mail/INBOX/new/1700000000.M1P2.host", other);
    g_assert_cmpstr(one, !=, other);
}

/* Twenty thousand have as good as no two alike. */
static void test_spread(void)
{
    g_autoptr(GHashTable) all = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 0; i < 20000; i++) {
        char handle[HANDLE_SIZE];
        g_autofree char *id = g_strdup_printf("%d@b.example", i);
        handle_of(id, "/mail/cur/1:2,", handle);
        g_hash_table_add(all, g_strdup(handle));
    }
    g_assert_cmpuint(g_hash_table_size(all), >=, 19998);
}

static void test_form(void)
{
    static const char *const none[] = {"",         "@",         "7f3ak2cc",  "@7f3ak2", "@7f3ak2cc",
                                       "@7f3akic", "@7f3ak2.c", "a@7f3ak2c", "@7f3 k2c"};
    g_assert_true(handle_is("@7f3ak2c"));
    g_assert_true(handle_is("@7F3AK2C"));
    for (gsize i = 0; i < G_N_ELEMENTS(none); i++)
        g_assert_false(handle_is(none[i]));
}

static void test_query(void)
{
    char handle[HANDLE_SIZE];
    Row row = {
        .id = (char *)"a@b.example", .file = (char *)"/mail/cur/1:2,", .campaign = (char *)""};
    Row other = {
        .id = (char *)"a@b.example", .file = (char *)"/mail/cur/2:2,", .campaign = (char *)""};
    handle_of(row.id, row.file, handle);
    g_autofree char *text = g_strconcat("not (not ", handle, ")", NULL);
    g_autoptr(Query) query = query_parse(text, NULL, NULL);
    g_assert_nonnull(query);
    g_assert_true(query_has_own(query));
    g_assert_true(query_match(query, &row, NULL, NULL));
    g_assert_false(query_match(query, &other, NULL, NULL));
    g_autoptr(Query) word = query_parse("someone@b.example @short", NULL, NULL);
    g_assert_false(query_has_own(word));
}

static void test_fit(void)
{
    static const ColumnWish wishes[] = {
        {8, 8, 8, 0}, {7, 7, 10, 2}, {12, 20, 34, 0}, {10, 18, 30, 1}};
    for (int room = 21; room < 200; room++) {
        int widths[4], sum = 0;
        column_fit(wishes, 4, room, widths);
        for (int i = 0; i < 4; i++) {
            sum += widths[i] ? widths[i] + (sum ? 1 : 0) : 0;
            g_assert_true(widths[i] == 0 || widths[i] >= wishes[i].least);
            g_assert_cmpint(widths[i], <=, wishes[i].most);
        }
        g_assert_cmpint(sum, <=, room);
        g_assert_cmpint(sum, >=, MIN(room, 21));
    }
    int widths[3] = {50, 5, 30};
    column_shrink(widths, 3, 60);
    g_assert_cmpint(widths[0] + widths[1] + widths[2] + 4, ==, 60);
    g_assert_cmpint(widths[1], ==, 5);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/handle/same", test_same);
    g_test_add_func("/handle/spread", test_spread);
    g_test_add_func("/handle/form", test_form);
    g_test_add_func("/handle/query", test_query);
    g_test_add_func("/column_fit", test_fit);
    return g_test_run();
}
