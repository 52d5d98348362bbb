/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See identity_json.h. */
#include "analysis/identity_json.h"

#include "analysis/json_fields.h"

static json_t *networks_json(const GArray *networks)
{
    json_t *array = json_array();
    for (guint i = 0; i < networks->len; i++) {
        const Network *net = &g_array_index(networks, Network, i);
        g_autofree char *base = ip_format(&net->base);
        g_autofree char *text = g_strdup_printf("%s/%u", base, net->bits);
        json_array_append_new(array, json_text(text));
    }
    return array;
}

static void networks_from(const json_t *json, const char *key, GArray *networks)
{
    gsize i;
    json_t *value;
    json_array_foreach(json_object_get(json, key), i, value)
    {
        Network net;
        const char *text = json_string_value(value);
        if (text && network_parse(span_of(text), &net))
            g_array_append_val(networks, net);
    }
}

json_t *identity_to_json(const Identity *identity)
{
    json_t *o = json_object();
    json_object_set_new(o, "addresses", json_texts(identity->addresses));
    json_object_set_new(o, "domains", json_texts(identity->domains));
    json_object_set_new(o, "hosts", json_texts(identity->hosts));
    json_object_set_new(o, "networks", networks_json(identity->networks));
    json_object_set_new(o, "weak_networks", networks_json(identity->weak_networks));
    json_object_set_new(o, "complete", json_boolean(identity->complete));
    json_object_set_new(o, "complete_denied", json_boolean(identity->complete_denied));
    json_object_set_new(o, "forwarders", json_texts(identity->forwarders));
    json_object_set_new(o, "sent_complete", json_boolean(identity->sent_complete));
    json_object_set_new(o, "sent_complete_denied", json_boolean(identity->sent_complete_denied));
    json_object_set_new(o, "sent_since", json_time(identity->sent_since));
    json_object_set_new(o, "batv_keys", json_texts(identity->batv_keys));
    json_object_set_new(o, "dkim_keys", json_texts(identity->dkim_keys));
    json_object_set_new(o, "dkim_always", json_boolean(identity->dkim_always));
    json_object_set_new(o, "dkim_always_denied", json_boolean(identity->dkim_always_denied));
    json_object_set_new(o, "accounts", json_texts(identity->accounts));
    json_object_set_new(o, "not_own", json_texts(identity->not_own));
    json_object_set_new(o, "border", json_texts(identity->border));
    json_object_set_new(o, "inside", json_texts(identity->inside));
    json_object_set_new(o, "authserv", json_texts(identity->authserv));
    json_object_set_new(o, "known_logins", networks_json(identity->known_logins));
    json_object_set_new(o, "id_pattern", json_text(identity->id_pattern));
    return o;
}

Identity *identity_from_json(const json_t *json)
{
    if (!json_is_object(json))
        return NULL;
    Identity *identity = identity_new();
    json_get_texts(json, "addresses", identity->addresses);
    json_get_texts(json, "domains", identity->domains);
    json_get_texts(json, "hosts", identity->hosts);
    networks_from(json, "networks", identity->networks);
    networks_from(json, "weak_networks", identity->weak_networks);
    identity->complete = json_get_bool(json, "complete");
    identity->complete_denied = json_get_bool(json, "complete_denied");
    json_get_texts(json, "forwarders", identity->forwarders);
    identity->sent_complete = json_get_bool(json, "sent_complete");
    identity->sent_complete_denied = json_get_bool(json, "sent_complete_denied");
    identity->sent_since = json_get_time(json, "sent_since");
    json_get_texts(json, "batv_keys", identity->batv_keys);
    json_get_texts(json, "dkim_keys", identity->dkim_keys);
    identity->dkim_always = json_get_bool(json, "dkim_always");
    identity->dkim_always_denied = json_get_bool(json, "dkim_always_denied");
    json_get_texts(json, "accounts", identity->accounts);
    json_get_texts(json, "not_own", identity->not_own);
    json_get_texts(json, "border", identity->border);
    json_get_texts(json, "inside", identity->inside);
    json_get_texts(json, "authserv", identity->authserv);
    networks_from(json, "known_logins", identity->known_logins);
    identity->id_pattern = json_get_text(json, "id_pattern");
    return identity;
}
