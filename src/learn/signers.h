/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who signs our mail (DKIM): the names of keys in messages of ours that came back, and the keys
 * that our own zone has for them. */
#ifndef NOTME_LEARN_SIGNERS_H
#define NOTME_LEARN_SIGNERS_H

#include "learn/spf.h"

enum { SIGNERS_MOST = 30 };

/* The names "SELECTOR:DOMAIN" of the signatures among @headers (of Header), lower case (of char *);
 * at most SIGNERS_MOST, none that could not stand in the DNS. Whether the domain is one's own is
 * for the caller to ask: anybody can write such a header. The caller unrefs it. */
GPtrArray *signers_of(const GPtrArray *headers);
/* One of @keys (of char *, "SELECTOR:DOMAIN=...") is the key @name. */
bool signers_have_key(const GPtrArray *keys, const char *name);
/* Asks the DNS for the keys of @names (of char *, as above), all at once. Returns
 * "SELECTOR:DOMAIN=p=..." (of char *) for each that has a key of use, as dkim_keys takes it; for
 * the others a sentence is added to @notes (of char *). NULL only when the DNS cannot be asked at
 * all. The caller unrefs it. */
GPtrArray *signers_look(const GPtrArray *names, SpfAsk ask, gpointer data, GPtrArray *notes,
                        GError **error);

#endif
