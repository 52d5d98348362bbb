/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page of a long list leaves one line of the one before it, and pages end at the ends. */
#include "screen/list.h"

enum { ITEMS = 100, HEIGHT = 10 };

static void order(gpointer data, GArray *order)
{
    (void)data;
    for (guint i = 0; i < ITEMS; i++)
        g_array_append_val(order, i);
}

static const char *id(gpointer data, guint item)
{
    return ((char **)data)[item];
}

static void test_page(void)
{
    static const ListClient client = {.order = order, .id = id};
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < ITEMS; i++)
        g_ptr_array_add(ids, g_strdup_printf("item-%u", i));
    List *list = list_new(&client, ids->pdata);
    list_resize(list, HEIGHT);
    list_rebuild(list);
    g_assert_cmpuint(list_count(list), ==, ITEMS);
    g_assert_true(list_act(list, ACTION_PAGE_DOWN));
    g_assert_cmpuint(list_position(list), ==, HEIGHT - 1);
    g_assert_cmpuint(list_top(list), ==, HEIGHT - 1);
    g_assert_true(list_act(list, ACTION_PAGE_DOWN));
    g_assert_cmpuint(list_top(list), ==, 2 * (HEIGHT - 1));
    g_assert_true(list_act(list, ACTION_PAGE_UP));
    g_assert_cmpuint(list_top(list), ==, HEIGHT - 1);
    for (guint i = 0; i < ITEMS; i++)
        list_act(list, ACTION_PAGE_DOWN);
    g_assert_cmpuint(list_position(list), ==, ITEMS - 1);
    g_assert_cmpuint(list_top(list), ==, ITEMS - HEIGHT);
    list_free(list);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/list/page", test_page);
    return g_test_run();
}
