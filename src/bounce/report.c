/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Machine-readable reports: RFC 3464 and RFC 6533 fields, read tolerantly. GMime leaves them
 * unparsed. */
#include <string.h>

#include "base/address.h"
#include "bounce/reading.h"

/* What follows the type in "rfc822; a@b" or "dns; host": without comments and the type. */
static char *typed_value(const char *value)
{
    Span s = span_trim(span_of(value));
    const char *semi = s.n ? memchr(s.p, ';', s.n) : NULL;
    if (semi && semi - s.p < 20)
        s = span_trim(span_sub(s, (gsize)(semi - s.p) + 1, s.n));
    return span_dup_utf8(s);
}

static bool is_host_char(char c)
{
    return g_ascii_isalnum(c) || strchr(".-_:[]", c);
}

/* A host name out of "dns; host (comment)". */
static char *host_value(const char *value)
{
    g_autofree char *text = typed_value(value);
    gsize n = 0;
    while (text[n] && is_host_char(text[n]))
        n++;
    while (n && strchr(".:", text[n - 1]))
        n--;
    if (n == 0 || (n < strlen(text) && text[n] == '@'))
        return NULL;
    char *host = g_strndup(text, n);
    if (host[0] == '[' && host[n - 1] == ']') {
        memmove(host, host + 1, n - 2);
        host[n - 2] = '\0';
    }
    return host;
}

/* "failed (bad address)" -> "failed", RFC 3464 2.3.3, and words that servers write instead. */
static char *action_value(const char *value)
{
    static const struct {
        const char *word, *action;
    } words[] = {{"fail", "failed"},         {"undeliver", "failed"}, {"error", "failed"},
                 {"bounce", "failed"},       {"delay", "delayed"},    {"deliverable", "delivered"},
                 {"delivered", "delivered"}, {"relay", "relayed"},    {"expand", "expanded"},
                 {"success", "delivered"},   {"expired", "failed"},   {"dropped", "failed"}};
    Span s = span_trim(span_of(value));
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (span_istarts(s, words[i].word))
            return g_strdup(words[i].action);
    return NULL;
}

/* A status at the start of @p, "5.1.1" with parts of at most three digits; its length or 0. */
static gsize status_length(const char *p)
{
    if (!strchr("245", *p) || !*p || p[1] != '.')
        return 0;
    gsize n = 2;
    for (int part = 0; part < 2; part++) {
        gsize digits = 0;
        while (digits < 3 && g_ascii_isdigit(p[n + digits]))
            digits++;
        if (digits == 0)
            return 0;
        n += digits;
        if (part == 0 && p[n++] != '.')
            return 0;
    }
    return g_ascii_isdigit(p[n]) || (p[n] == '.' && g_ascii_isdigit(p[n + 1])) ? 0 : n;
}

char *status_in(const char *text)
{
    for (const char *p = text; p && *p; p++) {
        bool start = p == text || (!g_ascii_isalnum(p[-1]) && p[-1] != '.');
        gsize n = start ? status_length(p) : 0;
        if (n && !(p > text && p[-1] == '-' && p > text + 1 && g_ascii_isalpha(p[-2])))
            return g_strndup(p, n);
    }
    return NULL;
}

static int code_at(const char *p)
{
    if (!strchr("245", p[0]) || !p[0] || p[1] < '0' || p[1] > '7' || !g_ascii_isdigit(p[2]) ||
        g_ascii_isalnum(p[3]))
        return 0;
    return (p[0] - '0') * 100 + (p[1] - '0') * 10 + (p[2] - '0');
}

int reply_code_in(const char *text)
{
    int weak = 0;
    for (const char *p = text; p && *p; p++) {
        bool start = p == text || (!g_ascii_isalnum(p[-1]) && !strchr(".-@/=[+$", p[-1])) ||
                     (p > text && p[-1] == '-' && (p - text < 2 || !g_ascii_isalnum(p[-2])));
        int code = start ? code_at(p) : 0;
        if (!code || p[3] == '.' || p[3] == '/')
            continue;
        if (p[3] == ' ' || p[3] == '-' || p[3] == '\0' || p[3] == ':' || p[3] == ',' ||
            p[3] == ')' || p[3] == '\n' || p[3] == '<' || p[3] == '#' || p[3] == ';') {
            if (code >= 400)
                return code;
            if (!weak && p == text)
                weak = code;
        }
    }
    return weak;
}

/* An address as written where it is no addr-spec: "user", "|program", "/file". */
static char *address_or_text(const char *value)
{
    char *address = address_extract(span_of(value));
    if (address)
        return address;
    g_autofree char *text = typed_value(value);
    Span s = span_trim(span_of(text));
    if (s.n > 1 && s.p[0] == '<' && s.p[s.n - 1] == '>')
        s = span_sub(s, 1, s.n - 2);
    return s.n && s.n < 400 && !memchr(s.p, ' ', s.n) ? span_dup_utf8(s) : NULL;
}

static Recipient *recipient_from(const GPtrArray *fields)
{
    const char *final = headers_get(fields, "Final-Recipient");
    const char *original = headers_get(fields, "Original-Recipient");
    const char *action = headers_get(fields, "Action");
    const char *status = headers_get(fields, "Status");
    const char *diagnostic = headers_get(fields, "Diagnostic-Code");
    const char *remote = headers_get(fields, "Remote-MTA");
    const char *actual = headers_get(fields, "X-Actual-Recipient");
    if (!final && !original && !(action && status))
        return NULL;
    Recipient *r = recipient_new();
    r->final = final ? address_or_text(final) : NULL;
    r->original = original ? address_or_text(original) : NULL;
    if (!r->final && actual)
        r->final = address_or_text(actual);
    r->action = action ? action_value(action) : NULL;
    r->status = status ? status_in(status) : NULL;
    if (diagnostic) {
        r->diagnostic = typed_value(diagnostic);
        r->reply_code = reply_code_in(r->diagnostic);
    }
    r->remote_mta = remote ? host_value(remote) : NULL;
    return r;
}

static void add_claim(Bounce *bounce, const char *value)
{
    Claim claim = {.source = CLAIM_DSN_FIELD, .text = g_strdup(value)};
    Span s = span_of(value);
    for (gsize i = s.n; i > 0; i--) {
        char open = s.p[i - 1];
        if (open != '[' && open != '(')
            continue;
        const char *close = memchr(s.p + i, open == '[' ? ']' : ')', s.n - i);
        Span inside = {s.p + i, close ? (gsize)(close - s.p) - i : s.n - i};
        if (ip_parse_literal(span_trim(inside), &claim.ip))
            break;
    }
    claim.host = host_value(value);
    Ip ip;
    if (claim.host && ip_parse(span_of(claim.host), &ip)) {
        if (claim.ip.family == 0)
            claim.ip = ip;
        g_clear_pointer(&claim.host, g_free);
    }
    g_array_append_val(bounce->claims, claim);
}

static void message_fields(Reading *reading, const GPtrArray *fields)
{
    Bounce *bounce = reading->bounce;
    const char *mta = headers_get(fields, "Reporting-MTA");
    const char *arrival = headers_get(fields, "Arrival-Date");
    const char *from = headers_get(fields, "Received-From-MTA");
    Date date;
    if (mta && !bounce->reporting_mta)
        bounce->reporting_mta = host_value(mta);
    if (arrival && bounce->arrival_date == TIME_NONE && date_parse(span_of(arrival), &date))
        bounce->arrival_date = date.utc != TIME_NONE ? date.utc : date.local;
    if (from)
        add_claim(bounce, from);
}

/* The blocks of the status part. A recipient's block may stand without a blank line behind the one
 * before: Final-Recipient or Original-Recipient a second time begins a new one. */
static void read_blocks(Reading *reading, Span text)
{
    while (span_trim(text).n) {
        Span rest;
        g_autoptr(GPtrArray) fields = headers_parse(text, &rest);
        if (fields->len == 0)
            return;
        message_fields(reading, fields);
        guint start = 0;
        bool final_seen = false, original_seen = false;
        for (guint i = 0; i <= fields->len; i++) {
            const Header *header = i < fields->len ? fields->pdata[i] : NULL;
            bool final = header && g_ascii_strcasecmp(header->name, "Final-Recipient") == 0;
            bool original = header && g_ascii_strcasecmp(header->name, "Original-Recipient") == 0;
            if (header && !(final && final_seen) && !(original && original_seen)) {
                final_seen = final_seen || final;
                original_seen = original_seen || original;
                continue;
            }
            g_autoptr(GPtrArray) block = g_ptr_array_new();
            for (guint k = start; k < i; k++)
                g_ptr_array_add(block, fields->pdata[k]);
            Recipient *r = recipient_from(block);
            if (r && reading->bounce->recipients->len < 10000)
                g_ptr_array_add(reading->bounce->recipients, r);
            else
                recipient_free(r);
            start = i;
            final_seen = final;
            original_seen = original;
        }
        text = rest;
    }
}

/* A status part that was pasted into the text: from its Reporting-MTA or Final-Recipient on. */
static bool read_text_fields(Reading *reading)
{
    Span text = {reading->text->str, reading->text->len}, rest = text, line;
    gsize offset = 0;
    while (span_line(&rest, &line)) {
        Span bare = span_trim(line);
        if (span_istarts(bare, "Final-Recipient:") || span_istarts(bare, "Reporting-MTA:")) {
            read_blocks(reading, span_sub(text, offset, text.n));
            return reading->bounce->recipients->len > 0;
        }
        offset = text.n - rest.n;
    }
    return false;
}

static void merge_twice(GPtrArray *recipients)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < recipients->len;) {
        const Recipient *r = recipients->pdata[i];
        char *key = r->final ? g_ascii_strdown(r->final, -1) : NULL;
        if (key && !g_hash_table_add(seen, key))
            g_ptr_array_remove_index(recipients, i);
        else
            i++;
    }
}

void report_read(Reading *reading)
{
    const Message *message = reading->message;
    if (reading->status >= 0) {
        const Part *part = message_part(message, (guint)reading->status);
        if (part->text)
            read_blocks(reading, span_of(part->text));
        /* fields behind a wrong header of the part: they were taken for headers */
        if (reading->bounce->recipients->len == 0) {
            message_fields(reading, part->headers);
            Recipient *r = recipient_from(part->headers);
            if (r)
                g_ptr_array_add(reading->bounce->recipients, r);
        }
    }
    if (reading->bounce->recipients->len == 0)
        read_text_fields(reading);
    merge_twice(reading->bounce->recipients);
}
