/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Public keys that verify our own signatures. */
#ifndef NOTME_DKIM_DKIM_KEY_H
#define NOTME_DKIM_DKIM_KEY_H

#include <nettle/rsa.h>

#include "base/span.h"

/* RFC 8301: shorter ones prove nothing. Longer ones than the second cost more than they are worth.
 */
enum { DKIM_RSA_LEAST = 1024, DKIM_RSA_MOST = 8192 };

typedef enum DkimKeyType { DKIM_RSA, DKIM_ED25519 } DkimKeyType;

typedef struct DkimKey {
    DkimKeyType type;
    struct rsa_public_key rsa;
    guint8 ed25519[32];
    bool same_domain; /* t=s: signatures with another domain in i= than in d= do not count */
} DkimKey;

/* Reads a key: base64 or PEM of a SubjectPublicKeyInfo (RFC 5280) or an RSAPublicKey (RFC 8017),
 * base64 of the 32 bytes of an Ed25519 key (RFC 8463), or a record as the DNS has it, "v=DKIM1;
 * k=rsa; p=..." (RFC 6376 3.6.1), with quotes and brackets of a zone file. False with @why (a part
 * of a sentence, static) for what is none, for a weak or a revoked one. dkim_key_clear() after
 * success. */
bool dkim_key_read(Span text, DkimKey *out, const char **why);
void dkim_key_clear(DkimKey *key);

#endif
