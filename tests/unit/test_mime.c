/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that the headers of a message and of what it holds are all there, in their order, whether
 * they could be taken out before the parse or not, and that mail cannot pass off its own fields as
 * ours. */
#include "message/mime.h"

#include <string.h>

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

/* Headers that are not well-formed are left to the parser, and the fields in them that look like
 * the mark are fields. */
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

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mime/single", test_single);
    g_test_add_func("/mime/attached", test_attached);
    g_test_add_func("/mime/not-attached", test_not_attached);
    g_test_add_func("/mime/odd", test_odd);
    return g_test_run();
}
