/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reply codes and statuses are read where servers put them, and nothing else is taken for one: the
 * rows of tests/unit/replies, each as a whole bounce. */
#include <string.h>

#include "bounce/bounce_read.h"
#include "message/mime.h"

#define HEAD                                                                                       \
    "Return-Path: <>\nFrom: Mail Delivery System <mailer-daemon@elm.example>\n"                    \
    "To: rowan@alder.example\nSubject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n"

/* A report with a Status field, if @status says so, and a Diagnostic-Code. */
static char *field_mail(const char *status, const char *diagnostic)
{
    g_auto(GStrv) lines = g_strsplit(diagnostic, "\n", -1);
    g_autofree char *folded = g_strjoinv("\n ", lines);
    g_autofree char *field = status[0] ? g_strconcat("Status: ", status, "\n", NULL) : NULL;
    return g_strconcat(HEAD "Content-Type: multipart/report; report-type=delivery-status; "
                            "boundary=b\n\n--b\nContent-Type: text/plain\n\n"
                            "It could not be delivered.\n\n--b\n"
                            "Content-Type: message/delivery-status\n\n"
                            "Reporting-MTA: dns; elm.example\n\n"
                            "Final-Recipient: rfc822; ann@elm.example\nAction: failed\n",
                       field ? field : "", "Diagnostic-Code: ", folded, "\n\n--b--\n", NULL);
}

static char *text_mail(const char *text)
{
    return g_strconcat(HEAD "Content-Type: text/plain; charset=utf-8\n\n"
                            "Your message could not be delivered.\n\n",
                       text, "\n", NULL);
}

static void check(const char *row, const char *mail, const char *code, const char *status)
{
    g_autoptr(Message) message = mime_read(mail, strlen(mail));
    g_autoptr(Bounce) bounce = bounce_read(message);
    g_test_message("%s", row);
    g_assert_cmpuint(bounce->recipients->len, ==, 1);
    const Recipient *one = bounce->recipients->pdata[0];
    g_autofree char *found = g_strdup_printf("%d", one->reply_code);
    g_assert_cmpstr(one->reply_code ? found : "-", ==, code);
    g_assert_cmpstr(one->status ? one->status : "-", ==, status);
}

static void test_field(const char *row)
{
    g_auto(GStrv) fields = g_strsplit(row, "|", 4);
    g_assert_cmpuint(g_strv_length(fields), ==, 4);
    for (char **field = fields; *field; field++)
        g_strstrip(*field);
    g_autofree char *diagnostic = g_strcompress(fields[3]);
    g_autofree char *mail = field_mail(fields[2], diagnostic);
    check(row, mail, fields[0], fields[1]);
}

static void test_text(const char *row)
{
    g_auto(GStrv) fields = g_strsplit(row, "|", 3);
    g_assert_cmpuint(g_strv_length(fields), ==, 3);
    g_autofree char *text = g_strcompress(fields[2]);
    g_autofree char *mail = text_mail(text[0] == ' ' ? text + 1 : text);
    check(row, mail, g_strstrip(fields[0]), g_strstrip(fields[1]));
}

static void test_rows(gconstpointer data)
{
    bool texts = false;
    guint rows = 0;
    for (char *const *line = data; *line; line++) {
        if ((*line)[0] == '=') {
            texts = g_str_has_prefix(*line, "= text");
        } else if ((*line)[0] && (*line)[0] != '#') {
            (texts ? test_text : test_field)(*line);
            rows++;
        }
    }
    g_assert_cmpuint(rows, >, 100);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    const char *top = g_getenv("NOTME_SOURCE");
    g_autofree char *file = g_build_filename(top ? top : ".", "tests", "unit", "replies", NULL);
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(file, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_test_add_data_func("/replies/rows", lines, test_rows);
    return g_test_run();
}
