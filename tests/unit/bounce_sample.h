/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages for the tests of the bounce reader, each with what it says as words:
 * "kind=failure to=a@b.example,c@d.example status=5.1.1 code=550". Keys: kind, to (what is known of
 * each recipient: final or original), original, action, status, code, reason, mta, reporter, id,
 * hops (Received lines returned), where, from (of the returned message), said (a piece of the first
 * diagnostic, "_" for blanks), format. "~" is nothing. */
#ifndef NOTME_TESTS_BOUNCE_SAMPLE_H
#define NOTME_TESTS_BOUNCE_SAMPLE_H

#include <string.h>

#include "bounce/bounce_read.h"
#include "message/mime.h"

typedef struct BounceSample {
    const char *what;   /* a name for the report of the test */
    const char *mail;   /* the message */
    const char *expect; /* what it says */
} BounceSample;

/* The start of a message by a mail system, without the blank line. */
#define SAMPLE_DAEMON                                                                              \
    "Return-Path: <>\nFrom: Mail System <MAILER-DAEMON@mx.oak.example>\nTo: wren@birch.example\n"
/* The same, with a subject, and text to follow. */
#define SAMPLE_TEXT SAMPLE_DAEMON "Subject: Undelivered mail\n\n"
/* A report up to the fields of its status part. */
#define SAMPLE_REPORT                                                                              \
    SAMPLE_DAEMON                                                                                  \
    "Subject: Undelivered mail\nMIME-Version: 1.0\nContent-Type: multipart/report;\n"              \
    " report-type=delivery-status; boundary=b\n\n--b\n\nYour message was not delivered.\n\n--b\n"  \
    "Content-Type: message/delivery-status\n\n"
/* A header as returned: one line, an id. */
#define SAMPLE_HEADER                                                                              \
    "Received: from mail.birch.example (mail.birch.example [203.0.113.25]) by mx.oak.example\n"    \
    " with ESMTP id 77; Mon, 2 Mar 2026 08:40:11 +0000\nMessage-ID: <m1@birch.example>\n"          \
    "From: Wren <wren@birch.example>\nTo: dest@oak.example\nSubject: Minutes\n"

static inline char *sample_recipients(const Bounce *bounce)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < bounce->recipients->len; i++) {
        const Recipient *one = bounce->recipients->pdata[i];
        const char *name = one->final ? one->final : one->original;
        g_string_append_printf(all, "%s%s", i ? "," : "", name ? name : "?");
    }
    return g_strdelimit(g_string_free(all, FALSE), " ", '_');
}

static inline char *sample_number(int n)
{
    return n ? g_strdup_printf("%d", n) : NULL;
}

/* What @bounce says of @key. The caller frees it. */
static inline char *sample_value(const Bounce *bounce, const char *key)
{
    const Recipient nobody = {0};
    const Recipient *one = bounce->recipients->len ? bounce->recipients->pdata[0] : &nobody;
    g_autoptr(GPtrArray) received = headers_all(bounce->returned.headers, "Received");
    if (strcmp(key, "kind") == 0)
        return g_strdup(bounce_kind_name(bounce->kind));
    if (strcmp(key, "to") == 0)
        return sample_recipients(bounce);
    if (strcmp(key, "code") == 0)
        return sample_number(one->reply_code);
    if (strcmp(key, "hops") == 0)
        return g_strdup_printf("%u", received->len);
    const struct {
        const char *key, *value;
    } texts[] = {
        {"original", one->original},
        {"action", one->action},
        {"status", one->status},
        {"reason", reason_name(one->reason)},
        {"mta", one->remote_mta},
        {"said", one->diagnostic},
        {"format", bounce->format},
        {"reporter", bounce->reporting_mta},
        {"from", bounce->returned.from},
        {"id", bounce->returned.message_id},
        {"where", returned_where_name(bounce->returned.where)},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if (strcmp(texts[i].key, key) == 0)
            return g_strdup(texts[i].value);
    g_error("no such key: %s", key);
}

static inline bool sample_fits(const char *key, const char *got, const char *want)
{
    g_autofree char *text = g_strdup(want);
    if (strcmp(want, "~") == 0)
        return !got || !*got;
    if (strcmp(key, "said") != 0)
        return g_strcmp0(got, want) == 0;
    return got && strstr(got, g_strdelimit(text, "_", ' '));
}

static inline void sample_check(const BounceSample *sample)
{
    g_autoptr(Message) message = mime_read(sample->mail, strlen(sample->mail));
    g_autoptr(Bounce) bounce = bounce_read(message);
    g_auto(GStrv) words = g_strsplit(sample->expect, " ", -1);
    for (char **word = words; *word; word++) {
        char *equals = strchr(*word, '=');
        g_assert_nonnull(equals);
        *equals = '\0';
        g_autofree char *got = sample_value(bounce, *word);
        if (sample_fits(*word, got, equals + 1))
            continue;
        g_test_message("%s: %s is \"%s\", not \"%s\"", sample->what, *word, got ? got : "nothing",
                       equals + 1);
        g_test_fail();
    }
}

#define SAMPLES_CHECK(samples)                                                                     \
    do                                                                                             \
        for (gsize sample_i = 0; sample_i < G_N_ELEMENTS(samples); sample_i++)                     \
            sample_check(&(samples)[sample_i]);                                                    \
    while (0)

#endif
