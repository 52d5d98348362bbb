/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The identity over the wire: the table of what travels, and what is compared. */
#include <string.h>

#include "base/fields.h"
#include "trace/identity.h"

static const Field network_fields[] = {
    FIELD(Network, base, FIELD_IP),
    {FIELD_OCTET, G_STRUCT_OFFSET(Network, bits), 0, 128, NULL},
};
static const Shape network_shape = SHAPE(Network, network_fields, NULL);

/* As many as the configuration names. */
#define NAMES(member)    FIELD_MANY_NAMES(Identity, member, G_MAXINT)
#define NETWORKS(member) FIELD_OF(Identity, member, FIELD_INLINE, G_MAXINT, network_shape)
#define PROMISE(member)  FIELD(Identity, member, FIELD_BOOL)

static const Field identity_fields[] = {
    NAMES(addresses),
    NAMES(domains),
    NAMES(hosts),
    NETWORKS(networks),
    NETWORKS(weak_networks),
    PROMISE(complete),
    PROMISE(complete_denied),
    NAMES(forwarders),
    PROMISE(sent_complete),
    PROMISE(sent_complete_denied),
    FIELD(Identity, sent_since, FIELD_TIME),
    NAMES(batv_keys),
    NAMES(dkim_keys),
    PROMISE(dkim_always),
    PROMISE(dkim_always_denied),
    NAMES(accounts),
    NAMES(not_own),
    NETWORKS(known_logins),
    NAMES(border),
    NAMES(inside),
    NAMES(authserv),
    FIELD(Identity, id_pattern, FIELD_NAME),
};
static const Shape identity_shape = SHAPE(Identity, identity_fields, NULL);

void identity_pack(GByteArray *to, const Identity *identity)
{
    fields_pack(to, &identity_shape, identity);
}

static bool networks_are_whole(const GArray *networks)
{
    for (guint i = 0; i < networks->len; i++) {
        const Network *network = &g_array_index(networks, Network, i);
        if (!network->base.family || network->bits > (network->base.family == 4 ? 32 : 128))
            return false;
    }
    return true;
}

Identity *identity_unpack(Unpack *from)
{
    g_autoptr(Identity) identity = identity_new();
    fields_unpack(from, &identity_shape, identity);
    if (!from->broken && networks_are_whole(identity->networks) &&
        networks_are_whole(identity->weak_networks) && networks_are_whole(identity->known_logins))
        return g_steal_pointer(&identity);
    from->broken = true;
    return NULL;
}

bool identity_equal(const Identity *a, const Identity *b)
{
    g_autoptr(GByteArray) one = g_byte_array_new(), other = g_byte_array_new();
    identity_pack(one, a);
    identity_pack(other, b);
    return one->len == other->len && memcmp(one->data, other->data, one->len) == 0;
}
