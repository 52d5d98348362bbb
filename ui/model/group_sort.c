/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See group_sort.h. */
#include "model/group_sort.h"

#include <string.h>

static const char *const names[GROUP_SORT_COUNT] = {
    [GROUP_SORT_COUNT_OF] = "cases",  [GROUP_SORT_NAME] = "name",
    [GROUP_SORT_GENUINE] = "genuine", [GROUP_SORT_BACKSCATTER] = "backscatter",
    [GROUP_SORT_FAKE] = "fake",       [GROUP_SORT_UNDECIDED] = "undecided",
    [GROUP_SORT_FIRST] = "first",     [GROUP_SORT_LAST] = "last",
};

typedef struct Order {
    GroupSort sort;
    bool reverse;
} Order;

const char *group_sort_name(GroupSort sort)
{
    return names[sort];
}

/* What is larger comes first. */
static gint64 group_weight(const Group *group, GroupSort sort)
{
    switch (sort) {
    case GROUP_SORT_GENUINE:
        return group->verdicts[VERDICT_GENUINE];
    case GROUP_SORT_BACKSCATTER:
        return group->verdicts[VERDICT_BACKSCATTER];
    case GROUP_SORT_FAKE:
        return group->verdicts[VERDICT_FAKE];
    case GROUP_SORT_UNDECIDED:
        return group->verdicts[VERDICT_UNDECIDED];
    case GROUP_SORT_FIRST:
        return group->first;
    case GROUP_SORT_LAST:
        return group->last;
    case GROUP_SORT_COUNT_OF:
        return group->count;
    default:
        return 0;
    }
}

static int compare(gconstpointer pa, gconstpointer pb, gpointer data)
{
    const Order *order = data;
    const Group *a = *(Group *const *)pa, *b = *(Group *const *)pb;
    gint64 x = group_weight(a, order->sort), y = group_weight(b, order->sort);
    int result = x != y ? (x < y ? 1 : -1) : strcmp(a->key, b->key);
    return order->reverse ? -result : result;
}

void groups_sort(GPtrArray *groups, GroupSort sort, bool reverse)
{
    Order order = {sort, reverse};
    g_ptr_array_sort_with_data(groups, compare, &order);
}
