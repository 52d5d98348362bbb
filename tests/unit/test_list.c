/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page of a long list leaves one line of the one before it, and pages end at the ends. The cursor
 * stays on its item, moved or not, and is back on what went away under it when that returns, unless
 * it was moved. */
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

/* Items that are there are those whose bit is set. */
typedef struct Some {
    const char **ids;
    guint there;
} Some;

static void some_order(gpointer data, GArray *order)
{
    const Some *some = data;
    for (guint i = 0; i < 8; i++)
        if (some->there & 1u << i)
            g_array_append_val(order, i);
}

static const char *some_id(gpointer data, guint item)
{
    return ((const Some *)data)->ids[item];
}

static int current_with(List *list, Some *some, guint there)
{
    some->there = there;
    list_rebuild(list);
    return list_current(list);
}

/* Eight items that are all there, in @some. */
static List *list_of_some(Some *some)
{
    static const ListClient client = {.order = some_order, .id = some_id};
    static const char *ids[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    *some = (Some){ids, 0xff};
    List *list = list_new(&client, some);
    list_resize(list, HEIGHT);
    list_rebuild(list);
    return list;
}

static void test_lost(void)
{
    Some some;
    List *list = list_of_some(&some);
    list_go(list, 2);
    /* they go away one after the other, and come back in another order */
    g_assert_cmpint(current_with(list, &some, 0xf8), ==, 5);
    g_assert_cmpint(current_with(list, &some, 0xc0), ==, 7);
    g_assert_cmpint(current_with(list, &some, 0), ==, -1);
    current_with(list, &some, 0xc0);
    g_assert_cmpint(current_with(list, &some, 0xc7), ==, 2);
    g_assert_cmpint(current_with(list, &some, 0xff), ==, 2);
    /* moved in between: it stays there */
    g_assert_cmpint(current_with(list, &some, 0xf8), ==, 5);
    list_go(list, 1);
    g_assert_cmpint(current_with(list, &some, 0xff), ==, 4);
    list_free(list);
}

/* Items come anew, in parts: nothing is under the cursor till its item is there, all are, or it is
 * moved. */
static void test_away(void)
{
    Some some;
    List *list = list_of_some(&some);
    list_go(list, 5);
    list_hold(list);
    g_assert_cmpint(current_with(list, &some, 0x03), ==, -1);
    g_assert_cmpint(current_with(list, &some, 0x0f), ==, -1);
    g_assert_cmpint(current_with(list, &some, 0x3f), ==, 5);
    list_hold(list);
    g_assert_cmpint(current_with(list, &some, 0x03), ==, -1);
    g_assert_cmpint(current_with(list, &some, 0xdf), ==, -1);
    list_settle(list); /* it does not come: the line where it was */
    g_assert_cmpint(list_current(list), ==, 6);
    list_go(list, 5);
    list_hold(list);
    g_assert_cmpint(current_with(list, &some, 0x03), ==, -1);
    list_go(list, 1);
    g_assert_cmpint(list_current(list), ==, 1);
    list_free(list);
}

/* What comes in above the screen is counted until it was scrolled to; what goes, and another order,
 * are not. */
static void test_above(void)
{
    static const ListClient client = {.order = some_order, .id = some_id};
    static const char *ids[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    Some some = {ids, 0xf8};
    List *list = list_new(&client, &some);
    list_resize(list, 2);
    list_rebuild(list);
    current_with(list, &some, 0xfc); /* who has not moved sees what comes at the top */
    g_assert_cmpuint(list_above(list), ==, 0);
    list_act(list, ACTION_LAST);
    current_with(list, &some, 0xfd);
    g_assert_cmpuint(list_above(list), ==, 1);
    current_with(list, &some, 0xff);
    g_assert_cmpuint(list_above(list), ==, 2);
    current_with(list, &some, 0xf7);
    g_assert_cmpuint(list_above(list), ==, 2);
    list_act(list, ACTION_PREVIOUS);
    g_assert_cmpuint(list_above(list), ==, 2);
    list_act(list, ACTION_FIRST);
    g_assert_cmpuint(list_above(list), ==, 0);
    list_free(list);
}

/* What comes in above stays above, though the cursor was never moved; what is waited for takes it
 * along only when it is there, and till then it stays on its item, too. */
static void test_stays(void)
{
    static const ListClient client = {.order = some_order, .id = some_id};
    static const char *ids[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    Some some = {ids, 0xf0};
    List *list = list_new(&client, &some);
    list_resize(list, HEIGHT);
    list_rebuild(list);
    g_assert_cmpint(list_current(list), ==, 4);
    g_assert_cmpint(current_with(list, &some, 0xf8), ==, 4);
    list_hold(list);
    g_assert_cmpint(current_with(list, &some, 0x1c), ==, 4);
    g_assert_cmpint(current_with(list, &some, 0xfc), ==, 4);
    list_go_id(list, "a");
    g_assert_cmpstr(list_id(list), ==, "a");
    g_assert_cmpint(current_with(list, &some, 0xfe), ==, 4);
    g_assert_cmpint(current_with(list, &some, 0xff), ==, 0);
    /* other items are chosen: they begin at their top, where the cursor was never moved */
    list_free(list);
    some.there = 0xf0;
    list = list_new(&client, &some);
    list_rebuild(list);
    list_choose(list);
    g_assert_cmpint(current_with(list, &some, 0xff), ==, 0);
    list_free(list);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/list/page", test_page);
    g_test_add_func("/list/lost", test_lost);
    g_test_add_func("/list/away", test_away);
    g_test_add_func("/list/above", test_above);
    g_test_add_func("/list/stays", test_stays);
    return g_test_run();
}
