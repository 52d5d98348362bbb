/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Public keys: see dkim_key.h. */
#include "dkim/dkim_key.h"

#include <nettle/asn1.h>
#include <string.h>

#include "dkim/dkim_tags.h"

/* The text without PEM's lines of hyphens, white space, and the quotes and brackets of zone files.
 * The caller frees it. */
static char *strip(Span text)
{
    GString *plain = g_string_sized_new(text.n);
    Span line;
    while (span_line(&text, &line))
        for (gsize i = 0; !span_istarts(span_trim(line), "-----") && i < line.n; i++)
            if (line.p[i] && !strchr("\"() \t", line.p[i]))
                g_string_append_c(plain, line.p[i]);
    return g_string_free(plain, FALSE);
}

static bool rsa_read(struct asn1_der_iterator *i, DkimKey *out, const char **why)
{
    rsa_public_key_init(&out->rsa);
    out->type = DKIM_RSA;
    if (!rsa_public_key_from_der_iterator(&out->rsa, DKIM_RSA_MOST, i) ||
        !rsa_public_key_prepare(&out->rsa))
        *why = "it cannot be read";
    else if (mpz_sizeinbase(out->rsa.n, 2) < DKIM_RSA_LEAST)
        *why = "it is too short to prove anything";
    else
        return true;
    rsa_public_key_clear(&out->rsa);
    return false;
}

static bool ed25519_read(const guint8 *bytes, gsize length, DkimKey *out, const char **why)
{
    if (length != sizeof out->ed25519) {
        *why = "it cannot be read";
        return false;
    }
    out->type = DKIM_ED25519;
    memcpy(out->ed25519, bytes, length);
    return true;
}

/* The rest of a SubjectPublicKeyInfo, from its AlgorithmIdentifier on. */
static bool info_read(struct asn1_der_iterator *i, DkimKey *out, const char **why)
{
    /* 1.2.840.113549.1.1.1 and 1.3.101.112 */
    static const guint8 oid_rsa[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01};
    static const guint8 oid_ed25519[] = {0x2b, 0x65, 0x70};
    struct asn1_der_iterator algorithm, bits;
    *why = "it cannot be read";
    if (asn1_der_decode_constructed(i, &algorithm) != ASN1_ITERATOR_PRIMITIVE ||
        algorithm.type != ASN1_IDENTIFIER || asn1_der_iterator_next(i) != ASN1_ITERATOR_PRIMITIVE ||
        i->type != ASN1_BITSTRING)
        return false;
    if (algorithm.length == sizeof oid_ed25519 &&
        memcmp(algorithm.data, oid_ed25519, sizeof oid_ed25519) == 0)
        return i->length > 0 && i->data[0] == 0 &&
               ed25519_read(i->data + 1, i->length - 1, out, why);
    if (algorithm.length != sizeof oid_rsa ||
        memcmp(algorithm.data, oid_rsa, sizeof oid_rsa) != 0) {
        *why = "it is neither of RSA nor of Ed25519";
        return false;
    }
    return asn1_der_decode_bitstring(i, &bits) == ASN1_ITERATOR_CONSTRUCTED &&
           bits.type == ASN1_SEQUENCE && rsa_read(&bits, out, why);
}

/* An RSAPublicKey begins with a number where a SubjectPublicKeyInfo has a sequence. */
static bool der_read(const guint8 *bytes, gsize length, DkimKey *out, const char **why)
{
    struct asn1_der_iterator outer, inner;
    *why = "it cannot be read";
    if (asn1_der_iterator_first(&outer, length, bytes) != ASN1_ITERATOR_CONSTRUCTED ||
        outer.type != ASN1_SEQUENCE)
        return false;
    enum asn1_iterator_result first = asn1_der_decode_constructed(&outer, &inner);
    if (first == ASN1_ITERATOR_CONSTRUCTED && inner.type == ASN1_SEQUENCE)
        return info_read(&inner, out, why);
    return first == ASN1_ITERATOR_PRIMITIVE && rsa_read(&outer, out, why);
}

static bool base64_read(Span text, DkimKey *out, const char **why)
{
    gsize length = 0;
    g_autofree char *plain = span_dup(text);
    g_autofree guchar *bytes = g_base64_decode(plain, &length);
    if (length == sizeof out->ed25519)
        return ed25519_read(bytes, length, out, why);
    return der_read(bytes, length, out, why);
}

/* One word of a list with colons, "sha1:sha256". */
static bool list_has(Span list, const char *word)
{
    while (list.n) {
        const char *colon = memchr(list.p, ':', list.n);
        gsize n = colon ? (gsize)(colon - list.p) : list.n;
        if (span_ieq(span_trim(span_sub(list, 0, n)), word))
            return true;
        list = span_sub(list, n + 1, list.n);
    }
    return false;
}

static bool record_read(const DkimTags *tags, DkimKey *out, const char **why)
{
    bool has_hashes, has_services, has_version;
    Span hashes = dkim_tag(tags, "h", &has_hashes);
    Span services = dkim_tag(tags, "s", &has_services);
    Span version = dkim_tag(tags, "v", &has_version), key = dkim_tag(tags, "p", NULL);
    if (has_version && !span_eq(version, "DKIM1"))
        *why = "it is of an unknown version";
    else if (key.n == 0)
        *why = "it was revoked";
    else if (has_hashes && !list_has(hashes, "sha256"))
        *why = "it is not for SHA-256";
    else if (has_services && !list_has(services, "email") && !list_has(services, "*"))
        *why = "it is not for mail";
    else if (base64_read(key, out, why)) {
        out->same_domain = list_has(dkim_tag(tags, "t", NULL), "s");
        return true;
    }
    return false;
}

bool dkim_key_read(Span text, DkimKey *out, const char **why)
{
    DkimTags tags;
    bool is_record = false;
    g_autofree char *plain = strip(text);
    memset(out, 0, sizeof *out);
    /* base64 ends in "=" at most: it is no list with a tag "p" */
    if (dkim_tags_read(span_of(plain), &tags))
        dkim_tag(&tags, "p", &is_record);
    return is_record ? record_read(&tags, out, why) : base64_read(span_of(plain), out, why);
}

void dkim_key_clear(DkimKey *key)
{
    if (key->type == DKIM_RSA)
        rsa_public_key_clear(&key->rsa);
}
