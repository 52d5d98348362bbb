/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is learned of the ways in which mail comes: the line where many strangers hand it in, and
 * nothing that senders write below it, however many messages they send. */
#include <string.h>

#include "learn/patterns.h"
#include "learn/ways.h"
#include "message/message.h"

/* --- mail ------------------------------------------------------------------------------------- */

static void add_header(GPtrArray *headers, const char *name, const char *value)
{
    g_ptr_array_add(headers, header_new(span_of(name), span_of(value)));
}

/* "from HELO (NAME [IP]) by BY (Postfix) ...": a line as Postfix writes it. */
static void add_line(GPtrArray *headers, const char *helo, const char *name, const char *ip,
                     const char *by)
{
    g_autofree char *line =
        g_strdup_printf("from %s (%s [%s]) by %s (Postfix) with ESMTPS id 4F2AB1C2D3; Tue, 14 Apr "
                        "2026 10:00:20 +0000",
                        helo, name, ip, by);
    add_header(headers, "Received", line);
}

static GPtrArray *mail_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)header_free);
}

static void add_from(GPtrArray *headers, const char *domain)
{
    g_autofree char *from = g_strdup_printf("Somebody <news@%s>", domain);
    add_header(headers, "From", from);
}

/* A message of organisation @n that crossed the border at @by; above it @inside (NULL: nothing). */
static GPtrArray *letter(guint n, const char *inside, const char *by)
{
    GPtrArray *headers = mail_new();
    g_autofree char *domain = g_strdup_printf("org%u.example", n);
    g_autofree char *host = g_strdup_printf("mail.org%u.example", n);
    g_autofree char *desk = g_strdup_printf("desk.org%u.example", n);
    g_autofree char *ip = g_strdup_printf("192.0.2.%u", n % 250 + 1);
    if (inside)
        add_line(headers, by, by, "10.0.0.7", inside);
    add_line(headers, host, host, ip, by);
    add_line(headers, desk, desk, "203.0.113.9", host);
    add_from(headers, domain);
    return headers;
}

static void take(Ways *ways, GPtrArray *headers)
{
    ways_add(ways, headers);
    g_ptr_array_unref(headers);
}

static void take_letters(Ways *ways, guint count, const char *inside, const char *by)
{
    for (guint i = 0; i < count; i++)
        take(ways, letter(i, inside, by));
}

/* The names of a table, sorted. The caller frees it. */
static char *names(GHashTable *table)
{
    GList *keys = g_list_sort(g_hash_table_get_keys(table), (GCompareFunc)(void *)strcmp);
    GString *text = g_string_new(NULL);
    for (GList *one = keys; one; one = one->next)
        g_string_append_printf(text, "%s%s", text->len ? " " : "", (char *)one->data);
    g_list_free(keys);
    return g_string_free(text, FALSE);
}

static void expect(Ways *ways, const char *border, const char *inside, const char *authserv)
{
    g_autoptr(WaysFound) found = ways_find(ways);
    g_autofree char *is_border = names(found->border);
    g_autofree char *is_inside = names(found->inside);
    g_autofree char *is_authserv = names(found->authserv);
    g_assert_cmpstr(is_border, ==, border);
    g_assert_cmpstr(is_inside, ==, inside);
    g_assert_cmpstr(is_authserv, ==, authserv);
}

/* --- tests ------------------------------------------------------------------------------------ */

static void test_found(void)
{
    g_autoptr(Identity) identity = identity_new();
    g_autoptr(Ways) ways = ways_new(identity);
    for (guint i = 0; i < 30; i++)
        take(ways, letter(i, "store4.box.example", i % 2 ? "mx1.box.example" : "mx22.box.example"));
    g_autoptr(WaysFound) found = ways_find(ways);
    g_assert_cmpuint(found->messages, ==, 30);
    g_assert_cmpuint(found->senders, ==, 30);
    g_assert_cmpuint(GPOINTER_TO_UINT(g_hash_table_lookup(found->border, "mx*.box.example")), ==,
                     30);
    g_assert_cmpuint(GPOINTER_TO_UINT(g_hash_table_lookup(found->inside, "store4.box.example")), ==,
                     30);
}

static void test_few(void)
{
    g_autoptr(Identity) identity = identity_new();
    g_autoptr(Ways) ways = ways_new(identity);
    expect(ways, "", "", "");
    g_autoptr(Ways) nine = ways_new(identity);
    take_letters(nine, 9, NULL, "mx.box.example");
    expect(nine, "", "", "");
    g_autoptr(Ways) ten = ways_new(identity);
    take_letters(ten, 10, NULL, "mx.box.example");
    expect(ten, "mx.box.example", "", "");
}

/* A thousand messages of one sender who hands in by one host count once: alone they teach nothing,
 * beside others they change nothing. */
static void flood(Ways *ways, const char *host, bool many_names)
{
    for (guint i = 0; i < 1000; i++) {
        GPtrArray *headers = mail_new();
        g_autofree char *domain =
            many_names ? g_strdup_printf("x%u.example", i) : g_strdup("thief.example");
        g_autofree char *peer = g_strdup_printf("p%u.example", i);
        g_autofree char *ip = g_strdup_printf("203.0.113.%u", i % 250 + 1);
        add_line(headers, host, host, "198.51.100.9", "mx.box.example");
        add_header(headers, "Authentication-Results",
                   "mx.thief.example; dkim=pass header.d=a.example");
        add_line(headers, peer, peer, ip, host);
        add_from(headers, domain);
        take(ways, headers);
    }
}

static void test_flood(void)
{
    g_autoptr(Identity) identity = identity_new();
    /* a host of his own, or a service's who sends for anybody: neither is a filter in front */
    static const char *const hosts[] = {"mx.thief.example", "o1.out.sendgrid.net"};
    for (guint i = 0; i < 2 * G_N_ELEMENTS(hosts); i++) {
        g_autoptr(Ways) alone = ways_new(identity);
        flood(alone, hosts[i / 2], i % 2);
        expect(alone, "", "", "");
        g_autoptr(Ways) beside = ways_new(identity);
        flood(beside, hosts[i / 2], i % 2);
        take_letters(beside, 12, NULL, "mx.box.example");
        expect(beside, "mx.box.example", "", "");
    }
}

/* A filter in front of our own server. Some senders go past it, straight to the server behind. */
static void test_filter(void)
{
    g_autoptr(Identity) identity = identity_new();
    for (guint past = 0; past < 3; past++) {
        g_autoptr(Ways) ways = ways_new(identity);
        for (guint i = 0; i < 40; i++) {
            GPtrArray *headers = letter(i, NULL, "mx0a-001.pphosted.com");
            GPtrArray *whole = mail_new();
            add_line(whole, "mx0a-001.pphosted.com", "mx0a-001.pphosted.com", "198.51.100.7",
                     "mail.box.example");
            for (guint k = 0; k < headers->len; k++) {
                const Header *header = headers->pdata[k];
                add_header(whole, header->name, header->value);
            }
            g_ptr_array_unref(headers);
            take(ways, whole);
        }
        for (guint i = 0; i < past * 20; i++)
            take(ways, letter(i + 100, NULL, "mail.box.example"));
        /* where many go past it, our own server is the border: that believes less, not more */
        expect(ways, past == 0 ? "mx0a-001.pphosted.com" : "mail.box.example",
               past == 0 ? "mail.box.example" : "", "");
    }
}

/* All the world behind one inside address: what stands below is the senders'. */
static void test_translated(void)
{
    g_autoptr(Identity) identity = identity_new();
    g_autoptr(Ways) ways = ways_new(identity);
    for (guint i = 0; i < 100; i++) {
        GPtrArray *headers = mail_new();
        g_autofree char *domain = g_strdup_printf("org%u.example", i);
        g_autofree char *peer = g_strdup_printf("p%u.example", i);
        g_autofree char *ip = g_strdup_printf("203.0.113.%u", i + 1);
        add_line(headers, domain, "unknown", "172.17.0.1", "mail.box.example");
        add_line(headers, peer, peer, ip, "mx.thief.example");
        add_from(headers, domain);
        take(ways, headers);
    }
    expect(ways, "", "", "");
}

/* A fifth of the senders come by another account; fewer count for nothing. */
static void test_accounts(void)
{
    g_autoptr(Identity) identity = identity_new();
    for (guint other = 10; other <= 20; other += 10) {
        g_autoptr(Ways) ways = ways_new(identity);
        take_letters(ways, 70, NULL, "mx.box.example");
        for (guint i = 0; i < other; i++)
            take(ways, letter(100 + i, NULL, "mx.chest.example"));
        expect(ways, other == 20 ? "mx.box.example mx.chest.example" : "mx.box.example", "", "");
    }
}

/* Results: above the border's line as our server writes them, or right below it; there only in the
 * name of its own house, and in nearly all messages. */
static void add_results(GPtrArray *headers, guint at, const char *server)
{
    g_autofree char *value = g_strconcat(server, "; dkim=none", NULL);
    g_ptr_array_insert(headers, (gint)at,
                       header_new(span_of("Authentication-Results"), span_of(value)));
}

static void test_authserv(void)
{
    static const struct {
        const char *server;
        guint at, of;         /* before this header; in so many of 40 messages */
        const char *authserv; /* what is learned */
    } cases[] = {{"results.box.example", 0, 40, "results.box.example"},
                 {"other.chest.example", 0, 40, "other.chest.example"},
                 {"results.box.example", 0, 20, ""},
                 {"results.box.example", 1, 40, "results.box.example"},
                 {"results.box.example", 1, 20, ""},
                 {"other.chest.example", 1, 40, ""},
                 {"results.box.example", 2, 40, ""}};
    g_autoptr(Identity) identity = identity_new();
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Ways) ways = ways_new(identity);
        for (guint k = 0; k < 40; k++) {
            GPtrArray *headers = letter(k, NULL, "mx.box.example");
            if (k < cases[i].of)
                add_results(headers, cases[i].at, cases[i].server);
            take(ways, headers);
        }
        expect(ways, "mx.box.example", "", cases[i].authserv);
    }
}

/* --- patterns --------------------------------------------------------------------------------- */

static void expect_patterns(const char *list, const char *expected)
{
    g_autoptr(GHashTable) table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) parts = g_strsplit(list, " ", -1);
    for (char **one = parts; *one; one++)
        g_hash_table_insert(table, g_strdup(*one), GUINT_TO_POINTER(1));
    g_autoptr(GHashTable) found = patterns_of(table);
    g_autofree char *is = names(found);
    g_assert_cmpstr(is, ==, expected);
}

static void test_patterns(void)
{
    expect_patterns("mx1.box.example", "mx1.box.example");
    expect_patterns("mx1.box.example mx22.box.example", "mx*.box.example");
    expect_patterns("mxa.box.example mxb.box.example", "mxa.box.example mxb.box.example");
    expect_patterns("a.x.example b.x.example c.x.example d.x.example e.x.example f.x.example",
                    "*.x.example");
    /* never the registered domain's own digits or label */
    expect_patterns("mx1.box1.example mx2.box1.example", "mx*.box1.example");
    expect_patterns("1and1.com 2and2.com 3and3.com", "1and1.com 2and2.com 3and3.com");
    expect_patterns("a.com b.com c.com d.com e.com f.com g.com",
                    "a.com b.com c.com d.com e.com f.com g.com");
    expect_patterns("slot1 slot2", "slot1 slot2");
    expect_patterns("compute1.internal compute2.internal", "compute1.internal compute2.internal");
    /* nothing that would end in the file as two, or that the configuration would refuse */
    expect_patterns("a;b.box.example c\\d.box.example 192.0.2.1", "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ways/found", test_found);
    g_test_add_func("/ways/few", test_few);
    g_test_add_func("/ways/flood", test_flood);
    g_test_add_func("/ways/filter", test_filter);
    g_test_add_func("/ways/translated", test_translated);
    g_test_add_func("/ways/accounts", test_accounts);
    g_test_add_func("/ways/authserv", test_authserv);
    g_test_add_func("/ways/patterns", test_patterns);
    return g_test_run();
}
