/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows: made from findings, packed between processes. */
#include "reading/row.h"

#include <string.h>

#include "base/address.h"
#include "base/domain.h"
#include "base/fields.h"
#include "base/mix.h"
#include "verdict/origin.h"

/* Longest subject, name and host that a row keeps: twenty thousand rows are held. */
enum { TEXT_MAX = 200 };

static char *text_short(const char *text)
{
    return span_dup_line(text, TEXT_MAX);
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

guint row_judged(const Judgement *judgement)
{
    const Verdict *verdict = judgement->verdict;
    OriginShown shown = origin_shown(judgement->trace, verdict);
    const guint64 numbers[] = {verdict->value,        verdict->warning, verdict->by_reviewer,
                               verdict->login_denied, shown.own,        shown.open};
    guint64 hash = mix_bytes(0, numbers, sizeof numbers);
    hash = mix_bytes(mix_bytes(hash, &shown.ip, sizeof(Ip)), &verdict->login_ip, sizeof(Ip));
    hash = mix_text(mix_text(hash, verdict->login), verdict->abused);
    hash = mix_text(hash, judgement->trace->handing_rdns);
    for (guint i = 0; i < verdict->questions->len; i++)
        hash = mix_text(hash, verdict->questions->pdata[i]);
    return mix_end(hash);
}

static void row_read_reporter(Row *row, const Finding *finding)
{
    row->reporter = text_short(finding_reporter(finding));
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
    row->login_denied = verdict->login_denied;
    row->abused = text_short(verdict->abused);
    for (guint i = 0; i < verdict->questions->len; i++)
        g_string_append(i ? g_string_append_c(ids, ' ') : ids, verdict->questions->pdata[i]);
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
    OriginShown shown = origin_shown(finding->judgement->trace, finding->judgement->verdict);
    row->injection = shown.ip;
    row->injection_own = shown.own;
    row->injection_open = shown.open;
    row_read_reporter(row, finding);
    row->from = text_short(finding->reading->from ? finding->reading->from : bounce->from);
    row->returned_subject = text_short(bounce->returned.subject);
    row->campaign = campaign_of(row);
    return row;
}

bool row_network_write(const Row *row, char text[ROW_NETWORK_SIZE])
{
    Ip base = row->injection;
    if (!base.family)
        return false;
    int keep = base.family == 4 ? 3 : 6;
    memset(base.bytes + keep, 0, sizeof base.bytes - (gsize)keep);
    ip_write(&base, text);
    g_snprintf(text + strlen(text), sizeof "/48", "/%d", keep * 8);
    return true;
}

char *row_network(const Row *row)
{
    char text[ROW_NETWORK_SIZE];
    return row_network_write(row, text) ? g_strdup(text) : NULL;
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

/* --- between processes ------------------------------------------------------------------------ */

static const Field row_fields[] = {
    FIELD(Row, id, FIELD_NAME),
    FIELD(Row, file, FIELD_NAME),
    FIELD_RANGE(Row, files, 0, G_MAXINT),
    FIELD(Row, timestamp, FIELD_TIME),
    FIELD(Row, tags, FIELD_NAME),
    FIELD_RANGE(Row, kind, 0, KIND_COUNT - 1),
    FIELD_RANGE(Row, verdict, 0, VERDICT_COUNT - 1),
    FIELD(Row, by_reviewer, FIELD_BOOL),
    FIELD(Row, recipient, FIELD_TEXT),
    FIELD_RANGE(Row, recipients, 0, G_MAXINT),
    FIELD_RANGE(Row, reason, 0, REASON_COUNT - 1),
    FIELD(Row, injection, FIELD_IP),
    FIELD(Row, injection_own, FIELD_BOOL),
    FIELD(Row, injection_open, FIELD_BOOL),
    FIELD(Row, reporter, FIELD_TEXT),
    FIELD(Row, reporter_domain, FIELD_TEXT),
    FIELD(Row, from, FIELD_TEXT),
    FIELD(Row, returned_subject, FIELD_TEXT),
    FIELD(Row, campaign, FIELD_TEXT),
    FIELD(Row, questions, FIELD_TEXT),
    FIELD(Row, abused, FIELD_TEXT),
    FIELD_RANGE(Row, warning, 0, WARNING_COUNT - 1),
    FIELD(Row, login, FIELD_TEXT),
    FIELD(Row, login_ip, FIELD_IP),
    FIELD(Row, login_denied, FIELD_BOOL),
};
static const Shape row_shape = SHAPE(Row, row_fields, NULL);

void row_pack(GByteArray *to, const Row *row)
{
    fields_pack(to, &row_shape, row);
}

Row *row_unpack(Unpack *from)
{
    g_autoptr(Row) row = row_new();
    fields_unpack(from, &row_shape, row);
    if (from->broken || !row->tags || !row->campaign || row->kind == KIND_NONE ||
        row->verdict == VERDICT_NONE) {
        from->broken = true;
        return NULL;
    }
    return g_steal_pointer(&row);
}

const char *row_injection(const Row *row, char text[IP_TEXT_SIZE])
{
    if (row->injection_own)
        return "own";
    return ip_write(&row->injection, text) ? text : "not stated";
}

char *row_sender(const Row *row, bool *open)
{
    char text[IP_TEXT_SIZE];
    bool login = row->warning != WARNING_NONE && row->login_ip.family;
    if (open)
        *open = row->injection_open && !login;
    return login ? ip_format(&row->login_ip) : g_strdup(row_injection(row, text));
}

const char *row_named(const Row *row)
{
    bool reply = row->kind == KIND_AUTO_REPLY || row->kind == KIND_CHALLENGE;
    if (row->recipient)
        return row->recipient;
    return reply && row->from ? row->from : "(nobody named)";
}
