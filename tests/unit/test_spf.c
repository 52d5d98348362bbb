/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that SPF records are followed within their limits, that what others send is kept apart,
 * and that a loop or a hostile record ends. */
#include <string.h>

#include "learn/spf.h"
#include "work/dns.h"

/* A zone: name, type, value; asked in place of the DNS. */
static const struct {
    const char *name;
    DnsType type;
    const char *value;
} zone[] = {
    {"quince.example", DNS_TXT, "some other text"},
    {"quince.example", DNS_TXT,
     "v=spf1 ip4:203.0.113.80/29 ip6:2001:db8:7::/48 a:out.quince.example mx/28 -ip4:192.0.2.1 "
     "include:relay.example ~all"},
    {"out.quince.example", DNS_A, "203.0.113.99"},
    {"quince.example", DNS_MX, "in.quince.example"},
    {"in.quince.example", DNS_A, "203.0.113.97"},
    {"in.quince.example", DNS_AAAA, "2001:db8:7::9"},
    {"relay.example", DNS_TXT, "v=spf1 ip4:198.51.100.0/24 include:quince.example -all"},
    {"moved.example", DNS_TXT, "v=spf1 redirect=relay.example"},
    {"twice.example", DNS_TXT, "v=spf1 +all"},
    {"twice.example", DNS_TXT, "v=spf1 -all"},
    {"wide.example", DNS_TXT, "v=spf1 ip4:0.0.0.0/0 ip4:nonsense exists:%{i}.x ip6:2000::/3 +all"},
    {"deep.example", DNS_TXT,
     "v=spf1 include:a.x include:b.x include:c.x include:d.x include:e.x include:f.x include:g.x "
     "include:h.x include:i.x include:j.x include:k.x include:l.x -all"},
};
static guint asked;

static bool ask_zone(GPtrArray *queries, gpointer data, GError **error)
{
    (void)data;
    (void)error;
    for (guint i = 0; i < queries->len; i++) {
        DnsQuery *query = queries->pdata[i];
        asked++;
        for (gsize k = 0; k < G_N_ELEMENTS(zone); k++)
            if (zone[k].type == query->type && strcmp(zone[k].name, query->name) == 0)
                g_ptr_array_add(query->values, g_strdup(zone[k].value));
        query->status = query->values->len ? DNS_OK : DNS_NONE;
    }
    return true;
}

static char *joined(const GPtrArray *list)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < list->len; i++)
        g_string_append_printf(text, "%s%s", i ? " " : "", (char *)list->pdata[i]);
    return g_string_free(text, FALSE);
}

static void check(const char *domain, const char *own, const char *shared)
{
    g_autoptr(GError) error = NULL;
    asked = 0;
    g_autoptr(Spf) spf = spf_look(domain, ask_zone, NULL, &error);
    g_assert_no_error(error);
    g_autofree char *networks = joined(spf->networks), *others = joined(spf->shared);
    g_assert_cmpstr(networks, ==, own);
    g_assert_cmpstr(others, ==, shared);
}

static void test_records(void)
{
    check("quince.example",
          "203.0.113.80/29 2001:db8:7::/48 203.0.113.99/32 203.0.113.97/28 2001:db8:7::9/128",
          "198.51.100.0/24");
    check("moved.example", "",
          "198.51.100.0/24 203.0.113.80/29 2001:db8:7::/48 203.0.113.99/32 "
          "203.0.113.97/28 2001:db8:7::9/128");
    check("nothing.example", "", "");
    check("twice.example", "", "");
    check("wide.example", "", "");
    check("deep.example", "", "");
    g_assert_cmpuint(asked, <=, 11);
}

/* An answer with an MX whose name points into the packet, and one that points at itself. */
static void test_mx(void)
{
    static const unsigned char head[] = "\0\1\x81\x80\0\1\0\1\0\0\0\0\6quince\7example\0\0\x0f\0\1";
    static const unsigned char good[] = "\xc0\x0c\0\x0f\0\1\0\0\0\x3c\0\7\0\x0a\2in\xc0\x0c";
    static const unsigned char loop[] = "\xc0\x0c\0\x0f\0\1\0\0\0\x3c\0\4\0\x0a\xc0\x2c";
    unsigned char packet[200];
    g_autoptr(DnsQuery) query = dns_query_new("quince.example", DNS_MX);
    memcpy(packet, head, sizeof head - 1);
    memcpy(packet + sizeof head - 1, good, sizeof good - 1);
    dns_read(query, packet, sizeof head + sizeof good - 2);
    g_assert_cmpint(query->status, ==, DNS_OK);
    g_assert_cmpstr(query->values->pdata[0], ==, "in.quince.example");
    g_autoptr(DnsQuery) bad = dns_query_new("quince.example", DNS_MX);
    memcpy(packet + sizeof head - 1, loop, sizeof loop - 1);
    dns_read(bad, packet, sizeof head + sizeof loop - 2);
    g_assert_cmpint(bad->status, !=, DNS_OK);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/spf/records", test_records);
    g_test_add_func("/spf/mx", test_mx);
    return g_test_run();
}
