/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: one message with a signature by a known name, and the same bytes as a key; and the
 * same message signed here: whatever stands in it, that signature holds, by our key and no other.
 */
#include "../unit/signer.h"

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
        "-----END PUBLIC KEY-----\n",                                                              \
        "From: x@a.example\nTo: joe@b.example\nSubject: ?\n\nbody\n",                              \
        "X: x\r\nTo: joe@b.example,\r\n ann@b.example\r\nFrom: a\r\nFrom: b\r\n\r\n\r\nx \t y\r\n"

/* --- a message that is signed here ------------------------------------------------------------ */

/* What a signature can be like; bits. */
typedef enum Way {
    WAY_ED25519 = 1,
    WAY_RELAXED_HEADER = 2,
    WAY_RELAXED_BODY = 4,
    WAY_TIMES = 8,
    WAY_RECORD = 16, /* the key as the DNS has it */
    WAY_INFO = 32,   /* the key as a SubjectPublicKeyInfo */
    WAY_REFOLDED = 64
} Way;

enum { SIGNED_MOST = 90 };

static const Signer *our_signer(void)
{
    static Signer signer;
    static bool made;
    if (!made)
        signer_init(&signer, 1024, 7);
    made = true;
    return &signer;
}

static bool is_plain(Span name)
{
    for (gsize i = 0; i < name.n; i++)
        if (!g_ascii_isalnum(name.p[i]) && name.p[i] != '-')
            return false;
    return true;
}

/* The tags up to h=, and the names of all fields of a plain name from the last to the first, so
 * that each name in h= means the next one up; their canonical forms go to @sum. */
static GString *signature_start(const GArray *fields, int way, GString *sum)
{
    GString *text = g_string_new(NULL);
    g_string_printf(text, "DKIM-Signature: v=1; a=%s; c=%s/%s; d=a.example; s=s1; %s\r\n\th=",
                    way & WAY_ED25519 ? "ed25519-sha256" : "rsa-sha256",
                    way & WAY_RELAXED_HEADER ? "relaxed" : "simple",
                    way & WAY_RELAXED_BODY ? "relaxed" : "simple",
                    way & WAY_TIMES ? "i=x@a.example; t=1; x=2;" : "");
    for (guint i = fields->len; i-- > 0;) {
        const DkimField *field = &g_array_index(fields, DkimField, i);
        if (!is_plain(field->name))
            continue;
        g_string_append_len(text, field->name.p, (gssize)field->name.n);
        g_string_append_c(text, ':');
        dkim_canon_field(sum, field, way & WAY_RELAXED_HEADER);
        g_string_append(sum, "\r\n");
    }
    g_string_append(text, "From;");
    return text;
}

/* @message with its signature in front. NULL: it has too many fields. */
static GString *sign(Span message, int way)
{
    DkimMail mail = dkim_mail_split(message);
    g_autoptr(GArray) fields = g_array_new(FALSE, FALSE, sizeof(DkimField));
    DkimField field;
    while (dkim_field_next(&mail.header, &field))
        g_array_append_val(fields, field);
    if (fields->len > SIGNED_MOST)
        return NULL;
    g_autoptr(GString) sum = g_string_new(NULL);
    GString *text = signature_start(fields, way, sum);
    guint8 digest[SHA256_DIGEST_SIZE];
    dkim_canon_body(mail.body, way & WAY_RELAXED_BODY, digest);
    g_autofree char *body_hash = g_base64_encode(digest, sizeof digest);
    g_string_append_printf(text, " bh=%s;\r\n\tb=", body_hash);
    Span own = {text->str, text->len};
    g_assert_true(dkim_field_next(&own, &field));
    dkim_canon_field(sum, &field, way & WAY_RELAXED_HEADER);
    struct sha256_ctx hash;
    sha256_init(&hash);
    sha256_update(&hash, sum->len, (const guint8 *)sum->str);
    sha256_digest(&hash, sizeof digest, digest);
    g_autofree char *value = signer_sign_digest(our_signer(), way & WAY_ED25519, digest);
    g_string_append_printf(text, "%s\r\n", value);
    return g_string_append_len(text, message.p, (gssize)message.n);
}

static char *our_key(int way)
{
    g_autofree char *key =
        way & WAY_ED25519 ? signer_ed_key(our_signer()) : signer_key(our_signer(), way & WAY_INFO);
    return g_strdup_printf("s1:a.example=%s%s", way & WAY_RECORD ? "v=DKIM1; t=s; p=" : "", key);
}

static DkimResult *verify(Span message, const char *key, bool refolded)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new(), recipients = g_ptr_array_new();
    DkimMail mail = dkim_mail_split(message);
    mail.refolded = refolded;
    g_ptr_array_add(keys, (gpointer)key);
    g_ptr_array_add(recipients, (gpointer) "joe@b.example");
    return dkim_verify(&mail, keys, recipients, 3);
}

static void check_signed(Span message, int way)
{
    bool folded = message.n && (*message.p == ' ' || *message.p == '\t');
    g_autoptr(GString) text = folded ? NULL : sign(message, way);
    if (!text)
        return;
    g_autofree char *key = our_key(way);
    bool has_body = dkim_mail_split(message).has_body;
    g_autoptr(DkimResult) whole = verify((Span){text->str, text->len}, key, way & WAY_REFOLDED);
    g_assert_cmpint(whole->state, ==, has_body ? DKIM_WHOLE : DKIM_HEADERS);
    g_assert_cmpint(whole->expired, ==, (way & WAY_TIMES) != 0);
    g_autoptr(DkimResult) strange =
        verify((Span){text->str, text->len}, "s1:a.example=" FUZZ_KEY, false);
    g_assert_cmpint(strange->state, <, DKIM_HEADERS);
    g_string_append(text, "!\r\n");
    g_autoptr(DkimResult) changed = verify((Span){text->str, text->len}, key, false);
    g_assert_true(!has_body || (changed->state == DKIM_HEADERS && changed->other_body));
}

/* --- any message ------------------------------------------------------------------------------ */

static void check_any(Span message)
{
    g_autoptr(DkimResult) result = verify(message, "s1:a.example=" FUZZ_KEY, false);
    g_assert_cmpint(result->state, <, DKIM_HEADERS);
    const char *why = NULL;
    DkimKey key;
    if (dkim_key_read(message, &key, &why))
        dkim_key_clear(&key);
    else
        g_assert_nonnull(why);
}

static void fuzz_one(const char *data, gsize size)
{
    Span message = {data, size};
    check_any(message);
    /* its length says how it is signed: the bytes are those of mail, with nothing in front */
    check_signed(message, (int)(size & 127));
    check_signed(message, (int)(size & 127) ^ 7);
}

#include "fuzz.h"
