/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finding: bytes -> Message -> Bounce -> Trace -> Verdict. */
#include "analysis/finding.h"

#include <string.h>

#include "base/address.h"
#include "base/domain.h"
#include "bounce/bounce_read.h"
#include "message/mime.h"
#include "verdict/dkim.h"

/* Most Message-IDs that are asked of the store for one message. */
#define REFERENCES_MAX 20

static Finding *finding_new(const char *file)
{
    Finding *finding = g_new0(Finding, 1);
    finding->file = g_strdup(file);
    finding->date = TIME_NONE;
    return finding;
}

Finding *finding_unreadable(const char *file, const char *why)
{
    Finding *finding = finding_new(file);
    finding->error = g_strdup(why);
    return finding;
}

void finding_free(Finding *finding)
{
    if (!finding)
        return;
    g_free(finding->file);
    g_free(finding->error);
    g_free(finding->message_id);
    g_free(finding->from);
    g_free(finding->subject);
    g_free(finding->sha256);
    message_free(finding->message);
    bounce_free(finding->bounce);
    trace_free(finding->trace);
    verdict_free(finding->verdict);
    g_free(finding);
}

/* A Message-ID without angle brackets and white space; NULL for none. The caller frees it. */
static char *id_bare(Span value)
{
    Span s = span_trim(value);
    const char *open = s.n ? memchr(s.p, '<', s.n) : NULL;
    if (open) {
        s = span_sub(s, (gsize)(open - s.p) + 1, s.n);
        const char *close = memchr(s.p, '>', s.n);
        if (close)
            s.n = (gsize)(close - s.p);
    }
    s = span_trim(s);
    return s.n ? span_dup_utf8(s) : NULL;
}

/* NULL-terminated Received values, newest first, borrowed from @headers. */
static GPtrArray *received_of(const GPtrArray *headers)
{
    return headers_all(headers, "Received");
}

static InjectionSource source_of(ClaimSource source)
{
    static const InjectionSource sources[] = {
        [CLAIM_SENTENCE] = INJECTION_SENTENCE,
        [CLAIM_DSN_FIELD] = INJECTION_DSN_FIELD,
        [CLAIM_ORIGINATING_IP] = INJECTION_ORIGINATING_IP,
        [CLAIM_DIAGNOSTIC] = INJECTION_DIAGNOSTIC,
    };
    return sources[source];
}

static GArray *claims_of(const Bounce *bounce)
{
    GArray *claims = g_array_new(FALSE, TRUE, sizeof(TraceClaim));
    for (guint i = 0; i < bounce->claims->len; i++) {
        const Claim *claim = &g_array_index(bounce->claims, Claim, i);
        TraceClaim out = {source_of(claim->source), claim->ip, claim->host};
        g_array_append_val(claims, out);
    }
    return claims;
}

static Trace *trace_of(const Message *message, const Bounce *bounce, const Identity *identity)
{
    g_autoptr(GPtrArray) outer = received_of(message_headers(message));
    g_autoptr(GPtrArray) returned = received_of(bounce->returned.headers);
    g_autoptr(GArray) claims = claims_of(bounce);
    bool list = headers_get(bounce->returned.headers, "List-Id") != NULL;
    TraceInput input = {
        .outer = (const char *const *)outer->pdata,
        .outer_count = outer->len,
        .returned = (const char *const *)returned->pdata,
        .returned_count = bounce->kind == KIND_NONE ? 0 : returned->len,
        .claims = (const TraceClaim *)(const void *)claims->data,
        .claim_count = bounce->kind == KIND_NONE ? 0 : claims->len,
        .reporting_mta = bounce->reporting_mta,
        .from_domain = bounce->from_domain,
        .returned_message_id = bounce->returned.message_id,
        .returned_date = bounce->returned.date,
        .arrival_date = bounce->arrival_date,
        .returned_has_list_id = list,
    };
    return trace_walk(&input, identity);
}

/* Where kind is none, the hops are only read. */
static void unmark(GPtrArray *hops)
{
    for (guint i = 0; i < hops->len; i++) {
        Hop *hop = hops->pdata[i];
        hop->mark = MARK_NONE;
        g_clear_pointer(&hop->why, g_free);
    }
}

/* Our own signature on a message that came back whole. */
static void check_signature(Bounce *bounce, const char *bytes, gsize length,
                            const Identity *identity)
{
    gsize size = 0;
    if (!identity || identity->dkim_keys->len == 0 || bounce->returned.where != RETURNED_RFC822)
        return;
    g_autofree char *returned = mime_attached(bytes, length, &size);
    if (returned)
        bounce->returned.signature = dkim_check((Span){returned, size}, identity->dkim_keys,
                                                bounce->recipients, bounce->returned.date);
}

Finding *finding_read(const char *file, const char *bytes, gsize length, const Identity *identity)
{
    Finding *finding = finding_new(file);
    Date date;
    finding->sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, length);
    finding->message = mime_read(bytes, length);
    const Message *message = finding->message;
    const char *id = message_header(message, "Message-ID");
    const char *when = message_header(message, "Date");
    finding->message_id = id ? id_bare(span_of(id)) : NULL;
    finding->from = header_decode(message_header(message, "From"));
    finding->subject = header_decode(message_header(message, "Subject"));
    if (when && date_parse(span_of(when), &date))
        finding->date = date.utc != TIME_NONE ? date.utc : date.local;
    finding->bounce = bounce_read(message);
    check_signature(finding->bounce, bytes, length, identity);
    finding->trace = trace_of(message, finding->bounce, identity);
    if (finding->bounce->kind == KIND_NONE) {
        unmark(finding->trace->outer);
        unmark(finding->trace->returned);
    }
    return finding;
}

/* Adds the ids in @value, "<a@b> <c@d>", to @ids. */
static void ids_add(GPtrArray *ids, const char *value)
{
    Span rest = span_of(value);
    while (rest.n && ids->len < REFERENCES_MAX) {
        const char *open = memchr(rest.p, '<', rest.n);
        if (!open)
            return;
        rest = span_sub(rest, (gsize)(open - rest.p) + 1, rest.n);
        const char *close = memchr(rest.p, '>', rest.n);
        if (!close)
            return;
        Span id = span_trim((Span){rest.p, (gsize)(close - rest.p)});
        if (id.n)
            g_ptr_array_add(ids, span_dup_utf8(id));
        rest = span_sub(rest, (gsize)(close - rest.p) + 1, rest.n);
    }
}

Questions *finding_questions(const Finding *finding)
{
    Questions *questions = g_new0(Questions, 1);
    const Returned *returned = &finding->bounce->returned;
    questions->returned_id = returned->message_id;
    questions->returned_date = returned->date;
    questions->recipients = finding->bounce->recipients;
    questions->references = g_ptr_array_new_with_free_func(g_free);
    ids_add(questions->references, headers_get(returned->headers, "In-Reply-To"));
    ids_add(questions->references, headers_get(returned->headers, "References"));
    return questions;
}

void questions_free(Questions *questions)
{
    if (!questions)
        return;
    g_ptr_array_unref(questions->references);
    g_free(questions);
}

void finding_judge(Finding *finding, const Identity *identity, const StoreFacts *facts)
{
    verdict_free(finding->verdict);
    finding->verdict =
        verdict_judge(finding->message, finding->bounce, finding->trace, identity, facts);
}

void finding_override(Finding *finding, VerdictValue value)
{
    Verdict *verdict = finding->verdict;
    if (!verdict || value == VERDICT_NONE || verdict->program == VERDICT_NONE)
        return;
    verdict->by_reviewer = true;
    verdict->value = value;
    g_free(verdict->summary);
    verdict->summary =
        g_strdup_printf("your own word; the evidence says %s", verdict_name(verdict->program));
}
