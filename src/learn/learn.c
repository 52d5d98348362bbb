/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking for what is own. Everything found is a guess with a count: the user confirms it. */
#include "learn/learn.h"

#include <string.h>

#include "base/address.h"
#include "base/domain.h"
#include "house/house.h"
#include "learn/exits.h"
#include "learn/services.h"
#include "learn/signers.h"
#include "learn/spf.h"
#include "learn/ways.h"
#include "maildir/maildir.h"
#include "reading/asker.h"
#include "reading/reader.h"
#include "reading/store_facts.h"
#include "received/received.h"
#include "store/store.h"

/* Messages that are looked at, newest first, and own addresses that are asked for. */
enum {
    SENT_MOST = 2000,
    RECEIVED_MOST = 1000,
    BOUNCES_MOST = 5000,
    ADDRESSES_MOST = 50,
    FILES_MOST = 4,
    SIGNERS_COUNTED = 1000, /* others' and forged ones among them */
    ACCOUNT_MOST = 254,
    IDS_LEAST = 5
};

typedef struct Learning {
    Learned *learned;
    const Config *config;
    Store *store;
    Asker *asker;                                                /* reads the headers */
    GHashTable *addresses, *hosts, *networks, *folders, *others; /* text -> count */
    GHashTable *id_domains, *accounts;
    GHashTable *signers;
    GHashTable *sent_ids;
    Ways *ways; /* of received mail */
    Services *services;
    Exits *exits;
    GHashTable *carriers, *single; /* text -> count */
    Config *found;                 /* the configuration with what was found so far */
    guint ids;
    guint left;
} Learning;

static GHashTable *counts_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static void count_add(GHashTable *counts, const char *text, guint n)
{
    char *key = g_ascii_strdown(text, -1);
    guint had = GPOINTER_TO_UINT(g_hash_table_lookup(counts, key));
    g_hash_table_replace(counts, key, GUINT_TO_POINTER(had + n));
}

static bool owns_domain(const Learning *learning, const char *host)
{
    for (guint i = 0; host && i < learning->learned->domains->len; i++)
        if (domain_is_under(host, ((Found *)learning->learned->domains->pdata[i])->text))
            return true;
    return false;
}

static void identity_take(GPtrArray *list, const GPtrArray *found)
{
    g_ptr_array_set_size(list, 0);
    for (guint i = 0; i < found->len; i++)
        g_ptr_array_add(list, g_strdup(((Found *)found->pdata[i])->text));
}

/* The configuration with the folders and domains that were found. The caller unrefs it. */
static Config *config_with_found(const Learning *learning)
{
    Config *config = config_copy(learning->config);
    GPtrArray *folders = g_ptr_array_new();
    for (guint i = 0; i < learning->learned->sent_folders->len; i++)
        g_ptr_array_add(folders,
                        g_strdup(((Found *)learning->learned->sent_folders->pdata[i])->text));
    g_ptr_array_add(folders, NULL);
    g_strfreev(config->sent_folders);
    config->sent_folders = (char **)g_ptr_array_free(folders, FALSE);
    identity_take(config->identity->addresses, learning->learned->addresses);
    identity_take(config->identity->domains, learning->learned->domains);
    return config;
}

/* --- what was sent ---------------------------------------------------------------------------- */

/* The folder of @file relative to the mail root, without cur or new. The caller frees it. */
static char *folder_of(const Store *store, const char *file)
{
    const char *roots[] = {store_mail_root(store), store_real_root(store)};
    g_autofree char *dir = g_path_get_dirname(file);
    for (gsize i = 0; i < G_N_ELEMENTS(roots); i++) {
        gsize n = strlen(roots[i]);
        if (strncmp(dir, roots[i], n) != 0 || dir[n] != '/')
            continue;
        char *folder = g_strdup(dir + n + 1);
        gsize k = strlen(folder);
        if (k > 4 && (strcmp(folder + k - 4, "/cur") == 0 || strcmp(folder + k - 4, "/new") == 0))
            folder[k - 4] = '\0';
        return folder;
    }
    return NULL;
}

static void sent_learn_id(Learning *learning, const GPtrArray *headers)
{
    const char *value = headers_get(headers, "Message-ID");
    const char *at = value ? strrchr(value, '@') : NULL;
    const char *close = at ? strchr(at, '>') : NULL;
    if (!close || close <= at + 1)
        return;
    g_autofree char *domain = g_strndup(at + 1, (gsize)(close - at - 1));
    count_add(learning->id_domains, domain, 1);
    learning->ids++;
}

/* Messages from own addresses that came back to us carry the signatures of our servers. */
static void sent_learn_signers(Learning *learning, const GPtrArray *headers)
{
    g_autoptr(GPtrArray) names = signers_of(headers);
    for (guint i = 0; i < names->len; i++)
        if (g_hash_table_size(learning->signers) < SIGNERS_COUNTED)
            count_add(learning->signers, names->pdata[i], 1);
}

/* The tenant at Exchange Online by which a message of ours went: its front door writes it on all
 * outgoing mail (Microsoft, "Anti-spam message headers"). */
static void sent_learn_account(Learning *learning, const GPtrArray *headers)
{
    const char *value = headers ? headers_get(headers, "X-OriginatorOrg") : NULL;
    if (value && *value && strlen(value) < ACCOUNT_MOST && !strpbrk(value, " \t\r\n\"<>();,=") &&
        g_str_is_ascii(value))
        count_add(learning->accounts, value, 1);
}

/* A copy of our own was never carried by a server: it has no Received line. */
static bool sent_message(const StoreMessage *message, gpointer data)
{
    Learning *learning = data;
    for (guint i = 0; i < message->file_count; i++) {
        g_autoptr(GPtrArray) headers = asker_headers(learning->asker, message->files[i]);
        g_autofree char *folder = folder_of(learning->store, message->files[i]);
        const char *from = headers ? headers_get(headers, "From") : NULL;
        g_autofree char *address = from ? address_extract(span_of(from)) : NULL;
        if (!address || !folder)
            continue;
        /* what is still to be sent: a draft of a complaint among others */
        if (maildir_in_folder(store_mail_root(learning->store), message->files[i],
                              learning->config->complain.drafts))
            continue;
        sent_learn_signers(learning, headers);
        if (headers_get(headers, "Received")) {
            learning->learned->carried++;
            continue;
        }
        count_add(learning->addresses, address, 1);
        g_hash_table_replace(
            learning->folders, g_strdup(folder),
            GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(learning->folders, folder)) + 1));
        g_hash_table_add(learning->sent_ids, g_strdup(message->id));
        sent_learn_id(learning, headers);
        learning->learned->sent++;
        learning->learned->oldest_sent = message->date;
        break;
    }
    return --learning->left > 0;
}

/* Query of all mail from own addresses, as far as they can stand in a query. */
static char *sent_query(const Learning *learning)
{
    GString *query = g_string_new(NULL);
    const GPtrArray *own = learning->learned->addresses;
    for (guint i = 0; i < own->len && i < ADDRESSES_MOST; i++) {
        const Found *found = own->pdata[i];
        if (!strpbrk(found->text, "\"() "))
            g_string_append_printf(query, "%sfrom:\"%s\"", query->len ? " or " : "", found->text);
    }
    return g_string_free(query, FALSE);
}

/* --- what came -------------------------------------------------------------------------------- */

/* The hosts of ours that wrote the newest lines; or the one that is not ours. */
static void received_learn_hosts(Learning *learning, const GPtrArray *lines)
{
    for (guint i = 0; i < lines->len; i++) {
        g_autoptr(Hop) hop = received_parse(span_of(lines->pdata[i]));
        if (!hop->by)
            return;
        if (!owns_domain(learning, hop->by)) {
            if (i == 0 && domain_is_public_name(hop->by))
                count_add(learning->others, hop->by, 1);
            return;
        }
        count_add(learning->hosts, hop->by, 1);
        g_autofree char *ip = ip_kind(&hop->by_ip) == IP_PUBLIC ? ip_format(&hop->by_ip) : NULL;
        if (ip)
            count_add(learning->networks, ip, 1);
    }
}

/* Whose server brought the message to ours, by the line of our newest host; NULL where that does
 * not tell. The caller frees it. */
static char *received_witness(const Learning *learning, const GPtrArray *lines)
{
    g_autoptr(Hop) hop = lines->len ? received_parse(span_of(lines->pdata[0])) : NULL;
    bool named = hop && hop->lookup == LOOKUP_NAME && owns_domain(learning, hop->by) &&
                 !owns_domain(learning, hop->from_rdns);
    return named ? domain_organisation(hop->from_rdns) : NULL;
}

/* A message of ours that came back, by way of a list: who took it from us first is the newest line
 * by a stranger that names a host of ours on its other side. */
static void received_learn_way_out(Learning *learning, const GPtrArray *lines)
{
    g_autofree char *witness = received_witness(learning, lines);
    for (guint i = 0; witness && i < lines->len; i++) {
        g_autoptr(Hop) hop = received_parse(span_of(lines->pdata[i]));
        if (!hop->by || owns_domain(learning, hop->by) || !owns_domain(learning, hop->from_rdns))
            continue;
        if (ip_kind(&hop->from_ip) == IP_PUBLIC && hop->lookup == LOOKUP_NAME)
            exits_add_post(learning->exits, &hop->from_ip, hop->from_rdns, witness);
        return;
    }
}

/* One file of a message: of ours that came back, or of others. */
static void received_file(Learning *learning, const char *file, bool ours)
{
    g_autoptr(GPtrArray) headers = asker_headers(learning->asker, file);
    g_autoptr(GPtrArray) lines = headers ? headers_all(headers, "Received") : NULL;
    if (!lines)
        return;
    learning->learned->received += lines->len > 0;
    received_learn_hosts(learning, lines);
    services_add(learning->services, headers, learning->found->identity, ours);
    if (ours && lines->len) {
        received_learn_way_out(learning, lines);
        sent_learn_account(learning, headers);
    } else if (!ours)
        ways_add(learning->ways, headers);
}

/* What came back has the id of what is kept, in another file. */
static bool received_message(const StoreMessage *message, gpointer data)
{
    Learning *learning = data;
    bool ours = g_hash_table_contains(learning->sent_ids, message->id);
    for (guint i = 0; i < (ours ? MIN(message->file_count, FILES_MOST) : 1); i++)
        received_file(learning, message->files[i], ours);
    return --learning->left > 0;
}

/* --- bounces of mail that was sent ------------------------------------------------------------ */

static bool bounce_is_of_sent(const Finding *finding)
{
    const GPtrArray *evidence = finding->judgement->verdict->evidence;
    for (guint i = 0; evidence && i < evidence->len; i++)
        if (strcmp(((Evidence *)evidence->pdata[i])->rule, "sent-here") == 0)
            return true;
    return false;
}

/* What we sent came to the server that bounced it from where we send. */
static bool bounce_learn(const Row *row, const Finding *finding, gpointer data)
{
    Learning *learning = data;
    (void)row;
    if (!bounce_is_of_sent(finding))
        return --learning->left > 0;
    const Trace *trace = finding->judgement->trace;
    const Injection *injection = &trace->injection;
    const GPtrArray *headers = finding->reading->bounce->returned.headers;
    const Hop *hop = injection->hop >= 0 && (guint)injection->hop < trace->returned->len
                         ? trace->returned->pdata[injection->hop]
                         : NULL;
    const char *name = owns_domain(learning, injection->rdns) ? injection->rdns : NULL;
    learning->learned->bounces++;
    sent_learn_signers(learning, headers);
    sent_learn_account(learning, headers);
    exits_add_bounce(learning->exits, trace, hop && owns_domain(learning, hop->by), name);
    return --learning->left > 0;
}

static void learn_promises(Learning *learning)
{
    g_autoptr(Config) config = config_with_found(learning);
    learning->learned->promises = promises_count(config, NULL, NULL);
}

static bool learn_bounces(Learning *learning, GError **error)
{
    const ReaderOptions options = {.findings = true, .each = bounce_learn, .data = learning};
    g_autoptr(Reader) reader = reader_new(learning->found, &options, error);
    learning->left = BOUNCES_MOST;
    return reader && reader_query(reader, "*", error);
}

/* --- putting it together ---------------------------------------------------------------------- */

static void learn_domains(Learning *learning)
{
    GPtrArray *addresses = learning->learned->addresses;
    for (guint i = 0; i < addresses->len; i++) {
        const Found *found = addresses->pdata[i];
        g_autofree char *domain = address_domain(found->text);
        if (domain && domain_is_public_name(domain) && !house_has_mailboxes(domain))
            found_add(learning->learned->domains, domain, found->count);
    }
}

/* Of the signers those in domains of our own, whose zone will tell whether there is such a key. */
static void learn_signers(Learning *learning)
{
    g_autoptr(GHashTable) own = counts_new();
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, learning->signers);
    while (g_hash_table_iter_next(&iter, &key, &value))
        if (owns_domain(learning, strchr(key, ':') + 1))
            count_add(own, key, GPOINTER_TO_UINT(value));
    found_take(learning->learned->signers, own);
}

/* All sent mail has ids of one domain. */
static void learn_id_pattern(Learning *learning)
{
    if (learning->ids < IDS_LEAST || g_hash_table_size(learning->id_domains) != 1)
        return;
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, learning->id_domains);
    g_hash_table_iter_next(&iter, &key, NULL);
    g_autofree char *escaped = g_regex_escape_string(key, -1);
    learning->learned->id_pattern = g_strdup_printf("@%s$", escaped);
}

static void configured_networks(GPtrArray *list, const GArray *networks)
{
    for (guint i = 0; i < networks->len; i++) {
        const Network *network = &g_array_index(networks, Network, i);
        g_autofree char *base = ip_format(&network->base);
        g_autofree char *text = g_strdup_printf("%s/%u", base, network->bits);
        found_add(list, text, 0);
    }
}

/* The configured ones first: they stay whatever is found. */
static void learn_configured(Learning *learning)
{
    const Identity *identity = learning->config->identity;
    Learned *learned = learning->learned;
    const struct {
        const GPtrArray *from;
        GPtrArray *to;
    } lists[] = {{identity->addresses, learned->addresses}, {identity->domains, learned->domains},
                 {identity->hosts, learned->hosts},         {identity->border, learned->border},
                 {identity->inside, learned->inside},       {identity->authserv, learned->authserv},
                 {identity->accounts, learned->accounts}};
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        for (guint k = 0; k < lists[i].from->len; k++)
            found_add(lists[i].to, lists[i].from->pdata[k], 0);
    configured_networks(learned->networks, identity->networks);
    configured_networks(learned->shared, identity->weak_networks);
    const GPtrArray *notmuch = store_addresses(learning->store);
    for (guint i = 0; i < notmuch->len; i++) {
        g_autofree char *address = address_extract(span_of(notmuch->pdata[i]));
        g_autofree char *lower = address ? g_ascii_strdown(address, -1) : NULL;
        if (lower)
            found_add(learned->addresses, lower, 0);
    }
}

/* Addresses that an own network has already are not told again. */
static void learn_networks(Learning *learning)
{
    const Identity *identity = learning->config->identity;
    g_autoptr(GHashTable) fresh = counts_new();
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, learning->networks);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        Ip ip;
        if (!ip_parse(span_of(key), &ip) || identity_owns_ip(identity, &ip))
            continue;
        g_autofree char *text = ip_text_network(key);
        count_add(fresh, text, GPOINTER_TO_UINT(value));
    }
    found_take(learning->learned->networks, fresh);
}

static bool learn_sent(Learning *learning, GError **error)
{
    g_autofree char *query = sent_query(learning);
    learning->left = SENT_MOST;
    if (*query && !store_query(learning->store, query, false, sent_message, learning, error))
        return false;
    found_take(learning->learned->addresses, learning->addresses);
    found_take(learning->learned->sent_folders, learning->folders);
    learn_domains(learning);
    learn_id_pattern(learning);
    return true;
}

static void learn_ways(Learning *learning)
{
    g_autoptr(WaysFound) found = ways_find(learning->ways);
    Learned *learned = learning->learned;
    found_take(learned->border, found->border);
    found_take(learned->inside, found->inside);
    found_take(learned->authserv, found->authserv);
    learned->crossings = found->messages;
    learned->senders = found->senders;
}

static bool learn_received(Learning *learning, GError **error)
{
    learning->left = RECEIVED_MOST;
    learning->found = config_with_found(learning);
    if (!store_query(learning->store, "*", false, received_message, learning, error))
        return false;
    found_take(learning->learned->others, learning->others);
    learn_ways(learning);
    identity_take(learning->found->identity->border, learning->learned->border);
    identity_take(learning->found->identity->inside, learning->learned->inside);
    identity_take(learning->found->identity->authserv, learning->learned->authserv);
    g_autoptr(GHashTable) services = services_find(learning->services, learning->found->identity);
    GHashTableIter iter;
    gpointer ip, count;
    g_hash_table_iter_init(&iter, services);
    while (g_hash_table_iter_next(&iter, &ip, &count))
        count_add(learning->networks, ip, GPOINTER_TO_UINT(count));
    return true;
}

static void learning_clear(Learning *learning)
{
    GHashTable *tables[] = {learning->addresses, learning->hosts,   learning->networks,
                            learning->folders,   learning->others,  learning->id_domains,
                            learning->sent_ids,  learning->signers, learning->accounts,
                            learning->carriers,  learning->single};
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++)
        g_hash_table_unref(tables[i]);
    ways_free(learning->ways);
    services_free(learning->services);
    exits_free(learning->exits);
    config_unref(learning->found);
    asker_free(learning->asker);
    store_close(learning->store, NULL);
}

static Learned *learned_new(void)
{
    Learned *learned = g_new0(Learned, 1);
    GPtrArray **lists[] = {&learned->addresses, &learned->domains,      &learned->hosts,
                           &learned->networks,  &learned->sent_folders, &learned->others,
                           &learned->shared,    &learned->signers,      &learned->border,
                           &learned->inside,    &learned->authserv,     &learned->accounts,
                           &learned->carriers,  &learned->single};
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        *lists[i] = g_ptr_array_new_with_free_func(found_free);
    learned->notes = g_ptr_array_new_with_free_func(g_free);
    learned->dkim_keys = g_ptr_array_new_with_free_func(g_free);
    learned->oldest_sent = TIME_NONE;
    return learned;
}

Learned *learn_look(const Config *config, GError **error)
{
    Store *store = store_open(config->notmuch_config, false, NULL, NULL, error);
    if (!store)
        return NULL;
    g_autoptr(Learned) learned = learned_new();
    Learning learning = {.learned = learned,
                         .config = config,
                         .store = store,
                         .addresses = counts_new(),
                         .hosts = counts_new(),
                         .networks = counts_new(),
                         .folders = counts_new(),
                         .others = counts_new(),
                         .id_domains = counts_new(),
                         .sent_ids = counts_new(),
                         .signers = counts_new(),
                         .accounts = counts_new(),
                         .ways = ways_new(config->identity),
                         .services = services_new(),
                         .exits = exits_new(),
                         .carriers = counts_new(),
                         .single = counts_new()};
    learn_configured(&learning);
    learning.asker = asker_new(config, error);
    bool good = learning.asker && learn_sent(&learning, error) &&
                learn_received(&learning, error) && learn_bounces(&learning, error);
    if (good) {
        exits_find(learning.exits, learning.networks, learning.hosts, learning.carriers,
                   learning.single);
        found_take(learned->carriers, learning.carriers);
        found_take(learned->single, learning.single);
        found_take(learned->hosts, learning.hosts);
        learn_networks(&learning);
        learned->services =
            services_find_perhaps(learning.services, learning.found->identity, learning.networks);
        learn_signers(&learning);
        found_take(learned->accounts, learning.accounts);
        learn_promises(&learning);
    }
    learning_clear(&learning);
    return good ? g_steal_pointer(&learned) : NULL;
}

static void take_spf(GPtrArray *list, const GPtrArray *networks)
{
    for (guint i = 0; i < networks->len; i++)
        if (found_add(list, networks->pdata[i], 0))
            ((Found *)list->pdata[list->len - 1])->by_dns = true;
}

static bool learn_dns_keys(Learned *learned, const Config *config, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < learned->signers->len; i++) {
        Found *found = learned->signers->pdata[i];
        if (!signers_have_key(config->identity->dkim_keys, found->text))
            g_ptr_array_add(names, found->text);
    }
    g_autoptr(GPtrArray) keys = signers_look(names, spf_ask_dns, NULL, learned->notes, error);
    if (!keys)
        return false;
    g_ptr_array_extend_and_steal(learned->dkim_keys, g_steal_pointer(&keys));
    return true;
}

bool learn_dns(Learned *learned, const Config *config, GError **error)
{
    for (guint i = 0; i < learned->domains->len; i++) {
        const Found *domain = learned->domains->pdata[i];
        g_autoptr(Spf) spf = spf_look(domain->text, spf_ask_dns, NULL, error);
        if (!spf)
            return false;
        take_spf(learned->networks, spf->networks);
        take_spf(learned->shared, spf->shared);
        for (guint k = 0; k < spf->notes->len; k++)
            g_ptr_array_add(learned->notes, g_strdup(spf->notes->pdata[k]));
    }
    return learn_dns_keys(learned, config, error);
}

void learned_free(Learned *learned)
{
    if (!learned)
        return;
    g_ptr_array_unref(learned->addresses);
    g_ptr_array_unref(learned->domains);
    g_ptr_array_unref(learned->hosts);
    g_ptr_array_unref(learned->networks);
    g_ptr_array_unref(learned->sent_folders);
    g_ptr_array_unref(learned->others);
    g_ptr_array_unref(learned->carriers);
    g_ptr_array_unref(learned->single);
    g_clear_pointer(&learned->services, g_ptr_array_unref);
    g_ptr_array_unref(learned->shared);
    g_ptr_array_unref(learned->notes);
    g_ptr_array_unref(learned->signers);
    g_ptr_array_unref(learned->border);
    g_ptr_array_unref(learned->inside);
    g_ptr_array_unref(learned->authserv);
    g_ptr_array_unref(learned->dkim_keys);
    g_ptr_array_unref(learned->accounts);
    promises_free(learned->promises);
    g_free(learned->id_pattern);
    g_free(learned);
}
