/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See services.h. */
#include "learn/services.h"

#include <string.h>

#include "auth/auth.h"
#include "base/address.h"
#include "house/hostname.h"
#include "message/message.h"
#include "received/received.h"
#include "trace/inside.h"

enum { COPIES_MOST = 300, FIELDS_MOST = 8, LINES_MOST = 30, MESSAGES_LEAST = 2 };

/* Results with the number of Received lines that stand above them. */
typedef struct Field {
    AuthResults *results;
    guint above;
} Field;

typedef struct Copy {
    GPtrArray *lines; /* of Hop, newest first */
    GArray *fields;   /* of Field */
    bool kept;        /* in the sent folders */
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

void services_add(Services *services, const GPtrArray *headers, const Identity *identity, bool kept)
{
    const char *from = headers_get(headers, "From");
    g_autofree char *address = from ? address_extract(span_of(from)) : NULL;
    if (!address || !identity_owns_address(identity, address) ||
        services->copies->len >= COPIES_MOST)
        return;
    Copy *copy = g_new0(Copy, 1);
    copy->kept = kept;
    copy->lines = g_ptr_array_new_with_free_func((GDestroyNotify)hop_free);
    copy->fields = g_array_new(FALSE, FALSE, sizeof(Field));
    g_array_set_clear_func(copy->fields, field_clear);
    for (guint i = 0; i < headers->len && copy->lines->len < LINES_MOST; i++) {
        const Header *header = headers->pdata[i];
        bool results = header_is(header, "Authentication-Results");
        if (header_is(header, "Received"))
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

/* What our border wrote of it. */
typedef struct Said {
    bool keyed;  /* our key signed it */
    bool passed; /* somebody's SPF record let it pass */
    bool proved; /* our key signed it, and our own SPF record let it pass */
} Said;

static void said_read(Said *said, const AuthResults *results, const Identity *identity)
{
    bool keyed = false, ours = false;
    for (guint i = 0; i < results->results->len; i++) {
        const AuthResult *result = results->results->pdata[i];
        bool spf = result->method == AUTH_SPF;
        if (result->value != AUTH_PASS || result->guessed)
            continue;
        said->passed = said->passed || spf;
        ours = ours || (spf && owns_domain_of(identity, result->mailfrom));
        keyed =
            keyed || (result->method == AUTH_DKIM && owns_domain_of(identity, result->header_d));
    }
    said->keyed = said->keyed || keyed;
    said->proved = said->proved || (keyed && ours);
}

/* The line of our border, and what our border says of the message; NULL where nobody knows, or
 * nobody from outside handed it in. */
static const Hop *copy_read(const Copy *copy, const Identity *identity, Said *said, int *border)
{
    *said = (Said){0};
    *border = border_of(copy, identity);
    const Hop *hop = *border >= 0 ? copy->lines->pdata[*border] : NULL;
    if (!hop || ip_kind(&hop->from_ip) != IP_PUBLIC)
        return NULL;
    for (guint k = 0; k < copy->fields->len; k++) {
        const Field *field = &g_array_index(copy->fields, Field, k);
        if (is_ours(field, *border, identity))
            said_read(said, field->results, identity);
    }
    return hop;
}

GHashTable *services_find(const Services *services, const Identity *identity)
{
    GHashTable *found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < services->copies->len; i++) {
        Said said;
        int border;
        const Hop *hop = copy_read(services->copies->pdata[i], identity, &said, &border);
        if (!hop || !said.proved)
            continue;
        char *ip = ip_format(&hop->from_ip);
        guint had = GPOINTER_TO_UINT(g_hash_table_lookup(found, ip));
        g_hash_table_replace(found, ip, GUINT_TO_POINTER(had + 1));
    }
    return found;
}

/* --- who perhaps does ------------------------------------------------------------------------- */

static void service_free(gpointer data)
{
    Service *service = data;
    g_free(service->ip);
    g_free(service->name);
    g_free(service);
}

/* What passed a server of ours on its way came back to us: by a list, or by who forwards. */
static bool passed_us(const Copy *copy, int border, const Identity *identity)
{
    for (guint i = (guint)border + 1; i < copy->lines->len; i++) {
        const Hop *hop = copy->lines->pdata[i];
        if (identity_owns_writer(identity, hop->by) || identity_owns_host(identity, hop->from_rdns))
            return true;
    }
    return false;
}

/* It has a server's name, or its SPF record names it: no home connection that writes to itself. */
static bool is_server(const Hop *hop, const Said *said)
{
    const char *name = hop->lookup == LOOKUP_NAME ? hop->from_rdns : NULL;
    return name ? !hostname_is_home(name, &hop->from_ip) : said->passed;
}

static int compare_services(gconstpointer a, gconstpointer b)
{
    const Service *one = *(const Service *const *)a, *other = *(const Service *const *)b;
    if (one->messages != other->messages)
        return one->messages < other->messages ? 1 : -1;
    return strcmp(one->ip, other->ip);
}

static void perhaps_add(GHashTable *table, const Hop *hop, bool keyed)
{
    g_autofree char *ip = ip_format(&hop->from_ip);
    Service *service = g_hash_table_lookup(table, ip);
    if (!service) {
        service = g_new0(Service, 1);
        service->ip = g_steal_pointer(&ip);
        service->name = g_strdup(hop->lookup == LOOKUP_NAME ? hop->from_rdns : NULL);
        g_hash_table_insert(table, service->ip, service);
    }
    service->messages++;
    service->keyed += keyed;
}

GPtrArray *services_find_perhaps(const Services *services, const Identity *identity,
                                 GHashTable *known)
{
    g_autoptr(GHashTable) table = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < services->copies->len; i++) {
        const Copy *copy = services->copies->pdata[i];
        Said said;
        int border;
        const Hop *hop = copy_read(copy, identity, &said, &border);
        if (hop && !copy->kept && is_server(hop, &said) && !passed_us(copy, border, identity) &&
            !identity_owns_ip(identity, &hop->from_ip) &&
            !identity_is_not_own(identity, hop->from_rdns, &hop->from_ip))
            perhaps_add(table, hop, said.keyed);
    }
    GPtrArray *found = g_ptr_array_new_with_free_func(service_free);
    GHashTableIter iter;
    gpointer ip, service;
    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, &ip, &service))
        if (((Service *)service)->messages >= MESSAGES_LEAST && !g_hash_table_contains(known, ip))
            g_ptr_array_add(found, service);
        else
            service_free(service);
    g_ptr_array_sort(found, compare_services);
    return found;
}
