/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See services.h. */
#include "learn/services.h"

#include <string.h>

#include "auth/auth.h"
#include "base/address.h"
#include "message/message.h"
#include "received/received.h"
#include "trace/inside.h"

enum { COPIES_MOST = 300, FIELDS_MOST = 8, LINES_MOST = 30 };

/* Results with the number of Received lines that stand above them. */
typedef struct Field {
    AuthResults *results;
    guint above;
} Field;

typedef struct Copy {
    GPtrArray *lines; /* of Hop, newest first */
    GArray *fields;   /* of Field */
} Copy;

struct Services {
    GPtrArray *copies; /* of Copy */
};

static void field_clear(gpointer data)
{
    auth_results_free(((Field *)data)->results);
}

static void copy_free(gpointer data)
{
    Copy *copy = data;
    g_ptr_array_unref(copy->lines);
    g_array_unref(copy->fields);
    g_free(copy);
}

Services *services_new(void)
{
    Services *services = g_new0(Services, 1);
    services->copies = g_ptr_array_new_with_free_func(copy_free);
    return services;
}

void services_free(Services *services)
{
    if (!services)
        return;
    g_ptr_array_unref(services->copies);
    g_free(services);
}

void services_add(Services *services, const GPtrArray *headers, const Identity *identity)
{
    const char *from = headers_get(headers, "From");
    g_autofree char *address = from ? address_extract(span_of(from)) : NULL;
    if (!address || !identity_owns_address(identity, address) ||
        services->copies->len >= COPIES_MOST)
        return;
    Copy *copy = g_new0(Copy, 1);
    copy->lines = g_ptr_array_new_with_free_func((GDestroyNotify)hop_free);
    copy->fields = g_array_new(FALSE, FALSE, sizeof(Field));
    g_array_set_clear_func(copy->fields, field_clear);
    for (guint i = 0; i < headers->len && copy->lines->len < LINES_MOST; i++) {
        const Header *header = headers->pdata[i];
        bool results = g_ascii_strcasecmp(header->name, "Authentication-Results") == 0;
        if (g_ascii_strcasecmp(header->name, "Received") == 0)
            g_ptr_array_add(copy->lines, received_parse(span_of(header->value)));
        if (!results || copy->fields->len >= FIELDS_MOST)
            continue;
        Field field = {auth_read(header->name, span_of(header->value)), copy->lines->len};
        if (field.results)
            g_array_append_val(copy->fields, field);
    }
    g_ptr_array_add(services->copies, copy);
}

/* The line in which our side took it from the world; -1: nobody knows. */
static int border_of(const Copy *copy, const Identity *identity)
{
    if (copy->lines->len == 0)
        return -1;
    if (identity->border->len) {
        Inside inside = inside_find(identity, copy->lines);
        return inside.end == INSIDE_BORDER && !inside.capped ? inside.at : -1;
    }
    const Hop *newest = copy->lines->pdata[0];
    return identity_owns_writer(identity, newest->by) ? 0 : -1;
}

/* Our border wrote it: above its own line, or directly below where that is known of it. */
static bool is_ours(const Field *field, int border, const Identity *identity)
{
    const AuthResults *results = field->results;
    if (!results->clean || !results->server)
        return false;
    if (identity->authserv->len)
        return (int)field->above <= border + 1 &&
               identity_matches(identity->authserv, results->server);
    return (int)field->above <= border && identity_owns_host(identity, results->server);
}

static bool owns_domain_of(const Identity *identity, const char *text)
{
    g_autofree char *domain = text && strchr(text, '@') ? address_domain(text) : g_strdup(text);
    return domain && *domain && identity_owns_host(identity, domain);
}

/* Both our signature and our SPF record speak for it. */
static bool is_proved(const AuthResults *results, const Identity *identity)
{
    bool signed_by_us = false, sent_by_us = false;
    for (guint i = 0; i < results->results->len; i++) {
        const AuthResult *result = results->results->pdata[i];
        if (result->value != AUTH_PASS || result->guessed)
            continue;
        signed_by_us = signed_by_us ||
                       (result->method == AUTH_DKIM && owns_domain_of(identity, result->header_d));
        sent_by_us = sent_by_us ||
                     (result->method == AUTH_SPF && owns_domain_of(identity, result->mailfrom));
    }
    return signed_by_us && sent_by_us;
}

GHashTable *services_find(const Services *services, const Identity *identity)
{
    GHashTable *found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < services->copies->len; i++) {
        const Copy *copy = services->copies->pdata[i];
        int border = border_of(copy, identity);
        const Hop *hop = border >= 0 ? copy->lines->pdata[border] : NULL;
        bool proved = false;
        for (guint k = 0; hop && k < copy->fields->len && !proved; k++) {
            const Field *field = &g_array_index(copy->fields, Field, k);
            proved = is_ours(field, border, identity) && is_proved(field->results, identity);
        }
        char *ip = proved && ip_kind(&hop->from_ip) == IP_PUBLIC ? ip_format(&hop->from_ip) : NULL;
        if (!ip)
            continue;
        guint had = GPOINTER_TO_UINT(g_hash_table_lookup(found, ip));
        g_hash_table_replace(found, ip, GUINT_TO_POINTER(had + 1));
    }
    return found;
}
