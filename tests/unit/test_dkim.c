/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our own signatures: what we signed is known again; what was changed, sent on to others or signed
 * by somebody else is not. The message is signed here, with a key made for this test alone. */
#define _DEFAULT_SOURCE /* u_char, for dkim.h */
#include <string.h>
#include <unistd.h>

#include "message/mime.h"
#include "verdict/dkim.h"
#include "work/confine.h"

#ifdef HAVE_OPENDKIM

#include <dkim.h>

static const char private_key[] =
    "-----BEGIN RSA PRIV"
    "ATE KEY-----\n"
    "MIIEowIBAAKCAQEAhOFfwyMab9eqDI6iHW974wX1gh298RO2XNZtPcEGLjizIs41\n"
    "O9vIhRplukXJaHU0sy6nJuf8IHO7WWwmPA6sMqRnhHHGflzsfDcpGTalkwkcB1Ur\n"
    "X/5hG/GsHiHzx6ka6dvhcnCYHT2JV1rxwdU6VE9mWoCSbk1ep6mri5H+QlpVoH4K\n"
    "ibmmcQ8JCc3Td6sqlP6wLLA+udUP3/0/BwK4dDst1fmQ8JihF7Ku1OuZxBcpCFF7\n"
    "Hv68nrGBFaszoFlvjUDdEateOIoMEkqhkmZpfEI68B5IlG5ImQDXDMOHBQRJ9/pL\n"
    "Xnk/66tT9gyY/2KvxiFPoHGdMb+LoqXQJyPEuQIDAQABAoIBACa9WABZgxMZQnPP\n"
    "v5aqUmlw6s8I4b/fedqeDxIibK1cDWm3yZBOdqrLc933C41/IiKdFtFCb+B8LSIY\n"
    "ZBs9Qdmv0Zgs3Wwopi9em4ZExsfTr465t2AQlvohHodYaayLchO87YDCL67SqnBD\n"
    "zNiwVAWRcmsvMcGjn9Vso10Y7pIkPWh9YNAzQSx7xz7ghIl4bYYWX7kne5Ey6cg5\n"
    "FFbHJAHYtkh2CSVAleif5G4jkQxq4/DNU99x+g7OVVw5eom3QTGmJFDsc1TA6Pyj\n"
    "SkBd95DI26Jgm9pfsByUKUCK22T3Z2JH1AtUey/TI/ewDTVSWvmplEKNpBTvto45\n"
    "mZK/qLsCgYEAuMNJPCG42t5NFi7mzmPEK+vQcPiA2lLtFfQRHQnPtMdvpx6ufB3+\n"
    "WsmbyUcDtvNO3QmdmI6MOKW4ajAG8BqFpnWcgzH6ootd22c+JwohEbvqavau+C7V\n"
    "Oz2I05/vDqt43vzsnhsdr/q/CT0qhH9FbNuk/ktR5eXip1ZI3M6RXbsCgYEAuB0d\n"
    "GaGtKAAM7I5AlytZrhTi8wvCQ7T+TG2fXWFTv/4B8V3LDnRY4yw9l1AZIvz/oNGb\n"
    "LPnvtjoSS/D1e4GRvr/75drGtcdBpQwvS9zp2fm5NTDXZdkljMY0d3lleG0D9Bsi\n"
    "LBr5V/94MHMriFHJsMHd+WwylFMzil/h+yjNhhsCgYBmeQkZLKrV2Q1wDDs+pN6c\n"
    "bYGB5pGwhOWxk1gafuKQJTyrt7yWYhw8Riz9CUHqKi/HMBoUDpt+n4sUeeafLFaL\n"
    "6BcSPJoBpMI9eZljFZ8Zsttkz8RjKbZh0NMebEmuHTRAmI6zcd6ZR7zEZwQ50Ey0\n"
    "/20XDLczhriajqSCsp61GQKBgQCzKTGOJbQ4foQVFgBomni0XALU/BZYiKIFgY9Y\n"
    "8ULsS6NcWycjs7hjqENvITS0xXmD5zSXuce4jh4L5DkdrGJFOtFHRXOkpHeOwqKr\n"
    "shemU8oUpqiUpZBSwvV/ZZSGcZ8tRdIlFUKajTFKBGjSSLR52s3Ez7MQfz5iYxem\n"
    "rngBDQKBgCFuYugA9ER32w9WL2aHO0kwxma4jZtsDqWO26fQUU/of2LGNTx5FIfV\n"
    "lhArSHO4gkGwjcW3jl37JYsAcCs6eu1nmv1Q9qs3Bk895KRnYUQ2Dd8DlRtbd7Fg\n"
    "V/2B9+JoWHkiewWaf6800difnqyesjzbEYoRr0ov8qhwOu47YWfx\n"
    "-----END RSA PRIV"
    "ATE KEY-----\n";
static const char public_key[] =
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAhOFfwyMab9eqDI6iHW974wX1gh29"
    "8RO2XNZtPcEGLjizIs41O9vIhRplukXJaHU0sy6nJuf8IHO7WWwmPA6sMqRnhHHGflzsfDcp"
    "GTalkwkcB1UrX/5hG/GsHiHzx6ka6dvhcnCYHT2JV1rxwdU6VE9mWoCSbk1ep6mri5H+QlpV"
    "oH4KibmmcQ8JCc3Td6sqlP6wLLA+udUP3/0/BwK4dDst1fmQ8JihF7Ku1OuZxBcpCFF7Hv68"
    "nrGBFaszoFlvjUDdEateOIoMEkqhkmZpfEI68B5IlG5ImQDXDMOHBQRJ9/pLXnk/66tT9gyY"
    "/2KvxiFPoHGdMb+LoqXQJyPEuQIDAQAB";
static const char public_pem[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAhOFfwyMab9eqDI6iHW97\n"
    "4wX1gh298RO2XNZtPcEGLjizIs41O9vIhRplukXJaHU0sy6nJuf8IHO7WWwmPA6s\n"
    "MqRnhHHGflzsfDcpGTalkwkcB1UrX/5hG/GsHiHzx6ka6dvhcnCYHT2JV1rxwdU6\n"
    "VE9mWoCSbk1ep6mri5H+QlpVoH4KibmmcQ8JCc3Td6sqlP6wLLA+udUP3/0/BwK4\n"
    "dDst1fmQ8JihF7Ku1OuZxBcpCFF7Hv68nrGBFaszoFlvjUDdEateOIoMEkqhkmZp\n"
    "fEI68B5IlG5ImQDXDMOHBQRJ9/pLXnk/66tT9gyY/2KvxiFPoHGdMb+LoqXQJyPE\n"
    "uQIDAQAB\n"
    "-----END PUBLIC KEY-----\n";

#define BODY "Good morning,\r\n\r\nthe gate is repaired.\r\n"

static const char *const headers[] = {
    "From: mira@willow.example",
    "To: Joe <joe@oak.example>",
    "Subject: the gate",
    "Date: Tue, 14 Apr 2026 10:00:00 +0000",
};

/* The whole message with a signature on top. */
static GString *signed_message(void)
{
    DKIM_LIB *library = dkim_init(NULL, NULL);
    DKIM_STAT status;
    DKIM *dkim = dkim_sign(library, (const unsigned char *)"t", NULL,
                           (const dkim_sigkey_t)(gsize)private_key, (const unsigned char *)"m1",
                           (const unsigned char *)"willow.example", DKIM_CANON_RELAXED,
                           DKIM_CANON_RELAXED, DKIM_SIGN_RSASHA256, -1, &status);
    unsigned char line[4096] = "";
    GString *text = g_string_new("DKIM-Signature: ");

    g_assert_nonnull(dkim);
    for (gsize i = 0; i < G_N_ELEMENTS(headers); i++)
        g_assert_cmpint(dkim_header(dkim, (unsigned char *)(gsize)headers[i], strlen(headers[i])),
                        ==, DKIM_STAT_OK);
    g_assert_cmpint(dkim_eoh(dkim), ==, DKIM_STAT_OK);
    g_assert_cmpint(dkim_body(dkim, (unsigned char *)(gsize)BODY, strlen(BODY)), ==, DKIM_STAT_OK);
    g_assert_cmpint(dkim_eom(dkim, NULL), ==, DKIM_STAT_OK);
    g_assert_cmpint(dkim_getsighdr(dkim, line, sizeof line, 16), ==, DKIM_STAT_OK);
    g_string_append_printf(text, "%s\r\n", (const char *)line);
    for (gsize i = 0; i < G_N_ELEMENTS(headers); i++)
        g_string_append_printf(text, "%s\r\n", headers[i]);
    g_string_append(text, "\r\n" BODY);
    dkim_free(dkim);
    dkim_close(library);
    return text;
}

static void add_recipient(GPtrArray *list, const char *address)
{
    Recipient *recipient = recipient_new();

    recipient->final = g_strdup(address);
    g_ptr_array_add(list, recipient);
}

static Tri check(const char *message, const char *key, const char *recipient)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) recipients =
        g_ptr_array_new_with_free_func((GDestroyNotify)recipient_free);

    g_ptr_array_add(keys, g_strdup(key));
    add_recipient(recipients, recipient);
    return dkim_check(span_of(message), keys, recipients, TIME_NONE);
}

static void test_signatures(void)
{
    GString *message = signed_message(), *changed = g_string_new(message->str);
    GString *more = g_string_new(message->str), *unix_ends = g_string_new(message->str);
    g_autofree char *plain = g_strconcat("m1:willow.example=", public_key, NULL);
    g_autofree char *pem = g_strconcat("m1:willow.example=", public_pem, NULL);
    g_autofree char *record = g_strconcat("m1:willow.example=v=DKIM1; k=rsa; p=", public_key, NULL);
    g_autofree char *other = g_strconcat("m2:willow.example=", public_key, NULL);

    g_assert_cmpint(check(message->str, plain, "joe@oak.example"), ==, TRI_YES);
    g_assert_cmpint(check(message->str, pem, "JOE@oak.example"), ==, TRI_YES);
    g_assert_cmpint(check(message->str, record, "joe@oak.example"), ==, TRI_YES);
    g_string_replace(unix_ends, "\r\n", "\n", 0);
    g_assert_cmpint(check(unix_ends->str, plain, "joe@oak.example"), ==, TRI_YES);
    /* sent on to somebody whom we did not write to */
    g_assert_cmpint(check(message->str, plain, "eve@elm.example"), ==, TRI_UNKNOWN);
    /* a key of another name */
    g_assert_cmpint(check(message->str, other, "joe@oak.example"), ==, TRI_UNKNOWN);
    g_string_replace(changed, "repaired", "open", 0);
    g_assert_cmpint(check(changed->str, plain, "joe@oak.example"), ==, TRI_NO);
    /* a second To on top does not help: the signature does not cover it */
    g_string_prepend(more, "To: eve@elm.example\r\n");
    g_assert_cmpint(check(more->str, plain, "eve@elm.example"), !=, TRI_YES);
    g_assert_cmpint(check("", plain, "joe@oak.example"), ==, TRI_UNKNOWN);
    g_assert_cmpint(check("no mail at all", plain, "joe@oak.example"), ==, TRI_UNKNOWN);
    g_string_free(message, TRUE);
    g_string_free(changed, TRUE);
    g_string_free(more, TRUE);
    g_string_free(unix_ends, TRUE);
}

/* The bytes of a returned message survive being attached to a bounce. */
static void test_attached(void)
{
    GString *message = signed_message(), *bounce = g_string_new(NULL);
    g_autofree char *key = g_strconcat("m1:willow.example=", public_key, NULL);
    g_autofree char *returned = NULL, *copy = NULL;
    gsize size = 0;

    for (int crlf = 0; crlf < 2; crlf++) {
        g_string_printf(bounce,
                        "From: mailer-daemon@oak.example\nSubject: failure\nMIME-Version: 1.0\n"
                        "Content-Type: multipart/report; boundary=b\n\n--b\n\nIt failed.\n--b\n"
                        "Content-Type: message/rfc822\n\n%s\n--b--\n",
                        message->str);
        g_string_replace(bounce, "\r\n", "\n", 0);
        if (crlf)
            g_string_replace(bounce, "\n", "\r\n", 0);
        g_clear_pointer(&returned, g_free);
        g_clear_pointer(&copy, g_free);
        returned = mime_attached(bounce->str, bounce->len, &size);
        g_assert_nonnull(returned);
        copy = g_strndup(returned, size);
        g_assert_cmpint(check(copy, key, "joe@oak.example"), ==, TRI_YES);
    }
    g_assert_null(mime_attached("Subject: x\n\ny\n", 14, &size));
    g_string_free(message, TRUE);
    g_string_free(bounce, TRUE);
}

/* As in a parser process, which can open no file. */
static void test_confined(void)
{
    if (g_test_subprocess()) {
        GString *message = signed_message();
        g_autofree char *key = g_strconcat("m1:willow.example=", public_key, NULL);
        confine(STDOUT_FILENO);
        g_assert_cmpint(check(message->str, key, "joe@oak.example"), ==, TRI_YES);
        g_string_free(message, TRUE);
        return;
    }
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_test_trap_assert_passed();
}

#else

static void test_signatures(void)
{
    g_test_skip("built without libopendkim");
}

static void test_attached(void)
{
    g_test_skip("built without libopendkim");
}

#endif

#ifndef HAVE_OPENDKIM
static void test_confined(void)
{
    g_test_skip("built without libopendkim");
}
#endif

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dkim/signatures", test_signatures);
    g_test_add_func("/dkim/attached", test_attached);
    g_test_add_func("/dkim/confined", test_confined);
    return g_test_run();
}
