/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See incident.h. All text that comes from the mail is made safe here, once. */
#include "complaint/incident.h"

#include <string.h>

#include "base/address.h"
#include "base/domain.h"
#include "base/safe.h"
#include "house/house.h"
#include "verdict/question.h"

enum {
    WORDS_MAX = 600,       /* of one quoted sentence */
    QUOTED_MAX = 8000,     /* of one quoted Received line, which is never broken */
    LETTER_MAX = 16 << 10, /* of all headers in the letter */
    SUBJECT_MAX = 400,     /* bytes */
    VALUE_MAX = 4000,      /* of one header that is passed on */
    HEADERS_MAX = 64 << 10 /* of all of them */
};

/* --- plain text ------------------------------------------------------------------------------- */

/* One safe line of @text, cut at a character; NULL for nothing. */
static char *safe_line(const char *text, gsize max)
{
    if (!text)
        return NULL;
    g_autofree char *safe = safe_text(span_sub(span_of(text), 0, max * 2), SAFE_LINE);
    g_strstrip(safe);
    if (!*safe)
        return NULL;
    if (strlen(safe) <= max)
        return g_steal_pointer(&safe);
    char *end = g_utf8_find_prev_char(safe, safe + max + 1);
    *(end ? end : safe) = '\0';
    return g_strconcat(safe, " [...]", NULL);
}

bool incident_is_host(const char *name)
{
    gsize n = name ? strlen(name) : 0;
    if (n < 1 || n > 253 || name[0] == '-' || name[0] == '.')
        return false;
    for (gsize i = 0; i < n; i++)
        if (!g_ascii_isalnum(name[i]) && !strchr("-_.", name[i]))
            return false;
    return !strstr(name, "..");
}

bool incident_is_address(const char *address)
{
    const char *at = address ? strrchr(address, '@') : NULL;
    if (!at || at == address || at - address > 128 || *address == '.' || at[-1] == '.')
        return false;
    for (const char *p = address; p < at; p++)
        if (!g_ascii_isalnum(*p) && !strchr("!#$%&'*+-/=?^_`{|}~.", *p))
            return false;
    return incident_is_host(at + 1) && strchr(at + 1, '.');
}

static char *host_or_null(const char *name)
{
    return incident_is_host(name) ? g_strdup(name) : NULL;
}

static char *address_or_null(const char *address)
{
    return incident_is_address(address) ? g_strdup(address) : NULL;
}

/* --- headers that are passed on --------------------------------------------------------------- */

static bool is_field_name(const char *name)
{
    gsize n = strlen(name);
    for (gsize i = 0; i < n; i++)
        if (name[i] <= ' ' || name[i] >= 0x7f || name[i] == ':')
            return false;
    return n > 0 && n <= 76;
}

/* "Name: value" folded at blanks to 78 columns; a longer word stays whole. */
static void add_header(GString *out, const Header *header)
{
    g_autofree char *value = safe_line(header->value, VALUE_MAX);
    gsize column = out->len;
    if (!is_field_name(header->name))
        return;
    g_string_append_printf(out, "%s:", header->name);
    column = out->len - column;
    for (const char *p = value ? value : ""; *p;) {
        gsize blanks = strspn(p, " "), word = strcspn(p + blanks, " ");
        blanks = MAX(blanks, 1);
        if (column + blanks + word > 78 && column > 1) {
            g_string_append_c(out, '\n');
            column = 0;
        }
        g_string_append_c(out, ' ');
        p += strspn(p, " ");
        g_string_append_len(out, p, (gssize)word);
        column += 1 + word;
        p += word;
    }
    g_string_append_c(out, '\n');
}

static char *headers_text(const GPtrArray *headers)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; headers && i < headers->len && out->len < HEADERS_MAX; i++)
        add_header(out, headers->pdata[i]);
    return g_string_free(out, FALSE);
}

/* Each field on one line, for desks that take no attachment. */
static char *headers_lines(const GPtrArray *headers)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; headers && i < headers->len; i++) {
        const Header *header = headers->pdata[i];
        g_autofree char *value = safe_line(header->value, VALUE_MAX);
        if (!is_field_name(header->name))
            continue;
        if (out->len > LETTER_MAX) {
            g_string_append(out, "    [...]\n");
            break;
        }
        g_string_append_printf(out, "    %s: %s\n", header->name, value ? value : "");
    }
    return g_strchomp(g_string_free(out, FALSE));
}

bool incident_headers_show(const char *headers, const Ip *ip)
{
    bool shown = false;
    g_autoptr(GPtrArray) list = headers_parse(span_of(headers), NULL);
    g_autoptr(GPtrArray) received = headers_all(list, "Received");
    for (guint i = 0; i < received->len && !shown; i++) {
        Hop *hop = received_parse(span_of(received->pdata[i]));
        shown = ip_equal(&hop->from_ip, ip);
        hop_free(hop);
    }
    return shown;
}

/* --- what happened ---------------------------------------------------------------------------- */

/* The line of our own server that recorded from where the bounce came. */
static const Hop *handing_hop(const Trace *trace)
{
    for (guint i = 0; trace->handing_ip.family && i < trace->outer->len; i++) {
        const Hop *hop = trace->outer->pdata[i];
        if (ip_equal(&hop->from_ip, &trace->handing_ip))
            return hop;
    }
    return NULL;
}

static char *forwarder_of(const Trace *trace, const Identity *identity)
{
    for (guint i = 0; i < trace->outer->len; i++) {
        const Hop *hop = trace->outer->pdata[i];
        const char *name = hop->lookup == LOOKUP_NAME ? hop->from_rdns : NULL;
        if (identity_is_forwarder(identity, name, &hop->from_ip))
            return incident_is_host(name) ? g_strdup(name) : ip_format(&hop->from_ip);
    }
    return NULL;
}

static void read_source(Incident *incident, const Finding *finding, const Identity *identity)
{
    const Trace *trace = finding->judgement->trace;
    const Bounce *bounce = finding->reading->bounce;
    const Hop *hop = handing_hop(trace),
              *newest = trace->outer->len ? trace->outer->pdata[0] : NULL;
    const char *name = trace->handing_rdns;
    incident->unrouted = trace->outer->len == 0;
    incident->standing = trace->reporter;
    incident->standing_why = safe_line(trace->reporter_why, WORDS_MAX);
    incident->source = trace->handing_ip;
    incident->source_name = host_or_null(name);
    incident->forwarder = incident->source.family ? NULL : forwarder_of(trace, identity);
    incident->own_server = hop ? host_or_null(hop->by) : NULL;
    incident->arrived = hop ? hop->date.utc : newest ? newest->date.utc : finding->reading->date;
    if (incident->arrived == TIME_NONE)
        incident->arrived =
            finding->reading->date != TIME_NONE ? finding->reading->date : bounce->arrival_date;
    /* Without a line of ours its own word is all there is. With one, what we looked up is meant. */
    const char *said = bounce->reporting_mta ? bounce->reporting_mta : bounce->from_domain;
    if (incident->unrouted)
        incident->organisation = domain_organisation(said);
    else if (incident->source_name)
        incident->organisation = domain_organisation(incident->source_name);
    if (incident_is_host(said) &&
        (!incident->organisation || house_same(said, incident->organisation)))
        incident->reporter = g_strdup(said);
    else
        incident->reporter =
            incident->source_name ? g_strdup(incident->source_name) : ip_format(&incident->source);
    if (incident->organisation && !domain_is_public_name(incident->organisation))
        g_clear_pointer(&incident->organisation, g_free);
}

static const Claim *claim_of(const Finding *finding)
{
    static const InjectionSource sources[] = {[CLAIM_SENTENCE] = INJECTION_SENTENCE,
                                              [CLAIM_DSN_FIELD] = INJECTION_DSN_FIELD,
                                              [CLAIM_ORIGINATING_IP] = INJECTION_ORIGINATING_IP,
                                              [CLAIM_DIAGNOSTIC] = INJECTION_DIAGNOSTIC};
    const Injection *injection = &finding->judgement->trace->injection;
    for (guint i = 0; i < finding->reading->bounce->claims->len; i++) {
        const Claim *claim = &g_array_index(finding->reading->bounce->claims, Claim, i);
        if (sources[claim->source] == injection->source && ip_equal(&claim->ip, &injection->ip))
            return claim;
    }
    return NULL;
}

/* The reporter's sentence of which @claim holds the line that names the address: with the lines
 * before it, where it began there. The caller frees it. */
static char *sentence_of(const Bounce *bounce, const Claim *claim)
{
    enum { LINES_MAX = 3 };
    const char *text = bounce->text, *at = text ? strstr(text, claim->text) : NULL;
    if (claim->source != CLAIM_SENTENCE || !at)
        return g_strdup(claim->text);
    const char *begin = at;
    for (int lines = 0; lines < LINES_MAX && begin > text; lines++) {
        while (begin > text && begin[-1] != '\n')
            begin--;
        const char *first = begin + strspn(begin, " \t");
        if (!g_ascii_islower(*first) || begin - text < 2 || begin[-2] == '\n')
            break;
        begin--;
    }
    g_autofree char *head = g_strndup(begin, (gsize)(at - begin));
    g_autofree char *whole = g_strconcat(head, claim->text, NULL);
    g_strdelimit(whole, "\r\n", ' ');
    return g_steal_pointer(&whole);
}

/* The port behind the peer's address: "[192.0.2.7]:4711". 0: none. */
static guint port_of(const Hop *hop)
{
    g_autofree char *ip = ip_format(&hop->from_ip), *bracketed = g_strdup_printf("[%s]:", ip);
    const char *at = ip && hop->raw ? strstr(hop->raw, bracketed) : NULL;
    guint64 port = at ? g_ascii_strtoull(at + strlen(bracketed), NULL, 10) : 0;
    return port < 65536 ? (guint)port : 0;
}

static void read_injection(Incident *incident, const Finding *finding)
{
    const Injection *injection = &finding->judgement->trace->injection;
    const GPtrArray *chain = finding->judgement->trace->returned;
    const Claim *claim = claim_of(finding);
    incident->ip = injection->ip;
    incident->ip_claimed = injection->source == INJECTION_ORIGINATING_IP;
    incident->ip_own = injection->own;
    incident->ip_forwarder = injection->forwarder;
    incident->taken = TIME_NONE;
    if (injection->source == INJECTION_RECEIVED && injection->hop >= 0 &&
        injection->hop < (int)chain->len) {
        const Hop *hop = chain->pdata[injection->hop];
        g_autofree char *whole = g_strconcat("Received: ", hop->raw ? hop->raw : "", NULL);
        incident->line = safe_line(whole, QUOTED_MAX);
        incident->taken = hop->date.utc;
        incident->port = port_of(hop);
        incident->ip_name = hop->lookup == LOOKUP_NAME ? host_or_null(hop->from_rdns) : NULL;
    } else if (claim) {
        g_autofree char *sentence = sentence_of(finding->reading->bounce, claim);
        incident->line = safe_line(sentence, WORDS_MAX);
    }
    if (incident->taken == TIME_NONE)
        incident->taken = finding->reading->bounce->arrival_date;
}

/* --- us --------------------------------------------------------------------------------------- */

/* Addresses that the bounce was meant for, likeliest first. */
static GPtrArray *addressed_to(const Finding *finding)
{
    static const char *const fields[] = {"X-Original-To",  "Envelope-To", "Delivered-To",
                                         "X-Delivered-To", "To",          "Cc"};
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < finding->judgement->trace->outer->len; i++) {
        const Hop *hop = finding->judgement->trace->outer->pdata[i];
        if (hop->for_)
            g_ptr_array_add(list, g_strdup(hop->for_));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        const char *value = headers_get(finding->reading->bounce->headers, fields[i]);
        g_autoptr(GPtrArray) some = value ? address_list(span_sub(span_of(value), 0, 4000)) : NULL;
        for (guint k = 0; some && k < some->len && k < 20; k++)
            g_ptr_array_add(list, g_strdup(some->pdata[k]));
    }
    if (finding->reading->bounce->returned.from)
        g_ptr_array_add(list, g_strdup(finding->reading->bounce->returned.from));
    return list;
}

static void read_spoofed(Incident *incident, const Finding *finding, const Identity *identity)
{
    g_autoptr(GPtrArray) list = addressed_to(finding);
    for (guint i = 0; i < list->len && !incident->spoofed_own; i++) {
        g_autofree char *bare = address_unwrap(list->pdata[i], NULL);
        if (!incident_is_address(bare))
            continue;
        incident->spoofed_own = identity_owns_address(identity, bare);
        if (incident->spoofed_own || !incident->spoofed) {
            g_free(incident->spoofed);
            incident->spoofed = g_steal_pointer(&bare);
        }
    }
}

static void read_failure(Incident *incident, const Bounce *bounce)
{
    const char *words = NULL;
    incident->virus = bounce->kind == KIND_VIRUS_NOTICE;
    for (guint i = 0; i < bounce->recipients->len; i++) {
        const Recipient *recipient = bounce->recipients->pdata[i];
        incident->virus = incident->virus || recipient->reason == REASON_VIRUS;
        if (!incident->recipient)
            incident->recipient = address_or_null(recipient->final);
        if (!words)
            words = recipient->diagnostic;
    }
    incident->reason = safe_line(words, WORDS_MAX);
    if (incident->reason && g_str_has_suffix(incident->reason, "."))
        incident->reason[strlen(incident->reason) - 1] = '\0';
}

bool incident_is_asked(const char *id, const Ip *ip)
{
    g_autofree char *text = ip_format(ip);
    QuestionKind kind;
    const char *subject;
    return question_parse(id, &kind, &subject) &&
           (kind == QUESTION_FORWARDER || kind == QUESTION_ACCOUNT ||
            (kind == QUESTION_IS_OWN && g_strcmp0(subject, text) == 0));
}

static bool is_open(const Verdict *verdict, const Ip *ip)
{
    for (guint i = 0; verdict->value == VERDICT_UNDECIDED && i < verdict->questions->len; i++)
        if (incident_is_asked(verdict->questions->pdata[i], ip))
            return true;
    return false;
}

/* The script or the account that sent it, where that is more than a guess. */
static char *program_of(const Verdict *verdict)
{
    for (guint i = 0; i < verdict->evidence->len; i++) {
        const Evidence *evidence = verdict->evidence->pdata[i];
        if (evidence->strength >= STRENGTH_STRONG && (strcmp(evidence->rule, "web-script") == 0 ||
                                                      strcmp(evidence->rule, "other-account") == 0))
            return safe_line(evidence->text, WORDS_MAX);
    }
    return NULL;
}

/* A letter states as a fact that it was none of our servers only where they are all named, and that
 * is proved. */
static bool is_sure(const Finding *finding, const Identity *identity)
{
    const Verdict *verdict = finding->judgement->verdict;
    const Evidence *best = verdict_strongest(verdict, FOR_BACKSCATTER);
    const Ip *ip = &finding->judgement->trace->injection.ip;
    return verdict->value == VERDICT_BACKSCATTER && best && best->strength == STRENGTH_PROOF &&
           identity_complete_for(identity, ip->family);
}

Incident *incident_new(const Finding *finding, const char *id, const Identity *identity)
{
    const Bounce *bounce = finding->reading->bounce;
    Incident *incident = g_new0(Incident, 1);
    incident->id = g_strdup(id ? id : finding->file ? finding->file : "-");
    incident->kind = bounce->kind;
    incident->verdict = finding->judgement->verdict->value;
    incident->sure = is_sure(finding, identity);
    incident->stolen = finding->judgement->verdict->warning == WARNING_STOLEN_ACCOUNT;
    read_source(incident, finding, identity);
    read_injection(incident, finding);
    read_spoofed(incident, finding, identity);
    read_failure(incident, bounce);
    g_autofree char *sender =
        bounce->returned.from ? address_unwrap(bounce->returned.from, NULL) : NULL;
    incident->forged_from = address_or_null(sender);
    incident->asked = is_open(finding->judgement->verdict, &incident->ip);
    incident->program = program_of(finding->judgement->verdict);
    incident->message_id = safe_line(bounce->returned.message_id, VALUE_MAX);
    incident->returned_lines = headers_lines(bounce->returned.headers);
    incident->whole = bounce->returned.whole;
    incident->subject = safe_line(finding->reading->subject, SUBJECT_MAX);
    incident->returned_subject = safe_line(bounce->returned.subject, SUBJECT_MAX);
    incident->headers = headers_text(bounce->headers);
    incident->returned_headers = headers_text(bounce->returned.headers);
    return incident;
}

void incident_free(Incident *incident)
{
    if (!incident)
        return;
    char *const all[] = {incident->forwarder,
                         incident->id,
                         incident->standing_why,
                         incident->source_name,
                         incident->own_server,
                         incident->reporter,
                         incident->organisation,
                         incident->ip_name,
                         incident->line,
                         incident->spoofed,
                         incident->forged_from,
                         incident->recipient,
                         incident->reason,
                         incident->subject,
                         incident->returned_subject,
                         incident->headers,
                         incident->returned_headers,
                         incident->returned_lines,
                         incident->message_id,
                         incident->program,
                         incident->witnesses};
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++)
        g_free(all[i]);
    g_free(incident);
}

const Ip *incident_ip(const Incident *incident, Side side)
{
    return side == SIDE_REPORTER ? &incident->source : &incident->ip;
}
