/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs mail for tests, with keys made by nettle when the test starts. It knows nothing of
 * canonical forms: what is signed is written down by the test. */
#ifndef NOTME_TESTS_SIGNER_H
#define NOTME_TESTS_SIGNER_H

#include <glib.h>
#include <nettle/eddsa.h>
#include <nettle/rsa.h>
#include <nettle/sha2.h>
#include <stdbool.h>
#include <string.h>

typedef struct Signer {
    struct rsa_public_key public;
    struct rsa_private_key private;
    guint8 ed_public[ED25519_KEY_SIZE], ed_private[ED25519_KEY_SIZE];
} Signer;

/* The same numbers in every run: keys of tests are worth nothing. */
static void signer_random(void *data, size_t length, guint8 *out)
{
    guint64 *state = data;
    for (size_t i = 0; i < length; i++) {
        *state = *state * 6364136223846793005u + 1442695040888963407u;
        out[i] = (guint8)(*state >> 56);
    }
}

static void signer_init(Signer *signer, unsigned bits, guint64 seed)
{
    rsa_public_key_init(&signer->public);
    rsa_private_key_init(&signer->private);
    mpz_set_ui(signer->public.e, 65537);
    g_assert_cmpint(rsa_generate_keypair(&signer->public, &signer->private, &seed, signer_random,
                                         NULL, NULL, bits, 0),
                    ==, 1);
    signer_random(&seed, sizeof signer->ed_private, signer->ed_private);
    ed25519_sha512_public_key(signer->ed_public, signer->ed_private);
}

G_GNUC_UNUSED static void signer_clear(Signer *signer)
{
    rsa_public_key_clear(&signer->public);
    rsa_private_key_clear(&signer->private);
}

/* --- keys as text ----------------------------------------------------------------------------- */

/* A value of ASN.1's DER: tag, length, content. */
static void der_put(GByteArray *out, guint8 tag, const guint8 *content, gsize n)
{
    guint8 head[4] = {tag, (guint8)n};
    gsize length = 2;
    if (n > 255) {
        head[1] = 0x82;
        head[2] = (guint8)(n >> 8);
        head[3] = (guint8)n;
        length = 4;
    } else if (n > 127) {
        head[1] = 0x81;
        head[2] = (guint8)n;
        length = 3;
    }
    g_byte_array_append(out, head, (guint)length);
    g_byte_array_append(out, content, (guint)n);
}

static void der_put_number(GByteArray *out, const mpz_t number)
{
    guint8 bytes[2000] = {0};
    size_t n = 0;
    mpz_export(bytes + 1, &n, 1, 1, 1, 0, number);
    bool high = bytes[1] & 0x80;
    der_put(out, 0x02, bytes + !high, n + high);
}

/* RSAPublicKey, or inside a SubjectPublicKeyInfo. */
static GByteArray *signer_der(const Signer *signer, bool info)
{
    static const guint8 algorithm[] = {0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86,
                                       0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00};
    g_autoptr(GByteArray) numbers = g_byte_array_new();
    GByteArray *key = g_byte_array_new();
    der_put_number(numbers, signer->public.n);
    der_put_number(numbers, signer->public.e);
    der_put(key, 0x30, numbers->data, numbers->len);
    if (!info)
        return key;
    g_autoptr(GByteArray) inside = g_byte_array_new();
    g_byte_array_prepend(key, (const guint8 *)"", 1); /* no unused bits */
    g_byte_array_append(inside, algorithm, sizeof algorithm);
    der_put(inside, 0x03, key->data, key->len);
    g_byte_array_set_size(key, 0);
    der_put(key, 0x30, inside->data, inside->len);
    return key;
}

/* Base64. The caller frees it. */
static char *signer_key(const Signer *signer, bool info)
{
    g_autoptr(GByteArray) der = signer_der(signer, info);
    return g_base64_encode(der->data, der->len);
}

G_GNUC_UNUSED static char *signer_ed_key(const Signer *signer)
{
    return g_base64_encode(signer->ed_public, sizeof signer->ed_public);
}

/* --- signing ---------------------------------------------------------------------------------- */

static void signer_digest(const char *text, guint8 digest[SHA256_DIGEST_SIZE])
{
    struct sha256_ctx hash;
    sha256_init(&hash);
    sha256_update(&hash, strlen(text), (const guint8 *)text);
    sha256_digest(&hash, SHA256_DIGEST_SIZE, digest);
}

/* bh= of a canonical body. The caller frees it. */
G_GNUC_UNUSED static char *signer_body_hash(const char *canonical)
{
    guint8 digest[SHA256_DIGEST_SIZE];
    signer_digest(canonical, digest);
    return g_base64_encode(digest, sizeof digest);
}

/* b= of the digest of a canonical header. The caller frees it. */
static char *signer_sign_digest(const Signer *signer, bool ed25519,
                                const guint8 digest[SHA256_DIGEST_SIZE])
{
    guint8 bytes[2000];
    size_t n = ED25519_SIGNATURE_SIZE;
    if (ed25519) {
        ed25519_sha512_sign(signer->ed_public, signer->ed_private, SHA256_DIGEST_SIZE, digest,
                            bytes);
        return g_base64_encode(bytes, n);
    }
    mpz_t number;
    mpz_init(number);
    g_assert_cmpint(rsa_sha256_sign_digest(&signer->private, digest, number), ==, 1);
    n = signer->public.size;
    memset(bytes, 0, n);
    gsize used = (mpz_sizeinbase(number, 2) + 7) / 8;
    mpz_export(bytes + n - used, NULL, 1, 1, 1, 0, number);
    mpz_clear(number);
    return g_base64_encode(bytes, n);
}

/* b= of a canonical header. The caller frees it. */
G_GNUC_UNUSED static char *signer_sign(const Signer *signer, bool ed25519, const char *canonical)
{
    guint8 digest[SHA256_DIGEST_SIZE];
    signer_digest(canonical, digest);
    return signer_sign_digest(signer, ed25519, digest);
}

#endif
