/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reading over the wire. A parser process may have been taken over by its input, so every value
 * is checked; what is wrong reads as nothing. */
#include <string.h>

#include "analysis/json_fields.h"
#include "analysis/reading_private.h"

/* More than any true message holds. */
enum { HOPS_MAX = 20000, LIST_MAX = 20000 };

static void put(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* --- out ------------------------------------------------------------------------------------- */

static json_t *hop_json(const Hop *hop)
{
    json_t *o = json_object();
    put(o, "raw", json_text(hop->raw));
    put(o, "from_helo", json_text(hop->from_helo));
    put(o, "from_rdns", json_text(hop->from_rdns));
    put(o, "rdns_forged", json_boolean(hop->rdns_forged));
    put(o, "lookup", json_integer(hop->lookup));
    put(o, "from_ip", json_address(&hop->from_ip));
    put(o, "ip_disputed", json_boolean(hop->ip_disputed));
    put(o, "helo_ip", json_address(&hop->helo_ip));
    put(o, "by", json_text(hop->by));
    put(o, "by_ip", json_address(&hop->by_ip));
    put(o, "with", json_text(hop->with));
    put(o, "via", json_text(hop->via));
    put(o, "id", json_text(hop->id));
    put(o, "for", json_text(hop->for_));
    put(o, "envelope_from", json_text(hop->envelope_from));
    put(o, "ident", json_text(hop->ident));
    put(o, "login", json_text(hop->login));
    put(o, "user", json_text(hop->user));
    put(o, "date", json_time(hop->date.utc));
    put(o, "local_time", json_time(hop->date.local));
    put(o, "zone", hop->date.has_zone ? json_integer(hop->date.zone) : json_null());
    put(o, "software", json_integer(hop->software));
    put(o, "software_named", json_boolean(hop->software_named));
    put(o, "local", json_boolean(hop->local));
    put(o, "authenticated", json_boolean(hop->authenticated));
    return o;
}

static json_t *chain_json(const GPtrArray *hops)
{
    json_t *array = json_array();
    for (guint i = 0; i < hops->len; i++)
        json_array_append_new(array, hop_json(hops->pdata[i]));
    return array;
}

static json_t *headers_json(const GPtrArray *headers)
{
    json_t *array = json_array();
    for (guint i = 0; i < headers->len; i++) {
        const Header *header = headers->pdata[i];
        json_t *o = json_object();
        put(o, "name", json_text(header->name));
        put(o, "value", json_text(header->value));
        put(o, "above", json_integer(header->above));
        json_array_append_new(array, o);
    }
    return array;
}

static json_t *recipients_out(const GPtrArray *recipients)
{
    json_t *array = json_array();
    for (guint i = 0; i < recipients->len; i++) {
        const Recipient *recipient = recipients->pdata[i];
        json_t *o = recipient_to_json(recipient);
        put(o, "reason_where", json_text(reason_where_name(recipient->reason_where)));
        put(o, "reason_words", json_text(recipient->reason_words));
        json_array_append_new(array, o);
    }
    return array;
}

static json_t *claims_json(const GArray *claims)
{
    json_t *array = json_array();
    for (guint i = 0; i < claims->len; i++) {
        const Claim *claim = &g_array_index(claims, Claim, i);
        json_t *o = json_object();
        put(o, "source", json_integer(claim->source));
        put(o, "ip", json_address(&claim->ip));
        put(o, "host", json_text(claim->host));
        put(o, "text", json_text(claim->text));
        json_array_append_new(array, o);
    }
    return array;
}

static json_t *marks_json(const GPtrArray *marks)
{
    json_t *array = json_array();
    for (guint i = 0; i < marks->len; i++) {
        const KindMark *mark = marks->pdata[i];
        json_t *o = json_object();
        put(o, "rule", json_text(mark->rule));
        put(o, "text", json_text(mark->text));
        json_array_append_new(array, o);
    }
    return array;
}

static json_t *signature_json(const Signature *signature)
{
    json_t *o = json_object();
    put(o, "state", json_integer(signature->state));
    put(o, "key", json_text(signature->key));
    put(o, "recipient", json_text(signature->recipient));
    put(o, "why", json_text(signature->why));
    put(o, "expired", json_boolean(signature->expired));
    return o;
}

static json_t *returned_out(const Returned *returned)
{
    json_t *o = json_object();
    put(o, "where", json_integer(returned->where));
    put(o, "headers", headers_json(returned->headers));
    put(o, "return_path", json_text(returned->return_path));
    put(o, "from", json_text(returned->from));
    put(o, "to", json_texts(returned->to));
    put(o, "subject", json_text(returned->subject));
    put(o, "message_id", json_text(returned->message_id));
    put(o, "date", json_time(returned->date));
    put(o, "whole", json_boolean(returned->whole));
    put(o, "signature", signature_json(&returned->signature));
    return o;
}

static json_t *bounce_json(const Bounce *bounce)
{
    json_t *o = json_object();
    put(o, "kind", json_integer(bounce->kind));
    put(o, "format", json_text(bounce->format));
    put(o, "headers", headers_json(bounce->headers));
    put(o, "reporting_mta", json_text(bounce->reporting_mta));
    put(o, "from", json_text(bounce->from));
    put(o, "from_domain", json_text(bounce->from_domain));
    put(o, "return_path", json_text(bounce->return_path));
    put(o, "delivered_to", json_texts(bounce->delivered_to));
    put(o, "null_return_path", json_boolean(bounce->null_return_path));
    put(o, "arrival_date", json_time(bounce->arrival_date));
    put(o, "recipients", recipients_out(bounce->recipients));
    put(o, "returned", returned_out(&bounce->returned));
    put(o, "claims", claims_json(bounce->claims));
    put(o, "marks", marks_json(bounce->marks));
    put(o, "has_report", json_boolean(bounce->has_report));
    put(o, "has_diagnostic", json_boolean(bounce->has_diagnostic));
    put(o, "talks", json_boolean(bounce->talks));
    put(o, "links", json_texts(bounce->links));
    put(o, "lures", json_texts(bounce->lures));
    put(o, "baits", json_texts(bounce->baits));
    put(o, "text", json_text(bounce->text));
    return o;
}

json_t *reading_to_json(const Reading *reading)
{
    json_t *o = json_object();
    put(o, "message_id", json_text(reading->message_id));
    put(o, "from", json_text(reading->from));
    put(o, "subject", json_text(reading->subject));
    put(o, "date", json_time(reading->date));
    put(o, "sha256", json_text(reading->sha256));
    put(o, "bounce", bounce_json(reading->bounce));
    put(o, "outer", chain_json(reading->outer));
    put(o, "returned", chain_json(reading->returned));
    return o;
}

/* --- in -------------------------------------------------------------------------------------- */

static Hop *hop_from(const json_t *o)
{
    Hop *hop = hop_new();
    hop->raw = json_get_text(o, "raw");
    if (!hop->raw)
        hop->raw = g_strdup("");
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
    hop->software_named = json_get_bool(o, "software_named");
    hop->local = json_get_bool(o, "local");
    hop->authenticated = json_get_bool(o, "authenticated");
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

static void headers_from(const json_t *array, GPtrArray *headers)
{
    gsize i;
    json_t *o;
    json_array_foreach(array, i, o)
    {
        const char *name = text_of(o, "name"), *value = text_of(o, "value");
        if (!name || !value || i >= LIST_MAX)
            continue;
        Header *header = header_new(span_of(name), span_of(value));
        header->above = (guint)json_get_int(o, "above", 0, HOPS_MAX, 0);
        g_ptr_array_add(headers, header);
    }
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
        r->reason_where = (ReasonWhere)MAX(reason_where_from_name(text_of(o, "reason_where")), 0);
        r->reason_words = json_get_text(o, "reason_words");
        r->permanent = json_get_tri(o, "permanent");
        g_ptr_array_add(recipients, r);
    }
}

static void claims_from(const json_t *array, GArray *claims)
{
    gsize i;
    json_t *o;
    json_array_foreach(array, i, o)
    {
        Claim claim = {
            .source = (ClaimSource)json_get_int(o, "source", 0, CLAIM_DIAGNOSTIC, CLAIM_DIAGNOSTIC),
            .ip = json_get_address(o, "ip"),
            .host = json_get_text(o, "host"),
            .text = json_get_text(o, "text"),
        };
        g_array_append_val(claims, claim);
    }
}

static void marks_from(const json_t *array, GPtrArray *marks)
{
    gsize i;
    json_t *o;
    json_array_foreach(array, i, o)
    {
        KindMark *mark = g_new0(KindMark, 1);
        mark->rule = json_get_text(o, "rule");
        mark->text = json_get_text(o, "text");
        g_ptr_array_add(marks, mark);
    }
}

static void signature_from(const json_t *o, Signature *signature)
{
    signature->state = (SignatureState)json_get_int(o, "state", 0, SIGNATURE_WHOLE, SIGNATURE_NONE);
    signature->key = json_get_text(o, "key");
    signature->recipient = json_get_text(o, "recipient");
    signature->why = json_get_text(o, "why");
    signature->expired = json_get_bool(o, "expired");
    if (!signature->key) /* no process that is to be believed says so */
        signature->state = SIGNATURE_NONE;
}

static void returned_from(const json_t *o, Returned *returned)
{
    returned->where = (ReturnedWhere)json_get_int(o, "where", 0, RETURNED_TEXT, RETURNED_NONE);
    headers_from(json_object_get(o, "headers"), returned->headers);
    returned->return_path = json_get_text(o, "return_path");
    returned->from = json_get_text(o, "from");
    json_get_texts(o, "to", returned->to);
    returned->subject = json_get_text(o, "subject");
    returned->message_id = json_get_text(o, "message_id");
    returned->date = json_get_time(o, "date");
    returned->whole = json_get_bool(o, "whole");
    signature_from(json_object_get(o, "signature"), &returned->signature);
}

static Bounce *bounce_from(const json_t *o)
{
    Bounce *bounce = bounce_new();
    const char *format = text_of(o, "format");
    bounce->kind = (BounceKind)json_get_int(o, "kind", 0, KIND_COUNT - 1, KIND_NONE);
    bounce->format = format && strlen(format) < 40 ? g_intern_string(format) : NULL;
    headers_from(json_object_get(o, "headers"), bounce->headers);
    bounce->reporting_mta = json_get_text(o, "reporting_mta");
    bounce->from = json_get_text(o, "from");
    bounce->from_domain = json_get_text(o, "from_domain");
    bounce->return_path = json_get_text(o, "return_path");
    json_get_texts(o, "delivered_to", bounce->delivered_to);
    bounce->null_return_path = json_get_bool(o, "null_return_path");
    bounce->arrival_date = json_get_time(o, "arrival_date");
    recipients_from(json_object_get(o, "recipients"), bounce->recipients);
    returned_from(json_object_get(o, "returned"), &bounce->returned);
    claims_from(json_object_get(o, "claims"), bounce->claims);
    marks_from(json_object_get(o, "marks"), bounce->marks);
    bounce->has_report = json_get_bool(o, "has_report");
    bounce->has_diagnostic = json_get_bool(o, "has_diagnostic");
    bounce->talks = json_get_bool(o, "talks");
    json_get_texts(o, "links", bounce->links);
    json_get_texts(o, "lures", bounce->lures);
    json_get_texts(o, "baits", bounce->baits);
    bounce->text = json_get_text(o, "text");
    return bounce;
}

Reading *reading_from_json(const json_t *json)
{
    if (!json_is_object(json) || !json_is_object(json_object_get(json, "bounce")))
        return NULL;
    Reading *reading = reading_new();
    reading->message_id = json_get_text(json, "message_id");
    reading->from = json_get_text(json, "from");
    reading->subject = json_get_text(json, "subject");
    reading->date = json_get_time(json, "date");
    reading->sha256 = json_get_text(json, "sha256");
    reading->bounce = bounce_from(json_object_get(json, "bounce"));
    chain_from(json_object_get(json, "outer"), reading->outer);
    chain_from(json_object_get(json, "returned"), reading->returned);
    reading_close(reading);
    return reading;
}
