/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finding from its internal JSON. A parser process may have been taken over by its input, so
 * every value is checked; what is wrong reads as nothing. */
#include <string.h>

#include "analysis/finding.h"
#include "analysis/json_fields.h"

/* More than any true finding holds. */
#define HOPS_MAX  20000
#define LINKS_MAX 100000

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static Hop *hop_from(const json_t *o)
{
    Hop *hop = hop_new();
    hop->raw = json_get_text(o, "raw");
    hop->from_helo = json_get_text(o, "from_helo");
    hop->from_rdns = json_get_text(o, "from_rdns");
    hop->rdns_forged = json_get_bool(o, "rdns_forged");
    hop->lookup = (Lookup)json_get_int(o, "lookup", 0, LOOKUP_NAME, 0);
    hop->from_ip = json_get_address(o, "from_ip");
    hop->ip_disputed = json_get_bool(o, "ip_disputed");
    hop->helo_ip = json_get_address(o, "helo_ip");
    hop->by = json_get_text(o, "by");
    hop->by_ip = json_get_address(o, "by_ip");
    hop->with = json_get_text(o, "with");
    hop->via = json_get_text(o, "via");
    hop->id = json_get_text(o, "id");
    hop->for_ = json_get_text(o, "for");
    hop->envelope_from = json_get_text(o, "envelope_from");
    hop->ident = json_get_text(o, "ident");
    hop->login = json_get_text(o, "login");
    hop->user = json_get_text(o, "user");
    hop->date.utc = json_get_time(o, "date");
    hop->date.local = json_get_time(o, "local_time");
    hop->date.has_zone = json_is_integer(json_object_get(o, "zone"));
    hop->date.zone = (int)json_get_int(o, "zone", -2000, 2000, 0);
    hop->software = (Software)json_get_int(o, "software", 0, SOFTWARE_OTHER, 0);
    hop->local = json_get_bool(o, "local");
    hop->authenticated = json_get_bool(o, "authenticated");
    int mark = hop_mark_from_name(text_of(o, "mark"));
    hop->mark = mark > 0 ? (HopMark)mark : MARK_NONE;
    hop->why = json_get_text(o, "why");
    return hop;
}

static void chain_from(const json_t *array, GPtrArray *hops)
{
    gsize i;
    json_t *o;
    json_array_foreach(array, i, o)
    {
        if (i >= HOPS_MAX)
            return;
        g_ptr_array_add(hops, hop_from(o));
    }
}

static Tri tri_from(const json_t *value)
{
    return json_is_true(value) ? TRI_YES : json_is_false(value) ? TRI_NO : TRI_UNKNOWN;
}

static void recipients_from(const json_t *array, GPtrArray *recipients)
{
    gsize i;
    json_t *o;
    json_array_foreach(array, i, o)
    {
        Recipient *r = recipient_new();
        r->final = json_get_text(o, "final");
        r->original = json_get_text(o, "original");
        r->action = json_get_text(o, "action");
        r->status = json_get_text(o, "status");
        r->reply_code = (int)json_get_int(o, "reply_code", 0, 999, 0);
        r->diagnostic = json_get_text(o, "diagnostic");
        r->remote_mta = json_get_text(o, "remote_mta");
        r->reason = (Reason)MAX(reason_from_name(text_of(o, "reason")), 0);
        r->permanent = tri_from(json_object_get(o, "permanent"));
        g_ptr_array_add(recipients, r);
    }
}

static void returned_from(const json_t *o, Returned *returned)
{
    const char *where = text_of(o, "where");
    returned->where = RETURNED_NONE;
    for (int i = RETURNED_NONE; where && i <= RETURNED_TEXT; i++)
        if (strcmp(returned_where_name((ReturnedWhere)i), where) == 0)
            returned->where = (ReturnedWhere)i;
    returned->from = json_get_text(o, "from");
    json_get_texts(o, "to", returned->to);
    returned->subject = json_get_text(o, "subject");
    returned->message_id = json_get_text(o, "message_id");
    returned->date = json_get_time(o, "date");
    returned->whole = json_get_bool(o, "whole");
    returned->signature = tri_from(json_object_get(o, "signature"));
}

static void bounce_from(const json_t *o, const json_t *more, Bounce *bounce)
{
    int kind = bounce_kind_from_name(text_of(o, "kind"));
    bounce->kind = kind >= 0 ? (BounceKind)kind : KIND_NONE;
    const char *format = text_of(o, "format");
    bounce->format = format && strlen(format) < 40 ? g_intern_string(format) : NULL;
    bounce->reporting_mta = json_get_text(o, "reporting_mta");
    bounce->arrival_date = json_get_time(o, "arrival_date");
    recipients_from(json_object_get(o, "recipients"), bounce->recipients);
    returned_from(json_object_get(o, "returned"), &bounce->returned);
    bounce->from = json_get_text(more, "from");
    bounce->from_domain = json_get_text(more, "from_domain");
    bounce->null_return_path = json_get_bool(more, "null_return_path");
    bounce->has_report = json_get_bool(more, "has_report");
    bounce->has_diagnostic = json_get_bool(more, "has_diagnostic");
    json_get_texts(more, "links", bounce->links);
    json_get_texts(more, "baits", bounce->baits);
    bounce->text = json_get_text(more, "text");
}

static void links_from(const json_t *array, GArray *links)
{
    static const char *const tests[] = {"adjacency",      "time",          "id-clock", "family",
                                        "identity-theft", "address-sense", "literal",  "duplicate"};
    gsize i;
    json_t *o;
    json_array_foreach(array, i, o)
    {
        const char *name = text_of(o, "test");
        for (gsize k = 0; name && i < LINKS_MAX && k < G_N_ELEMENTS(tests); k++)
            if (strcmp(tests[k], name) == 0) {
                Link link = {(int)json_get_int(o, "hop", -1, HOPS_MAX, -1), tests[k],
                             (LinkResult)json_get_int(o, "result", 0, LINK_STRONG, 0),
                             json_get_text(o, "text")};
                g_array_append_val(links, link);
            }
    }
}

static void trace_from(const json_t *o, const json_t *more, Trace *trace)
{
    const json_t *injection = json_object_get(o, "injection");
    chain_from(json_object_get(o, "outer_chain"), trace->outer);
    chain_from(json_object_get(o, "returned_chain"), trace->returned);
    gint64 last = (gint64)trace->returned->len - 1;
    trace->injection.ip = json_get_address(injection, "ip");
    trace->injection.hop = (int)json_get_int(injection, "hop", 0, last, -1);
    trace->injection.helo = json_get_text(injection, "helo");
    trace->injection.rdns = json_get_text(injection, "rdns");
    trace->injection.source =
        (InjectionSource)MAX(injection_source_from_name(text_of(injection, "source")), 0);
    trace->injection.own = json_get_bool(injection, "own");
    trace->injection.forwarder = json_get_bool(injection, "forwarder");
    trace->submitter_ip = json_get_address(o, "submitter_ip");
    trace->forged_hop = (int)json_get_int(o, "forged_hop", 0, last, -1);
    trace->reporter = (Standing)json_get_int(more, "reporter", 0, REPORTER_CONTRADICTED, 0);
    trace->reporter_why = json_get_text(more, "reporter_why");
    trace->reporter_organisation = json_get_text(more, "reporter_organisation");
    trace->handing_ip = json_get_address(more, "handing_ip");
    trace->handing_rdns = json_get_text(more, "handing_rdns");
    trace->handing_helo = json_get_text(more, "handing_helo");
    trace->capped = json_get_bool(more, "capped");
    trace->capped_why = json_get_text(more, "capped_why");
    trace->forwarded = json_get_bool(more, "forwarded");
    trace->relay = (Relay)json_get_int(more, "relay", 0, RELAY_UNCLEAR, 0);
    trace->has_list_id = json_get_bool(more, "has_list_id");
    trace->held_why = json_get_text(more, "held_why");
    trace->held_own = json_get_bool(more, "held_own");
    links_from(json_object_get(more, "links"), trace->links);
}

static void evidence_from(const json_t *array, GPtrArray *evidence)
{
    gsize i;
    json_t *o;
    json_array_foreach(array, i, o)
    {
        int for_ = evidence_for_from_name(text_of(o, "for"));
        int strength = strength_from_name(text_of(o, "strength"));
        if (for_ < 0 || strength < 0)
            continue;
        Evidence *e = g_new0(Evidence, 1);
        e->rule = json_get_text(o, "rule");
        e->for_ = (EvidenceFor)for_;
        e->strength = (Strength)strength;
        e->text = json_get_text(o, "text");
        g_ptr_array_add(evidence, e);
    }
}

static Verdict *verdict_from(const json_t *o, const json_t *more)
{
    Verdict *verdict = verdict_new();
    verdict->value = (VerdictValue)MAX(verdict_from_name(text_of(o, "verdict")), 0);
    verdict->program = (VerdictValue)MAX(verdict_from_name(text_of(more, "program")), 0);
    verdict->by_reviewer = json_get_bool(more, "by_reviewer");
    verdict->summary = json_get_text(more, "summary");
    evidence_from(json_object_get(o, "evidence"), verdict->evidence);
    gsize i;
    json_t *t;
    json_array_foreach(json_object_get(more, "tried"), i, t)
    {
        RuleTried *tried = g_new0(RuleTried, 1);
        const char *rule = text_of(t, "rule");
        tried->rule = rule && strlen(rule) < 60 ? g_intern_string(rule) : "";
        tried->held = json_get_bool(t, "held");
        tried->text = json_get_text(t, "text");
        g_ptr_array_add(verdict->tried, tried);
    }
    return verdict;
}

Finding *finding_from_json(const json_t *json)
{
    const json_t *more = json_object_get(json, "internal");
    const char *file = text_of(json, "file"), *error = text_of(json, "error");
    if (!json_is_object(json))
        return NULL;
    if (error)
        return finding_unreadable(file, error);
    if (!json_is_object(more))
        return NULL;
    Finding *finding = finding_unreadable(file, NULL);
    finding->message_id = json_get_text(json, "message_id");
    finding->from = json_get_text(more, "from");
    finding->subject = json_get_text(more, "subject");
    finding->date = json_get_time(more, "date");
    finding->sha256 = json_get_text(more, "sha256");
    finding->bounce = bounce_new();
    bounce_from(json, json_object_get(more, "bounce"), finding->bounce);
    finding->trace = trace_new();
    trace_from(json, json_object_get(more, "trace"), finding->trace);
    if (json_is_object(json_object_get(more, "verdict")))
        finding->verdict = verdict_from(json, json_object_get(more, "verdict"));
    return finding;
}
