/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting and grouping rows, and their columns as text. */
#include "model/rows.h"

#include <string.h>

#include "base/names.h"
#include "base/needle.h"

static const char *const groups[GROUP_COUNT] = {
    "none", "injection", "network", "reporter", "subject", "day", "verdict", "abused", "campaign"};

const char *group_name(GroupBy by)
{
    return groups[by];
}

int group_from_name(const char *name)
{
    return names_find(groups, GROUP_COUNT, name);
}

typedef struct Sorting {
    RowAt at;
    gconstpointer data;
    RowOrder by;
    bool reverse;
} Sorting;

static int compare(gconstpointer pa, gconstpointer pb, gpointer data)
{
    const Sorting *sorting = data;
    guint ia = *(const guint *)pa, ib = *(const guint *)pb;
    const Row *a = sorting->at(sorting->data, ia), *b = sorting->at(sorting->data, ib);
    int result = row_compare(a, b, sorting->by);
    if (result == 0)
        result = (ia > ib) - (ia < ib);
    return sorting->reverse ? -result : result;
}

/* Where the run that begins at @from ends: behind it stands an item that belongs before. */
static guint run_end(const GArray *order, guint from, Sorting *sorting)
{
    const guint *items = (const guint *)(const void *)order->data;
    guint i = from + 1;
    while (i < order->len && compare(&items[i - 1], &items[i], sorting) <= 0)
        i++;
    return MIN(i, order->len);
}

/* Two runs, [0, middle) and [middle, end), become one. */
static void runs_merge(GArray *order, guint middle, guint end, Sorting *sorting)
{
    guint *items = (guint *)(void *)order->data, a = 0, b = middle, n = 0;
    g_autofree guint *merged = g_new(guint, end);
    while (a < middle && b < end)
        merged[n++] = compare(&items[a], &items[b], sorting) <= 0 ? items[a++] : items[b++];
    while (a < middle)
        merged[n++] = items[a++];
    while (b < end)
        merged[n++] = items[b++];
    memcpy(items, merged, end * sizeof *items);
}

/* Rows come in few runs, in order of date: most often nothing is left to do, twenty times a second
 * while twenty thousand are read. */
void rows_sort(GArray *order, RowAt at, gconstpointer data, RowOrder by, bool reverse)
{
    enum { RUNS_MOST = 4 };
    Sorting sorting = {at, data, by, reverse};
    guint done = order->len ? run_end(order, 0, &sorting) : 0;
    for (int runs = 1; done < order->len && runs < RUNS_MOST; runs++) {
        guint end = run_end(order, done, &sorting);
        runs_merge(order, done, end, &sorting);
        done = end;
    }
    if (done < order->len)
        g_array_sort_with_data(order, compare, &sorting);
}

static char *day_text(gint64 timestamp)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(timestamp);
    return time ? g_date_time_format(time, "%Y-%m-%d %a") : g_strdup("no date");
}

/* "Re: Fwd: hi" and "hi" are one. */
static const char *bare_subject(const char *subject)
{
    static const char *const prefixes[] = {"re:", "fwd:", "fw:", "aw:", "wg:"};
    for (bool again = true; again;) {
        again = false;
        while (*subject == ' ')
            subject++;
        for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++) {
            if (g_ascii_strncasecmp(subject, prefixes[i], strlen(prefixes[i])) == 0) {
                subject += strlen(prefixes[i]);
                again = true;
            }
        }
    }
    return subject;
}

char *group_key(const Row *row, GroupBy by)
{
    switch (by) {
    case GROUP_INJECTION:
        return row_injection_text(row);
    case GROUP_NETWORK:
        return row->injection_own || !row->injection.family ? row_injection_text(row)
                                                            : row_network(row);
    case GROUP_REPORTER:
        return g_strdup(row->reporter_domain ? row->reporter_domain : "(unknown)");
    case GROUP_SUBJECT:
        return g_strdup(row->returned_subject && *bare_subject(row->returned_subject)
                            ? bare_subject(row->returned_subject)
                            : "(no subject came back)");
    case GROUP_DAY:
        return day_text(row->timestamp);
    case GROUP_VERDICT:
        return g_strdup(verdict_name(row->verdict) ? verdict_name(row->verdict) : "none");
    case GROUP_ABUSED:
        return g_strdup(row->abused ? row->abused : "(in nobody's name that is known)");
    case GROUP_CAMPAIGN:
        return g_strdup(strchr(row->campaign, ' ') ? strchr(row->campaign, ' ') + 1
                                                   : row->campaign);
    default:
        return g_strdup("all");
    }
}

static void group_free(gpointer data)
{
    Group *group = data;
    g_free(group->key);
    g_array_unref(group->rows);
    g_free(group);
}

static Group *group_of(GPtrArray *all, GHashTable *index, char *key)
{
    Group *group = g_hash_table_lookup(index, key);
    if (group) {
        g_free(key);
        return group;
    }
    group = g_new0(Group, 1);
    group->key = key;
    group->first = G_MAXINT64;
    group->last = G_MININT64;
    group->rows = g_array_new(FALSE, FALSE, sizeof(guint));
    g_ptr_array_add(all, group);
    g_hash_table_insert(index, key, group);
    return group;
}

static int compare_groups(gconstpointer pa, gconstpointer pb, gpointer data)
{
    const Group *a = *(Group *const *)pa, *b = *(Group *const *)pb;
    if (*(const GroupBy *)data == GROUP_DAY)
        return (a->last < b->last) - (a->last > b->last);
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return strcmp(a->key, b->key);
}

static void histogram(Group *group, RowAt at, gconstpointer data, gint64 first, gint64 last)
{
    gint64 span = MAX(last - first, 1);
    for (guint i = 0; i < group->rows->len; i++) {
        gint64 t = at(data, g_array_index(group->rows, guint, i))->timestamp - first;
        gint64 bar = t * HIST_BARS / (span + 1);
        group->hist[CLAMP(bar, 0, HIST_BARS - 1)]++;
    }
}

GPtrArray *rows_group(const GArray *order, RowAt at, gconstpointer data, GroupBy by)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(group_free);
    g_autoptr(GHashTable) index = g_hash_table_new(g_str_hash, g_str_equal);
    gint64 first = G_MAXINT64, last = G_MININT64;
    for (guint i = 0; i < order->len; i++) {
        guint number = g_array_index(order, guint, i);
        const Row *row = at(data, number);
        Group *group = group_of(all, index, group_key(row, by));
        group->count++;
        group->verdicts[row->verdict]++;
        group->first = MIN(group->first, row->timestamp);
        group->last = MAX(group->last, row->timestamp);
        first = MIN(first, row->timestamp);
        last = MAX(last, row->timestamp);
        g_array_append_val(group->rows, number);
    }
    for (guint i = 0; i < all->len; i++)
        histogram(all->pdata[i], at, data, first, last);
    g_ptr_array_sort_with_data(all, compare_groups, &by);
    return all;
}

char *row_injection_text(const Row *row)
{
    if (row->injection_own)
        return g_strdup("own");
    return row->injection.family ? ip_format(&row->injection) : g_strdup("not stated");
}

const char *row_reason_text(const Row *row)
{
    if (row->kind != KIND_FAILURE)
        return bounce_kind_name(row->kind);
    return row->reason == REASON_NONE ? "other" : reason_name(row->reason);
}

bool row_matches(const Row *row, const char *needle)
{
    const char *const texts[] = {row->recipient,
                                 row->reporter,
                                 row->reporter_domain,
                                 row->returned_subject,
                                 row->from,
                                 row->tags,
                                 row_reason_text(row),
                                 verdict_name(row->verdict),
                                 warning_word(row->warning, row->login_denied)};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if (needle_in(needle, texts[i]))
            return true;
    g_autofree char *sender = row_sender(row, NULL);
    return needle_in(needle, sender);
}
