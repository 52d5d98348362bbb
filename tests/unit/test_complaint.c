/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the pieces of complaints: DNS answers, contacts, letters, memory. */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "complaint/contacts.h"
#include "complaint/incident.h"
#include "complaint/letter.h"
#include "complaint/memory.h"
#include "work/dns.h"

/* --- DNS -------------------------------------------------------------------------------------- */

/* One question, two TXT records (of two strings, and of one), one of another type. */
static const unsigned char answer[] = "\x00\x01\x81\x80\x00\x01\x00\x03\x00\x00\x00\x00"
                                      "\x01"
                                      "a\x04"
                                      "test\x00\x00\x10\x00\x01"
                                      "\xc0\x0c\x00\x10\x00\x01\x00\x00\x0e\x10\x00\x08\x03"
                                      "abc\x03"
                                      "def"
                                      "\xc0\x0c\x00\x05\x00\x01\x00\x00\x00\x01\x00\x02\xc0\x0c"
                                      "\xc0\x0c\x00\x10\x00\x01\x00\x00\x00\x3c\x00\x02\x01z";

static void test_dns(void)
{
    g_autoptr(DnsQuery) query = dns_query_new("a.test", DNS_TXT);
    dns_read(query, answer, sizeof answer - 1);
    g_assert_cmpint(query->status, ==, DNS_OK);
    g_assert_cmpuint(query->values->len, ==, 2);
    g_assert_cmpstr(query->values->pdata[0], ==, "abcdef");
    g_assert_cmpstr(query->values->pdata[1], ==, "z");
    g_assert_cmpuint(query->ttl, ==, 60);
}

/* Cut anywhere, and with any byte changed, it is read without harm. */
static void test_dns_broken(void)
{
    for (gsize n = 0; n < sizeof answer - 1; n++) {
        g_autofree unsigned char *cut = g_memdup2(answer, n);
        g_autoptr(DnsQuery) query = dns_query_new("a.test", DNS_TXT);
        dns_read(query, cut, n);
        g_assert_cmpint(query->status, ==, DNS_FAILED);
        g_assert_cmpuint(query->values->len, ==, 0);
    }
    for (gsize i = 0; i < sizeof answer - 1; i++)
        for (int byte = 0; byte < 256; byte += 5) {
            g_autofree unsigned char *changed = g_memdup2(answer, sizeof answer - 1);
            g_autoptr(DnsQuery) query = dns_query_new("a.test", DNS_TXT);
            changed[i] = (unsigned char)byte;
            dns_read(query, changed, sizeof answer - 1);
        }
}

/* --- contacts --------------------------------------------------------------------------------- */

static char *reversed(const char *text)
{
    Ip ip;
    g_assert_true(ip_parse(span_of(text), &ip));
    return contact_reversed(&ip, "z");
}

static void test_reversed(void)
{
    g_autofree char *four = reversed("192.0.2.7"), *six = reversed("2001:db8::1");
    g_assert_cmpstr(four, ==, "7.2.0.192.z");
    g_assert_cmpstr(six, ==, "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.z");
}

static void check_addresses(const char *text, const char *wanted)
{
    g_autoptr(GPtrArray) addresses = g_ptr_array_new_with_free_func(g_free);
    Identity *identity = identity_new();
    g_ptr_array_add(identity->domains, g_strdup("own.example"));
    contact_addresses(text, identity, addresses);
    g_ptr_array_add(addresses, NULL);
    g_autofree char *got = g_strjoinv(" ", (char **)addresses->pdata);
    g_assert_cmpstr(got, ==, wanted);
    identity_free(identity);
}

static void test_addresses(void)
{
    check_addresses("abuse@a.example", "abuse@a.example");
    check_addresses("abuse@a.example, x@b.example;ABUSE@A.example", "abuse@a.example x@b.example");
    check_addresses("mailto:<abuse@a.example>", "abuse@a.example");
    check_addresses("<abuse@a.example>", "abuse@a.example");
    check_addresses("abuse@lacnic.net nobody@x.example abuse@ripe.net a@db.ripe.net", "");
    check_addresses("me@own.example abuse@mail.own.example", "");
    check_addresses("a@b.example\r\nBcc:c@d.example", "");
    check_addresses("\"a b\"@c.example a@localhost a@b..example @x.example a@", "");
    check_addresses("a@1.example b@2.example c@3.example d@4.example",
                    "a@1.example b@2.example c@3.example");
}

static void test_words(void)
{
    g_assert_true(incident_is_host("mx_1.a-b.example"));
    g_assert_false(incident_is_host("a b"));
    g_assert_false(incident_is_host("a..b"));
    g_assert_false(incident_is_host("m\xc3\xa4x.example"));
    g_assert_true(incident_is_address("a+b=c@d.example"));
    g_assert_false(incident_is_address("a@b@c"));
    g_assert_false(incident_is_address("a.@b.example"));
    g_assert_false(incident_is_address("a@b.example\nTo: c"));
}

/* --- letters ---------------------------------------------------------------------------------- */

static const LetterField fields[] = {
    {"name", "Jane {count}"},
    {"count", NULL},
    {"mark", ""},
    {"table", "  a  b\n  c  d"},
    {"long", "aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb cccccccccccccccccccccc dddd"},
    {NULL, NULL},
};

static char *write_letter(const char *text, char **subject)
{
    LetterTemplate template = {(char *)"x", (char *)text};
    return letter_write(&template, fields, subject);
}

static void test_letter(void)
{
    char *subject;
    g_autofree char *text =
        write_letter("Subject: of {name}\n\nI am {name}.\n\n{count} gone\nwith it\n\nkept{mark}\n\n"
                     "{mark} begins\n\n    {long}\n\n1. {long}\n\n{table}\n\n{ brace } {\n\n"
                     "same\nsame\n\n\n",
                     &subject);
    g_autofree char *its = subject;
    g_assert_cmpstr(its, ==, "of Jane {count}");
    g_assert_cmpstr(text, ==,
                    "I am Jane {count}.\n\nkept\n\nbegins\n\n"
                    "    aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb "
                    "cccccccccccccccccccccc dddd\n\n"
                    "1. aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n"
                    "   cccccccccccccccccccccc dddd\n\n"
                    "  a  b\n  c  d\n\n{ brace } {\n\nsame\n");
}

static void test_builtin_templates(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(letter_template_load("backscatter", NULL, fields, &error));
    g_assert_nonnull(error);
    g_assert_nonnull(strstr(error->message, "backscatter.txt:1: unknown field {reporter}"));
}

/* --- memory ----------------------------------------------------------------------------------- */

static void test_memory(void)
{
    g_autofree char *folder = g_dir_make_tmp("notme-unit-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "complaints", NULL);
    g_autoptr(GPtrArray) to = g_ptr_array_new(), sources = g_ptr_array_new();
    g_autoptr(GPtrArray) nobody = g_ptr_array_new();
    g_ptr_array_add(to, (gpointer) "postmaster@a.example");
    g_ptr_array_add(sources, (gpointer) "192.0.2.1");
    g_ptr_array_add(sources, (gpointer) "192.0.2.2");
    g_autofree char *one = memory_line(1000000000, to, sources, "x@y");
    g_autofree char *two = memory_line(1000000500, nobody, sources, "z@y");
    g_autofree char *text = g_strdup_printf("rubbish\n%s\n%s\n\t\t\n", one, two);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    g_autoptr(Memory) memory = memory_load(folder);
    g_assert_cmpint(memory_last(memory, to, "192.0.2.2"), ==, 1000000000);
    g_assert_cmpint(memory_last(memory, nobody, "192.0.2.2"), ==, 1000000500);
    g_assert_cmpint(memory_last(memory, to, "192.0.2.3"), ==, TIME_NONE);
    g_unlink(path);
    g_rmdir(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/complaint/dns", test_dns);
    g_test_add_func("/complaint/dns-broken", test_dns_broken);
    g_test_add_func("/complaint/reversed", test_reversed);
    g_test_add_func("/complaint/addresses", test_addresses);
    g_test_add_func("/complaint/words", test_words);
    g_test_add_func("/complaint/letter", test_letter);
    g_test_add_func("/complaint/builtin-templates", test_builtin_templates);
    g_test_add_func("/complaint/memory", test_memory);
    return g_test_run();
}
