/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Servers of ours that are easily forgotten, such as those of a newsletter service: found by mail
 * in our name that came to us, where our own border wrote (Authentication-Results) that both our
 * key had signed it and our own SPF record let its sender pass. Of the two a list or a forwarder
 * has at most the first, and a neighbour at a shared house the second. */
#ifndef NOTME_LEARN_SERVICES_H
#define NOTME_LEARN_SERVICES_H

#include "trace/identity.h"

typedef struct Services Services;

/* Who perhaps sends in our name: mail from an address of ours that did not pass our servers, with
 * no copy in the sent folders. Anybody can send such mail: whether it is ours, only we know. */
typedef struct Service {
    char *ip, *name; /* the address that handed it in, and its name in the DNS, or NULL */
    guint messages;
    guint keyed; /* of them those that our key signed, as our border wrote */
} Service;

Services *services_new(void);
void services_free(Services *services);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Services, services_free)
/* Takes in one received message by its header fields (of Header), where its From is of @identity's.
 * @kept: it is in the sent folders, too. */
void services_add(Services *services, const GPtrArray *headers, const Identity *identity,
                  bool kept);
/* The addresses that handed such mail in -> messages. @identity has the border and the names of its
 * results; where it has none, only a line and results of an own host count. The caller unrefs it.
 */
GHashTable *services_find(const Services *services, const Identity *identity);
/* Who perhaps sends in our name: addresses that handed in two or more such messages, and that are
 * none of @identity's or of @known (text -> anything); of Service, most messages first. The caller
 * unrefs it. */
GPtrArray *services_find_perhaps(const Services *services, const Identity *identity,
                                 GHashTable *known);

#endif
