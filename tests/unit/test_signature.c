/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our signature on what a bounce returned is found wherever servers put it: as a message, as a
 * header alone, encoded, in a part of a part, in the text. What was read as the returned message
 * must be what was signed: a good signature elsewhere in the bounce is none. */
#include "signer.h"

#include "analysis/reading.h"
#include "message/mime.h"

static Signer signer;

#define FIELDS "From: mira@willow.example\nTo: Joe\n <joe@oak.example>\nSubject: the  gate\n"
#define BODY   "Good  morning,\n\nthe gate is repaired.\n"
#define REST                                                                                       \
    "Message-ID: <1@willow.example>\nDate: Tue, 14 Apr 2026 10:00:00 +0000\n"                      \
    "MIME-Version: 1.0\nContent-Type: text/plain\n"

/* The returned message with @body, whose canonical form is @canonical_body; LF at its line ends, as
 * a mail store has it. The caller frees it. */
static char *sign_body(bool relaxed, const char *body, const char *canonical_body)
{
    g_autofree char *hash = signer_body_hash(canonical_body);
    g_autofree char *tags = g_strdup_printf("v=1; a=rsa-sha256; c=%s; d=willow.example; s=m1; "
                                            "h=From:To:Subject; bh=%s; b=",
                                            relaxed ? "relaxed/relaxed" : "simple/simple", hash);
    g_autofree char *canonical =
        g_strconcat(relaxed ? "from:mira@willow.example\r\nto:Joe <joe@oak.example>\r\n"
                              "subject:the gate\r\ndkim-signature:"
                            : "From: mira@willow.example\r\nTo: Joe\r\n <joe@oak.example>\r\n"
                              "Subject: the  gate\r\nDKIM-Signature: ",
                    tags, NULL);
    g_autofree char *value = signer_sign(&signer, false, canonical);
    return g_strconcat("Received: from mx.willow.example (mx.willow.example [192.0.2.1])\n\tby "
                       "mx.oak.example; Tue, 14 Apr 2026 10:00:01 +0000\nDKIM-Signature: ",
                       tags, value, "\n" FIELDS REST "\n", body, NULL);
}

static char *sign(bool relaxed)
{
    return sign_body(relaxed, BODY,
                     relaxed ? "Good morning,\r\n\r\nthe gate is repaired.\r\n"
                             : "Good  morning,\r\n\r\nthe gate is repaired.\r\n");
}

#define BOUNCE                                                                                     \
    "Return-Path: <>\nFrom: mailer-daemon@oak.example\nTo: mira@willow.example\n"                  \
    "Subject: Undelivered Mail Returned to Sender\nDate: Tue, 14 Apr 2026 10:00:02 +0000\n"        \
    "MIME-Version: 1.0\n"
#define STATUS                                                                                     \
    "--b\nContent-Type: text/plain\n\nIt failed.\n--b\nContent-Type: message/delivery-status\n\n"  \
    "Reporting-MTA: dns; mx.oak.example\n\nFinal-Recipient: rfc822; joe@oak.example\n"             \
    "Action: failed\nStatus: 5.1.1\n\n"
#define REPORT                                                                                     \
    BOUNCE "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" STATUS

static const Signature *look(const char *bounce, Reading **reading)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *key = signer_key(&signer, true);
    g_ptr_array_add(keys, g_strconcat("m1:willow.example=", key, NULL));
    *reading = reading_make(bounce, strlen(bounce), keys, 0);
    return &(*reading)->bounce->returned.signature;
}

/* Also with CRLF, as over the wire, and once more after its way over the wire. */
static void check(const char *bounce, SignatureState state)
{
    g_autofree char *crlf = NULL;
    GString *text = g_string_new(bounce);
    g_string_replace(text, "\n", "\r\n", 0);
    crlf = g_string_free(text, FALSE);
    const char *const forms[] = {bounce, crlf};
    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autoptr(Reading) reading = NULL;
        const Signature *signature = look(forms[i], &reading);
        g_test_message("%s\nwhy: %s", bounce, signature->why ? signature->why : "-");
        g_assert_cmpint(signature->state, ==, state);
        g_assert_cmpstr(signature->recipient, ==,
                        state >= SIGNATURE_HEADERS ? "joe@oak.example" : NULL);
        g_autoptr(GByteArray) packed = g_byte_array_new();
        reading_pack(packed, reading);
        g_autoptr(Reading) again = reading_unpack((Span){(const char *)packed->data, packed->len});
        g_assert_cmpint(again->bounce->returned.signature.state, ==, state);
        g_assert_cmpstr(again->bounce->returned.signature.key, ==, signature->key);
        g_assert_cmpstr(again->bounce->returned.signature.recipient, ==, signature->recipient);
    }
}

static char *header_of(const char *message)
{
    return g_strndup(message, (gsize)(strstr(message, "\n\n") + 1 - message));
}

static void test_message(void)
{
    for (int relaxed = 0; relaxed < 2; relaxed++) {
        g_autofree char *message = sign(relaxed);
        g_autofree char *report =
            g_strconcat(REPORT "--b\nContent-Type: message/rfc822\n\n", message, "\n--b--\n", NULL);
        check(report, SIGNATURE_WHOLE);
        g_autofree char *encoded = g_base64_encode((const guchar *)message, strlen(message));
        g_autofree char *as_base64 =
            g_strconcat(REPORT "--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: "
                               "base64\n\n",
                        encoded, "\n--b--\n", NULL);
        check(as_base64, SIGNATURE_WHOLE);
        g_autofree char *nested = g_strconcat(
            BOUNCE "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: "
                   "multipart/report; report-type=delivery-status; boundary=b\n\n" STATUS
                   "--b\nContent-Type: message/rfc822\n\n",
            message, "\n--b--\n--a\nContent-Type: text/plain\n\nfooter\n--a--\n", NULL);
        check(nested, SIGNATURE_WHOLE);
        char *body = strstr(message, BODY);
        *body = 'g';
        g_autofree char *changed =
            g_strconcat(REPORT "--b\nContent-Type: message/rfc822\n\n", message, "\n--b--\n", NULL);
        check(changed, SIGNATURE_HEADERS);
        char *subject = strstr(message, "the  gate");
        *subject = 'T';
        g_autofree char *other =
            g_strconcat(REPORT "--b\nContent-Type: message/rfc822\n\n", message, "\n--b--\n", NULL);
        check(other, SIGNATURE_FAILS);
    }
}

static void test_header(void)
{
    for (int relaxed = 0; relaxed < 2; relaxed++) {
        g_autofree char *message = sign(relaxed), *header = header_of(message);
        g_autofree char *report = g_strconcat(REPORT "--b\nContent-Type: text/rfc822-headers\n\n",
                                              header, "\n--b--\n", NULL);
        check(report, SIGNATURE_HEADERS);
        g_autofree char *encoded = g_base64_encode((const guchar *)header, strlen(header));
        g_autofree char *as_base64 =
            g_strconcat(REPORT "--b\nContent-Type: text/rfc822-headers; charset=utf-8\n"
                               "Content-Transfer-Encoding: base64\n\n",
                        encoded, "\n--b--\n", NULL);
        check(as_base64, SIGNATURE_HEADERS);
        GString *quoted = g_string_new(header);
        g_string_replace(quoted, "=", "=3D", 0);
        g_string_replace(quoted, "bh=3D", "b=\nh=3D", 0);
        g_autofree char *as_quoted =
            g_strconcat(REPORT "--b\nContent-Type: text/rfc822-headers\n"
                               "Content-Transfer-Encoding: quoted-printable\n\n",
                        quoted->str, "\n--b--\n", NULL);
        check(as_quoted, SIGNATURE_HEADERS);
        g_string_free(quoted, TRUE);
        g_autofree char *whole_as_message =
            g_strconcat(REPORT "--b\nContent-Type: message/rfc822\n\n", header, "\n--b--\n", NULL);
        check(whole_as_message, SIGNATURE_HEADERS);
    }
    /* that there was no body is not known where none was to come */
    g_autofree char *bodiless = sign_body(true, "", "");
    g_autofree char *header = g_strconcat(REPORT "--b\nContent-Type: text/rfc822-headers\n\n",
                                          bodiless, "\n--b--\n", NULL);
    check(header, SIGNATURE_HEADERS);
    g_autofree char *message =
        g_strconcat(REPORT "--b\nContent-Type: message/rfc822\n\n", bodiless, "\n--b--\n", NULL);
    check(message, SIGNATURE_WHOLE);
}

/* In the text of an Exim bounce: the header is read, its folds are not kept. */
static void test_text(void)
{
    static const char intro[] =
        BOUNCE "X-Failed-Recipients: joe@oak.example\nAuto-Submitted: auto-replied\n\n"
               "This message was created automatically by mail delivery software.\n\n"
               "A message that you sent could not be delivered to one or more of its\n"
               "recipients. This is a permanent error. The following address(es) failed:\n\n"
               "  joe@oak.example\n    Unrouteable address\n\n"
               "------ This is a copy of your message, including all the headers. ------\n\n";
    for (int relaxed = 0; relaxed < 2; relaxed++) {
        g_autofree char *message = sign(relaxed);
        g_autofree char *bounce = g_strconcat(intro, message, NULL);
        check(bounce, relaxed ? SIGNATURE_HEADERS : SIGNATURE_REFUSED);
    }
}

/* A message of ours that somebody kept, in a bounce about another. */
static void test_elsewhere(void)
{
    static const char other[] =
        "Received: from evil.example (evil.example [192.0.2.66]) by "
        "mx.oak.example; Tue, 14 Apr 2026 10:00:01 +0000\n"
        "From: mira@willow.example\nTo: joe@oak.example\nSubject: buy\n" REST "\nbuy\n";
    g_autofree char *message = sign(true), *header = header_of(message);
    char *field = strstr(header, "DKIM-Signature");
    g_autofree char *signature = g_strndup(field, (gsize)(strchr(field, '\n') + 1 - field));
    g_autofree char *before = g_strconcat(
        BOUNCE "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
               "--b\nContent-Type: message/rfc822\n\n",
        message, "\n" STATUS "--b\nContent-Type: message/rfc822\n\n", other, "\n--b--\n", NULL);
    check(before, SIGNATURE_NONE);
    g_autofree char *after =
        g_strconcat(REPORT "--b\nContent-Type: message/rfc822\n\n", other,
                    "\n--b\nContent-Type: message/rfc822\n\n", message, "\n--b--\n", NULL);
    check(after, SIGNATURE_NONE);
    /* the field is copied, so that it is looked at at all */
    g_autofree char *copied = g_strconcat(
        BOUNCE "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
               "--b\nContent-Type: message/rfc822\n\n",
        message, "\n" STATUS "--b\nContent-Type: message/rfc822\n\n", signature, other, "\n--b--\n",
        NULL);
    check(copied, SIGNATURE_FAILS);
    g_autofree char *quiet =
        g_strconcat(REPORT "--b\nContent-Type: message/rfc822\n\n", message, "\n--b--\n", NULL);
    g_autoptr(Reading) without = reading_make(quiet, strlen(quiet), NULL, 0);
    g_assert_cmpint(without->bounce->returned.signature.state, ==, SIGNATURE_NONE);
}

static void test_attached(void)
{
    static const char nothing[] = "Subject: x\n\ny\n";
    g_autoptr(GPtrArray) none = mime_attached(nothing, strlen(nothing));
    g_assert_cmpuint(none->len, ==, 0);
    g_autoptr(GPtrArray) empty = mime_attached(NULL, 0);
    g_assert_cmpuint(empty->len, ==, 0);
    GString *many = g_string_new("Content-Type: multipart/mixed; boundary=b\n\n");
    for (int i = 0; i < 100; i++)
        g_string_append(many, "--b\nContent-Type: message/rfc822\n\nSubject: x\n\ny\n");
    g_string_append(many, "--b--\n");
    g_autoptr(GPtrArray) some = mime_attached(many->str, many->len);
    g_assert_cmpuint(some->len, ==, 4);
    g_string_free(many, TRUE);
    GString *deep = g_string_new(NULL);
    for (int i = 0; i < 3000; i++)
        g_string_append_printf(deep, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i,
                               i);
    g_autoptr(GPtrArray) bounded = mime_attached(deep->str, deep->len);
    g_assert_cmpuint(bounded->len, ==, 0);
    g_string_free(deep, TRUE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    signer_init(&signer, 1024, 1);
    g_test_add_func("/signature/message", test_message);
    g_test_add_func("/signature/header", test_header);
    g_test_add_func("/signature/text", test_text);
    g_test_add_func("/signature/elsewhere", test_elsewhere);
    g_test_add_func("/signature/attached", test_attached);
    int status = g_test_run();
    signer_clear(&signer);
    return status;
}
