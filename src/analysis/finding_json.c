/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finding as JSON: one member after the other, in the order of the table below. */
#include "analysis/finding.h"
#include "base/json_out.h"

typedef struct Member {
    const char *name;
    void (*write)(GString *to, const char *key, const Finding *finding);
} Member;

static void tri_out(GString *to, const char *key, Tri tri)
{
    if (tri == TRI_UNKNOWN)
        json_out_null(to, key);
    else
        json_out_bool(to, key, tri == TRI_YES);
}

static void index_out(GString *to, const char *key, int index)
{
    if (index < 0)
        json_out_null(to, key);
    else
        json_out_number(to, key, index);
}

/* --- what the message says -------------------------------------------------------------------- */

static void message_id_out(GString *to, const char *key, const Finding *finding)
{
    json_out_text(to, key, finding->reading->message_id);
}

static void is_bounce_out(GString *to, const char *key, const Finding *finding)
{
    json_out_bool(to, key, bounce_kind_is_bounce(finding->reading->bounce->kind));
}

static void kind_out(GString *to, const char *key, const Finding *finding)
{
    json_out_text(to, key, bounce_kind_name(finding->reading->bounce->kind));
}

static void format_out(GString *to, const char *key, const Finding *finding)
{
    json_out_text(to, key, finding->reading->bounce->format);
}

static void reporting_mta_out(GString *to, const char *key, const Finding *finding)
{
    json_out_text(to, key, finding->reading->bounce->reporting_mta);
}

static void arrival_date_out(GString *to, const char *key, const Finding *finding)
{
    json_out_time(to, key, finding->reading->bounce->arrival_date);
}

static void recipient_out(GString *to, const Recipient *r)
{
    json_out_open(to, NULL, '{');
    json_out_text(to, "final", r->final);
    json_out_text(to, "original", r->original);
    json_out_text(to, "action", r->action);
    json_out_text(to, "status", r->status);
    if (r->reply_code)
        json_out_number(to, "reply_code", r->reply_code);
    else
        json_out_null(to, "reply_code");
    json_out_text(to, "diagnostic", r->diagnostic);
    json_out_text(to, "remote_mta", r->remote_mta);
    json_out_text(to, "reason", reason_name(r->reason));
    tri_out(to, "permanent", r->permanent);
    json_out_close(to, '}');
}

static void recipients_out(GString *to, const char *key, const Finding *finding)
{
    const GPtrArray *recipients = finding->reading->bounce->recipients;
    json_out_open(to, key, '[');
    for (guint i = 0; i < recipients->len; i++)
        recipient_out(to, recipients->pdata[i]);
    json_out_close(to, ']');
}

static void returned_out(GString *to, const char *key, const Finding *finding)
{
    const Returned *returned = &finding->reading->bounce->returned;
    json_out_open(to, key, '{');
    json_out_text(to, "where", returned_where_name(returned->where));
    json_out_text(to, "from", returned->from);
    json_out_texts(to, "to", returned->to);
    json_out_text(to, "subject", returned->subject);
    json_out_text(to, "message_id", returned->message_id);
    json_out_time(to, "date", returned->date);
    json_out_close(to, '}');
}

/* --- what it means ---------------------------------------------------------------------------- */

static void verdict_out(GString *to, const char *key, const Finding *finding)
{
    json_out_text(to, key, verdict_name(finding->judgement->verdict->value));
}

static void warning_out(GString *to, const char *key, const Finding *finding)
{
    json_out_text(to, key, warning_name(finding->judgement->verdict->warning));
}

static void abused_out(GString *to, const char *key, const Finding *finding)
{
    json_out_text(to, key, finding->judgement->verdict->abused);
}

static void questions_out(GString *to, const char *key, const Finding *finding)
{
    json_out_texts(to, key, finding->judgement->verdict->questions);
}

static void evidence_out(GString *to, const char *key, const Finding *finding)
{
    const GPtrArray *evidence = finding->judgement->verdict->evidence;
    json_out_open(to, key, '[');
    for (guint i = 0; i < evidence->len; i++) {
        const Evidence *e = evidence->pdata[i];
        json_out_open(to, NULL, '{');
        json_out_text(to, "rule", e->rule);
        json_out_text(to, "for", evidence_for_name(e->for_));
        json_out_text(to, "strength", strength_name(e->strength));
        json_out_text(to, "ground", ground_name(e->ground));
        json_out_text(to, "text", e->text);
        json_out_close(to, '}');
    }
    json_out_close(to, ']');
}

static void hop_out(GString *to, const Hop *hop, const HopNote *note)
{
    json_out_open(to, NULL, '{');
    json_out_text(to, "from_helo", hop->from_helo);
    json_out_text(to, "from_rdns", hop->from_rdns);
    json_out_bool(to, "rdns_forged", hop->rdns_forged);
    json_out_ip(to, "from_ip", &hop->from_ip);
    json_out_text(to, "by", hop->by);
    json_out_ip(to, "by_ip", &hop->by_ip);
    json_out_text(to, "with", hop->with);
    json_out_text(to, "id", hop->id);
    json_out_text(to, "for", hop->for_);
    json_out_time(to, "date", hop->date.utc);
    json_out_text(to, "login", hop->login);
    json_out_text(to, "mark", hop_mark_name(note->mark));
    json_out_text(to, "why", note->why);
    json_out_close(to, '}');
}

static void chain_out(GString *to, const char *key, const GPtrArray *hops, const HopNote *notes)
{
    json_out_open(to, key, '[');
    for (guint i = 0; i < hops->len; i++)
        hop_out(to, hops->pdata[i], &notes[i]);
    json_out_close(to, ']');
}

static void outer_chain_out(GString *to, const char *key, const Finding *finding)
{
    const Trace *trace = finding->judgement->trace;
    chain_out(to, key, trace->outer, trace->outer_notes);
}

static void returned_chain_out(GString *to, const char *key, const Finding *finding)
{
    const Trace *trace = finding->judgement->trace;
    chain_out(to, key, trace->returned, trace->returned_notes);
}

static void injection_out(GString *to, const char *key, const Finding *finding)
{
    const Injection *injection = &finding->judgement->trace->injection;
    if (injection->ip.family == 0 && injection->hop < 0 && !injection->helo && !injection->rdns &&
        injection->source == INJECTION_NONE) {
        json_out_null(to, key);
        return;
    }
    json_out_open(to, key, '{');
    json_out_ip(to, "ip", &injection->ip);
    index_out(to, "hop", injection->hop);
    json_out_text(to, "helo", injection->helo);
    json_out_text(to, "rdns", injection->rdns);
    json_out_text(to, "source", injection_source_name(injection->source));
    json_out_close(to, '}');
}

static void submitter_ip_out(GString *to, const char *key, const Finding *finding)
{
    json_out_ip(to, key, &finding->judgement->trace->submitter_ip);
}

static void forged_hop_out(GString *to, const char *key, const Finding *finding)
{
    index_out(to, key, finding->judgement->trace->forged_hop);
}

/* --- the object ------------------------------------------------------------------------------- */

static const Member members[] = {
    {"message_id", message_id_out},
    {"is_bounce", is_bounce_out},
    {"kind", kind_out},
    {"format", format_out},
    {"verdict", verdict_out},
    {"warning", warning_out},
    {"abused", abused_out},
    {"evidence", evidence_out},
    {"questions", questions_out},
    {"reporting_mta", reporting_mta_out},
    {"arrival_date", arrival_date_out},
    {"recipients", recipients_out},
    {"returned", returned_out},
    {"outer_chain", outer_chain_out},
    {"returned_chain", returned_chain_out},
    {"injection", injection_out},
    {"submitter_ip", submitter_ip_out},
    {"forged_hop", forged_hop_out},
};

const char *finding_member_name(guint i)
{
    return i < G_N_ELEMENTS(members) ? members[i].name : NULL;
}

void finding_write_members(GString *to, const Finding *finding, guint64 wanted)
{
    for (guint i = 0; i < G_N_ELEMENTS(members); i++)
        if (wanted & (G_GUINT64_CONSTANT(1) << i))
            members[i].write(to, members[i].name, finding);
}
