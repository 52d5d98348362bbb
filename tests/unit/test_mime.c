/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that the headers of a message and of what it holds are all there, in their order, whoever
 * reads them, that mail in doubt is left to GMime, and that what has nothing to decode is what
 * GMime makes of it. (That both read the same mail is what fuzz_plain proves.) */
#include "message/mime.h"

#include <gmime/gmime.h>
#include <string.h>

#include "message/header_decode.h"
#include "message/plain.h"

/* The names and values of @part, one a line. */
static char *headers_of(const Part *part)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < part->headers->len; i++) {
        const Header *header = part->headers->pdata[i];
        g_string_append_printf(all, "%s=%s\n", header->name, header->value);
    }
    return g_string_free(all, FALSE);
}

static void assert_headers(const Message *message, guint i, const char *expected)
{
    const Part *part = message_part(message, i);
    g_assert_nonnull(part);
    g_autofree char *got = headers_of(part);
    g_assert_cmpstr(got, ==, expected);
}

static void test_single(void)
{
    static const char mail[] =
        "Subject: a\n b\nContent-Type: text/plain; charset=iso-8859-1\nTo: x@y.example\n"
        "Content-Transfer-Encoding: quoted-printable\n\nf=FCr=\n dich\n";
    g_autoptr(Message) message = mime_read(mail, sizeof mail - 1);
    g_assert_cmpuint(message->parts->len, ==, 1);
    assert_headers(message, 0,
                   "Subject=a b\nTo=x@y.example\nContent-Type=text/plain; charset=iso-8859-1\n"
                   "Content-Transfer-Encoding=quoted-printable\n");
    g_assert_cmpstr(message_part(message, 0)->text, ==, "f\xc3\xbcr dich\n");
    g_assert_cmpstr(message_part(message, 0)->charset, ==, "iso-8859-1");
}

static void test_attached(void)
{
    static const char mail[] =
        "Subject: outer\nX: own\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
        "Content-Type: message/rfc822\n\nReceived: from a\n by b\nX:\nSubject: inner\n"
        "Content-Type: multipart/mixed; boundary=c\n\n--c\nContent-Type: message/rfc822\n\n"
        "Subject: innermost\n\ntext\n--c--\n--b--\n";
    g_autoptr(Message) message = mime_read(mail, sizeof mail - 1);
    g_assert_cmpuint(message->parts->len, ==, 5);
    assert_headers(message, 0, "Subject=outer\nX=own\nContent-Type=multipart/mixed; boundary=b\n");
    assert_headers(message, 2,
                   "Received=from a by b\nX=\nSubject=inner\n"
                   "Content-Type=multipart/mixed; boundary=c\n");
    assert_headers(message, 4, "Subject=innermost\n");
    g_assert_cmpstr(message_part(message, 4)->text, ==, "text");
}

/* What looks like an attached message and is none for the parser: nothing of it may be lost. */
static void test_not_attached(void)
{
    static const char *const fields[] = {
        "Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n",
        "Content-Type: message/rfc822x\n"};
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        g_autofree char *mail =
            g_strconcat("From: a:b;\nContent-Type: multipart/mixed; boundary=b\n\n--b\n", fields[i],
                        "\nSubject: in=41ner\nTo: z\n\ntext\n--b--\n", NULL);
        g_autoptr(Message) message = mime_read(mail, strlen(mail));
        assert_headers(message, 0, "From=a:b;\nContent-Type=multipart/mixed; boundary=b\n");
        if (i == 0)
            assert_headers(message, 2, "Subject=inAner\nTo=z\n");
        else
            g_assert_cmpstr(message_part(message, 1)->text, ==, "Subject: in=41ner\nTo: z\n\ntext");
    }
}

/* Headers that are not well-formed are left to the parser. */
static void test_odd(void)
{
    static const char *const mails[] = {"X:\nSubject: a\nno header\n\ntext\n", "X:\nSubject: a",
                                        "X:\nSubject: a\nb\rc: d\n\ntext"};
    for (gsize i = 0; i < G_N_ELEMENTS(mails); i++) {
        g_autoptr(Message) message = mime_read(mails[i], strlen(mails[i]));
        g_autofree char *got = headers_of(message_part(message, 0));
        g_assert_true(g_str_has_prefix(got, "X=\nSubject=a"));
    }
}

static void test_doubt(void)
{
#define HEAD "Subject: a\nContent-Type: multipart/mixed; boundary=b\n\n"
#define PART "--b\nContent-Type: "
    static const struct {
        const char *mail;
        bool plain;
    } rows[] = {
        {"Subject: a\n\ntext\n", true},
        {"Subject: a\n b\n\n", true},
        {"Subject: a\ntext\n", false},
        {"Subject: a\nno header\n\ntext\n", false},
        {HEAD PART "text/plain\n\none\n--b\n\ntwo\n--b--\nbehind\n", true},
        {HEAD PART "text/plain\n\none\n", true},
        {HEAD "no part\n", false},
        {HEAD PART "text/plain\n\none\n--b--", false},
        {HEAD PART "text/plain\n\none\n--b \ntwo\n--b--\n", false},
        {HEAD PART "text/plain\n\none\n--boundary\ntwo\n--b--\n", false},
        {HEAD PART "text/plain\n\none\r\n--b\n\ntwo\n--b--\n", false},
        {HEAD PART "text/plain\n--b--\n", false},
        {HEAD PART "message/rfc822\n\nSubject: c\n\nd\n--b--\n", true},
        {HEAD PART "message/rfc822\n\n--b--\n", false},
        {HEAD PART "message/rfc822\nContent-Transfer-Encoding: base64\n\nQQ==\n--b--\n", false},
        {HEAD PART "message/partial\n\nSubject: c\n\n--b--\n", false},
        {HEAD PART "multipart/mixed; boundary=b\n\n--b\n\nc\n--b--\n--b--\n", false},
        {HEAD PART "multipart/mixed; boundary=c\n\n--c\n\nd\n--b--\n", false},
        {HEAD PART "multipart/digest; boundary=c\n\n--c\n\nd\n--c--\n--b--\n", false},
        {HEAD PART "text/plain; charset=\"utf-8\"; format=flowed;\n\n\n--b--\n", true},
        {HEAD PART "text/plain; charset=utf-8 (Unicode)\n\n\n--b--\n", false},
        {HEAD PART "text/plain; charset=utf-8; charset=koi8-r\n\n\n--b--\n", false},
        {HEAD PART "text/plain; name*=utf-8''a\n\n\n--b--\n", false},
        {HEAD PART "text/plain; name=\"=?utf-8?q?a?=\"\n\n\n--b--\n", false},
        {HEAD PART "text/plain; name=\"a\\b\"\n\n\n--b--\n", false},
        {HEAD PART "text\n\n\n--b--\n", false},
        {HEAD PART "text/plain\nContent-Type: text/html\n\n\n--b--\n", false},
        {HEAD PART "text/plain\nContent-Transfer-Encoding: x-uuencode\n\n\n--b--\n", false},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(Message) message = message_new();
        bool plain = plain_read(message, span_of(rows[i].mail), -1, 0);
        if (plain != rows[i].plain)
            g_test_message("row %zu", i);
        g_assert_true(plain == rows[i].plain);
    }
}

/* What header_decode() passes on as it stands. */
static void test_decode(void)
{
    static const char letters[] = " \t\r\n==??aQB_.\x01\x7f\"()<>@,";
    guint plain = 0;
    for (int i = 0; i < 20000; i++) {
        char text[24];
        int n = g_test_rand_int_range(0, sizeof text);
        for (int k = 0; k < n; k++)
            text[k] = letters[g_test_rand_int_range(0, sizeof letters - 1)];
        text[n] = '\0';
        plain += !strstr(text, "=?");
        g_autofree char *decoded = header_decode(text);
        g_autofree char *by_gmime = g_mime_utils_header_decode_text(NULL, text);
        g_assert_cmpstr(decoded, ==, by_gmime);
    }
    g_assert_cmpuint(plain, >, 1000);
    g_assert_cmpuint(plain, <, 20000);
    g_autofree char *word = header_decode("a =?utf-8?Q?gr=C3=BC=C3=9Fe?=");
    g_assert_cmpstr(word, ==,
                    "a gr\xc3\xbc\xc3\x9f"
                    "e");
    g_autofree char *bytes = header_decode("a \xff b");
    g_assert_true(g_utf8_validate(bytes, -1, NULL));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mime/single", test_single);
    g_test_add_func("/mime/attached", test_attached);
    g_test_add_func("/mime/not-attached", test_not_attached);
    g_test_add_func("/mime/odd", test_odd);
    g_test_add_func("/mime/doubt", test_doubt);
    g_test_add_func("/mime/decode", test_decode);
    return g_test_run();
}
