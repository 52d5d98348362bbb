/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields of delivery reports, read tolerantly: misspelt actions, comments, lost types. */
#include "bounce/report_field.h"

#include <string.h>

#include "base/address.h"
#include "bounce/message_id.h"
#include "words/reply.h"

/* Farthest that the ";" behind the type of a field stands. */
#define TYPE_MAX 40
/* Lines in which report fields are looked for. */
#define FIELD_LINES_MAX 400

Span report_untyped(Span value)
{
    value = span_trim(value);
    const char *semi = value.n ? memchr(value.p, ';', MIN(value.n, TYPE_MAX)) : NULL;
    if (!semi)
        return value;
    for (const char *p = value.p; p < semi; p++)
        if (!g_ascii_isalnum(*p) && *p != '-' && *p != '_' && *p != ' ')
            return value;
    return span_trim(span_sub(value, (gsize)(semi - value.p) + 1, value.n));
}

/* RFC 6533 3: "\x{263A}" in a utf-8 address in ASCII. */
static char *utf8_unescape(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p;) {
        char *end = NULL;
        guint64 c = g_str_has_prefix(p, "\\x{") ? g_ascii_strtoull(p + 3, &end, 16) : 0;
        if (end && *end == '}' && c >= 0x20 && c <= 0x10ffff && g_unichar_validate((gunichar)c)) {
            g_string_append_unichar(out, (gunichar)c);
            p = end + 1;
        } else {
            g_string_append_c(out, *p++);
        }
    }
    return g_string_free(out, FALSE);
}

/* RFC 3461 4: "+3D" in an xtext address. */
static char *xtext_decode(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p; p++) {
        if (*p == '+' && g_ascii_isxdigit(p[1]) && g_ascii_isxdigit(p[2]) && p[1] != 'a') {
            int c = g_ascii_xdigit_value(p[1]) * 16 + g_ascii_xdigit_value(p[2]);
            if (strchr("+=<> ()@\",;:\\[]", c) && c) {
                g_string_append_c(out, (char)c);
                p += 2;
                continue;
            }
        }
        g_string_append_c(out, *p);
    }
    return g_string_free(out, FALSE);
}

/* Whether @text is an address by itself, one in angle brackets, or one with a comment: "a b@c" is
 * none of these, and must not become the address of somebody else. */
static bool is_clean(const char *text)
{
    bool quoted = false, blank = false;
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            quoted = !quoted;
        else if (!quoted && (*p == '<' || *p == '('))
            return *text != '|' && *text != '/';
        else if (!quoted && (*p == ' ' || *p == '\t'))
            blank = true;
    }
    return !blank && *text != '|' && *text != '/';
}

/* A local user, a program, a name of another network: as it is written, without its brackets. */
static char *recipient_name(const char *text)
{
    Span name = span_trim(span_of(text));
    if (name.n > 2 && name.p[0] == '<' && name.p[name.n - 1] == '>')
        name = span_trim(span_sub(name, 1, name.n - 2));
    return name.n && name.n <= ADDRESS_MAX ? span_dup_utf8(name) : NULL;
}

/* The address in a recipient field; what else names the recipient where it is none. */
static char *recipient_address(const char *value)
{
    Span bare = report_untyped(span_of(value));
    g_autofree char *plain = span_dup(bare);
    g_autofree char *wide = strstr(plain, "\\x{") ? utf8_unescape(plain) : g_strdup(plain);
    g_autofree char *address = is_clean(wide) ? address_extract(span_of(wide)) : NULL;
    if (address && strlen(address) > ADDRESS_MAX)
        return NULL;
    if (address && strstr(address, "+3D"))
        return xtext_decode(address);
    return address ? g_steal_pointer(&address) : recipient_name(wide);
}

char *report_host(const char *value)
{
    Span host = report_untyped(span_of(value));
    gsize n = 0;
    while (n < host.n && !g_ascii_isspace(host.p[n]) && !strchr("(,;<>", host.p[n]))
        n++;
    if (n && host.p[n - 1] == '.')
        n--;
    host.n = n;
    return host.n ? span_dup_utf8(host) : NULL;
}

static const char *const actions[] = {"failed",  "delayed",  "delivered",
                                      "relayed", "expanded", NULL};

static const struct {
    const char *word;
    const char *action;
} odd_actions[] = {
    {"failure", "failed"},  {"fail", "failed"},          {"hardfail", "failed"},
    {"expired", "failed"},  {"deferred", "delayed"},     {"delay", "delayed"},
    {"warning", "delayed"}, {"success", "delivered"},    {"deliverable", "delivered"},
    {"error", "failed"},    {"undeliverable", "failed"}, {"forwarded", "relayed"},
    {"rejected", "failed"},
};

static char *action_of(const char *value)
{
    Span word = report_untyped(span_of(value));
    gsize n = 0;
    while (n < word.n && (g_ascii_isalpha(word.p[n])))
        n++;
    word.n = n;
    for (const char *const *action = actions; *action; action++)
        if (span_ieq(word, *action))
            return g_strdup(*action);
    for (gsize i = 0; i < G_N_ELEMENTS(odd_actions); i++)
        if (span_ieq(word, odd_actions[i].word))
            return g_strdup(odd_actions[i].action);
    return NULL;
}

static void replace(char **field, char *value)
{
    if (!value)
        return;
    g_free(*field);
    *field = value;
}

static void keep_first(char **field, char *value)
{
    if (*field)
        g_free(value);
    else
        *field = value;
}

static void set_status(Recipient *one, const char *value)
{
    char status[STATUS_SIZE];
    if (reply_status_find(span_of(value), status, NULL))
        keep_first(&one->status, g_strdup(status));
    if (!one->reply_code) /* "Status: 550", against RFC 3464 2.3.4 */
        one->reply_code = reply_code_at_start(span_of(value));
    const char *open = strchr(value, '('), *close = strrchr(value, ')');
    const char *blank = open ? strchr(open, ' ') : NULL; /* "(permanent failure)" says nothing */
    if (open && close > open + 1 && !one->diagnostic && blank && strchr(blank + 1, ' '))
        one->diagnostic = span_dup_utf8((Span){open + 1, (gsize)(close - open) - 1});
}

static void set_diagnostic(Recipient *one, const char *value)
{
    Span text = report_untyped(span_of(value));
    if (text.n == 0)
        return;
    replace(&one->diagnostic, span_dup_utf8(text));
    /* what an SMTP server said begins with its reply (RFC 3464 2.3.6): also one that is seen
     * nowhere else, and so is not found inside a text */
    Reply known;
    int code = span_istarts(span_of(value), "smtp") ? reply_code_at_start(text) : 0;
    if (code && !(reply_find(text, &known) && known.at == 0))
        one->reply_code = code;
}

/* Exim built with EXPERIMENTAL_DSN_INFO (4.88 on): what it says itself of the refusal. The other
 * side's word, where it is given, says more. */
static void set_exim_diagnostic(Recipient *one, const char *value)
{
    Span text = report_untyped(span_of(value));
    if (text.n && !one->diagnostic)
        one->diagnostic = span_dup_utf8(text);
}

static void set_code(Recipient *one, const char *value)
{
    if (!one->reply_code)
        one->reply_code = reply_code_at_start(span_of(value));
}

static void set_final(Recipient *one, const char *value)
{
    replace(&one->final, recipient_address(value));
}

static void set_original(Recipient *one, const char *value)
{
    keep_first(&one->original, recipient_address(value));
}

static void set_action(Recipient *one, const char *value)
{
    keep_first(&one->action, action_of(value));
}

static void set_remote(Recipient *one, const char *value)
{
    keep_first(&one->remote_mta, report_host(value));
}

static void set_retry(Recipient *one, const char *value)
{
    Date date;
    if (one->retry_until == TIME_NONE && date_parse(span_of(value), &date))
        one->retry_until = date.utc;
}

static const struct {
    const char *name;
    void (*set)(Recipient *, const char *);
} fields[] = {
    {"Final-Recipient", set_final},
    {"Original-Recipient", set_original},
    {"Original-Rcpt-To", set_final},
    {"Action", set_action},
    {"Status", set_status},
    {"Diagnostic-Code", set_diagnostic},
    {"Remote-MTA", set_remote},
    {"X-Display-Name", NULL},
    {"X-Actual-Recipient", NULL},
    {"X-SMTP-Code", set_code},
    {"Last-Attempt-Date", NULL},
    {"Final-Log-ID", NULL},
    {"Will-Retry-Until", set_retry},
    {"X-Supplementary-Info", NULL},
    {"X-Failure-Reason", set_diagnostic},
    {"X-Exim-Diagnostic", set_exim_diagnostic},
};

/* Fields that are the message's, though a blank line before them may be missing. */
static void set_reporter(Bounce *out, const char *value)
{
    keep_first(&out->reporting_mta, report_host(value));
}

static void set_arrival(Bounce *out, const char *value)
{
    Date date;
    if (out->arrival_date == TIME_NONE && date_parse(span_of(value), &date))
        out->arrival_date = date.utc;
}

static void set_message_id(Bounce *out, const char *value)
{
    keep_first(&out->returned.message_id, message_id_bare(span_of(value)));
}

static const struct {
    const char *name;
    void (*set)(Bounce *, const char *);
} message_fields[] = {
    {"Reporting-MTA", set_reporter},
    {"MDN-Gateway", set_reporter}, /* RFC 8098 3.2.2 */
    {"Reporting-UA", NULL},
    {"Arrival-Date", set_arrival},
    {"Original-Message-ID", set_message_id},   /* RFC 8098 3.2.5 */
    {"X-Original-Message-ID", set_message_id}, /* Gmail */
};

bool report_message_field(Bounce *out, const Header *field)
{
    for (gsize i = 0; i < G_N_ELEMENTS(message_fields); i++) {
        if (g_ascii_strcasecmp(message_fields[i].name, field->name) != 0)
            continue;
        if (message_fields[i].set)
            message_fields[i].set(out, field->value);
        return true;
    }
    return false;
}

bool report_is_recipient_field(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
        if (g_ascii_strcasecmp(fields[i].name, name) == 0)
            return true;
    return false;
}

void report_recipient_field(Recipient *one, const Header *field)
{
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
        if (fields[i].set && g_ascii_strcasecmp(fields[i].name, field->name) == 0)
            fields[i].set(one, field->value);
}

bool report_line_is_field(Span line)
{
    static const char *const names[] = {
        "Final-Recipient:", "Original-Recipient:", "Action:",     "Status:", "Diagnostic-Code:",
        "Reporting-MTA:",   "Arrival-Date:",       "Remote-MTA:", NULL};
    for (const char *const *name = names; *name; name++)
        if (span_istarts(line, *name))
            return true;
    return false;
}

bool report_in_text(Span text)
{
    Span rest = text, line;
    bool final = false, other = false;
    for (int n = 0; n < FIELD_LINES_MAX && span_line(&rest, &line); n++) {
        line = span_trim(line);
        final = final || span_istarts(line, "Final-Recipient:");
        other = other || span_istarts(line, "Action:") || span_istarts(line, "Status:");
    }
    return final && other;
}
