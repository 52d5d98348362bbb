/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See names.h. */
#include "base/names.h"

#include <string.h>

enum { NAMES_SHOWN = 3 };

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *names_sorted(GHashTable *names)
{
    GPtrArray *sorted = g_ptr_array_new();
    GHashTableIter each;
    gpointer name;
    g_hash_table_iter_init(&each, names);
    while (g_hash_table_iter_next(&each, &name, NULL))
        g_ptr_array_add(sorted, name);
    g_ptr_array_sort(sorted, compare_names);
    return sorted;
}

char *names_join(GHashTable *names)
{
    g_autoptr(GPtrArray) sorted = names_sorted(names);
    g_autoptr(GString) text = g_string_new(NULL);
    /* one more is named rather than counted */
    guint shown = sorted->len <= NAMES_SHOWN + 1 ? sorted->len : NAMES_SHOWN;
    for (guint i = 0; i < shown; i++)
        g_string_append_printf(text, "%s%s",
                               i == 0                 ? ""
                               : i + 1 == sorted->len ? " and "
                                                      : ", ",
                               (char *)sorted->pdata[i]);
    if (shown < sorted->len)
        g_string_append_printf(text, " and %u more", sorted->len - shown);
    return text->len ? g_string_free(g_steal_pointer(&text), FALSE) : NULL;
}

bool names_list_has(const char *list, const char *name)
{
    gsize n = strlen(name);
    while (list && *list) {
        gsize length = strcspn(list, " ");
        if (length == n && n && memcmp(list, name, n) == 0)
            return true;
        list += length + (list[length] == ' ');
    }
    return false;
}

int names_find(const char *const *names, gsize count, const char *name)
{
    for (gsize i = 0; name && i < count; i++)
        if (g_strcmp0(names[i], name) == 0)
            return (int)i;
    return -1;
}
