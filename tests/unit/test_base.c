/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves the smallest parts: dates and their zones, addresses and what is wrapped around them,
 * domains, IP addresses, text made safe, measured and found, spans. */
#include <string.h>

#include "base/address.h"
#include "base/columns.h"
#include "base/count.h"
#include "base/date.h"
#include "base/domain.h"
#include "base/ip.h"
#include "base/names.h"
#include "base/nearest.h"
#include "base/needle.h"
#include "base/safe.h"

static void test_dates(void)
{
    static const struct {
        const char *text, *utc; /* NULL: no moment */
    } dates[] = {
        {"Tue, 3 Jun 2003 16:22:51 -0400 (EDT)", "2003-06-03T20:22:51Z"},
        {"Tue, 3 Jun 2003 16:22:51 -0400 (MSK)", "2003-06-03T20:22:51Z"},
        {"3 Jun 2003 16:22:51 +0000", "2003-06-03T16:22:51Z"},
        {"3 Jun 03 16:22 EDT", "2003-06-03T20:22:00Z"},
        {"3 Jun 103 16:22:00 EST", "2003-06-03T21:22:00Z"},
        {"Tue Jun  3 16:22:51 2003 +0200", "2003-06-03T14:22:51Z"},
        {"Tue Jun  3 16:22:51 PDT 2003", "2003-06-03T23:22:51Z"},
        {"2003-06-03T16:22:51Z", "2003-06-03T16:22:51Z"},
        {"2003-06-03 16:22:51.250+02:00", "2003-06-03T14:22:51Z"},
        {"03-Jun-2003 16:22:51 GMT+0200", "2003-06-03T14:22:51Z"},
        {"Tue, 3 Jun 2003 04:22:51 PM -0400", "2003-06-03T20:22:51Z"},
        {"Tue, 3 Jun 2003 12:00:00 AM +0000", "2003-06-03T00:00:00Z"},
        {"Fri, 29 Feb 2008 23:59:60 +0000", "2008-03-01T00:00:00Z"},
        {"Thu, 01 Jan 1970 00:00:00 +0000", "1970-01-01T00:00:00Z"},
        {"Tue, 3 June 2003 16:22:51 UT", "2003-06-03T16:22:51Z"},
        {"Tue, 3 Jun 2003 16:22:51 (CEST)", "2003-06-03T14:22:51Z"},
        {"Mon, 31 Dec 9999 23:59:59 +0000", "9999-12-31T23:59:59Z"},
        {"Tue, 3 Jun 2003 16:22:51", NULL},
        {"Tue, 3 Jun 2003 16:22:51 A", NULL},
        {"Tue, 3 Jun 2003", NULL},
        {"31 Feb 2003 10:00:00 +0000", NULL},
        {"29 Feb 2003 10:00:00 +0000", NULL}, /* no leap year */
        {"29 Feb 2100 10:00:00 +0000", NULL},
        {"3 Jun 2003 25:00:00 +0000", NULL},
        {"yesterday", NULL},
        {"", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(dates); i++) {
        Date date;
        bool found = date_parse(span_of(dates[i].text), &date);
        g_autofree char *utc = date_format_rfc3339(date.utc);
        g_test_message("%s", dates[i].text);
        g_assert_cmpstr(utc, ==, dates[i].utc);
        g_assert_true(found || !dates[i].utc);
    }
}

/* The years around every change that a calendar knows, there and back. */
static void test_dates_of_all_days(void)
{
    for (gint64 day = 0; day < 200 * 366; day += 13) {
        gint64 moment = day * 86400 + day % 86400;
        g_autofree char *text = date_format_rfc3339(moment);
        Date date;
        g_assert_true(date_parse(span_of(text), &date));
        g_assert_cmpint(date.utc, ==, moment);
    }
    g_assert_null(date_format_rfc3339(TIME_NONE));
    g_assert_null(date_format_rfc3339(G_MAXINT64));
}

static void test_addresses(void)
{
    static const struct {
        const char *text, *address;
    } all[] = {
        {"rowan@alder.example", "rowan@alder.example"},
        {"Rowan <rowan@alder.example>", "rowan@alder.example"},
        {"\"Rowan <x@y.example>\" <rowan@alder.example>", "rowan@alder.example"},
        {"rowan@alder.example (x@y.example)", "rowan@alder.example"},
        {"rfc822; rowan@alder.example", "rowan@alder.example"},
        {"RFC822;<rowan@alder.example>", "rowan@alder.example"},
        {"<rowan@alder.example>...", "rowan@alder.example"},
        {"<@a.example,@b.example:rowan@alder.example>", "rowan@alder.example"},
        {"mailto:rowan@alder.example", "rowan@alder.example"},
        {"'rowan@alder.example'", "rowan@alder.example"},
        {"rowan@alder.example.", "rowan@alder.example"},
        {"<rowan@alder.example", "rowan@alder.example"},
        {"\"two words\"@alder.example", "\"two words\"@alder.example"},
        {"<>", NULL},
        {"MAILER-DAEMON", NULL},
        {"@alder.example", NULL},
        {"rowan@", NULL},
        {"", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        g_autofree char *address = address_extract(span_of(all[i].text));
        g_test_message("%s", all[i].text);
        g_assert_cmpstr(address, ==, all[i].address);
    }
}

static void test_address_lists(void)
{
    g_autoptr(GPtrArray) list = address_list(
        SPAN("a@x.example, \"B, C\" <b@x.example>, group: c@x.example, d@x.example;, (e@x.example) "
             "f@x.example"));
    static const char *const wanted[] = {"a@x.example", "b@x.example", "c@x.example", "d@x.example",
                                         "f@x.example"};
    g_assert_cmpuint(list->len, ==, G_N_ELEMENTS(wanted));
    for (guint i = 0; i < list->len; i++)
        g_assert_cmpstr(list->pdata[i], ==, wanted[i]);
}

static void test_wrapped_addresses(void)
{
    static const struct {
        const char *address, *inside;
        AddressWrap wrap;
    } all[] = {
        {"rowan@alder.example", "rowan@alder.example", ADDRESS_PLAIN},
        {"prvs=1234abcdef=rowan@alder.example", "rowan@alder.example", ADDRESS_BATV},
        {"prvs=rowan=1234abcdef@alder.example", "rowan@alder.example", ADDRESS_BATV},
        {"SRS0=HHHH=TT=alder.example=rowan@fwd.example", "rowan@alder.example", ADDRESS_SRS},
        {"SRS0+HHHH=TT=alder.example=rowan@fwd.example", "rowan@alder.example", ADDRESS_SRS},
        {"srs0=HHHH=TT=alder.example=rowan@fwd.example", "rowan@alder.example", ADDRESS_SRS},
        {"SRS1=HHHH=fwd.example==HHHH=TT=alder.example=rowan@two.example", "rowan@alder.example",
         ADDRESS_SRS},
        {"SRS0=HHHH=TT=alder.example=prvs=1234abcdef=rowan@fwd.example", "rowan@alder.example",
         ADDRESS_SRS},
        {"prvs=short=rowan@alder.example", "prvs=short=rowan@alder.example", ADDRESS_PLAIN},
        {"prvs=@alder.example", "prvs=@alder.example", ADDRESS_PLAIN},
        {"SRS0=HHHH=rowan@fwd.example", "SRS0=HHHH=rowan@fwd.example", ADDRESS_PLAIN},
        {"SRS0=@fwd.example", "SRS0=@fwd.example", ADDRESS_PLAIN},
        {"no address", "no address", ADDRESS_PLAIN},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        AddressWrap wrap;
        g_autofree char *inside = address_unwrap(all[i].address, &wrap);
        g_test_message("%s", all[i].address);
        g_assert_cmpstr(inside, ==, all[i].inside);
        g_assert_cmpint(wrap, ==, all[i].wrap);
    }
    g_assert_true(address_same("prvs=1234abcdef=Rowan@ALDER.example", "rowan@alder.example"));
    g_assert_false(address_same("rowan@alder.example", "rowan@birch.example"));
    g_assert_false(address_same(NULL, "rowan@alder.example"));
    g_autofree char *domain = address_domain("\"a@b\"@Alder.Example");
    g_assert_cmpstr(domain, ==, "alder.example");
    g_assert_null(address_domain("rowan@"));
}

static void test_domains(void)
{
    static const struct {
        const char *host, *organisation;
    } all[] = {
        {"mx3.Example.co.uk.", "example.co.uk"},
        {"example.com", "example.com"},
        {"a.b.c.alder.example", "alder.example"},
        {"pc.home.local", "home.local"},
        {"192.0.2.1", NULL},
        {"localhost", NULL},
        {"", NULL},
        {"..", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        g_autofree char *organisation = domain_organisation(all[i].host);
        g_test_message("%s", all[i].host);
        g_assert_cmpstr(organisation, ==, all[i].organisation);
    }
    g_assert_null(domain_organisation(NULL));
    /* more names than are remembered, each asked twice: none gets what another was told */
    for (int i = 0; i < 6000; i++) {
        g_autofree char *host = g_strdup_printf("mx.n%d.example.com", i % 3000);
        g_autofree char *other = g_strdup_printf("mx.n%d.example", i % 3000);
        g_autofree char *expected = g_strdup_printf("n%d.example", i % 3000);
        g_autofree char *one = domain_organisation(host), *two = domain_organisation(other);
        g_assert_cmpstr(one, ==, "example.com");
        g_assert_cmpstr(two, ==, expected);
    }
    g_assert_true(domain_same("Alder.example.", "alder.EXAMPLE"));
    g_assert_true(domain_is_under("mail.alder.example", "alder.example"));
    g_assert_true(domain_is_under("alder.example", "alder.example"));
    g_assert_false(domain_is_under("evilalder.example", "alder.example"));
    g_assert_false(domain_is_under("alder.example", "mail.alder.example"));
    g_assert_true(domain_is_public_name("mail.example.org"));
    g_assert_false(domain_is_public_name("printer.local"));
    g_assert_false(domain_is_public_name("192.0.2.1"));
}

static void test_addresses_of_machines(void)
{
    static const struct {
        const char *text, *canonical; /* NULL: none */
        IpKind kind;
    } all[] = {
        {"192.0.2.1", "192.0.2.1", IP_PUBLIC},
        {"10.1.2.3", "10.1.2.3", IP_PRIVATE},
        {"172.31.255.255", "172.31.255.255", IP_PRIVATE},
        {"172.32.0.1", "172.32.0.1", IP_PUBLIC},
        {"127.0.0.1", "127.0.0.1", IP_LOOPBACK},
        {"169.254.1.1", "169.254.1.1", IP_LINK_LOCAL},
        {"100.64.0.1", "100.64.0.1", IP_CGNAT},
        {"0.0.0.0", "0.0.0.0", IP_RESERVED},
        {"255.255.255.255", "255.255.255.255", IP_RESERVED},
        {"IPv6:2001:DB8::0:1", "2001:db8::1", IP_PUBLIC},
        {"::ffff:192.0.2.1", "192.0.2.1", IP_PUBLIC},
        {"fe80::1%eth0", "fe80::1", IP_LINK_LOCAL},
        {"fd00::1", "fd00::1", IP_PRIVATE},
        {"::1", "::1", IP_LOOPBACK},
        {"::", "::", IP_RESERVED},
        {"192.0.2.256", NULL, IP_NONE},
        {"192.0.2", NULL, IP_NONE},
        {"192.0.2.1.5", NULL, IP_NONE},
        {"0300.0.2.1", NULL, IP_NONE},
        {"192.0.02.1", NULL, IP_NONE},
        {"192.0.2.1%eth0", NULL, IP_NONE},
        {"+192.0.2.1", NULL, IP_NONE},
        {"0xc0.0.2.1", NULL, IP_NONE},
        {" 192.0.2.1", NULL, IP_NONE},
        {"192.0.2.1 ", NULL, IP_NONE},
        {"2001:db8:::1", NULL, IP_NONE},
        {"1:2:3:4:5:6:7:8:9", NULL, IP_NONE},
        {"3221225985", NULL, IP_NONE},
        {"", NULL, IP_NONE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        Ip ip;
        bool found = ip_parse(span_of(all[i].text), &ip);
        g_autofree char *text = ip_format(&ip);
        g_test_message("%s", all[i].text);
        g_assert_cmpint(found, ==, all[i].canonical != NULL);
        g_assert_cmpstr(text, ==, all[i].canonical);
        g_assert_cmpint(ip_kind(&ip), ==, all[i].kind);
    }
}

static bool in(const char *network, const char *address)
{
    Network net;
    Ip ip;
    g_assert_true(network_parse(span_of(network), &net));
    g_assert_true(ip_parse(span_of(address), &ip));
    return network_contains(&net, &ip);
}

static void test_networks(void)
{
    Network net;
    Ip a, b;
    g_assert_true(in("192.0.2.0/24", "192.0.2.255"));
    g_assert_false(in("192.0.2.0/24", "192.0.3.0"));
    g_assert_true(in("192.0.2.0/23", "192.0.3.0"));
    g_assert_true(in("192.0.2.1", "192.0.2.1"));
    g_assert_false(in("192.0.2.1", "192.0.2.2"));
    g_assert_true(in("2001:db8::/33", "2001:db8:7fff::1"));
    g_assert_false(in("2001:db8::/33", "2001:db8:8000::1"));
    g_assert_true(in("0.0.0.0/0", "192.0.2.1"));
    g_assert_false(in("0.0.0.0/0", "::1"));
    g_assert_false(network_parse(SPAN("192.0.2.0/33"), &net));
    g_assert_false(network_parse(SPAN("192.0.2.0/"), &net));
    g_assert_false(network_parse(SPAN("192.0.2.0/-1"), &net));
    g_assert_false(network_parse(SPAN("alder.example/8"), &net));
    g_assert_true(ip_parse_literal(SPAN("[IPv6:2001:db8::1]:25"), &a));
    g_assert_true(ip_parse_literal(SPAN("(192.0.2.1)"), &b));
    g_assert_false(ip_equal(&a, &b));
    g_assert_true(ip_parse(SPAN("192.0.2.200"), &a));
    g_assert_true(ip_near(&a, &b, 24, 64));
    g_assert_false(ip_near(&a, &b, 25, 64));
}

static void test_safe_text(void)
{
    static const struct {
        const char *text, *line;
    } all[] = {
        {"plain", "plain"},
        {"gr\303\274n \346\227\245", "gr\303\274n \346\227\245"},
        {"a\033[2Jb", "a\\x1b[2Jb"},
        {"a\233b", "a\\x9bb"},
        {"a\302\233b", "a\\u{009b}b"},
        {"a\342\200\256b", "a\\u{202e}b"},
        {"a\342\200\213b", "a\\u{200b}b"},
        {"a\177b", "a\\x7fb"},
        {"a\nb\rc", "a\\x0ab\\x0dc"},
        {"a\tb", "a b"},
        {"\360\237", "\\xf0\\x9f"},
        {"\355\240\200", "\\xed\\xa0\\x80"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        g_autofree char *line = safe_text(span_of(all[i].text), SAFE_LINE);
        g_autofree char *twice = safe_text(span_of(line), SAFE_LINE);
        g_assert_cmpstr(line, ==, all[i].line);
        g_assert_cmpstr(twice, ==, line);
        g_assert_true(g_utf8_validate(line, -1, NULL));
    }
    g_autofree char *nul = safe_text((Span){"a\0b", 3}, SAFE_LINE);
    g_assert_cmpstr(nul, ==, "a\\x00b");
    g_autofree char *lines = safe_text(SPAN("a\r\nb\rc\n\td"), SAFE_KEEP_NEWLINES);
    g_assert_cmpstr(lines, ==, "a\nb\nc\n        d");
    g_autofree char *ascii = safe_text(SPAN("\303\274"), SAFE_ASCII);
    g_assert_cmpstr(ascii, ==, "\\u{00fc}");
}

static void test_safe_json(void)
{
    static const struct {
        const char *text, *safe;
    } all[] = {
        {"{\"a\":\"\\u001bb\"}", "{\"a\":\"\\u001bb\"}"},
        {"\"\177\"", "\"\\u007f\""},
        {"\"\302\233\342\200\256\"", "\"\\u009b\\u202e\""},
        {"\"\363\240\200\201\"", "\"\\udb40\\udc01\""},
        {"\"\303\274\360\237\230\200\"", "\"\303\274\360\237\230\200\""},
        {"", ""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        g_autofree char *safe = safe_json(all[i].text);
        g_assert_cmpstr(safe, ==, all[i].safe);
    }
}

static void test_spans(void)
{
    Span rest = SPAN("one\r\ntwo\rthree\n\nfive"), line;
    static const char *const lines[] = {"one", "two", "three", "", "five"};
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_assert_true(span_line(&rest, &line));
        g_assert_true(span_eq(line, lines[i]));
    }
    g_assert_false(span_line(&rest, &line));
    g_assert_cmpuint(span_of(NULL).n, ==, 0);
    g_assert_cmpuint(span_sub(SPAN("abc"), 5, 1).n, ==, 0);
    g_assert_true(span_eq(span_sub(SPAN("abc"), 1, G_MAXSIZE), "bc"));
    g_assert_true(span_eq(span_trim(SPAN(" \t\r\na b\0\n")), "a b"));
    g_assert_cmpint(span_ifind(SPAN("Ein GROSSES Wort"), "grosses"), ==, 4);
    g_assert_cmpint(span_find(SPAN("abc"), "abcd"), ==, -1);
    g_assert_true(span_istarts(SPAN("Received: x"), "received:"));
    /* one byte that is not ASCII, or NUL, at each place of texts of each length */
    for (gsize n = 0; n < 20; n++) {
        char text[20];
        memset(text, 0x7f, sizeof text);
        g_assert_true(span_is_ascii((Span){text, n}));
        for (gsize at = 0; at < n; at++) {
            const char odd[] = {'\0', (char)0x80, (char)0xff};
            for (gsize k = 0; k < sizeof odd; k++) {
                text[at] = odd[k];
                g_assert_false(span_is_ascii((Span){text, n}));
            }
            text[at] = 0x01;
            g_assert_true(span_is_ascii((Span){text, n}));
        }
    }
    g_assert_false(span_istarts(SPAN("Rec"), "received:"));
    g_assert_true(span_iends(SPAN("x.EXAMPLE"), ".example"));
    g_autofree char *text = span_dup((Span){"a\0b", 3});
    g_assert_cmpstr(text, ==, "a?b");
    g_autofree char *whole = span_dup_line(" a\tb\r\nc ", 6), *cut = span_dup_line("gr\u00fcn", 3);
    g_assert_cmpstr(whole, ==, "a b  c");
    g_assert_cmpstr(cut, ==, "gr");
    g_assert_null(span_dup_line(NULL, 3));
    g_autofree char *valid = span_dup_utf8(SPAN("a\377b"));
    g_assert_cmpstr(valid, ==, "a\357\277\275b");
}

static void test_nearest(void)
{
    static const char *const names[] = {"delete", "quarantine", "release", "complain"};
    Nearest nearest = nearest_to("delte"), none = nearest_to("zzzzzz");
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        nearest_try(&nearest, names[i]);
        nearest_try(&none, names[i]);
    }
    g_assert_cmpstr(nearest.found, ==, "delete");
    g_assert_null(none.found);
}

static void test_needle(void)
{
    g_assert_true(needle_in("Cas", "what is LUCAS'"));
    g_assert_true(needle_in("\u00e9T\u00e9", "un \u00c9t\u00c9"));
    g_assert_false(needle_in("casa", "what is LUCAS'"));
    g_assert_false(needle_in("", "text"));
    g_assert_false(needle_in(NULL, "text"));
    g_assert_false(needle_in("text", NULL));
}

static void test_names(void)
{
    static const char *const names[] = {NULL, "one", "two"};
    g_assert_cmpint(names_find(names, 3, "two"), ==, 2);
    g_assert_cmpint(names_find(names, 2, "two"), ==, -1);
    g_assert_cmpint(names_find(names, 3, NULL), ==, -1);
    g_assert_true(names_list_has("un complained two", "complained"));
    g_assert_false(names_list_has("uncomplained complained2", "complained"));
    g_assert_false(names_list_has(NULL, "complained"));
    g_assert_false(names_list_has("a  b", ""));
}

static void test_columns(void)
{
    g_assert_cmpint(columns_of('a'), ==, 1);
    g_assert_cmpint(columns_of('\a'), ==, -1);
    g_assert_cmpint(columns_of(0x9b), ==, -1); /* a control of 8 bits */
    g_assert_cmpint(columns_of(0x301), ==, 0);
    g_assert_cmpint(columns_of(0x4e16), ==, 2);
}

/* A comma between thousands, nowhere else. */
static void test_count(void)
{
    static const struct {
        guint64 count;
        const char *text;
    } rows[] = {{0, "0"},
                {999, "999"},
                {1000, "1,000"},
                {12501, "12,501"},
                {G_MAXUINT64, "18,446,744,073,709,551,615"}};
    char text[COUNT_SIZE];
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpstr(count_text(rows[i].count, text), ==, rows[i].text);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/count", test_count);
    g_test_add_func("/base/dates", test_dates);
    g_test_add_func("/base/dates-of-all-days", test_dates_of_all_days);
    g_test_add_func("/base/addresses", test_addresses);
    g_test_add_func("/base/address-lists", test_address_lists);
    g_test_add_func("/base/wrapped-addresses", test_wrapped_addresses);
    g_test_add_func("/base/domains", test_domains);
    g_test_add_func("/base/addresses-of-machines", test_addresses_of_machines);
    g_test_add_func("/base/networks", test_networks);
    g_test_add_func("/base/safe-text", test_safe_text);
    g_test_add_func("/base/safe-json", test_safe_json);
    g_test_add_func("/base/spans", test_spans);
    g_test_add_func("/base/nearest", test_nearest);
    g_test_add_func("/base/needle", test_needle);
    g_test_add_func("/base/names", test_names);
    g_test_add_func("/base/columns", test_columns);
    return g_test_run();
}
