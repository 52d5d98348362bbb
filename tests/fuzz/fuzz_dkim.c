/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: one message with a signature by a known name, and the same bytes as a key. */
#include "base/date.h"
#include "dkim/dkim.h"
#include "dkim/dkim_canon.h"
#include "dkim/dkim_key.h"

#define FUZZ_KEY "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
#define FUZZ_SEEDS                                                                                 \
    "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=a.example; s=s1;\n"               \
    "\th=From:To:Cc:Subject; bh=AAAA; i=x@a.example; t=1; x=2;\n\tb=AAAA\n BBBB\n"                 \
    "From: x@a.example\nTo: Joe <joe@b.example>,\n ann@b.example\nSubject: x\n\nbody \n\n",        \
        "Received: x\r\nDKIM-Signature: v=1; a=rsa-sha256; d=a.example; s=s1; h=From; l=3; "       \
        "b=A\r\n"                                                                                  \
        "FROM : x@a.example\r\n\r\n a  b\t\r\n\r\n",                                               \
        "v=DKIM1; k=rsa; h=sha1:sha256; s=email; t=y:s; p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKj34Gk" \
        "xFhD90vcNLYLInFEX6Ppy1tPf9Cnzj4p4WGeKLs1Pt8QuKUpRKfFLfRYC9AIKjbJTWit+CqvjWYzvQwECAwEAAQ=" \
        "=",                                                                                       \
        "-----BEGIN PUBLIC "                                                                       \
        "KEY-----\nMCowBQYDK2VwAyEAAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"                 \
        "-----END PUBLIC KEY-----\n"

static void fuzz_one(const char *data, gsize size)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new(), recipients = g_ptr_array_new();
    DkimMail mail = dkim_mail_split((Span){data, size});
    const char *why = NULL;
    DkimKey key;
    g_ptr_array_add(keys, (gpointer) "s1:a.example=" FUZZ_KEY);
    g_ptr_array_add(recipients, (gpointer) "joe@b.example");
    g_autoptr(DkimResult) result = dkim_verify(&mail, keys, recipients, 3);
    g_assert_cmpint(result->state, <, DKIM_HEADERS);
    /* is hashed only where the header's signature holds, which none does here */
    guint8 digest[32];
    dkim_canon_body(mail.body, false, digest);
    dkim_canon_body(mail.body, true, digest);
    if (dkim_key_read((Span){data, size}, &key, &why))
        dkim_key_clear(&key);
    else
        g_assert_nonnull(why);
}

#include "fuzz.h"
