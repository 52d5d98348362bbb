/* SPDX-License-Identifier: GPL-3.0-or-later */
/* However rows are divided, each is in one group, that of its name, and a group that is opened
 * shows exactly these; a day is the local one, on both sides of every midnight of a year. */
#include "model/rows.h"

#include <string.h>

enum { ROWS = 1200, YEAR_H = 366 * 24 };

static const gint64 odd_times[] = {
    0, -1, -86400, 951782399, 253402300799, 253402387199, 253402400000, TIME_NONE, G_MAXINT64};

static Ip address(const char *text)
{
    Ip ip = {0};
    if (text)
        ip_parse(span_of(text), &ip);
    return ip;
}

/* Rows that differ in all that groups are made by, some in one thing alone. */
static Row *rows_new(void)
{
    static const char *const addresses[] = {
        "198.51.100.7",    "198.51.100.77", "198.51.101.7",    "2001:db8:1::7",
        "2001:db8:1:2::7", "2001:db8:2::7", "100.100.100.100", NULL};
    static const char *const subjects[] = {
        "offer", "Re: offer", "RE: fwd:offer", "Re:", "", NULL, "(no subject came back)"};
    static const char *const domains[] = {"larch.example", NULL, "elm.example", "(unknown)"};
    static const char *const abused[] = {NULL, "me@own.example", "you@own.example"};
    static const char *const campaigns[] = {"ip 198.51.100.7", "plain", "reporter larch offer"};
    Row *rows = g_new0(Row, ROWS);
    for (guint i = 0; i < ROWS; i++) {
        rows[i].injection = address(addresses[i % G_N_ELEMENTS(addresses)]);
        rows[i].injection_own = i % 11 == 0;
        rows[i].returned_subject = (char *)(gsize)subjects[i % G_N_ELEMENTS(subjects)];
        rows[i].reporter_domain = (char *)(gsize)domains[i % G_N_ELEMENTS(domains)];
        rows[i].abused = (char *)(gsize)abused[i % G_N_ELEMENTS(abused)];
        rows[i].campaign = (char *)(gsize)campaigns[i / 7 % G_N_ELEMENTS(campaigns)];
        rows[i].verdict = (VerdictValue)(i % VERDICT_COUNT);
        rows[i].timestamp = 1762164000 - (gint64)i * 3571;
    }
    return rows;
}

static const Row *row_at(gconstpointer data, guint i)
{
    return &((const Row *)data)[i];
}

static GArray *order_new(void)
{
    GArray *order = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < ROWS; i++)
        g_array_append_val(order, i);
    return order;
}

/* All in @group are called so, and are told apart from all others by that. */
static void group_check(const Group *group, const Row *rows, GroupBy by)
{
    guint called = 0, bars = 0;
    for (guint i = 0; i < ROWS; i++) {
        g_autofree char *key = group_key(&rows[i], by);
        bool same = strcmp(key, group->key) == 0;
        g_assert_cmpint(group_has(&rows[i], by, group->key), ==, same);
        called += same;
    }
    g_assert_cmpuint(called, ==, group->count);
    g_assert_cmpuint(group->rows->len, ==, group->count);
    for (guint i = 0; i < group->rows->len; i++) {
        guint number = g_array_index(group->rows, guint, i);
        g_assert_true(group_has(&rows[number], by, group->key));
        g_assert_true(i == 0 || number > g_array_index(group->rows, guint, i - 1));
    }
    for (int i = 0; i < HIST_BARS; i++)
        bars += group->hist[i];
    g_assert_cmpuint(bars, ==, group->count);
}

static void test_groups(void)
{
    g_autofree Row *rows = rows_new();
    g_autoptr(GArray) order = order_new();
    for (int by = GROUP_NONE; by < GROUP_COUNT; by++) {
        g_autoptr(GPtrArray) groups = rows_group(order, row_at, rows, (GroupBy)by);
        guint count = 0;
        for (guint i = 0; i < groups->len; i++) {
            group_check(groups->pdata[i], rows, (GroupBy)by);
            count += ((const Group *)groups->pdata[i])->count;
        }
        g_assert_cmpuint(count, ==, ROWS);
    }
}

static guint groups_by(GroupBy by)
{
    g_autofree Row *rows = rows_new();
    g_autoptr(GArray) order = order_new();
    g_autoptr(GPtrArray) groups = rows_group(order, row_at, rows, by);
    return groups->len;
}

static void test_names(void)
{
    Row row = {.injection = address("198.51.100.77"), .campaign = (char *)(gsize) "ip x y"};
    static const struct {
        GroupBy by;
        const char *key;
    } names[] = {{GROUP_INJECTION, "198.51.100.77"},
                 {GROUP_NETWORK, "198.51.100.0/24"},
                 {GROUP_CAMPAIGN, "x y"},
                 {GROUP_SUBJECT, "(no subject came back)"},
                 {GROUP_REPORTER, "(unknown)"},
                 {GROUP_DAY, "1970-01-01 Thu"}};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *key = group_key(&row, names[i].by);
        g_assert_cmpstr(key, ==, names[i].key);
    }
    row.injection = address("2001:db8:1:2::7");
    g_autofree char *network = group_key(&row, GROUP_NETWORK);
    g_assert_cmpstr(network, ==, "2001:db8:1::/48");
    row.injection_own = true;
    g_autofree char *own = group_key(&row, GROUP_NETWORK);
    g_assert_cmpstr(own, ==, "own");
    /* "Re: offer" and the like are one with "offer"; those without one are one */
    g_assert_cmpuint(groups_by(GROUP_SUBJECT), ==, 2);
    /* with those of our own and those that are not stated */
    g_assert_cmpuint(groups_by(GROUP_INJECTION), ==, 9);
    g_assert_cmpuint(groups_by(GROUP_NETWORK), ==, 7);
}

/* What GLib takes for the local day, hour by hour. */
static void day_check(gint64 timestamp)
{
    const Row row = {.timestamp = timestamp};
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(timestamp);
    g_autofree char *wanted = time ? g_date_time_format(time, "%Y-%m-%d %a") : g_strdup("no date");
    g_autofree char *key = group_key(&row, GROUP_DAY);
    g_assert_cmpstr(key, ==, wanted);
    g_assert_true(group_has(&row, GROUP_DAY, key));
    g_assert_false(group_has(&row, GROUP_DAY, "2025-02-30 Sun"));
    g_assert_false(group_has(&row, GROUP_DAY, ""));
}

static void test_days(void)
{
    for (gint64 hour = 0; hour < YEAR_H; hour++)
        for (gint64 second = -1; second < 1; second++)
            day_check(1735686000 + hour * 3600 + second);
}

static void test_odd_days(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(odd_times); i++) {
        const Row row = {.timestamp = odd_times[i]};
        g_autofree char *key = group_key(&row, GROUP_DAY);
        g_assert_true(group_has(&row, GROUP_DAY, key));
    }
    const Row none = {.timestamp = TIME_NONE};
    g_assert_true(group_has(&none, GROUP_DAY, "no date"));
}

int main(int argc, char **argv)
{
    /* an hour is left out and one comes twice, whatever zones are installed */
    g_setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", TRUE);
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rows_group/groups", test_groups);
    g_test_add_func("/rows_group/names", test_names);
    g_test_add_func("/rows_group/days", test_days);
    g_test_add_func("/rows_group/odd_days", test_odd_days);
    return g_test_run();
}
