/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our own signatures (DKIM: RFC 6376, 8301, 8463) on a message that came back, often only in part.
 * The signature covers header fields by themselves ("b=") and the body by its hash ("bh="): the
 * header suffices to know that it is ours. Keys are those that the reviewer gave; nothing is looked
 * up. Pure functions, linear in the message, by nettle. */
#ifndef NOTME_DKIM_DKIM_H
#define NOTME_DKIM_DKIM_H

#include "base/span.h"

typedef struct DkimMail {
    Span header; /* header fields as they came back, lines ended by LF or CRLF */
    Span body;   /* what is behind the empty line */
    bool has_body;
    bool refolded; /* the folds are not the sender's: only relaxed forms of the header can verify */
} DkimMail;

/* In order: a later one says more. */
typedef enum DkimState {
    DKIM_NONE,  /* no signature by one of the keys */
    DKIM_FAILS, /* there is one, and it does not verify: the header was changed on its way, or it is
                   not ours */
    DKIM_REFUSED, /* there is one that proves nothing: see why */
    DKIM_HEADERS, /* the header verifies; the body did not come back, or not as it was */
    DKIM_WHOLE    /* header and body verify */
} DkimState;

typedef struct DkimResult {
    DkimState state;
    char *key;       /* "SELECTOR:DOMAIN" of the signature; NULL for DKIM_NONE */
    char *recipient; /* the one of the asked for addresses that a signed To or Cc names, as it was
                        asked; NULL: none, so the message may have been sent on by anybody */
    char *why;       /* of DKIM_FAILS and DKIM_REFUSED: a sentence without its full stop */
    bool expired;    /* its x= lies before the moment that was asked for */
    bool other_body; /* of DKIM_HEADERS: a body came back, and is not the one that was signed */
} DkimResult;

/* Header and body of a whole message, or of a header alone. */
DkimMail dkim_mail_split(Span message);
/* Looks for the signature by one of @keys (of char *, "SELECTOR:DOMAIN=KEY", KEY as dkim_key_read()
 * has it) that says the most. @recipients (of char *) are the addresses that may stand in a signed
 * To or Cc. @when: the moment when the message came back (seconds, UTC), or TIME_NONE. Never NULL;
 * the caller frees it. */
DkimResult *dkim_verify(const DkimMail *mail, const GPtrArray *keys, const GPtrArray *recipients,
                        gint64 when);
void dkim_result_free(DkimResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DkimResult, dkim_result_free)

#endif
