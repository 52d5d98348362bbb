/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The returned message as a person reads it, wherever it stands: its header, then its text, as far
 * as they came back; nothing of the report around it. All mail here was written for this test. */
#include "bounce/returned_text.h"

#include <string.h>

#include "bounce_sample.h"

#define PARTS                                                                                      \
    SAMPLE_DAEMON                                                                                  \
    "Subject: Undelivered mail\nMIME-Version: 1.0\nContent-Type: multipart/mixed;\n"               \
    " boundary=b\n\n--b\n\nYour message was not delivered: 550 No such user\n\n--b\n"
#define SHOWN                                                                                      \
    "Message-ID: <m1@birch.example>\nFrom: Wren <wren@birch.example>\nTo: dest@oak.example\n"      \
    "Subject: Minutes\n"

static const struct {
    const char *what, *mail;
    const char *has, *ends; /* the text holds one, and ends with the other */
} samples[] = {
    {"a part of its own",
     PARTS "Content-Type: message/rfc822\n\n" SAMPLE_HEADER "\nHello there.\n\n--b--\n", SHOWN,
     "\n\nHello there.\n"},
    {"its parts, HTML taken off",
     PARTS "Content-Type: message/rfc822\n\n" SAMPLE_HEADER
           "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nFirst.\n--c\n"
           "Content-Type: text/html\n\n<p>Second &amp; last.</p>\n--c--\n\n--b--\n",
     "\nFirst.\n", "Second & last."},
    {"its header alone", PARTS "Content-Type: text/rfc822-headers\n\n" SAMPLE_HEADER "\n--b--\n",
     "Subject: Minutes", "Subject: Minutes\n"},
    {"in the text of the bounce",
     SAMPLE_TEXT "<dest@oak.example>:\n550 No such user\n\n--- Below this line is a copy of the "
                 "message.\n\n" SAMPLE_HEADER "\nHello there.\n",
     SHOWN, "\nHello there.\n"},
    {"a subject in encoded words, with a line of its own in it",
     PARTS "Content-Type: message/rfc822\n\n" SAMPLE_HEADER
           "X-Note: =?utf-8?Q?a=0AReceived:_from_me?=\n\nHello.\n\n--b--\n",
     "X-Note: a Received: from me\n", "\n\nHello.\n"},
};

static void test_samples(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_autoptr(Message) message = mime_read(samples[i].mail, strlen(samples[i].mail));
        g_autofree char *text = returned_text(message);
        g_test_message("%s:\n%s", samples[i].what, text);
        g_assert_nonnull(strstr(text, samples[i].has));
        g_assert_null(strstr(text, "not delivered"));
        g_strchomp(text);
        g_autofree char *ends = g_strchomp(g_strdup(samples[i].ends));
        g_assert_true(g_str_has_suffix(text, ends));
    }
}

static void test_nothing(void)
{
    static const char mail[] = SAMPLE_TEXT "<dest@oak.example>:\n550 No such user\n";
    g_autoptr(Message) message = mime_read(mail, strlen(mail));
    g_autofree char *text = returned_text(message);
    g_assert_cmpstr(text, ==, "");
    g_autoptr(Message) empty = mime_read("", 0);
    g_autofree char *none = returned_text(empty);
    g_assert_cmpstr(none, ==, "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    mime_init();
    g_test_add_func("/returned-text/samples", test_samples);
    g_test_add_func("/returned-text/nothing", test_nothing);
    return g_test_run();
}
