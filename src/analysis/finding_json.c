/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finding as JSON: the object that "check" prints, and the pair that processes pass on. */
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

static json_t *hop_json(const Hop *hop, const HopNote *note)
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
    put(o, "mark", json_text(hop_mark_name(note->mark)));
    put(o, "why", json_text(note->why));
    return o;
}

static json_t *chain_json(const GPtrArray *hops, const HopNote *notes)
{
    json_t *array = json_array();
    for (guint i = 0; i < hops->len; i++)
        json_array_append_new(array, hop_json(hops->pdata[i], &notes[i]));
    return array;
}

json_t *recipient_to_json(const Recipient *r)
{
    json_t *o = json_object();
    put(o, "final", json_text(r->final));
    put(o, "original", json_text(r->original));
    put(o, "action", json_text(r->action));
    put(o, "status", json_text(r->status));
    put(o, "reply_code", r->reply_code ? json_integer(r->reply_code) : json_null());
    put(o, "diagnostic", json_text(r->diagnostic));
    put(o, "remote_mta", json_text(r->remote_mta));
    put(o, "reason", json_text(reason_name(r->reason)));
    put(o, "permanent", json_tri(r->permanent));
    return o;
}

static json_t *recipients_json(const GPtrArray *recipients)
{
    json_t *array = json_array();
    for (guint i = 0; i < recipients->len; i++)
        json_array_append_new(array, recipient_to_json(recipients->pdata[i]));
    return array;
}

json_t *evidence_to_json(const Evidence *e)
{
    json_t *o = json_object();
    put(o, "rule", json_text(e->rule));
    put(o, "for", json_text(evidence_for_name(e->for_)));
    put(o, "strength", json_text(strength_name(e->strength)));
    put(o, "ground", json_text(ground_name(e->ground)));
    put(o, "text", json_text(e->text));
    return o;
}

static json_t *evidence_json(const GPtrArray *evidence)
{
    json_t *array = json_array();
    for (guint i = 0; i < evidence->len; i++)
        json_array_append_new(array, evidence_to_json(evidence->pdata[i]));
    return array;
}

static json_t *returned_json(const Returned *returned)
{
    json_t *o = json_object();
    put(o, "where", json_text(returned_where_name(returned->where)));
    put(o, "from", json_text(returned->from));
    put(o, "to", json_texts(returned->to));
    put(o, "subject", json_text(returned->subject));
    put(o, "message_id", json_text(returned->message_id));
    put(o, "date", json_time(returned->date));
    return o;
}

static json_t *injection_json(const Injection *injection)
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
    return o;
}

json_t *finding_to_json(const Finding *finding)
{
    json_t *o = json_object();
    put(o, "file", json_text(finding->file));
    if (finding->error) {
        put(o, "error", json_text(finding->error));
        return o;
    }
    const Bounce *bounce = finding->reading->bounce;
    const Trace *trace = finding->judgement->trace;
    const Verdict *verdict = finding->judgement->verdict;
    put(o, "message_id", json_text(finding->reading->message_id));
    put(o, "is_bounce", json_boolean(bounce_kind_is_bounce(bounce->kind)));
    put(o, "kind", json_text(bounce_kind_name(bounce->kind)));
    put(o, "format", json_text(bounce->format));
    put(o, "verdict", json_text(verdict_name(verdict->value)));
    put(o, "warning", json_text(warning_name(verdict->warning)));
    put(o, "abused", json_text(verdict->abused));
    put(o, "evidence", evidence_json(verdict->evidence));
    put(o, "questions", json_texts(verdict->questions));
    put(o, "reporting_mta", json_text(bounce->reporting_mta));
    put(o, "arrival_date", json_time(bounce->arrival_date));
    put(o, "recipients", recipients_json(bounce->recipients));
    put(o, "returned", returned_json(&bounce->returned));
    put(o, "outer_chain", chain_json(trace->outer, trace->outer_notes));
    put(o, "returned_chain", chain_json(trace->returned, trace->returned_notes));
    put(o, "injection", injection_json(&trace->injection));
    put(o, "submitter_ip", json_address(&trace->submitter_ip));
    put(o, "forged_hop", index_or_null(trace->forged_hop));
    return o;
}

json_t *finding_to_wire(const Finding *finding)
{
    json_t *o = json_object();
    put(o, "file", json_text(finding->file));
    if (finding->error) {
        put(o, "error", json_text(finding->error));
        return o;
    }
    put(o, "reading", reading_to_json(finding->reading));
    put(o, "judgement", judgement_to_json(finding->judgement));
    return o;
}

Finding *finding_from_wire(const json_t *json)
{
    const char *file = json_string_value(json_object_get(json, "file"));
    const char *error = json_string_value(json_object_get(json, "error"));
    if (!json_is_object(json))
        return NULL;
    if (error)
        return finding_unreadable(file, error);
    g_autoptr(Reading) reading = reading_from_json(json_object_get(json, "reading"));
    g_autoptr(Judgement) judgement =
        reading ? judgement_from_json(json_object_get(json, "judgement"), reading) : NULL;
    return judgement ? finding_new(file, reading, judgement) : NULL;
}
