/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a message: what is read without GMime is what GMime reads. */
#include <stdio.h>

#include "message/mime.h"

#define INNER                                                                                      \
    "Received: from a (a.elm.example [192.0.2.7])\n\tby b; Mon, 6 Jul 2026 10:00:01 +0000\n"       \
    "Content-Type: multipart/alternative;\n boundary=\"=_in\"\nSubject: =?utf-8?Q?gr=C3=BC?=\n\n"  \
    "--=_in\nContent-Type: text/plain; charset=\"iso-8859-1\"\n"                                   \
    "Content-Transfer-Encoding: quoted-printable\n\nf=FCr=\n dich\n--=_in\n"                       \
    "Content-Type: text/html;\n charset=utf-8\nContent-Transfer-Encoding: base64\n\n"              \
    "PGI+aGk8L2I+\n--=_in--\n\nbehind\n"

#define FUZZ_SEEDS                                                                                 \
    "From: a@elm.example\nSubject: a\n b\nContent-Type: text/plain\n\n--b\ntext\n\n--b--\n",       \
        "From: a@elm.example\nMIME-Version: 1.0\nContent-Type: multipart/report; "                 \
        "report-type=delivery-status;\n\tboundary=\"b1\"\n\nThis is MIME.\n\n--b1\n"               \
        "Content-Description: Notification\nContent-Type: text/plain; charset=us-ascii\n\n"        \
        "unknown user\n\n-- \nsignature\n\n--b1\nContent-Type: message/delivery-status\n\n"        \
        "Reporting-MTA: dns; mx\n\nAction: failed\n\n--b1\nContent-Type: message/rfc822\n\n" INNER \
        "\n--b1--\n",                                                                              \
        "To: b@elm.example\nContent-Type: multipart/mixed; boundary=x;\n\n--x\n"                   \
        "Content-Type: application/octet-stream; name=\"a b.bin\"\n"                               \
        "Content-Disposition: attachment;\n filename=\"c.bin\"\n"                                  \
        "Content-Transfer-Encoding: 8bit\n\n\xff\x01\n--x\nContent-Type: text/rfc822-headers\n\n"  \
        "Subject: y\n--x\nContent-Type: message/rfc822\nContent-Disposition: inline\n\n"           \
        "Subject: z\n\n--x--\n--x\n\nafter\n",                                                     \
        "To: b@elm.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n"        \
        "one\r\n\r\n--x\r\nContent-Type: message/rfc822\r\n\r\nSubject: q\r\n\r\ntwo\r\n"          \
        "--x--\r\n"

static void text_add(GString *to, const char *name, const char *text)
{
    g_string_append_printf(to, " %s=%s%s", name, text ? "" : "(none)", text ? text : "");
}

static GString *told(const Message *message)
{
    GString *all = g_string_new(message->truncated ? "truncated" : "whole");
    text_add(all, "shape", message->shape);
    for (guint i = 0; i < message->parts->len; i++) {
        const Part *part = message_part(message, i);
        g_string_append_printf(all, "\n\n%u: below %d, depth %d, size %zu, attachment %d", i,
                               part->parent, part->depth, part->size, part->attachment);
        text_add(all, "type", part->type);
        text_add(all, "charset", part->charset);
        text_add(all, "name", part->name);
        text_add(all, "report", part->report_type);
        for (guint k = 0; k < part->headers->len; k++) {
            const Header *header = part->headers->pdata[k];
            g_string_append_printf(all, "\n%s: %s", header->name, header->value);
        }
        text_add(all, "\ntext", part->text);
    }
    return all;
}

static void fuzz_one(const char *data, gsize size)
{
    g_autoptr(Message) one = mime_read(data, size), other = mime_read_parsed(data, size);
    g_autoptr(GString) text = told(one), parsed = told(other);
    if (g_string_equal(text, parsed))
        return;
    fprintf(stderr, "as it is read: %s\n\nby GMime: %s\n", text->str, parsed->str);
    abort();
}

#include "fuzz.h"
