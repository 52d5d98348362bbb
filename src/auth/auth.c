/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading authentication fields: see auth.h. */
#include "auth/auth.h"

#include <string.h>

#include "auth/auth_lex.h"

enum { VALUE_MAX = 32768, PAIRS_MAX = 400 };

typedef struct Name {
    const char *name;
    int value;
} Name;

static const Name methods[] = {
    {"spf", AUTH_SPF}, {"dkim", AUTH_DKIM}, {"dmarc", AUTH_DMARC},
    {"arc", AUTH_ARC}, {"auth", AUTH_SMTP}, {"iprev", AUTH_IPREV},
};

static const Name values[] = {
    {"none", AUTH_NONE},
    {"pass", AUTH_PASS},
    {"fail", AUTH_FAIL},
    {"softfail", AUTH_SOFTFAIL},
    {"neutral", AUTH_NEUTRAL},
    {"policy", AUTH_POLICY},
    {"temperror", AUTH_TEMPERROR},
    {"permerror", AUTH_PERMERROR},
    {"hardfail", AUTH_FAIL},
    {"bestguesspass", AUTH_BESTGUESS},
    {"temp-error", AUTH_TEMPERROR},
    {"perm-error", AUTH_PERMERROR},
    {"error", AUTH_TEMPERROR},
    {"unknown", AUTH_PERMERROR},
};

static int name_find(const Name *names, gsize n, Span word, int otherwise)
{
    for (gsize i = 0; i < n; i++)
        if (span_ieq(word, names[i].name))
            return names[i].value;
    return otherwise;
}

static const char *name_of(const Name *names, gsize n, int value, const char *otherwise)
{
    for (gsize i = 0; i < n; i++)
        if (names[i].value == value)
            return names[i].name;
    return otherwise;
}

const char *auth_method_name(AuthMethod method)
{
    return name_of(methods, G_N_ELEMENTS(methods), method, "other");
}

const char *auth_value_name(AuthValue value)
{
    return value == AUTH_UNKNOWN ? "unknown"
                                 : name_of(values, G_N_ELEMENTS(values), value, "unknown");
}

static void result_free(gpointer data)
{
    AuthResult *result = data;
    g_free(result->mailfrom);
    g_free(result->helo);
    g_free(result->header_from);
    g_free(result->header_d);
    g_free(result->header_i);
    g_free(result->header_s);
    g_free(result->user);
    g_free(result->reason);
    g_free(result);
}

void auth_results_free(AuthResults *results)
{
    if (!results)
        return;
    g_free(results->server);
    g_ptr_array_unref(results->results);
    g_free(results);
}

const AuthResult *auth_results_first(const AuthResults *results, AuthMethod method)
{
    for (guint i = 0; i < results->results->len; i++) {
        const AuthResult *result = results->results->pdata[i];
        if (result->method == method)
            return result;
    }
    return NULL;
}

/* --- the client's address --------------------------------------------------------------------- */

/* What is known of the client's address while a result is read. */
typedef struct Client {
    Ip ip;
    bool disputed;
} Client;

static void client_add(Client *client, Span text)
{
    Ip ip;
    if (!ip_parse_literal(text, &ip))
        return;
    if (client->ip.family && !ip_equal(&client->ip, &ip))
        client->disputed = true;
    client->ip = ip;
}

/* Ends a word of a comment. */
static bool is_break(char c)
{
    switch (c) {
    case '\0':
    case ' ':
    case '\t':
    case '\r':
    case '\n':
    case ',':
    case ';':
    case '=':
    case '(':
    case ')':
    case '\'':
    case '"':
    case '<':
    case '>':
    case '@':
        return true;
    default:
        return false;
    }
}

/* A comment of SPF: "sender IP is 192.0.2.1", "domain of joe@oak.example designates 192.0.2.1 as
 * permitted sender". An address in the sender's own name is one more, and disputes it. */
static void client_from_comment(Client *client, Span comment)
{
    gsize at = 0;
    while (at < comment.n) {
        gsize n = 0;
        while (at + n < comment.n && !is_break(comment.p[at + n]))
            n++;
        Span word = span_sub(comment, at, n);
        while (word.n && strchr(".:", word.p[word.n - 1]))
            word.n--;
        client_add(client, word);
        at += n + 1;
    }
}

/* --- properties ------------------------------------------------------------------------------- */

static const struct {
    const char *key;
    gsize offset;
} properties[] = {
    {"smtp.mailfrom", offsetof(AuthResult, mailfrom)},
    {"smtp.mail", offsetof(AuthResult, mailfrom)},
    {"smtp.from", offsetof(AuthResult, mailfrom)},
    {"envelope-from", offsetof(AuthResult, mailfrom)},
    {"smtp.helo", offsetof(AuthResult, helo)},
    {"smtp.ehlo", offsetof(AuthResult, helo)},
    {"helo", offsetof(AuthResult, helo)},
    {"header.from", offsetof(AuthResult, header_from)},
    {"header.d", offsetof(AuthResult, header_d)},
    {"header.i", offsetof(AuthResult, header_i)},
    {"header.s", offsetof(AuthResult, header_s)},
    {"smtp.auth", offsetof(AuthResult, user)},
    {"smtp.user", offsetof(AuthResult, user)},
    {"reason", offsetof(AuthResult, reason)},
};

static bool is_client_key(Span key)
{
    static const char *const keys[] = {"client-ip", "smtp.client-ip", "smtp.remote-ip",
                                       "policy.iprev", "policy.client-ip"};
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        if (span_ieq(key, keys[i]))
            return true;
    return false;
}

static void result_property(AuthResult *result, Client *client, const AuthPair *pair)
{
    if (is_client_key(pair->key)) {
        g_autofree char *text = auth_value_text(pair->value);
        client_add(client, span_of(text));
        return;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(properties); i++) {
        char **field = G_STRUCT_MEMBER_P(result, properties[i].offset);
        if (!span_ieq(pair->key, properties[i].key))
            continue;
        if (!*field)
            *field = auth_value_text(pair->value);
        return;
    }
}

static void result_end(AuthResult *result, const Client *client)
{
    if (!client->disputed)
        result->client = client->ip;
    /* Microsoft: "dkim=none (message not signed) header.d=none" */
    if (result->header_d && result->value != AUTH_PASS &&
        g_ascii_strcasecmp(result->header_d, "none") == 0)
        g_clear_pointer(&result->header_d, g_free);
}

/* Comments at this place; those of SPF name the client. */
static void take_comments(AuthLex *lex, AuthResult *result, Client *client)
{
    Span comment;
    while (auth_lex_comment(lex, &comment)) {
        if (result->method != AUTH_SPF)
            continue;
        client_from_comment(client, comment);
        if (span_ifind(comment, "best guess record") >= 0)
            result->guessed = true;
    }
}

/* --- Authentication-Results ------------------------------------------------------------------- */

/* "dkim" or "dkim/1". */
static AuthMethod method_of(Span key)
{
    gssize slash = span_find(key, "/");
    if (slash >= 0)
        key.n = (gsize)slash;
    return (AuthMethod)name_find(methods, G_N_ELEMENTS(methods), key, AUTH_OTHER);
}

static AuthValue value_of(Span word)
{
    return (AuthValue)name_find(values, G_N_ELEMENTS(values), word, AUTH_UNKNOWN);
}

/* The rest of a part after its first pair: "spf=pass (...) smtp.mailfrom=...". */
static void read_result(AuthLex *lex, const AuthPair *first, AuthResults *out)
{
    AuthResult *result = g_new0(AuthResult, 1);
    Client client = {0};
    result->method = method_of(first->key);
    result->value = value_of(first->value);
    take_comments(lex, result, &client);
    for (gsize i = 0; !auth_lex_at_end(lex); i++) {
        AuthPair pair = auth_lex_pair(lex);
        if (i < PAIRS_MAX && pair.has_value)
            result_property(result, &client, &pair);
        else if (i >= PAIRS_MAX)
            out->clean = false;
        take_comments(lex, result, &client);
    }
    result_end(result, &client);
    if (out->results->len < AUTH_RESULTS_MAX)
        g_ptr_array_add(out->results, result);
    else {
        out->clean = false;
        result_free(result);
    }
}

static unsigned number_of(Span text, unsigned otherwise)
{
    unsigned value = 0;
    if (text.n == 0 || text.n > 4)
        return otherwise;
    for (gsize i = 0; i < text.n; i++) {
        if (!g_ascii_isdigit(text.p[i]))
            return otherwise;
        value = value * 10 + (unsigned)(text.p[i] - '0');
    }
    return value;
}

/* Passes over what else stands in a part. */
static void skip_part(AuthLex *lex)
{
    Span comment;
    for (;;) {
        while (auth_lex_comment(lex, &comment))
            ;
        if (auth_lex_at_end(lex))
            return;
        auth_lex_pair(lex);
    }
}

/* A part that begins with a word alone: the authserv-id and its version, where none is known yet
 * and no result stands before it; "none"; else a word of no meaning (Microsoft names the domain of
 * the recipient between two results). Yahoo wrote "host from=oak.example". */
static void read_word(AuthLex *lex, Span word, AuthResults *out)
{
    if (!out->server && out->results->len == 0 && !span_ieq(word, "none")) {
        Span comment;
        out->server = auth_value_text(word);
        while (auth_lex_comment(lex, &comment))
            ;
        if (!auth_lex_at_end(lex)) {
            AuthPair version = auth_lex_pair(lex);
            if (!version.has_value)
                out->version = number_of(version.key, 1);
        }
    }
    skip_part(lex);
}

/* A part's first pair. RFC 8601 lets comments stand anywhere: "dkim (a) / 1 (b) = (c) pass". */
static AuthPair first_pair(AuthLex *lex)
{
    AuthPair pair = auth_lex_pair(lex);
    if (pair.has_value || auth_lex_at_end(lex) || lex->rest.p[0] != '/')
        return pair;
    for (int words = 0; words < 2 && !pair.has_value && !auth_lex_at_end(lex); words++) {
        AuthPair version = auth_lex_pair(lex);
        pair.has_value = version.has_value;
        pair.value = version.value;
    }
    return pair;
}

static void read_results(AuthLex *lex, AuthResults *out)
{
    do {
        Span comment;
        while (auth_lex_comment(lex, &comment))
            ;
        if (auth_lex_at_end(lex))
            continue;
        AuthPair pair = first_pair(lex);
        if (!pair.has_value)
            read_word(lex, pair.key, out);
        else if (span_ieq(pair.key, "i") && out->results->len == 0) {
            out->instance = number_of(pair.value, 0);
            skip_part(lex);
        } else
            read_result(lex, &pair, out);
    } while (auth_lex_next_part(lex));
}

/* --- Received-SPF ----------------------------------------------------------------------------- */

/* "mx.oak.example: domain of ..." */
static char *server_of_comment(Span comment)
{
    gsize n = 0;
    comment = span_trim(comment);
    while (n < comment.n &&
           (g_ascii_isalnum(comment.p[n]) || strchr(".-_", comment.p[n] ? comment.p[n] : ' ')))
        n++;
    if (n == 0 || n + 1 >= comment.n || comment.p[n] != ':')
        return NULL;
    return span_dup_utf8(span_sub(comment, 0, n));
}

static void read_spf(AuthLex *lex, AuthResults *out)
{
    Span comment;
    while (auth_lex_comment(lex, &comment))
        ;
    if (auth_lex_at_end(lex))
        return;
    AuthResult *result = g_new0(AuthResult, 1);
    Client client = {0};
    g_autofree char *named = NULL;
    result->method = AUTH_SPF;
    result->value = value_of(auth_lex_word(lex));
    AuthLex ahead = *lex;
    if (auth_lex_comment(&ahead, &comment))
        named = server_of_comment(comment);
    take_comments(lex, result, &client);
    for (gsize i = 0;; i++) {
        if (auth_lex_at_end(lex)) {
            if (!auth_lex_next_part(lex))
                break;
        } else {
            AuthPair pair = auth_lex_pair(lex);
            if (i >= PAIRS_MAX)
                out->clean = false;
            else if (pair.has_value && span_ieq(pair.key, "receiver") && !out->server)
                out->server = auth_value_text(pair.value);
            else if (pair.has_value)
                result_property(result, &client, &pair);
        }
        take_comments(lex, result, &client);
    }
    if (!out->server)
        out->server = g_steal_pointer(&named);
    result_end(result, &client);
    g_ptr_array_add(out->results, result);
}

AuthResults *auth_read(const char *name, Span value)
{
    static const Name fields[] = {{"Authentication-Results", AUTH_FIELD_RESULTS},
                                  {"ARC-Authentication-Results", AUTH_FIELD_ARC},
                                  {"Received-SPF", AUTH_FIELD_SPF}};
    int field = name_find(fields, G_N_ELEMENTS(fields), span_of(name), -1);
    if (field < 0)
        return NULL;
    AuthResults *out = g_new0(AuthResults, 1);
    AuthLex lex = {span_sub(value, 0, VALUE_MAX), true};
    out->field = (AuthField)field;
    out->version = 1;
    out->clean = value.n <= VALUE_MAX;
    out->results = g_ptr_array_new_with_free_func(result_free);
    if (field == AUTH_FIELD_SPF)
        read_spf(&lex, out);
    else
        read_results(&lex, out);
    out->clean = out->clean && lex.clean;
    return out;
}
