/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who signs our mail (DKIM): the keys that our own zone has for the names in messages of ours that
 * came back. */
#ifndef NOTME_LEARN_SIGNERS_H
#define NOTME_LEARN_SIGNERS_H

#include "analysis/signer.h"
#include "learn/spf.h"

/* One of @keys (of char *, "SELECTOR:DOMAIN=...") is the key @name. */
bool signers_have_key(const GPtrArray *keys, const char *name);
/* Asks the DNS for the keys of @names (of char *, as above), all at once. Returns
 * "SELECTOR:DOMAIN=p=..." (of char *) for each that has a key of use, as dkim_keys takes it; for
 * the others a sentence is added to @notes (of char *). NULL only when the DNS cannot be asked at
 * all. The caller unrefs it. */
GPtrArray *signers_look(const GPtrArray *names, SpfAsk ask, gpointer data, GPtrArray *notes,
                        GError **error);

#endif
