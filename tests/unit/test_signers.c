/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that keys of signers are asked for by name, that only a key of use is taken, and that
 * neither a header nor a record puts words of its own into the configuration. */
#include <string.h>

#include "learn/signers.h"
#include "message/message.h"
#include "work/dns.h"

#define KEY "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

static const struct {
    const char *name, *value; /* NULL: the question fails */
} zone[] = {
    {"good._domainkey.oak.example", "v=DKIM1; k=ed25519; p=" KEY},
    {"two._domainkey.oak.example", "v=spf1 -all"},
    {"two._domainkey.oak.example", "p=" KEY "; t=y:s; n=anything"},
    {"gone._domainkey.oak.example", "v=DKIM1; p="},
    {"short._domainkey.oak.example", "v=DKIM1; p=AAAA"},
    {"odd._domainkey.oak.example", "v=DKIM1; p=" KEY "\nnetworks=0.0.0.0/0"},
    {"mute._domainkey.oak.example", NULL},
};

static bool ask_zone(GPtrArray *queries, gpointer data, GError **error)
{
    (void)error;
    for (guint i = 0; i < queries->len; i++) {
        DnsQuery *query = queries->pdata[i];
        ++*(guint *)data;
        g_assert_cmpint(query->type, ==, DNS_TXT);
        query->status = DNS_NONE;
        for (gsize k = 0; k < G_N_ELEMENTS(zone); k++) {
            if (strcmp(zone[k].name, query->name) != 0)
                continue;
            query->status = zone[k].value ? DNS_OK : DNS_FAILED;
            if (zone[k].value)
                g_ptr_array_add(query->values, g_strdup(zone[k].value));
        }
    }
    return true;
}

static void check(const char *name, const char *key)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    guint asked = 0;
    g_test_message("%s", name);
    g_ptr_array_add(names, (gpointer)name);
    g_autoptr(GPtrArray) keys = signers_look(names, ask_zone, &asked, notes, NULL);
    g_assert_cmpuint(asked, ==, 1);
    g_assert_cmpuint(keys->len, ==, key != NULL);
    g_assert_cmpuint(notes->len, ==, key == NULL);
    if (key)
        g_assert_cmpstr(keys->pdata[0], ==, key);
}

static void test_look(void)
{
    check("good:oak.example", "good:oak.example=p=" KEY);
    check("two:oak.example", "two:oak.example=p=" KEY "; t=s");
    check("gone:oak.example", NULL);
    check("short:oak.example", NULL);
    check("odd:oak.example", NULL);
    check("mute:oak.example", NULL);
    check("none:oak.example", NULL);
    g_autoptr(GPtrArray) many = g_ptr_array_new();
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    guint asked = 0;
    for (int i = 0; i < 1000; i++)
        g_ptr_array_add(many, (gpointer) "good:oak.example");
    g_autoptr(GPtrArray) keys = signers_look(many, ask_zone, &asked, notes, NULL);
    g_assert_cmpuint(asked, ==, SIGNERS_MOST);
    g_assert_true(signers_have_key(keys, "GOOD:oak.example"));
    g_assert_false(signers_have_key(keys, "good:oak"));
}

static void test_names(void)
{
    static const struct {
        const char *value, *name; /* NULL: none */
    } all[] = {
        {"v=1; d=Oak.Example; s=S1; b=x", "s1:oak.example"},
        {"s=a.b; d=oak.example", "a.b:oak.example"},
        {"s=s1; d=oak", NULL},
        {"s=s1", NULL},
        {"d=oak.example", NULL},
        {"s=s1; d=oak.example; d=elm.example", NULL},
        {"s=a:b; d=oak.example", NULL},
        {"s=a=b; d=oak.example", NULL},
        {"s=.; d=oak.example", NULL},
        {"s=s1; d=[192.0.2.1]", NULL},
        {"s=s1; d=192.0.2.1", NULL},
        {"s=s\xc3\xa4; d=oak.example", NULL},
        {"", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        g_autoptr(GPtrArray) headers = g_ptr_array_new_with_free_func((GDestroyNotify)header_free);
        g_test_message("%s", all[i].value);
        g_ptr_array_add(headers, header_new(SPAN("dkim-signature"), span_of(all[i].value)));
        g_autoptr(GPtrArray) names = signers_of(headers);
        g_assert_cmpuint(names->len, ==, all[i].name != NULL);
        if (all[i].name)
            g_assert_cmpstr(names->pdata[0], ==, all[i].name);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/signers/look", test_look);
    g_test_add_func("/signers/names", test_names);
    return g_test_run();
}
