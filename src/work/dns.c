/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See dns.h. */
#include "work/dns.h"

#include <gio/gio.h>
#include <string.h>

/* Values that are kept of one answer, bytes of one value. */
enum { VALUES_MAX = 64, VALUE_MAX = 8192 };

DnsQuery *dns_query_new(const char *name, DnsType type)
{
    DnsQuery *query = g_new0(DnsQuery, 1);
    query->name = g_strdup(name);
    query->type = type;
    query->values = g_ptr_array_new_with_free_func(g_free);
    return query;
}

void dns_query_free(DnsQuery *query)
{
    if (!query)
        return;
    g_free(query->name);
    g_ptr_array_unref(query->values);
    g_free(query->why);
    g_free(query);
}

/* --- reading an answer (RFC 1035 4.1) --------------------------------------------------------- */

typedef struct Packet {
    const unsigned char *bytes;
    gsize length, at;
    bool broken;
} Packet;

static guint32 take(Packet *packet, gsize count)
{
    guint32 value = 0;
    if (packet->length - packet->at < count) {
        packet->broken = true;
        return 0;
    }
    while (count--)
        value = value << 8 | packet->bytes[packet->at++];
    return value;
}

/* Passes over a name; what it is is not needed, since the answer is to our own question. */
static void skip_name(Packet *packet)
{
    while (!packet->broken) {
        guint32 n = take(packet, 1);
        if (n == 0)
            return;
        if (n >= 0xc0) {
            take(packet, 1);
            return;
        }
        if (n > 63 || packet->length - packet->at < n)
            packet->broken = true;
        else
            packet->at += n;
    }
}

/* The strings of a TXT record, joined (RFC 7208 3.3). */
static char *read_txt(const unsigned char *data, gsize length)
{
    GString *text = g_string_new(NULL);
    for (gsize i = 0; i < length;) {
        gsize n = data[i++];
        n = MIN(n, length - i);
        for (gsize k = 0; k < n && text->len < VALUE_MAX; k++)
            g_string_append_c(text, data[i + k] ? (char)data[i + k] : '?');
        i += n;
    }
    return g_string_free(text, FALSE);
}

/* The host name at @at, which may point elsewhere in the packet (RFC 1035 4.1.4); NULL where it is
 * none. Each step takes a byte or more of at most 255, so that it ends. */
static char *read_name(const Packet *packet, gsize at)
{
    GString *name = g_string_new(NULL);
    for (int steps = 0; steps < 255 && at < packet->length; steps++) {
        gsize n = packet->bytes[at++];
        if (n == 0 && name->len)
            return g_string_free(name, FALSE);
        if (n >= 0xc0 && at < packet->length) {
            at = (n & 0x3f) << 8 | packet->bytes[at];
            continue;
        }
        if (n == 0 || n > 63 || packet->length - at < n || name->len + n > 253)
            break;
        if (name->len)
            g_string_append_c(name, '.');
        for (gsize i = 0; i < n; i++, at++) {
            char c = (char)packet->bytes[at];
            g_string_append_c(name, g_ascii_isalnum(c) || c == '-' || c == '_' ? c : '?');
        }
    }
    g_string_free(name, TRUE);
    return NULL;
}

static char *read_value(DnsType type, const Packet *packet, gsize length)
{
    const unsigned char *data = packet->bytes + packet->at;
    if (type == DNS_TXT)
        return read_txt(data, length);
    if (type == DNS_MX)
        return length > 3 ? read_name(packet, packet->at + 2) : NULL;
    if (length != (type == DNS_A ? 4 : 16))
        return NULL;
    g_autoptr(GInetAddress) address = g_inet_address_new_from_bytes(
        data, type == DNS_A ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6);
    return g_inet_address_to_string(address);
}

static void read_record(DnsQuery *query, Packet *packet)
{
    skip_name(packet);
    guint32 type = take(packet, 2), class = take(packet, 2), ttl = take(packet, 4);
    gsize length = take(packet, 2);
    if (packet->broken || packet->length - packet->at < length) {
        packet->broken = true;
        return;
    }
    if (type == (guint32)query->type && class == 1 && query->values->len < VALUES_MAX) {
        char *value = read_value(query->type, packet, length);
        if (value) {
            query->ttl = query->values->len ? MIN(query->ttl, ttl) : ttl;
            g_ptr_array_add(query->values, value);
        }
    }
    packet->at += length;
}

static void query_fail(DnsQuery *query, const char *why)
{
    query->status = DNS_FAILED;
    g_free(query->why);
    query->why = g_strdup(why);
}

void dns_read(DnsQuery *query, const unsigned char *bytes, gsize length)
{
    Packet packet = {.bytes = bytes, .length = length};
    take(&packet, 4);
    guint32 questions = take(&packet, 2), answers = take(&packet, 2);
    take(&packet, 4);
    for (guint32 i = 0; i < questions && !packet.broken; i++) {
        skip_name(&packet);
        take(&packet, 4);
    }
    for (guint32 i = 0; i < answers && !packet.broken; i++)
        read_record(query, &packet);
    if (packet.broken) {
        g_ptr_array_set_size(query->values, 0);
        query_fail(query, "the answer cannot be read");
    } else
        query->status = query->values->len ? DNS_OK : DNS_NONE;
}

/* --- asking ----------------------------------------------------------------------------------- */

#ifdef HAVE_CARES
#include <poll.h>
#include <stdlib.h>
#include <sys/select.h>

#include <ares.h>

enum { CLASS_IN = 1, AT_ONCE = 64 };

typedef struct Asking {
    ares_channel channel;
    GArray *sockets; /* of struct pollfd: what the channel waits for */
    GPtrArray *queries;
    guint next, pending;
    gint64 heard; /* when the last answer came */
} Asking;

typedef struct Ticket {
    Asking *asking;
    DnsQuery *query;
} Ticket;

static void answered(Ticket *ticket, int status, const unsigned char *bytes, gsize length)
{
    ticket->asking->pending--;
    ticket->asking->heard = g_get_monotonic_time();
    if (status == ARES_SUCCESS && bytes && length > 0)
        dns_read(ticket->query, bytes, length);
    else if (status == ARES_ENOTFOUND || status == ARES_ENODATA)
        ticket->query->status = DNS_NONE;
    else
        query_fail(ticket->query, status == ARES_ECANCELLED || status == ARES_EDESTRUCTION
                                      ? "no answer in time"
                                      : ares_strerror(status));
    g_free(ticket);
}

#if ARES_VERSION >= 0x011C00 /* 1.28: ares_query() is deprecated; answers come as records */
static void on_answer(void *data, ares_status_t status, size_t timeouts,
                      const ares_dns_record_t *record)
{
    (void)timeouts;
    unsigned char *bytes = NULL;
    size_t length = 0;
    if (record && ares_dns_write(record, &bytes, &length) != ARES_SUCCESS)
        bytes = NULL;
    answered(data, (int)status, bytes, length);
    ares_free_string(bytes);
}

static void ask_one(Ticket *ticket)
{
    ares_query_dnsrec(ticket->asking->channel, ticket->query->name, ARES_CLASS_IN,
                      (ares_dns_rec_type_t)ticket->query->type, on_answer, ticket, NULL);
}
#else
static void on_answer(void *data, int status, int timeouts, unsigned char *bytes, int length)
{
    (void)timeouts;
    answered(data, status, bytes, length > 0 ? (gsize)length : 0);
}

static void ask_one(Ticket *ticket)
{
    ares_query(ticket->asking->channel, ticket->query->name, CLASS_IN, (int)ticket->query->type,
               on_answer, ticket);
}
#endif

static void ask_next(Asking *asking)
{
    while (asking->next < asking->queries->len && asking->pending < AT_ONCE) {
        Ticket *ticket = g_new(Ticket, 1);
        ticket->asking = asking;
        ticket->query = asking->queries->pdata[asking->next++];
        asking->pending++;
        ask_one(ticket);
    }
}

/* The channel tells what it waits for at @socket; nothing: it is closed. */
static void on_socket(void *data, ares_socket_t socket, int readable, int writable)
{
    GArray *sockets = ((Asking *)data)->sockets;
    struct pollfd wanted = {.fd = socket,
                            .events = (short)((readable ? POLLIN : 0) | (writable ? POLLOUT : 0))};
    for (guint i = 0; i < sockets->len; i++)
        if (g_array_index(sockets, struct pollfd, i).fd == socket) {
            g_array_remove_index_fast(sockets, i);
            break;
        }
    if (wanted.events)
        g_array_append_val(sockets, wanted);
}

/* Waits for what the channel's sockets bring, at most @ms. */
static void ask_wait(Asking *asking, int ms)
{
    struct timeval most = {ms / 1000, ms % 1000 * 1000}, time;
    struct timeval *wait = ares_timeout(asking->channel, &most, &time);
    /* a copy: what is processed opens and closes sockets */
    g_autoptr(GArray) polled = g_array_copy(asking->sockets);
    int got = poll((struct pollfd *)(void *)polled->data, polled->len,
                   (int)(wait->tv_sec * 1000 + wait->tv_usec / 1000 + 1));
    for (guint i = 0; got > 0 && i < polled->len; i++) {
        struct pollfd it = g_array_index(polled, struct pollfd, i);
        ares_process_fd(asking->channel, it.revents & ~POLLOUT ? it.fd : ARES_SOCKET_BAD,
                        it.revents & POLLOUT ? it.fd : ARES_SOCKET_BAD);
    }
    if (got <= 0)
        ares_process_fd(asking->channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

static bool channel_open(Asking *asking, guint timeout_ms, GError **error)
{
    ares_channel *channel = &asking->channel;
    const char *server = getenv("NOTME_DNS_SERVER");
    struct ares_options options = {.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES,
                                   .timeout = (int)MAX(timeout_ms / 3, 100),
                                   .tries = 2,
                                   .sock_state_cb = on_socket,
                                   .sock_state_cb_data = asking};
    int mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB;
#ifdef ARES_OPT_UDP_MAX_QUERIES /* an answer that cannot be read costs its own question only */
    options.udp_max_queries = 1;
    mask |= ARES_OPT_UDP_MAX_QUERIES;
#endif
    int status = ares_library_init(ARES_LIB_INIT_ALL);
    if (status == ARES_SUCCESS)
        status = ares_init_options(channel, &options, mask);
    if (status == ARES_SUCCESS && server && *server) {
        status = ares_set_servers_ports_csv(*channel, server);
        if (status != ARES_SUCCESS)
            ares_destroy(*channel);
    }
    if (status != ARES_SUCCESS)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "the DNS cannot be asked: %s",
                    ares_strerror(status));
    return status == ARES_SUCCESS;
}

bool dns_ask(GPtrArray *queries, guint timeout_ms, GError **error)
{
    Asking asking = {.queries = queries, .heard = g_get_monotonic_time()};
    if (queries->len == 0)
        return true;
    g_autoptr(GArray) sockets = g_array_new(FALSE, FALSE, sizeof(struct pollfd));
    asking.sockets = sockets;
    if (!channel_open(&asking, timeout_ms, error))
        return false;
    ask_next(&asking);
    while (asking.pending) {
        gint64 left = timeout_ms - (g_get_monotonic_time() - asking.heard) / 1000;
        if (left <= 0)
            break;
        ask_wait(&asking, (int)left);
        ask_next(&asking);
    }
    ares_cancel(asking.channel);
    for (; asking.next < queries->len; asking.next++)
        query_fail(queries->pdata[asking.next], "no answer in time");
    ares_destroy(asking.channel);
    ares_library_cleanup();
    return true;
}
#else
bool dns_ask(GPtrArray *queries, guint timeout_ms, GError **error)
{
    (void)timeout_ms;
    if (queries->len == 0)
        return true;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                "the DNS cannot be asked: this notme was built without c-ares (libc-ares-dev)");
    return false;
}
#endif
