/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See column.h. */
#include "reading/column.h"

#include <string.h>

static void text(GString *to, const char *value)
{
    if (value)
        g_string_append(to, value);
}

static void time_text(GString *to, gint64 utc)
{
    g_autofree char *value = date_format_rfc3339(utc);
    text(to, value);
}

static void ip_text(GString *to, const Ip *ip)
{
    g_autofree char *value = ip_format(ip);
    text(to, value);
}

/* The members of JSON that are one value have the same names here. */
#define COLUMN(name, statement)                                                                    \
    static void name##_append(GString *to, const Finding *finding, const Row *row)                 \
    {                                                                                              \
        const Reading *reading = finding->reading;                                                 \
        const Bounce *bounce = reading->bounce;                                                    \
        const Judgement *judgement = finding->judgement;                                           \
        const Recipient *first = bounce->recipients->len ? bounce->recipients->pdata[0] : NULL;    \
        (void)judgement;                                                                           \
        (void)first;                                                                               \
        (void)row;                                                                                 \
        statement;                                                                                 \
    }

COLUMN(verdict, text(to, verdict_name(judgement->verdict->value)))
COLUMN(kind, text(to, bounce_kind_name(bounce->kind)))
COLUMN(format, text(to, bounce->format))
COLUMN(warning, text(to, warning_name(judgement->verdict->warning)))
COLUMN(abused, text(to, judgement->verdict->abused))
COLUMN(message_id, text(to, reading->message_id))
COLUMN(from, text(to, reading->from))
COLUMN(subject, text(to, reading->subject))
COLUMN(date, time_text(to, reading->date))
COLUMN(reporting_mta, text(to, bounce->reporting_mta))
COLUMN(arrival_date, time_text(to, bounce->arrival_date))
COLUMN(recipient, text(to, first ? first->final : NULL))
COLUMN(recipients, g_string_append_printf(to, "%u", bounce->recipients->len))
COLUMN(original, text(to, first ? first->original : NULL))
COLUMN(action, text(to, first ? first->action : NULL))
COLUMN(status, text(to, first ? first->status : NULL))
COLUMN(reason, text(to, first ? reason_name(first->reason) : NULL))
COLUMN(diagnostic, text(to, first ? first->diagnostic : NULL))
COLUMN(remote_mta, text(to, first ? first->remote_mta : NULL))
COLUMN(returned_from, text(to, bounce->returned.from))
COLUMN(returned_subject, text(to, bounce->returned.subject))
COLUMN(returned_message_id, text(to, bounce->returned.message_id))
COLUMN(returned_date, time_text(to, bounce->returned.date))
COLUMN(injection_ip, ip_text(to, &judgement->trace->injection.ip))
COLUMN(injection_source, text(to, injection_source_name(judgement->trace->injection.source)))
COLUMN(submitter_ip, ip_text(to, &judgement->trace->submitter_ip))
COLUMN(reporter, text(to, row ? row->reporter : NULL))
COLUMN(campaign, text(to, row ? row->campaign : NULL))

static void reply_code_append(GString *to, const Finding *finding, const Row *row)
{
    (void)row;
    const GPtrArray *recipients = finding->reading->bounce->recipients;
    const Recipient *first = recipients->len ? recipients->pdata[0] : NULL;
    if (first && first->reply_code)
        g_string_append_printf(to, "%d", first->reply_code);
}

static void forged_hop_append(GString *to, const Finding *finding, const Row *row)
{
    (void)row;
    if (finding->judgement->trace->forged_hop >= 0)
        g_string_append_printf(to, "%d", finding->judgement->trace->forged_hop);
}

/* The names of its rules. */
static void evidence_append(GString *to, const Finding *finding, const Row *row)
{
    (void)row;
    const GPtrArray *evidence = finding->judgement->verdict->evidence;
    for (guint i = 0; i < evidence->len; i++)
        g_string_append_printf(to, "%s%s", i ? "," : "", ((Evidence *)evidence->pdata[i])->rule);
}

static void questions_append(GString *to, const Finding *finding, const Row *row)
{
    (void)row;
    const GPtrArray *questions = finding->judgement->verdict->questions;
    for (guint i = 0; i < questions->len; i++)
        g_string_append_printf(to, "%s%s", i ? "," : "", (char *)questions->pdata[i]);
}

static const Column columns[] = {
    {"verdict", verdict_append},
    {"kind", kind_append},
    {"format", format_append},
    {"warning", warning_append},
    {"abused", abused_append},
    {"message_id", message_id_append},
    {"from", from_append},
    {"subject", subject_append},
    {"date", date_append},
    {"reporter", reporter_append},
    {"reporting_mta", reporting_mta_append},
    {"arrival_date", arrival_date_append},
    {"recipient", recipient_append},
    {"recipients", recipients_append},
    {"original", original_append},
    {"action", action_append},
    {"status", status_append},
    {"reply_code", reply_code_append},
    {"reason", reason_append},
    {"diagnostic", diagnostic_append},
    {"remote_mta", remote_mta_append},
    {"returned_from", returned_from_append},
    {"returned_subject", returned_subject_append},
    {"returned_message_id", returned_message_id_append},
    {"returned_date", returned_date_append},
    {"injection_ip", injection_ip_append},
    {"injection_source", injection_source_append},
    {"submitter_ip", submitter_ip_append},
    {"forged_hop", forged_hop_append},
    {"campaign", campaign_append},
    {"evidence", evidence_append},
    {"questions", questions_append},
};

const Column *column_at(guint i)
{
    return i < G_N_ELEMENTS(columns) ? &columns[i] : NULL;
}
