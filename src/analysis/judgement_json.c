/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A judgement over the wire. */
#include <string.h>

#include "analysis/json_fields.h"
#include "analysis/judgement.h"

/* More than any true judgement holds. */
enum { LINKS_MAX = 100000 };

static void put(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* --- out ------------------------------------------------------------------------------------- */

static json_t *notes_json(const HopNote *notes, guint count)
{
    json_t *array = json_array();
    for (guint i = 0; i < count; i++)
        json_array_append_new(array,
                              json_pack("[i, o]", (int)notes[i].mark, json_text(notes[i].why)));
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
        put(o, "explained", json_boolean(link->explained));
        put(o, "text", json_text(link->text));
        json_array_append_new(array, o);
    }
    return array;
}

static json_t *injection_json(const Injection *injection)
{
    json_t *o = json_object();
    put(o, "ip", json_address(&injection->ip));
    put(o, "hop", json_integer(injection->hop));
    put(o, "helo", json_text(injection->helo));
    put(o, "rdns", json_text(injection->rdns));
    put(o, "source", json_integer(injection->source));
    put(o, "own", json_boolean(injection->own));
    put(o, "forwarder", json_boolean(injection->forwarder));
    put(o, "name", json_text(injection->name));
    put(o, "lookup", json_integer(injection->lookup));
    put(o, "by_own", json_boolean(injection->by_own));
    put(o, "own_beyond", json_boolean(injection->own_beyond));
    put(o, "beyond_ip", json_address(&injection->beyond_ip));
    put(o, "beyond_hop", json_integer(injection->beyond_hop));
    return o;
}

static json_t *trace_json(const Trace *trace)
{
    json_t *o = json_object();
    put(o, "outer_notes", notes_json(trace->outer_notes, trace->outer->len));
    put(o, "returned_notes", notes_json(trace->returned_notes, trace->returned->len));
    put(o, "links", links_json(trace->links));
    put(o, "reporter", json_integer(trace->reporter));
    put(o, "reporter_why", json_text(trace->reporter_why));
    put(o, "reporter_organisation", json_text(trace->reporter_organisation));
    put(o, "handing_ip", json_address(&trace->handing_ip));
    put(o, "handing_rdns", json_text(trace->handing_rdns));
    put(o, "handing_helo", json_text(trace->handing_helo));
    put(o, "injection", injection_json(&trace->injection));
    put(o, "handing_lookup", json_integer(trace->handing_lookup));
    put(o, "outer_capped", json_boolean(trace->outer_capped));
    put(o, "own_wrote", json_boolean(trace->own_wrote));
    put(o, "own_unnamed", json_boolean(trace->own_unnamed));
    put(o, "capped", json_boolean(trace->capped));
    put(o, "capped_why", json_text(trace->capped_why));
    put(o, "capped_from", json_integer(trace->capped_from));
    put(o, "forwarded", json_boolean(trace->forwarded));
    put(o, "relay", json_integer(trace->relay));
    put(o, "has_list_id", json_boolean(trace->has_list_id));
    put(o, "held_why", json_text(trace->held_why));
    put(o, "held_own", json_boolean(trace->held_own));
    put(o, "submitter_ip", json_address(&trace->submitter_ip));
    put(o, "forged_hop", json_integer(trace->forged_hop));
    return o;
}

static json_t *evidence_to_json(const Evidence *e)
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

static json_t *tried_json(const GArray *tried)
{
    json_t *array = json_array();
    for (guint i = 0; i < tried->len; i++) {
        const RuleTried *t = &g_array_index(tried, RuleTried, i);
        json_t *o = json_object();
        put(o, "rule", json_text(t->rule));
        put(o, "held", json_boolean(t->held));
        put(o, "text", json_text(t->text));
        json_array_append_new(array, o);
    }
    return array;
}

static json_t *verdict_json(const Verdict *verdict)
{
    json_t *o = json_object();
    put(o, "value", json_integer(verdict->value));
    put(o, "program", json_integer(verdict->program));
    put(o, "by_reviewer", json_boolean(verdict->by_reviewer));
    put(o, "questions", json_texts(verdict->questions));
    put(o, "warning", json_integer(verdict->warning));
    put(o, "warning_text", json_text(verdict->warning_text));
    put(o, "login", json_text(verdict->login));
    put(o, "login_ip", json_address(&verdict->login_ip));
    put(o, "abused", json_text(verdict->abused));
    put(o, "summary", json_text(verdict->summary));
    put(o, "evidence", evidence_json(verdict->evidence));
    put(o, "tried", tried_json(verdict->tried));
    return o;
}

json_t *judgement_to_json(const Judgement *judgement)
{
    json_t *o = json_object();
    put(o, "trace", trace_json(judgement->trace));
    put(o, "verdict", verdict_json(judgement->verdict));
    return o;
}

/* --- in -------------------------------------------------------------------------------------- */

static void notes_from(const json_t *array, HopNote *notes, guint count)
{
    for (guint i = 0; i < count; i++) {
        const json_t *one = json_array_get(array, i), *mark = json_array_get(one, 0);
        const char *why = json_string_value(json_array_get(one, 1));
        json_int_t value = json_integer_value(mark);
        if (value > MARK_NONE && value <= MARK_FORGED)
            hop_note_set(&notes[i], (HopMark)value, g_strdup(why ? why : ""));
    }
}

static void links_from(const json_t *array, gint64 last, GArray *links)
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
                Link link = {(int)json_get_int(o, "hop", 0, last, -1), tests[k],
                             (LinkResult)json_get_int(o, "result", 0, LINK_STRONG, 0),
                             json_get_bool(o, "explained"), json_get_text(o, "text")};
                g_array_append_val(links, link);
            }
    }
}

static void injection_from(const json_t *o, gint64 last, Injection *injection)
{
    injection->ip = json_get_address(o, "ip");
    injection->hop = (int)json_get_int(o, "hop", 0, last, -1);
    injection->helo = json_get_text(o, "helo");
    injection->rdns = json_get_text(o, "rdns");
    injection->source = (InjectionSource)json_get_int(o, "source", 0, INJECTION_LAST, 0);
    injection->own = json_get_bool(o, "own");
    injection->forwarder = json_get_bool(o, "forwarder");
    injection->name = json_get_text(o, "name");
    injection->lookup = (Lookup)json_get_int(o, "lookup", 0, LOOKUP_NAME, 0);
    injection->by_own = json_get_bool(o, "by_own");
    injection->beyond_ip = json_get_address(o, "beyond_ip");
    injection->beyond_hop = (int)json_get_int(o, "beyond_hop", 0, last, -1);
    injection->own_beyond = json_get_bool(o, "own_beyond") && injection->beyond_hop >= 0;
}

static Trace *trace_from(const json_t *o, const Reading *reading)
{
    Trace *trace = trace_new(reading->outer, reading->returned);
    gint64 last = (gint64)reading->returned->len - 1;
    notes_from(json_object_get(o, "outer_notes"), trace->outer_notes, trace->outer->len);
    notes_from(json_object_get(o, "returned_notes"), trace->returned_notes, trace->returned->len);
    links_from(json_object_get(o, "links"), last, trace->links);
    injection_from(json_object_get(o, "injection"), last, &trace->injection);
    trace->reporter = (Standing)json_get_int(o, "reporter", 0, REPORTER_DOUBTFUL, 0);
    trace->reporter_why = json_get_text(o, "reporter_why");
    trace->reporter_organisation = json_get_text(o, "reporter_organisation");
    trace->handing_ip = json_get_address(o, "handing_ip");
    trace->handing_rdns = json_get_text(o, "handing_rdns");
    trace->handing_helo = json_get_text(o, "handing_helo");
    trace->handing_lookup = (Lookup)json_get_int(o, "handing_lookup", 0, LOOKUP_NAME, 0);
    trace->outer_capped = json_get_bool(o, "outer_capped");
    trace->own_wrote = json_get_bool(o, "own_wrote");
    trace->own_unnamed = json_get_bool(o, "own_unnamed");
    trace->capped = json_get_bool(o, "capped");
    trace->capped_why = json_get_text(o, "capped_why");
    trace->capped_from = (int)json_get_int(o, "capped_from", 0, G_MAXINT, -1);
    trace->forwarded = json_get_bool(o, "forwarded");
    trace->relay = (Relay)json_get_int(o, "relay", 0, RELAY_UNCLEAR, 0);
    trace->has_list_id = json_get_bool(o, "has_list_id");
    trace->held_why = json_get_text(o, "held_why");
    trace->held_own = json_get_bool(o, "held_own");
    trace->submitter_ip = json_get_address(o, "submitter_ip");
    trace->forged_hop = (int)json_get_int(o, "forged_hop", 0, last, -1);
    return trace;
}

static void evidence_from(const json_t *array, GPtrArray *evidence)
{
    gsize i;
    json_t *o;
    json_array_foreach(array, i, o)
    {
        int for_ = evidence_for_from_name(text_of(o, "for"));
        int strength = strength_from_name(text_of(o, "strength"));
        int ground = ground_from_name(text_of(o, "ground"));
        if (for_ < 0 || strength < 0 || ground < 0)
            continue;
        Evidence *e = g_new0(Evidence, 1);
        e->rule = json_get_text(o, "rule");
        e->for_ = (EvidenceFor)for_;
        e->strength = (Strength)strength;
        e->ground = (Ground)ground;
        e->text = json_get_text(o, "text");
        g_ptr_array_add(evidence, e);
    }
}

static Verdict *verdict_from(const json_t *o)
{
    Verdict *verdict = verdict_new();
    verdict->value = (VerdictValue)json_get_int(o, "value", 0, VERDICT_COUNT - 1, 0);
    verdict->program = (VerdictValue)json_get_int(o, "program", 0, VERDICT_COUNT - 1, 0);
    verdict->by_reviewer = json_get_bool(o, "by_reviewer");
    json_get_texts(o, "questions", verdict->questions);
    verdict->warning = (Warning)json_get_int(o, "warning", 0, WARNING_COUNT - 1, 0);
    verdict->warning_text = json_get_text(o, "warning_text");
    verdict->login = json_get_text(o, "login");
    verdict->login_ip = json_get_address(o, "login_ip");
    verdict->abused = json_get_text(o, "abused");
    verdict->summary = json_get_text(o, "summary");
    evidence_from(json_object_get(o, "evidence"), verdict->evidence);
    gsize i;
    json_t *t;
    json_array_foreach(json_object_get(o, "tried"), i, t)
    {
        const char *rule = text_of(t, "rule");
        char *text = json_get_text(t, "text");
        const RuleTried tried = {rule && strlen(rule) < 60 ? g_intern_string(rule) : "",
                                 json_get_bool(t, "held"), text, text};
        g_array_append_val(verdict->tried, tried);
    }
    return verdict;
}

Judgement *judgement_from_json(const json_t *json, const Reading *reading)
{
    const json_t *trace = json_object_get(json, "trace"),
                 *verdict = json_object_get(json, "verdict");
    if (!json_is_object(trace) || !json_is_object(verdict))
        return NULL;
    Judgement *judgement = g_new0(Judgement, 1);
    judgement->refs = 1;
    judgement->trace = trace_from(trace, reading);
    judgement->verdict = verdict_from(verdict);
    return judgement;
}
