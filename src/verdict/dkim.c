/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verifying our own signatures. See dkim.h. */
#define _DEFAULT_SOURCE /* u_char, for dkim.h */
#include "verdict/dkim.h"

#ifdef HAVE_OPENDKIM

#include <string.h>

/* the library's header says bool by its old name */
#include <sys/types.h>

#include <dkim.h>
#include <gmodule.h>

#include "base/address.h"

/* Opened when a key is configured, and not before: with it come libcrypto and others, which would
 * slow the start of every process. The number is that of the interface in the header. */
#define LIBRARY "libopendkim.so.11"

#define FUNCTIONS(X)                                                                               \
    X(init)                                                                                        \
    X(close)                                                                                       \
    X(options)                                                                                     \
    X(set_key_lookup)                                                                              \
    X(verify)                                                                                      \
    X(free) X(chunk) X(eom) X(getsiglist) X(get_user_context) X(set_user_context) X(sig_getbh)     \
        X(sig_getcanonlen) X(sig_getdomain) X(sig_getflags) X(sig_getselector)                     \
            X(sig_getsignedhdrs)

typedef struct Api {
    GModule *module;
#define X(name) __typeof__(dkim_##name) *name;
    FUNCTIONS(X)
#undef X
} Api;

static void api_close(Api *api)
{
    if (api->module)
        g_module_close(api->module);
    api->module = NULL;
}

static bool api_open(Api *api)
{
    gpointer found = NULL;

    api->module = g_module_open(LIBRARY, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
    if (!api->module)
        return false;
#define X(name)                                                                                    \
    if (!g_module_symbol(api->module, "dkim_" #name, &found)) {                                    \
        api_close(api);                                                                            \
        return false;                                                                              \
    }                                                                                              \
    memcpy(&api->name, &found, sizeof found);
    FUNCTIONS(X)
#undef X
    return true;
}

void dkim_prepare(void)
{
    Api api;

    if (api_open(&api))
        g_module_make_resident(api.module);
}

#define HEADERS_MAX 100

/* "SELECTOR:DOMAIN=KEY" taken apart; borrows. */
typedef struct Key {
    Span selector, domain, value;
} Key;

static bool key_read(const char *text, Key *out)
{
    const char *colon = strchr(text, ':'), *equals = colon ? strchr(colon, '=') : NULL;

    if (!equals)
        return false;
    out->selector = (Span){text, (gsize)(colon - text)};
    out->domain = (Span){colon + 1, (gsize)(equals - colon - 1)};
    out->value = span_of(equals + 1);
    return true;
}

/* The key's record as the DNS would give it. The caller frees it. */
static char *key_record(Span value)
{
    GString *record = g_string_new(NULL);
    Span line;

    if (span_find(value, "p=") < 0)
        g_string_append(record, "v=DKIM1; p=");
    while (span_line(&value, &line))
        for (gsize i = 0; !span_istarts(line, "-----") && i < line.n; i++)
            if (!strchr("\"() \t\r", line.p[i] ? line.p[i] : ' '))
                g_string_append_c(record, line.p[i]);
    return g_string_free(record, FALSE);
}

/* The configured key of a signature, or false. */
static bool key_of(const Api *api, const GPtrArray *keys, DKIM_SIGINFO *sig, Key *out)
{
    const char *domain = (const char *)api->sig_getdomain(sig);
    const char *selector = (const char *)api->sig_getselector(sig);

    for (guint i = 0; domain && selector && i < keys->len; i++)
        if (key_read(keys->pdata[i], out) && span_ieq(out->domain, domain) &&
            span_ieq(out->selector, selector))
            return true;
    return false;
}

static DKIM_CBSTAT give_key(DKIM *dkim, DKIM_SIGINFO *sig, unsigned char *buffer, size_t size)
{
    g_autofree char *record = NULL;
    Key key;
    Api opened, *api = &opened;
    bool found = false;

    /* the library hands out nothing but itself here: it is opened once more, which costs nothing */
    if (!api_open(api))
        return DKIM_CBSTAT_NOTFOUND;
    const GPtrArray *keys = api->get_user_context(dkim);
    if (keys && key_of(api, keys, sig, &key)) {
        record = key_record(key.value);
        found = strlen(record) < size;
    }
    api_close(api);
    if (!found)
        return DKIM_CBSTAT_NOTFOUND;
    memcpy(buffer, record, strlen(record) + 1);
    return DKIM_CBSTAT_CONTINUE;
}

static bool names_recipient(const char *value, const GPtrArray *recipients)
{
    g_autoptr(GPtrArray) list = address_list(span_of(value));

    for (guint i = 0; i < list->len; i++)
        for (guint k = 0; k < recipients->len; k++) {
            const Recipient *recipient = recipients->pdata[k];

            if ((recipient->final && address_same(list->pdata[i], recipient->final)) ||
                (recipient->original && address_same(list->pdata[i], recipient->original)))
                return true;
        }
    return false;
}

/* A To or Cc that the signature covers names a failed recipient: else anybody may have sent the
 * signed message on to him. */
static bool covers_recipient(const Api *api, DKIM *dkim, DKIM_SIGINFO *sig,
                             const GPtrArray *recipients)
{
    g_autofree unsigned char *headers = g_malloc0((gsize)HEADERS_MAX * (DKIM_MAXHEADER + 1));
    unsigned count = HEADERS_MAX;

    if (api->sig_getsignedhdrs(dkim, sig, headers, DKIM_MAXHEADER + 1, &count) != DKIM_STAT_OK)
        return false;
    for (unsigned i = 0; i < count && i < HEADERS_MAX; i++) {
        const char *header = (const char *)headers + (gsize)i * (DKIM_MAXHEADER + 1);

        if ((g_ascii_strncasecmp(header, "to:", 3) == 0 ||
             g_ascii_strncasecmp(header, "cc:", 3) == 0) &&
            names_recipient(header + 3, recipients))
            return true;
    }
    return false;
}

/* Part of a body may be left unsigned ("l="): then what was added could be anything. */
static bool covers_body(const Api *api, DKIM *dkim, DKIM_SIGINFO *sig)
{
    ssize_t body = 0, signed_part = 0, limit = -1;

    return api->sig_getcanonlen(dkim, sig, &body, &signed_part, &limit) == DKIM_STAT_OK &&
           body == signed_part;
}

static Tri judge(const Api *api, DKIM *dkim, const GPtrArray *keys, const GPtrArray *recipients)
{
    DKIM_SIGINFO **sigs = NULL;
    int count = 0;
    Tri result = TRI_UNKNOWN;

    if (api->getsiglist(dkim, &sigs, &count) != DKIM_STAT_OK)
        return TRI_UNKNOWN;
    for (int i = 0; i < count; i++) {
        Key key;

        if (!key_of(api, keys, sigs[i], &key))
            continue;
        if (!(api->sig_getflags(sigs[i]) & DKIM_SIGFLAG_PASSED) ||
            api->sig_getbh(sigs[i]) != DKIM_SIGBH_MATCH || !covers_body(api, dkim, sigs[i]))
            result = TRI_NO;
        else if (covers_recipient(api, dkim, sigs[i], recipients))
            return TRI_YES;
    }
    return result;
}

/* The message with CRLF line ends, as it went over the wire. */
static GString *with_crlf(Span message)
{
    GString *text = g_string_sized_new(message.n + message.n / 30);
    Span line;

    while (span_line(&message, &line)) {
        g_string_append_len(text, line.p, (gssize)line.n);
        g_string_append(text, "\r\n");
    }
    return text;
}

static Tri verify(const Api *api, DKIM_LIB *library, Span message, const GPtrArray *keys,
                  const GPtrArray *recipients)
{
    DKIM *dkim;
    DKIM_STAT status;
    GString *text;
    Tri result = TRI_UNKNOWN;

    dkim = api->verify(library, (const unsigned char *)"notme", NULL, &status);
    if (dkim) {
        text = with_crlf(message);
        api->set_user_context(dkim, (void *)(gsize)keys);
        status = api->chunk(dkim, (unsigned char *)text->str, text->len);
        if (status == DKIM_STAT_OK)
            status = api->chunk(dkim, NULL, 0);
        if (status == DKIM_STAT_OK) {
            api->eom(dkim, NULL);
            result = judge(api, dkim, keys, recipients);
        }
        g_string_free(text, TRUE);
        api->free(dkim);
    }
    return result;
}

Tri dkim_check(Span message, const GPtrArray *keys, const GPtrArray *recipients, gint64 when)
{
    DKIM_LIB *library;
    Api opened, *api = &opened;
    Tri result = TRI_UNKNOWN;
    uint64_t now = when != TIME_NONE && when > 0 ? (uint64_t)when + 60 : 0;
    unsigned flags = DKIM_LIBFLAGS_NONE;

    if (keys->len == 0 || message.n == 0)
        return TRI_UNKNOWN;
    if (!api_open(api))
        return TRI_UNKNOWN;
    library = api->init(NULL, NULL);
    if (library) {
        api->options(library, DKIM_OP_SETOPT, DKIM_OPTS_FLAGS, &flags, sizeof flags);
        api->options(library, DKIM_OP_SETOPT, DKIM_OPTS_FIXEDTIME, &now, sizeof now);
        api->set_key_lookup(library, give_key);
        result = verify(api, library, message, keys, recipients);
        api->close(library);
    }
    api_close(api);
    return result;
}

#else

void dkim_prepare(void)
{
}

Tri dkim_check(Span message, const GPtrArray *keys, const GPtrArray *recipients, gint64 when)
{
    (void)message;
    (void)keys;
    (void)recipients;
    (void)when;
    return TRI_UNKNOWN;
}

#endif
