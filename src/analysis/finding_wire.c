/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finding between the program's own processes: what it says, and what that means. */
#include "analysis/finding.h"
#include "analysis/json_fields.h"

static void put(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
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
