/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See summary.h. */
#include "summary/summary.h"

#include <string.h>

#include "base/date.h"
#include "verdict/question.h"

static void part_free(gpointer data)
{
    SummaryPart *part = data;
    g_free(part->name);
    g_free(part->only);
    g_free(part);
}

static void complaint_free(gpointer data)
{
    SummaryComplaint *complaint = data;
    g_free(complaint->to);
    g_free(complaint->about);
    g_free(complaint);
}

static void part_begin(SummaryPart *part)
{
    part->first = G_MAXINT64;
    part->last = G_MININT64;
}

Summary *summary_new(const char *query, gint64 made)
{
    Summary *summary = g_new0(Summary, 1);
    GPtrArray **const lists[] = {
        &summary->days,      &summary->kinds,  &summary->networks,  &summary->addresses,
        &summary->reporters, &summary->abused, &summary->undecided, &summary->undecided_addresses};
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        *lists[i] = g_ptr_array_new_with_free_func(part_free);
    summary->complaints = g_ptr_array_new_with_free_func(complaint_free);
    summary->query = g_strdup(query);
    summary->made = made;
    part_begin(&summary->all);
    summary->index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return summary;
}

void summary_free(Summary *summary)
{
    if (!summary)
        return;
    g_ptr_array_unref(summary->days);
    g_ptr_array_unref(summary->kinds);
    g_ptr_array_unref(summary->networks);
    g_ptr_array_unref(summary->addresses);
    g_ptr_array_unref(summary->reporters);
    g_ptr_array_unref(summary->abused);
    g_ptr_array_unref(summary->undecided);
    g_ptr_array_unref(summary->undecided_addresses);
    g_ptr_array_unref(summary->complaints);
    g_hash_table_unref(summary->index);
    g_free(summary->query);
    g_free(summary);
}

/* --- counting --------------------------------------------------------------------------------- */

static void part_count(SummaryPart *part, const Row *row)
{
    part->count++;
    part->verdicts[row->verdict]++;
    part->first = MIN(part->first, row->timestamp);
    part->last = MAX(part->last, row->timestamp);
}

/* Counts @row under @name in @list, and gives what has that name (borrowed); NULL where there is no
 * name. */
static SummaryPart *count_in(Summary *summary, GPtrArray *list, const char *name, const Row *row)
{
    if (!name)
        return NULL;
    g_autofree char *key = g_strdup_printf("%p %s", (void *)list, name);
    SummaryPart *part = g_hash_table_lookup(summary->index, key);
    if (!part) {
        part = g_new0(SummaryPart, 1);
        part->name = g_strdup(name);
        part_begin(part);
        g_ptr_array_add(list, part);
        g_hash_table_insert(summary->index, g_steal_pointer(&key), part);
    }
    part_count(part, row);
    return part;
}

static char *day_of(gint64 time)
{
    g_autoptr(GDateTime) when = g_date_time_new_from_unix_local(time);
    return when ? g_date_time_format(when, "%Y-%m-%d") : g_strdup("no date");
}

/* From where it came; NULL: from us, or nobody says. The caller frees it. */
static char *origin_of(const Row *row)
{
    return row->injection.family && !row->injection_own ? ip_format(&row->injection) : NULL;
}

/* By the first question, which settles most; else by what is known. */
static void count_undecided(Summary *summary, const Row *row, const char *why)
{
    g_autofree char *id =
        row->questions ? g_strndup(row->questions, strcspn(row->questions, " ")) : NULL;
    g_autofree char *text = id ? question_text(id) : NULL;
    g_autofree char *ip = origin_of(row);
    count_in(summary, summary->undecided_addresses, ip, row);
    count_in(summary, summary->undecided, text ? text : why ? why : "nothing is known of it", row);
}

/* Who sent what was not ours. It is shown to others: what is undecided accuses nobody, and one
 * address is not its neighbours. */
static void count_others(Summary *summary, const Row *row)
{
    g_autofree char *ip = origin_of(row);
    g_autofree char *network = ip ? row_network(row) : NULL;
    SummaryPart *part = count_in(summary, summary->networks, network, row);
    if (part && part->count == 1)
        part->only = g_strdup(ip);
    else if (part && g_strcmp0(part->only, ip) != 0)
        g_clear_pointer(&part->only, g_free);
    count_in(summary, summary->addresses, ip, row);
    count_in(summary, summary->abused, row->abused, row);
}

void summary_add(Summary *summary, const Row *row, const char *why, const char *complained)
{
    g_autofree char *day = day_of(row->timestamp);
    g_auto(GStrv) tags = g_strsplit(row->tags, " ", -1);
    part_count(&summary->all, row);
    count_in(summary, summary->days, day, row);
    count_in(summary, summary->kinds, bounce_kind_name(row->kind), row);
    if (row->verdict == VERDICT_UNDECIDED)
        count_undecided(summary, row, why);
    if (row->verdict == VERDICT_BACKSCATTER)
        count_others(summary, row);
    if (row->verdict != VERDICT_FAKE)
        count_in(summary, summary->reporters, row->reporter_domain, row);
    summary->warned += row->warning != WARNING_NONE;
    summary->complained += g_strv_contains((const char *const *)tags, complained) ? 1 : 0;
}

void summary_add_complaint(Summary *summary, gint64 time, const char *to, const char *about)
{
    SummaryComplaint *complaint = g_new0(SummaryComplaint, 1);
    complaint->time = time;
    complaint->to = g_strdup(to);
    complaint->about = g_strdup(about);
    g_ptr_array_add(summary->complaints, complaint);
}

/* --- order ------------------------------------------------------------------------------------ */

static int compare_counts(gconstpointer a, gconstpointer b)
{
    const SummaryPart *x = *(SummaryPart *const *)a, *y = *(SummaryPart *const *)b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return strcmp(x->name, y->name);
}

static int compare_days(gconstpointer a, gconstpointer b)
{
    return strcmp((*(SummaryPart *const *)a)->name, (*(SummaryPart *const *)b)->name);
}

static int compare_complaints(gconstpointer a, gconstpointer b)
{
    const SummaryComplaint *x = *(SummaryComplaint *const *)a, *y = *(SummaryComplaint *const *)b;
    if (x->time != y->time)
        return x->time > y->time ? -1 : 1;
    return strcmp(x->about, y->about);
}

void summary_end(Summary *summary)
{
    GPtrArray *const lists[] = {
        summary->kinds,  summary->networks,  summary->addresses,          summary->reporters,
        summary->abused, summary->undecided, summary->undecided_addresses};
    for (guint i = 0; i < summary->networks->len; i++) {
        SummaryPart *part = summary->networks->pdata[i];
        if (part->only) {
            g_free(part->name);
            part->name = g_steal_pointer(&part->only);
        }
    }
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        g_ptr_array_sort(lists[i], compare_counts);
    g_ptr_array_sort(summary->days, compare_days);
    g_ptr_array_sort(summary->complaints, compare_complaints);
}

/* --- for whoever prints it --- */

char *summary_day(gint64 time)
{
    g_autoptr(GDateTime) when = g_date_time_new_from_unix_local(time);
    return when ? g_date_time_format(when, "%Y-%m-%d") : g_strdup("no date");
}

guint summary_most(const GPtrArray *list)
{
    guint most = 1;
    for (guint i = 0; i < list->len; i++)
        most = MAX(most, ((const SummaryPart *)list->pdata[i])->count);
    return most;
}
