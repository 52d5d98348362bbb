/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting and grouping rows, and their columns as text. */
#include "model/rows.h"

#include <string.h>
#include <time.h>

#include "base/count.h"
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

/* What is written of a group's name; other names stand in the row. */
enum { GROUP_TEXT_SIZE = ROW_NETWORK_SIZE };

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

void warned_add(Warned *warned, const Row *row)
{
    if (row->warning != WARNING_NONE)
        (row->login_denied ? warned->denied : warned->open)[row->verdict]++;
}

char *warned_text(guint open, guint denied)
{
    const guint counts[] = {open, denied};
    static const char *const words[] = {WARNING_WORD, WARNING_WORD_DENIED};
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++)
        if (counts[i])
            g_string_append_printf(text, "%s%s %s", text->len ? ", " : "",
                                   count_text(counts[i], (char[COUNT_SIZE]){0}), words[i]);
    return text->len ? g_string_free(g_steal_pointer(&text), FALSE) : NULL;
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

/* --- groups ----------------------------------------------------------------------------------- */

/* "2025-11-03", by which a day is found; the local one. */
static const char *day_write(gint64 timestamp, char text[GROUP_TEXT_SIZE])
{
    struct tm day;
    const time_t time = (time_t)timestamp;
    if (!localtime_r(&time, &day) || day.tm_year < 1 - 1900 || day.tm_year > 9999 - 1900)
        return "no date";
    g_snprintf(text, GROUP_TEXT_SIZE, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1,
               day.tm_mday);
    return text;
}

static const char *subject_text(const Row *row)
{
    const char *bare = row->returned_subject ? bare_subject(row->returned_subject) : "";
    return *bare ? bare : "(no subject came back)";
}

/* The name of the group that @row belongs to, of a day without the weekday: borrowed of the row, or
 * written into @text. Twenty thousand are asked for at a time. */
static const char *group_text(const Row *row, GroupBy by, char text[GROUP_TEXT_SIZE])
{
    switch (by) {
    case GROUP_INJECTION:
        return row_injection(row, text);
    case GROUP_NETWORK:
        return !row->injection_own && row_network_write(row, text) ? text
                                                                   : row_injection(row, text);
    case GROUP_REPORTER:
        return row->reporter_domain ? row->reporter_domain : "(unknown)";
    case GROUP_SUBJECT:
        return subject_text(row);
    case GROUP_DAY:
        return day_write(row->timestamp, text);
    case GROUP_VERDICT:
        return verdict_name(row->verdict) ? verdict_name(row->verdict) : "none";
    case GROUP_ABUSED:
        return row->abused ? row->abused : "(in nobody's name that is known)";
    case GROUP_CAMPAIGN:
        return strchr(row->campaign, ' ') ? strchr(row->campaign, ' ') + 1 : row->campaign;
    default:
        return "all";
    }
}

char *group_key(const Row *row, GroupBy by)
{
    char text[GROUP_TEXT_SIZE];
    const char *name = group_text(row, by, text);
    g_autoptr(GDateTime) time =
        by == GROUP_DAY ? g_date_time_new_from_unix_local(row->timestamp) : NULL;
    return time && name == text ? g_date_time_format(time, "%Y-%m-%d %a") : g_strdup(name);
}

bool group_has(const Row *row, GroupBy by, const char *key)
{
    char text[GROUP_TEXT_SIZE];
    const char *name = group_text(row, by, text);
    gsize n = strlen(name);
    return strncmp(key, name, n) == 0 && (!key[n] || (by == GROUP_DAY && key[n] == ' '));
}

static void group_free(gpointer data)
{
    Group *group = data;
    g_free(group->key);
    g_array_unref(group->rows);
    g_free(group);
}

/* The group of @row; @index has all by group_text. */
static Group *group_of(GPtrArray *all, GHashTable *index, const Row *row, GroupBy by)
{
    char text[GROUP_TEXT_SIZE];
    const char *name = group_text(row, by, text);
    Group *group = g_hash_table_lookup(index, name);
    if (group)
        return group;
    group = g_new0(Group, 1);
    group->key = group_key(row, by);
    group->first = G_MAXINT64;
    group->last = G_MININT64;
    group->rows = g_array_new(FALSE, FALSE, sizeof(guint));
    g_ptr_array_add(all, group);
    g_hash_table_insert(index, g_strdup(name), group);
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

/* Where a row went, so that it is looked at once. */
typedef struct Placed {
    Group *group;
    gint64 time;
} Placed;

static void histograms(const Placed *placed, guint count, gint64 first, gint64 last)
{
    gint64 span = MAX(last - first, 1);
    for (guint i = 0; i < count; i++) {
        gint64 bar = (placed[i].time - first) * HIST_BARS / (span + 1);
        placed[i].group->hist[CLAMP(bar, 0, HIST_BARS - 1)]++;
    }
}

GPtrArray *rows_group(const GArray *order, RowAt at, gconstpointer data, GroupBy by)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(group_free);
    g_autoptr(GHashTable) index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree Placed *placed = g_new(Placed, order->len + 1);
    gint64 first = G_MAXINT64, last = G_MININT64;
    for (guint i = 0; i < order->len; i++) {
        guint number = g_array_index(order, guint, i);
        const Row *row = at(data, number);
        Group *group = group_of(all, index, row, by);
        group->count++;
        group->verdicts[row->verdict]++;
        warned_add(&group->warned, row);
        group->first = MIN(group->first, row->timestamp);
        group->last = MAX(group->last, row->timestamp);
        first = MIN(first, row->timestamp);
        last = MAX(last, row->timestamp);
        g_array_append_val(group->rows, number);
        placed[i] = (Placed){group, row->timestamp};
    }
    histograms(placed, order->len, first, last);
    g_ptr_array_sort_with_data(all, compare_groups, &by);
    return all;
}

/* --- columns ---------------------------------------------------------------------------------- */

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
