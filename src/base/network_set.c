/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See network_set.h. */
#include "base/network_set.h"

#include <string.h>

struct NetworkSet {
    GHashTable *networks; /* of Network, with no bit behind the prefix */
    bool lengths[2][129]; /* those of IPv4 and of IPv6 that are there */
    guint8 all[2][129];   /* the same as a list */
    guint count[2];
};

static guint network_hash(gconstpointer key)
{
    const Network *network = key;
    guint32 hash = 2166136261u ^ network->bits;
    for (gsize i = 0; i < sizeof network->base.bytes; i++)
        hash = (hash ^ network->base.bytes[i]) * 16777619u;
    return hash;
}

static gboolean network_equal(gconstpointer a, gconstpointer b)
{
    const Network *x = a, *y = b;
    return x->bits == y->bits && ip_equal(&x->base, &y->base);
}

/* @ip without the bits behind the first @bits. */
static Network network_of(const Ip *ip, guint bits)
{
    Network network = {.base = {.family = ip->family}, .bits = (guint8)bits};
    memcpy(network.base.bytes, ip->bytes, (bits + 7) / 8);
    if (bits % 8)
        network.base.bytes[bits / 8] &= (guint8)(0xff00u >> bits % 8);
    return network;
}

NetworkSet *network_set_new(void)
{
    NetworkSet *set = g_new0(NetworkSet, 1);
    set->networks = g_hash_table_new_full(network_hash, network_equal, g_free, NULL);
    return set;
}

void network_set_free(NetworkSet *set)
{
    if (!set)
        return;
    g_hash_table_unref(set->networks);
    g_free(set);
}

void network_set_add(NetworkSet *set, const Network *network)
{
    guint six = network->base.family == 6, most = six ? 128 : 32, bits = network->bits;
    if (!network->base.family)
        return;
    bits = MIN(bits, most);
    Network clean = network_of(&network->base, bits);
    g_hash_table_add(set->networks, g_memdup2(&clean, sizeof clean));
    if (!set->lengths[six][bits])
        set->all[six][set->count[six]++] = (guint8)bits;
    set->lengths[six][bits] = true;
}

bool network_set_contains(const NetworkSet *set, const Ip *ip)
{
    guint six = ip && ip->family == 6;
    for (guint i = 0; ip && ip->family && i < set->count[six]; i++) {
        Network network = network_of(ip, set->all[six][i]);
        if (g_hash_table_contains(set->networks, &network))
            return true;
    }
    return false;
}

bool network_set_has_family(const NetworkSet *set, int family)
{
    return (family == 4 || family == 6) && set->count[family == 6] > 0;
}
