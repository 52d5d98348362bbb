/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SPF records (RFC 7208). Only what passes counts: a mechanism with "-", "~" or "?" names nobody
 * who sends for the domain. */
#include "learn/spf.h"

#include <string.h>

#include "base/ip.h"
#include "work/dns.h"

/* RFC 7208 4.6.4, and widths that no owner of a network has. */
enum { LOOKUPS_MAX = 10, VOID_MAX = 2, MX_MAX = 10, WIDEST_4 = 12, WIDEST_6 = 24, WAIT_MS = 5000 };

typedef struct Looking {
    Spf *spf;
    SpfAsk ask;
    gpointer data;
    guint lookups, in_vain;
    GHashTable *seen; /* domains: an include may come round */
    GError *error;
} Looking;

static void note(Looking *looking, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void note(Looking *looking, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_ptr_array_add(looking->spf->notes, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

static void list_add(GPtrArray *list, const char *text)
{
    for (guint i = 0; i < list->len; i++)
        if (strcmp(list->pdata[i], text) == 0)
            return;
    g_ptr_array_add(list, g_strdup(text));
}

/* @text: an address or a network; @bits (-1: as in @text) as the term gives them. */
static void network_add(Looking *looking, const char *text, int bits, bool own)
{
    Network network;
    if (!network_parse(span_of(text), &network)) {
        note(looking, "\"%s\" is no network", text);
        return;
    }
    int widest = network.base.family == 4 ? WIDEST_4 : WIDEST_6;
    int most = network.base.family == 4 ? 32 : 128;
    if (bits >= 0 && bits <= most)
        network.bits = (guint8)bits;
    if (network.bits < widest) {
        note(looking, "%s is too wide to be anybody's", text);
        return;
    }
    g_autofree char *base = ip_format(&network.base);
    g_autofree char *name = g_strdup_printf("%s/%u", base, network.bits);
    list_add(own ? looking->spf->networks : looking->spf->shared, name);
}

/* Asks one question within the limits; NULL where there is no answer. */
static DnsQuery *look_up(Looking *looking, const char *name, DnsType type)
{
    g_autoptr(GPtrArray) queries = g_ptr_array_new();
    g_autoptr(DnsQuery) query = dns_query_new(name, type);
    g_ptr_array_add(queries, query);
    if (looking->error || !looking->ask(queries, looking->data, &looking->error))
        return NULL;
    if (query->status == DNS_OK)
        return g_steal_pointer(&query);
    if (query->status == DNS_FAILED)
        note(looking, "%s: %s", name, query->why ? query->why : "no answer");
    return NULL;
}

/* Counts a mechanism that asks. */
static bool may_look_up(Looking *looking)
{
    if (looking->lookups >= LOOKUPS_MAX || looking->in_vain > VOID_MAX) {
        if (looking->lookups++ == LOOKUPS_MAX)
            note(looking, "the record leads further than ten look-ups: the rest was not followed");
        return false;
    }
    looking->lookups++;
    return true;
}

static void host_add(Looking *looking, const char *host, int bits4, int bits6, bool own)
{
    static const DnsType types[] = {DNS_A, DNS_AAAA};
    bool any = false;
    for (gsize t = 0; t < G_N_ELEMENTS(types); t++) {
        g_autoptr(DnsQuery) query = look_up(looking, host, types[t]);
        for (guint i = 0; query && i < query->values->len; i++)
            network_add(looking, query->values->pdata[i], types[t] == DNS_A ? bits4 : bits6, own);
        any = any || query;
    }
    looking->in_vain += !any;
}

static void mx_add(Looking *looking, const char *domain, int bits4, int bits6, bool own)
{
    g_autoptr(DnsQuery) query = look_up(looking, domain, DNS_MX);
    looking->in_vain += !query;
    for (guint i = 0; query && i < query->values->len && i < MX_MAX; i++)
        host_add(looking, query->values->pdata[i], bits4, bits6, own);
}

/* "a:host/24//64": the name behind the colon (@domain where there is none) and the lengths. */
static char *term_target(const char *term, const char *domain, int *bits4, int *bits6)
{
    const char *colon = strchr(term, ':'), *slash = strchr(term, '/');
    *bits4 = *bits6 = -1;
    if (slash) {
        const char *six = strstr(slash, "//");
        if (slash != six)
            *bits4 = (int)g_ascii_strtoll(slash + 1, NULL, 10);
        if (six)
            *bits6 = (int)g_ascii_strtoll(six + 2, NULL, 10);
    }
    if (!colon || (slash && slash < colon))
        return g_strdup(domain);
    return slash ? g_strndup(colon + 1, (gsize)(slash - colon - 1)) : g_strdup(colon + 1);
}

static bool term_is(const char *term, const char *name)
{
    gsize n = strlen(name);
    return g_ascii_strncasecmp(term, name, n) == 0 &&
           (term[n] == '\0' || term[n] == ':' || term[n] == '/' || term[n] == '=');
}

static void record_follow(Looking *looking, const char *domain, bool own);

/* Of one term; what is followed into another domain is not our own any more. */
static void term_follow(Looking *looking, const char *term, const char *domain, bool own)
{
    int bits4, bits6;
    term += *term == '+';
    if (strchr("-~?", *term) || term_is(term, "all") || term_is(term, "exp"))
        return;
    g_autofree char *target = term_target(term, domain, &bits4, &bits6);
    if (term_is(term, "ip4") || term_is(term, "ip6")) {
        const char *colon = strchr(term, ':');
        if (colon)
            network_add(looking, colon + 1, -1, own);
    } else if (strchr(term, '%') || term_is(term, "exists") || term_is(term, "ptr"))
        note(looking, "\"%s\" cannot be followed without a message", term);
    else if (term_is(term, "a") || term_is(term, "mx") || term_is(term, "include")) {
        if (!may_look_up(looking))
            return;
        if (term_is(term, "include"))
            record_follow(looking, target, false);
        else
            (term_is(term, "a") ? host_add : mx_add)(looking, target, bits4, bits6, own);
    }
}

/* The SPF record among the TXT of @domain; NULL: none, or more than one, which counts as none. The
 * caller frees it. */
static char *record_find(Looking *looking, const char *domain)
{
    g_autoptr(DnsQuery) query = look_up(looking, domain, DNS_TXT);
    char *record = NULL;
    for (guint i = 0; query && i < query->values->len; i++) {
        const char *text = query->values->pdata[i];
        if (g_ascii_strncasecmp(text, "v=spf1", 6) != 0 || (text[6] && text[6] != ' '))
            continue;
        if (record) {
            note(looking, "%s has more than one SPF record", domain);
            g_free(record);
            return NULL;
        }
        record = g_strdup(text + 6);
    }
    looking->in_vain += !query;
    if (!record && !looking->error)
        note(looking, "%s has no SPF record", domain);
    return record;
}

/* A redirect counts only where no "all" stands (RFC 7208 6.1). */
static void record_follow(Looking *looking, const char *domain, bool own)
{
    if (!g_hash_table_add(looking->seen, g_ascii_strdown(domain, -1)))
        return;
    g_autofree char *record = record_find(looking, domain);
    const char *redirect = NULL;
    bool all = false;
    g_auto(GStrv) terms = g_strsplit(record ? record : "", " ", -1);
    for (char **term = terms; *term; term++) {
        if (!**term)
            continue;
        if (g_ascii_strncasecmp(*term, "redirect=", 9) == 0)
            redirect = *term + 9;
        else
            term_follow(looking, *term, domain, own);
        all = all || term_is(*term + (strchr("+-~?", **term) != NULL), "all");
    }
    if (redirect && !all && !strchr(redirect, '%') && may_look_up(looking))
        record_follow(looking, redirect, false);
}

Spf *spf_look(const char *domain, SpfAsk ask, gpointer data, GError **error)
{
    g_autoptr(Spf) spf = g_new0(Spf, 1);
    spf->networks = g_ptr_array_new_with_free_func(g_free);
    spf->shared = g_ptr_array_new_with_free_func(g_free);
    spf->notes = g_ptr_array_new_with_free_func(g_free);
    Looking looking = {.spf = spf, .ask = ask, .data = data};
    looking.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    record_follow(&looking, domain, true);
    g_hash_table_unref(looking.seen);
    if (looking.error) {
        g_propagate_error(error, looking.error);
        return NULL;
    }
    return g_steal_pointer(&spf);
}

void spf_free(Spf *spf)
{
    if (!spf)
        return;
    g_ptr_array_unref(spf->networks);
    g_ptr_array_unref(spf->shared);
    g_ptr_array_unref(spf->notes);
    g_free(spf);
}

bool spf_ask_dns(GPtrArray *queries, gpointer data, GError **error)
{
    (void)data;
    return dns_ask(queries, WAIT_MS, error);
}
