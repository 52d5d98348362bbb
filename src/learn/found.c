/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See found.h. */
#include "learn/found.h"

#include <string.h>

void found_free(gpointer data)
{
    Found *found = data;
    g_free(found->text);
    g_free(found);
}

bool found_add(GPtrArray *list, const char *text, guint count)
{
    for (guint i = 0; i < list->len; i++) {
        Found *found = list->pdata[i];
        if (g_ascii_strcasecmp(found->text, text) == 0) {
            found->count = MAX(found->count, count);
            return false;
        }
    }
    Found *found = g_new0(Found, 1);
    found->text = g_strdup(text);
    found->count = count;
    g_ptr_array_add(list, found);
    return true;
}

static int found_compare(gconstpointer a, gconstpointer b)
{
    const Found *one = *(Found *const *)a, *other = *(Found *const *)b;
    if (one->count != other->count)
        return one->count < other->count ? 1 : -1;
    return strcmp(one->text, other->text);
}

void found_take(GPtrArray *list, GHashTable *counts)
{
    g_autoptr(GPtrArray) fresh = g_ptr_array_new_with_free_func(found_free);
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, counts);
    while (g_hash_table_iter_next(&iter, &key, &value))
        found_add(fresh, key, GPOINTER_TO_UINT(value));
    g_ptr_array_sort(fresh, found_compare);
    for (guint i = 0; i < fresh->len; i++) {
        const Found *found = fresh->pdata[i];
        found_add(list, found->text, found->count);
    }
}
