/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many networks, asked for by hash: whether an address lies in one of them. */
#ifndef NOTME_BASE_NETWORK_SET_H
#define NOTME_BASE_NETWORK_SET_H

#include "base/ip.h"

typedef struct NetworkSet NetworkSet;

NetworkSet *network_set_new(void);
void network_set_free(NetworkSet *set);
void network_set_add(NetworkSet *set, const Network *network);
/* One of them contains @ip, as network_contains() says it. A look-up for each length of prefix that
 * is in the set. */
bool network_set_contains(const NetworkSet *set, const Ip *ip);
/* There is a network of this family of addresses, 4 or 6. */
bool network_set_has_family(const NetworkSet *set, int family);

#endif
