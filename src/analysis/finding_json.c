/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finding as JSON: product.md's object, and the members that only the program's own processes
 * pass to each other. */
#include "analysis/finding.h"
#include "analysis/json_fields.h"

static void put(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

static json_t *index_or_null(int index)
{
    return index >= 0 ? json_integer(index) : json_null();
}

static json_t *hop_json(const Hop *hop, bool internal)
{
    json_t *o = json_object();
    put(o, "from_helo", json_text(hop->from_helo));
    put(o, "from_rdns", json_text(hop->from_rdns));
    put(o, "rdns_forged", json_boolean(hop->rdns_forged));
    put(o, "from_ip", json_address(&hop->from_ip));
    put(o, "by", json_text(hop->by));
    put(o, "by_ip", json_address(&hop->by_ip));
    put(o, "with", json_text(hop->with));
    put(o, "id", json_text(hop->id));
    put(o, "for", json_text(hop->for_));
    put(o, "date", json_time(hop->date.utc));
    put(o, "login", json_text(hop->login));
    put(o, "mark", json_text(hop_mark_name(hop->mark)));
    put(o, "why", json_text(hop->why));
    if (!internal)
        return o;
    put(o, "raw", json_text(hop->raw));
    put(o, "via", json_text(hop->via));
    put(o, "envelope_from", json_text(hop->envelope_from));
    put(o, "ident", json_text(hop->ident));
    put(o, "user", json_text(hop->user));
    put(o, "lookup", json_integer(hop->lookup));
    put(o, "ip_disputed", json_boolean(hop->ip_disputed));
    put(o, "helo_ip", json_address(&hop->helo_ip));
    put(o, "local_time", json_time(hop->date.local));
    put(o, "zone", hop->date.has_zone ? json_integer(hop->date.zone) : json_null());
    put(o, "software", json_integer(hop->software));
    put(o, "local", json_boolean(hop->local));
    put(o, "authenticated", json_boolean(hop->authenticated));
    return o;
}

static json_t *chain_json(const GPtrArray *hops, bool internal)
{
    json_t *array = json_array();
    for (guint i = 0; i < hops->len; i++)
        json_array_append_new(array, hop_json(hops->pdata[i], internal));
    return array;
}

static json_t *tri_json(Tri tri)
{
    return tri == TRI_UNKNOWN ? json_null() : json_boolean(tri == TRI_YES);
}

static json_t *recipients_json(const GPtrArray *recipients)
{
    json_t *array = json_array();
    for (guint i = 0; i < recipients->len; i++) {
        const Recipient *r = recipients->pdata[i];
        json_t *o = json_object();
        put(o, "final", json_text(r->final));
        put(o, "original", json_text(r->original));
        put(o, "action", json_text(r->action));
        put(o, "status", json_text(r->status));
        put(o, "reply_code", r->reply_code ? json_integer(r->reply_code) : json_null());
        put(o, "diagnostic", json_text(r->diagnostic));
        put(o, "remote_mta", json_text(r->remote_mta));
        put(o, "reason", json_text(reason_name(r->reason)));
        put(o, "permanent", tri_json(r->permanent));
        json_array_append_new(array, o);
    }
    return array;
}

static json_t *evidence_json(const GPtrArray *evidence)
{
    json_t *array = json_array();
    for (guint i = 0; evidence && i < evidence->len; i++) {
        const Evidence *e = evidence->pdata[i];
        json_t *o = json_object();
        put(o, "rule", json_text(e->rule));
        put(o, "for", json_text(evidence_for_name(e->for_)));
        put(o, "strength", json_text(strength_name(e->strength)));
        put(o, "text", json_text(e->text));
        json_array_append_new(array, o);
    }
    return array;
}

static json_t *returned_json(const Returned *returned, bool internal)
{
    json_t *o = json_object();
    put(o, "where", json_text(returned_where_name(returned->where)));
    put(o, "from", json_text(returned->from));
    put(o, "to", json_texts(returned->to));
    put(o, "subject", json_text(returned->subject));
    put(o, "message_id", json_text(returned->message_id));
    put(o, "date", json_time(returned->date));
    if (internal)
        put(o, "whole", json_boolean(returned->whole));
    if (internal)
        put(o, "signature", tri_json(returned->signature));
    return o;
}

static json_t *injection_json(const Injection *injection, bool internal)
{
    if (injection->ip.family == 0 && injection->hop < 0 && !injection->helo && !injection->rdns &&
        injection->source == INJECTION_NONE)
        return json_null();
    json_t *o = json_object();
    put(o, "ip", json_address(&injection->ip));
    put(o, "hop", index_or_null(injection->hop));
    put(o, "helo", json_text(injection->helo));
    put(o, "rdns", json_text(injection->rdns));
    put(o, "source", json_text(injection_source_name(injection->source)));
    if (!internal)
        return o;
    put(o, "own", json_boolean(injection->own));
    put(o, "forwarder", json_boolean(injection->forwarder));
    return o;
}

static json_t *tried_json(const GPtrArray *tried)
{
    json_t *array = json_array();
    for (guint i = 0; i < tried->len; i++) {
        const RuleTried *t = tried->pdata[i];
        json_t *o = json_object();
        put(o, "rule", json_text(t->rule));
        put(o, "held", json_boolean(t->held));
        put(o, "text", json_text(t->text));
        json_array_append_new(array, o);
    }
    return array;
}

static json_t *links_json(const GArray *links)
{
    json_t *array = json_array();
    for (guint i = 0; i < links->len; i++) {
        const Link *link = &g_array_index(links, Link, i);
        json_t *o = json_object();
        put(o, "hop", json_integer(link->hop));
        put(o, "test", json_text(link->test));
        put(o, "result", json_integer(link->result));
        put(o, "text", json_text(link->text));
        json_array_append_new(array, o);
    }
    return array;
}

static json_t *verdict_json(const Verdict *verdict)
{
    json_t *o = json_object();
    put(o, "program", json_text(verdict_name(verdict->program)));
    put(o, "by_reviewer", json_boolean(verdict->by_reviewer));
    put(o, "summary", json_text(verdict->summary));
    put(o, "tried", tried_json(verdict->tried));
    return o;
}

static json_t *bounce_json(const Bounce *bounce)
{
    json_t *o = json_object();
    put(o, "from", json_text(bounce->from));
    put(o, "from_domain", json_text(bounce->from_domain));
    put(o, "null_return_path", json_boolean(bounce->null_return_path));
    put(o, "has_report", json_boolean(bounce->has_report));
    put(o, "has_diagnostic", json_boolean(bounce->has_diagnostic));
    put(o, "text", json_text(bounce->text));
    put(o, "links", json_texts(bounce->links));
    put(o, "baits", json_texts(bounce->baits));
    return o;
}

static json_t *trace_json(const Trace *trace)
{
    json_t *o = json_object();
    put(o, "reporter", json_integer(trace->reporter));
    put(o, "reporter_why", json_text(trace->reporter_why));
    put(o, "reporter_organisation", json_text(trace->reporter_organisation));
    put(o, "handing_ip", json_address(&trace->handing_ip));
    put(o, "handing_rdns", json_text(trace->handing_rdns));
    put(o, "handing_helo", json_text(trace->handing_helo));
    put(o, "capped", json_boolean(trace->capped));
    put(o, "capped_why", json_text(trace->capped_why));
    put(o, "forwarded", json_boolean(trace->forwarded));
    put(o, "relay", json_integer(trace->relay));
    put(o, "has_list_id", json_boolean(trace->has_list_id));
    put(o, "held_why", json_text(trace->held_why));
    put(o, "held_own", json_boolean(trace->held_own));
    put(o, "links", links_json(trace->links));
    return o;
}

static void put_internal(json_t *o, const Finding *finding)
{
    json_t *more = json_object();
    put(more, "from", json_text(finding->from));
    put(more, "subject", json_text(finding->subject));
    put(more, "date", json_time(finding->date));
    put(more, "sha256", json_text(finding->sha256));
    put(more, "bounce", bounce_json(finding->bounce));
    put(more, "trace", trace_json(finding->trace));
    if (finding->verdict)
        put(more, "verdict", verdict_json(finding->verdict));
    put(o, "internal", more);
}

json_t *finding_to_json(const Finding *finding, bool internal)
{
    json_t *o = json_object();
    put(o, "file", json_text(finding->file));
    if (finding->error) {
        put(o, "error", json_text(finding->error));
        return o;
    }
    const Bounce *bounce = finding->bounce;
    const Trace *trace = finding->trace;
    const Verdict *verdict = finding->verdict;
    put(o, "message_id", json_text(finding->message_id));
    put(o, "is_bounce", json_boolean(bounce_kind_is_bounce(bounce->kind)));
    put(o, "kind", json_text(bounce_kind_name(bounce->kind)));
    put(o, "format", json_text(bounce->format));
    put(o, "verdict", json_text(verdict ? verdict_name(verdict->value) : NULL));
    put(o, "evidence", evidence_json(verdict ? verdict->evidence : NULL));
    put(o, "reporting_mta", json_text(bounce->reporting_mta));
    put(o, "arrival_date", json_time(bounce->arrival_date));
    put(o, "recipients", recipients_json(bounce->recipients));
    put(o, "returned", returned_json(&bounce->returned, internal));
    put(o, "outer_chain", chain_json(trace->outer, internal));
    put(o, "returned_chain", chain_json(trace->returned, internal));
    put(o, "injection", injection_json(&trace->injection, internal));
    put(o, "submitter_ip", json_address(&trace->submitter_ip));
    put(o, "forged_hop", index_or_null(trace->forged_hop));
    if (internal)
        put_internal(o, finding);
    return o;
}
