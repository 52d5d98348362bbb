/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows: made from findings, sent between processes as JSON. */
#include "reading/row.h"

#include <string.h>

#include "base/address.h"
#include "base/domain.h"
#include "work/frame.h"

/* Longest subject, name and host that a row keeps: twenty thousand rows are held. */
enum { TEXT_MAX = 200 };

/* A copy of @text in one line and not longer than a row keeps, cut between characters. */
static char *text_short(const char *text)
{
    if (!text)
        return NULL;
    g_autofree char *line = g_strdup(text);
    for (char *p = line; *p; p++)
        if (g_ascii_isspace(*p))
            *p = ' ';
    g_strstrip(line);
    gsize n = strlen(line);
    if (n > TEXT_MAX) {
        n = TEXT_MAX;
        while (n > 0 && ((guchar)line[n] & 0xc0) == 0x80)
            n--;
        line[n] = '\0';
    }
    return g_steal_pointer(&line);
}

/* The recipients that failed come first; a notice names whom it answers for. */
static const Recipient *recipient_first(const Bounce *bounce)
{
    const Recipient *first = NULL;
    for (guint i = 0; i < bounce->recipients->len; i++) {
        const Recipient *r = bounce->recipients->pdata[i];
        if (!r->final && !r->original)
            continue;
        if (!r->action || strcmp(r->action, "failed") == 0)
            return r;
        first = first ? first : r;
    }
    return first;
}

static void row_read_recipients(Row *row, const Bounce *bounce)
{
    const Recipient *first = recipient_first(bounce);
    row->recipients = bounce->recipients->len;
    if (!first && bounce->recipients->len)
        first = bounce->recipients->pdata[0];
    if (!first)
        return;
    const char *address = first->final ? first->final : first->original;
    row->recipient = address ? address_unwrap(address, NULL) : NULL;
    row->reason = first->reason;
}

/* The server that wrote the bounce: as it says, else who handed it to us, else its From. */
static const char *reporter_of(const Finding *finding)
{
    const Bounce *bounce = finding->reading->bounce;
    if (bounce->reporting_mta)
        return bounce->reporting_mta;
    if (finding->judgement->trace->handing_rdns)
        return finding->judgement->trace->handing_rdns;
    return bounce->from_domain;
}

static void row_read_reporter(Row *row, const Finding *finding)
{
    row->reporter = text_short(reporter_of(finding));
    if (row->verdict == VERDICT_FAKE) {
        row->reporter_domain = text_short(finding->reading->from ? finding->reading->from
                                                                 : finding->reading->bounce->from);
        return;
    }
    row->reporter_domain = domain_organisation(row->reporter);
    if (!row->reporter_domain)
        row->reporter_domain = domain_organisation(finding->reading->bounce->from_domain);
}

/* What the verdict says beside its value. */
static void row_read_verdict(Row *row, const Verdict *verdict)
{
    g_autoptr(GString) ids = g_string_new(NULL);
    row->verdict = verdict->value;
    row->by_reviewer = verdict->by_reviewer;
    row->warning = verdict->warning;
    row->login = text_short(verdict->login);
    row->login_ip = verdict->login_ip;
    row->abused = text_short(verdict->abused);
    for (guint i = 0; i < verdict->questions->len; i++)
        g_string_append_printf(ids, "%s%s", i ? " " : "", (char *)verdict->questions->pdata[i]);
    if (ids->len)
        row->questions = g_string_free(g_steal_pointer(&ids), FALSE);
}

/* "Re: Fwd: [list] hello  7" and "hello 8" are one: prefixes, digits and blanks do not count. */
static char *subject_key(const char *subject)
{
    GString *key = g_string_new(NULL);
    for (const char *p = subject ? subject : ""; *p; p++) {
        if (g_ascii_isdigit(*p) || g_ascii_isspace(*p))
            continue;
        g_string_append_c(key, g_ascii_tolower(*p));
    }
    while (g_str_has_prefix(key->str, "re:") || g_str_has_prefix(key->str, "fw:"))
        g_string_erase(key, 0, 3);
    return g_string_free(key, FALSE);
}

/* One campaign: the same foreign address sent it; where none is stated, the same server reports on
 * the same subject. */
static char *campaign_of(const Row *row)
{
    if (row->injection.family && !row->injection_own) {
        g_autofree char *ip = ip_format(&row->injection);
        return g_strconcat("ip ", ip, NULL);
    }
    g_autofree char *subject = subject_key(row->returned_subject);
    const char *reporter = row->reporter_domain ? row->reporter_domain : row->reporter;
    return g_strconcat("reporter ", reporter ? reporter : "", " ", subject, NULL);
}

static Row *row_new(void)
{
    Row *row = g_new0(Row, 1);
    row->refs = 1;
    return row;
}

Row *row_from_finding(const Finding *finding, const char *id, const char *file, guint files,
                      gint64 timestamp, const char *tags)
{
    Row *row = row_new();
    const Bounce *bounce = finding->reading->bounce;
    row->id = g_strdup(id);
    row->file = g_strdup(file);
    row->files = files;
    row->timestamp = timestamp;
    row->tags = g_strdup(tags ? tags : "");
    row->kind = bounce->kind;
    row_read_verdict(row, finding->judgement->verdict);
    row_read_recipients(row, bounce);
    const Trace *trace = finding->judgement->trace;
    bool fake = row->verdict == VERDICT_FAKE;
    row->injection = fake ? trace->handing_ip : trace->injection.ip;
    row->injection_own = !fake && trace->injection.own;
    row_read_reporter(row, finding);
    row->from = text_short(finding->reading->from ? finding->reading->from : bounce->from);
    row->returned_subject = text_short(bounce->returned.subject);
    row->campaign = campaign_of(row);
    return row;
}

char *row_network(const Row *row)
{
    Ip base = row->injection;
    if (!base.family)
        return NULL;
    int keep = base.family == 4 ? 3 : 6;
    memset(base.bytes + keep, 0, sizeof base.bytes - (gsize)keep);
    g_autofree char *text = ip_format(&base);
    return g_strdup_printf("%s/%d", text, keep * 8);
}

Row *row_ref(const Row *row)
{
    Row *shared = (Row *)(gsize)row;
    shared->refs++;
    return shared;
}

void row_unref(Row *row)
{
    if (!row || --row->refs > 0)
        return;
    g_free(row->id);
    g_free(row->file);
    g_free(row->tags);
    g_free(row->recipient);
    g_free(row->reporter);
    g_free(row->reporter_domain);
    g_free(row->from);
    g_free(row->returned_subject);
    g_free(row->campaign);
    g_free(row->questions);
    g_free(row->abused);
    g_free(row->login);
    g_free(row);
}

json_t *row_to_json(const Row *row)
{
    json_t *o = json_object();
    g_autofree char *ip = ip_format(&row->injection);
    json_object_set_new(o, "id", frame_bytes(row->id));
    json_object_set_new(o, "file", frame_bytes(row->file));
    json_object_set_new(o, "files", json_integer(row->files));
    json_object_set_new(o, "timestamp", json_integer(row->timestamp));
    json_object_set_new(o, "tags", frame_bytes(row->tags));
    json_object_set_new(o, "kind", json_integer(row->kind));
    json_object_set_new(o, "verdict", json_integer(row->verdict));
    json_object_set_new(o, "by_reviewer", json_boolean(row->by_reviewer));
    json_object_set_new(o, "recipient", frame_bytes(row->recipient));
    json_object_set_new(o, "recipients", json_integer(row->recipients));
    json_object_set_new(o, "reason", json_integer(row->reason));
    json_object_set_new(o, "injection", frame_bytes(ip));
    json_object_set_new(o, "injection_own", json_boolean(row->injection_own));
    json_object_set_new(o, "reporter", frame_bytes(row->reporter));
    json_object_set_new(o, "reporter_domain", frame_bytes(row->reporter_domain));
    json_object_set_new(o, "from", frame_bytes(row->from));
    json_object_set_new(o, "returned_subject", frame_bytes(row->returned_subject));
    json_object_set_new(o, "campaign", frame_bytes(row->campaign));
    json_object_set_new(o, "questions", frame_bytes(row->questions));
    json_object_set_new(o, "abused", frame_bytes(row->abused));
    json_object_set_new(o, "warning", json_integer(row->warning));
    g_autofree char *login_ip = ip_format(&row->login_ip);
    json_object_set_new(o, "login", frame_bytes(row->login));
    json_object_set_new(o, "login_ip", frame_bytes(login_ip));
    return o;
}

static char *get_text(const json_t *o, const char *key)
{
    const json_t *value = json_object_get(o, key);
    return json_is_string(value) ? frame_bytes_text(value) : NULL;
}

static gint64 get_number(const json_t *o, const char *key, gint64 most)
{
    gint64 value = json_integer_value(json_object_get(o, key));
    return value >= 0 && value <= most ? value : 0;
}

/* A parser process may have been taken over by its input: nothing is believed. */
Row *row_from_json(const json_t *json)
{
    if (!json_is_object(json))
        return NULL;
    g_autoptr(Row) row = row_new();
    row->id = get_text(json, "id");
    row->file = get_text(json, "file");
    row->files = (guint)get_number(json, "files", G_MAXINT);
    row->timestamp = json_integer_value(json_object_get(json, "timestamp"));
    row->tags = get_text(json, "tags");
    row->kind = (BounceKind)get_number(json, "kind", KIND_COUNT - 1);
    row->verdict = (VerdictValue)get_number(json, "verdict", VERDICT_COUNT - 1);
    row->by_reviewer = json_is_true(json_object_get(json, "by_reviewer"));
    row->recipient = get_text(json, "recipient");
    row->recipients = (guint)get_number(json, "recipients", G_MAXINT);
    row->reason = (Reason)get_number(json, "reason", REASON_COUNT - 1);
    g_autofree char *ip = get_text(json, "injection");
    if (ip)
        ip_parse(span_of(ip), &row->injection);
    row->injection_own = json_is_true(json_object_get(json, "injection_own"));
    row->reporter = get_text(json, "reporter");
    row->reporter_domain = get_text(json, "reporter_domain");
    row->from = get_text(json, "from");
    row->returned_subject = get_text(json, "returned_subject");
    row->campaign = get_text(json, "campaign");
    row->questions = get_text(json, "questions");
    row->abused = get_text(json, "abused");
    row->login = get_text(json, "login");
    g_autofree char *login_ip = get_text(json, "login_ip");
    if (login_ip)
        ip_parse(span_of(login_ip), &row->login_ip);
    row->warning = (Warning)get_number(json, "warning", WARNING_COUNT - 1);
    if (!row->tags || !row->campaign || row->kind == KIND_NONE || row->verdict == VERDICT_NONE)
        return NULL;
    return g_steal_pointer(&row);
}
