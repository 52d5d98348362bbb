/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Houses: the tables do not contradict themselves, names are found whatever stands before them, and
 * a name that only looks like a house's is none. */
#include <string.h>

#include "base/domain.h"
#include "house/bounce_sender.h"
#include "house/hostname.h"
#include "house/house.h"
#include "house/house_private.h"

/* A table's rows, in order. */
typedef struct Table {
    const char *name;
    const House *rows;
    gsize n;
} Table;

static void tables_get(Table tables[2])
{
    tables[0].name = "house_table";
    tables[0].rows = house_table(&tables[0].n);
    tables[1].name = "house_access";
    tables[1].rows = house_access(&tables[1].n);
}

/* --- the tables ------------------------------------------------------------------------------- */

/* A list is names parted by one space, each in organisational form (or, in newer lists of public
 * suffixes, one itself), and none stands in @seen. */
static void check_names(const House *house, const char *list, GHashTable *seen)
{
    g_auto(GStrv) names = *list ? g_strsplit(list, " ", -1) : g_new0(char *, 1);
    for (gsize i = 0; names[i]; i++) {
        g_autofree char *clean = domain_clean(names[i]);
        g_autofree char *organisation = domain_organisation(names[i]);
        g_test_message("%s: \"%s\"", house->name, names[i]);
        g_assert_cmpstr(clean, ==, names[i]);
        g_assert_true(!organisation || strcmp(organisation, names[i]) == 0);
        g_assert_null(g_hash_table_lookup(seen, names[i]));
        g_hash_table_insert(seen, g_strdup(names[i]), (gpointer)house);
        g_assert_true(house_find(names[i]) == house);
    }
}

static void check_source(const House *house)
{
    static const char *const known[] = {"mx", "spf", "help", "reverse", "mail", NULL};
    g_auto(GStrv) words = g_strsplit(house->source, " ", -1);
    g_test_message("%s: source \"%s\"", house->name, house->source);
    g_assert_nonnull(words[0]);
    for (gsize i = 0; words[i]; i++)
        g_assert_true(g_strv_contains(known, words[i]));
}

static void test_tables(void)
{
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) houses = g_hash_table_new(g_str_hash, g_str_equal);
    Table tables[2];
    tables_get(tables);
    for (gsize t = 0; t < G_N_ELEMENTS(tables); t++)
        for (gsize i = 0; i < tables[t].n; i++) {
            const House *house = &tables[t].rows[i];
            g_test_message("%s %s", tables[t].name, house->name);
            g_assert_true(g_hash_table_add(houses, (gpointer)house->name));
            g_assert_true(*house->domains || *house->mailboxes);
            check_names(house, house->domains, names);
            check_names(house, house->mailboxes, names);
            check_source(house);
            /* a table holds its own kinds, and whoever sells machines has customers on them */
            g_assert_cmpint(house->kind == HOUSE_ACCESS, ==, t == 1);
            if (house->kind == HOUSE_ACCESS || house->kind == HOUSE_CLOUD)
                g_assert_true(house->customers);
            if (house->kind != HOUSE_MAILBOX && house->kind != HOUSE_ACCESS)
                g_assert_cmpstr(house->mailboxes, ==, "");
        }
    g_assert_cmpuint(g_hash_table_size(names), >, 500);
}

/* --- looking up ------------------------------------------------------------------------------- */

/* @kind: -1 for no house. */
static void check_kind(const char *host, int kind)
{
    const House *house = house_find(host);
    g_test_message("%s", host ? host : "(none)");
    g_assert_cmpint(house ? (int)house->kind : -1, ==, kind);
}

static void test_find(void)
{
    check_kind("mail-wr1-f42.google.com", HOUSE_MAILBOX);
    check_kind("MAIL-wr1-f42.Google.COM.", HOUSE_MAILBOX);
    check_kind("google.com", HOUSE_MAILBOX);
    check_kind("a8-60.smtp-out.amazonses.com", HOUSE_SERVICE);
    check_kind("mx0a-00114a02.pphosted.com", HOUSE_FILTER);
    check_kind("c-198-51-100-77.hsd1.pa.comcast.net", HOUSE_ACCESS);
    check_kind("ec2-192-0-2-7.compute-1.amazonaws.com", HOUSE_CLOUD);
    check_kind("vm7.westeurope.cloudapp.azure.com", HOUSE_CLOUD);
    check_kind("static.7.2.0.192.clients.your-server.de", HOUSE_ACCESS);
    /* what only looks like one */
    check_kind("notgoogle.com", -1);
    check_kind("google.com.willow.example", -1);
    check_kind("com", -1);
    check_kind("google", -1);
    check_kind("192.0.2.1", -1);
    check_kind(".", -1);
    check_kind("..google.com", HOUSE_MAILBOX);
    check_kind("", -1);
    check_kind(NULL, -1);
    g_autofree char *longest = g_strnfill(70000, '.');
    g_assert_null(house_find(longest));
}

static void test_same(void)
{
    g_assert_true(house_same("mx.google.com", "mail.gmail.com"));
    g_assert_true(house_same("mx1.oak.example", "www.oak.example"));
    g_assert_true(house_same("BN1PR0.PROD.OUTLOOK.COM", "mail.protection.outlook.com."));
    g_assert_false(house_same("mx.google.com", "mx.yahoo.com"));
    /* one kind is not one house */
    g_assert_false(house_same("mx.fastmail.com", "mx.posteo.de"));
    g_assert_false(house_same("a.co.uk", "b.co.uk"));
    g_assert_false(house_same("google", "google"));
    g_assert_false(house_same(NULL, NULL));
}

static void test_mailboxes(void)
{
    g_assert_true(house_has_mailboxes("gmail.com"));
    g_assert_true(house_has_mailboxes("GMX.de."));
    g_assert_true(house_has_mailboxes("comcast.net"));
    g_assert_false(house_has_mailboxes("google.com"));
    g_assert_false(house_has_mailboxes("sub.gmail.com"));
    g_assert_false(house_has_mailboxes("alder.example"));
    g_assert_false(house_has_mailboxes(NULL));
    g_assert_true(house_is_shared("mail-wr1-f42.google.com"));
    g_assert_true(house_is_shared("a8-60.smtp-out.amazonses.com"));
    g_assert_true(house_is_shared("smtp.orange.net"));
    g_assert_false(house_is_shared("mx0a-00114a02.pphosted.com"));
    g_assert_false(house_is_shared("mx1.alder.example"));
    g_assert_false(house_is_shared(NULL));
}

static void check_sender(const char *host, const char *from, const char *recipient, bool expected)
{
    const House *house = house_find(host);
    g_assert_nonnull(house);
    g_test_message("%s: %s for %s", house->name, from, recipient ? recipient : "(nobody)");
    g_assert_cmpint(bounce_sender_is_of(house, from, recipient), ==, expected);
}

static void test_bounce_senders(void)
{
    static const char microsoft[] = "mail-db8.outbound.protection.outlook.com";
    check_sender("mx.google.com", "mailer-daemon@googlemail.com", "joe@oak.example", true);
    check_sender("mx.google.com", "Mailer-Daemon@Google.com", NULL, true);
    check_sender("mx.gmx.net", "MAILER-DAEMON@mout.gmx.net", NULL, true);
    check_sender("a8-60.smtp-out.amazonses.com", "MAILER-DAEMON@eu-west-1.amazonses.com", NULL,
                 true);
    /* a customer's own name or mailbox is not the house's */
    check_sender("mx.google.com", "mallory@gmail.com", "joe@oak.example", false);
    check_sender("mx.google.com", "mailer-daemon@oak.example", "joe@oak.example", false);
    check_sender("mx.google.com", "mailer-daemon@yahoo.com", "joe@oak.example", false);
    check_sender("mx.google.com", "mailer-daemon@gmail.com.oak.example", "joe@oak.example", false);
    check_sender("mx.google.com", "mailer-daemon", "joe@oak.example", false);
    check_sender("mx.google.com", "@google.com", "joe@oak.example", false);
    check_sender("mx.google.com", NULL, NULL, false);
    /* Exchange Online writes in the failed recipient's domain, and in no other customer's */
    check_sender(microsoft, "postmaster@oak.example", "joe@Oak.example", true);
    check_sender(microsoft, "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@oak.example",
                 "joe@oak.example", true);
    check_sender(microsoft, "postmaster@outlook.com", "joe@outlook.com", true);
    check_sender(microsoft, "postmaster@elm.example", "joe@oak.example", false);
    check_sender(microsoft, "mailer-daemon@oak.example", "joe@oak.example", false);
    check_sender(microsoft, "postmaster@mallory.onmicrosoft.com", "joe@oak.example", false);
    check_sender(microsoft, "postmaster@oak.onmicrosoft.com", "joe@oak.onmicrosoft.com", true);
    check_sender(microsoft, "postmaster@oak.example", NULL, false);
    check_sender(microsoft, "postmaster@oak.example", "joe", false);
}

/* --- words ------------------------------------------------------------------------------------ */

static void test_home_connections(void)
{
    Ip ip;
    g_assert_true(ip_parse(SPAN("198.51.100.77"), &ip));
    g_assert_true(hostname_is_home("198-51-100-77.isp.example", &ip));
    g_assert_true(hostname_is_home("77.100.51.198.isp.example", &ip));
    g_assert_true(hostname_is_home("c633644d.isp.example", &ip));
    g_assert_true(hostname_is_home("198051100077.isp.example", &ip));
    g_assert_true(hostname_is_home("adsl-4.pool.isp.example", NULL));
    g_assert_false(hostname_is_home("198-51-100-77.isp.example", NULL));
    g_assert_false(hostname_is_home("mx1.alder.example", &ip));
    g_assert_false(hostname_is_home("mail.pooley.example", &ip));
    g_assert_false(hostname_is_home("dsl.example", &ip));
    /* a mail server may spell its address, a customer's line may not call itself one */
    g_assert_false(hostname_is_home("mail-198-51-100-77.isp.example", &ip));
    g_assert_true(hostname_is_home("mail.dsl-198-51-100-77.isp.example", &ip));
    g_assert_true(hostname_is_home("gw-198-51-100-77.isp.example", &ip));
    g_assert_false(hostname_is_home(NULL, &ip));
}

static void test_mail_servers(void)
{
    static const char *const servers[] = {"mx3.oak.example", "smtp-out.oak.example",
                                          "f69.mail.oak.example", "OUT02.oak.example.",
                                          "relay.eu.oak.example"};
    static const char *const others[] = {"www.oak.example", "outlet.oak.example", "mail.example",
                                         "dsl-4.oak.example", ""};
    for (gsize i = 0; i < G_N_ELEMENTS(servers); i++) {
        g_test_message("%s", servers[i]);
        g_assert_true(hostname_is_mail_server(servers[i]));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        g_test_message("%s", others[i]);
        g_assert_false(hostname_is_mail_server(others[i]));
    }
    g_assert_false(hostname_is_mail_server(NULL));
}

static void test_central_servers(void)
{
    static const char *const central[] = {
        "mx1.isp.example",          "smtp-out.isp.example",
        "mail-wr1-f42.isp.example", "MX.eu.isp.example.",
        "mx1.mail.isp.example",     "eu-smtp-3.isp.example",
        "mx.us-east-1.isp.example", "mail-db8eur05on2040.outbound.protection.isp.example"};
    static const char *const others[] = {"mail.customer.isp.example",
                                         "mail-customer.isp.example",
                                         "customer-mail.isp.example",
                                         "natgw3.isp.example",
                                         "fw.isp.example",
                                         "proxy.isp.example",
                                         "host7.mx.isp.example",
                                         "mail.ibm.isp.example",
                                         "isp.example",
                                         "198-51-100-77.isp.example",
                                         "mailhost",
                                         ""};
    for (gsize i = 0; i < G_N_ELEMENTS(central); i++) {
        g_test_message("%s", central[i]);
        g_assert_true(hostname_is_central_server(central[i]));
        g_assert_true(hostname_is_mail_server(central[i]));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        g_test_message("%s", others[i]);
        g_assert_false(hostname_is_central_server(others[i]));
    }
    g_assert_false(hostname_is_central_server(NULL));
    g_autofree char *label = g_strnfill(300, 'x'); /* no name of the DNS is so long */
    g_autofree char *name = g_strconcat("mx1.", label, ".isp.example", NULL);
    g_assert_false(hostname_is_central_server(name));
    g_assert_false(hostname_is_mail_server(name));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/house/tables", test_tables);
    g_test_add_func("/house/find", test_find);
    g_test_add_func("/house/same", test_same);
    g_test_add_func("/house/mailboxes", test_mailboxes);
    g_test_add_func("/house/bounce-senders", test_bounce_senders);
    g_test_add_func("/hostname/home", test_home_connections);
    g_test_add_func("/hostname/mail-servers", test_mail_servers);
    g_test_add_func("/hostname/central-servers", test_central_servers);
    return g_test_run();
}
