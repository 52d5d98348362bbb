/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See fields.h. */
#include "complaint/fields.h"

#include <string.h>

#include "base/address.h"
#include "base/domain.h"
#include "house/house.h"

enum { TABLE_MAX = 200 };

typedef enum FieldId {
    FIELD_NAME,
    FIELD_ADDRESS,
    FIELD_DOMAIN,
    FIELD_MINE,
    FIELD_SPOOFED,
    FIELD_REPORTER,
    FIELD_ORGANISATION,
    FIELD_SOURCE,
    FIELD_ARRIVED,
    FIELD_IP,
    FIELD_TIME,
    FIELD_LINE,
    FIELD_WHAT,
    FIELD_REASON,
    FIELD_RECIPIENT,
    FIELD_SUBJECT,
    FIELD_VIRUS,
    FIELD_WHOLE,
    FIELD_COUNT,
    FIELD_TABLE,
    FIELD_ENCLOSED,
    FIELD_MESSAGE,
    FIELD_IT,
    FIELD_SURE,
    FIELD_UNSURE,
    FIELD_PROGRAM,
    FIELD_WITNESSES,
    FIELD_WITNESS_COUNT,
    FIELD_MESSAGE_ID,
    FIELD_HEADERS,
    FIELD_ID_COUNT
} FieldId;

static const char *const names[FIELD_ID_COUNT] = {
    [FIELD_NAME] = "name",
    [FIELD_ADDRESS] = "address",
    [FIELD_DOMAIN] = "domain",
    [FIELD_MINE] = "mine",
    [FIELD_SPOOFED] = "spoofed",
    [FIELD_REPORTER] = "reporter",
    [FIELD_ORGANISATION] = "organisation",
    [FIELD_SOURCE] = "source",
    [FIELD_ARRIVED] = "arrived",
    [FIELD_IP] = "ip",
    [FIELD_TIME] = "time",
    [FIELD_LINE] = "line",
    [FIELD_WHAT] = "what",
    [FIELD_REASON] = "reason",
    [FIELD_RECIPIENT] = "recipient",
    [FIELD_SUBJECT] = "subject",
    [FIELD_VIRUS] = "virus",
    [FIELD_WHOLE] = "whole",
    [FIELD_COUNT] = "count",
    [FIELD_TABLE] = "table",
    [FIELD_ENCLOSED] = "enclosed",
    [FIELD_MESSAGE] = "message",
    [FIELD_IT] = "it",
    [FIELD_SURE] = "sure",
    [FIELD_UNSURE] = "unsure",
    [FIELD_PROGRAM] = "program",
    [FIELD_WITNESSES] = "witnesses",
    [FIELD_WITNESS_COUNT] = "witness_count",
    [FIELD_MESSAGE_ID] = "message_id",
    [FIELD_HEADERS] = "headers",
};

struct Fields {
    LetterField list[FIELD_ID_COUNT + 1];
    char *values[FIELD_ID_COUNT];
};

/* As a person writes it: "on 3 June 2003 at 20:22:51 UTC". */
static char *when(gint64 time, const char *unknown)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    g_autoptr(GDateTime) date = time == TIME_NONE ? NULL : g_date_time_new_from_unix_utc(time);
    if (!date)
        return g_strdup(unknown);
    return g_strdup_printf("on %d %s %d at %02d:%02d:%02d UTC", g_date_time_get_day_of_month(date),
                           months[g_date_time_get_month(date) - 1], g_date_time_get_year(date),
                           g_date_time_get_hour(date), g_date_time_get_minute(date),
                           g_date_time_get_second(date));
}

static const char *what(BounceKind kind)
{
    static const char *const words[KIND_COUNT] = {
        [KIND_NONE] = "a message",
        [KIND_FAILURE] = "a bounce (a report that a message could not be delivered)",
        [KIND_DELAY] = "a report that a message is delayed",
        [KIND_SUCCESS] = "a report that a message was delivered",
        [KIND_AUTO_REPLY] = "an automatic reply",
        [KIND_CHALLENGE] = "a request to confirm a message",
        [KIND_VIRUS_NOTICE] = "a virus warning",
        [KIND_READ_RECEIPT] = "a receipt for a message",
        [KIND_ABUSE_REPORT] = "an abuse report",
    };
    return words[kind];
}

static char *table(const FieldsInput *input)
{
    GString *text = g_string_new(NULL);
    bool to_reporter = input->side == SIDE_REPORTER;
    guint count = input->occurrences->len;
    int width = 16;
    for (guint i = 1; i < count && i <= TABLE_MAX; i++) {
        const Occurrence *one = &g_array_index(input->occurrences, Occurrence, i);
        g_autofree char *source = ip_format(&one->source);
        width = MAX(width, source ? (int)strlen(source) : 0);
    }
    g_string_append_printf(text, "  %-22s  %-*s  %s", "time (UTC)", width,
                           to_reporter ? "your address" : "bounced by",
                           to_reporter ? "taken from" : "your address");
    for (guint i = 1; i < count && i <= TABLE_MAX; i++) {
        const Occurrence *one = &g_array_index(input->occurrences, Occurrence, i);
        g_autofree char *source = ip_format(&one->source), *ip = ip_format(&one->ip);
        g_autofree char *time = date_format_rfc3339(one->time);
        g_string_append_printf(text, "\n  %-22s  %-*s  %s", time ? time : "unknown", width,
                               source ? source : "unknown", ip ? ip : "not recorded");
    }
    if (count > TABLE_MAX + 1)
        g_string_append_printf(text, "\n  and %u more", count - TABLE_MAX - 1);
    return g_string_free(text, FALSE);
}

/* What the letter is written for: the domain, or one address where the domain is shared. */
static char *mine(const char *address, const char *domain)
{
    return domain && domain_is_public_name(domain) && !house_has_mailboxes(domain)
               ? g_strdup_printf("the domain %s", domain)
               : g_strdup_printf("my address %s", address);
}

static const char *enclosed(const FieldsInput *input)
{
    if (!input->report)
        return "";
    return input->side == SIDE_REPORTER ? "The headers of your message are enclosed."
                                        : "The headers of the message are enclosed.";
}

static void fill_us(char **values, const FieldsInput *input)
{
    const char *spoofed = input->incident->spoofed ? input->incident->spoofed : input->from;
    values[FIELD_NAME] = g_strdup(input->name ? input->name : input->from);
    values[FIELD_ADDRESS] = g_strdup(input->from);
    values[FIELD_DOMAIN] = address_domain(spoofed);
    values[FIELD_MINE] = mine(spoofed, values[FIELD_DOMAIN]);
    values[FIELD_SPOOFED] = g_strdup(spoofed);
}

/* "two other servers", of those that are named. */
static char *servers_text(guint count)
{
    static const char *const words[] = {"no",   "One", "Two",   "Three", "Four",
                                        "Five", "Six", "Seven", "Eight", "Nine"};
    return count < G_N_ELEMENTS(words)
               ? g_strdup_printf("%s other server%s", words[count], count == 1 ? "" : "s")
               : g_strdup_printf("%u other servers", count);
}

/* What is said only where it is proved, and what in its place where it is not. */
static void fill_strong(char **values, const Incident *incident)
{
    values[FIELD_SURE] = incident->sure ? g_strdup("") : NULL;
    values[FIELD_UNSURE] = incident->sure ? NULL : g_strdup("");
    values[FIELD_PROGRAM] = g_strdup(incident->program);
    values[FIELD_WITNESSES] = g_strdup(incident->witnesses);
    values[FIELD_WITNESS_COUNT] =
        incident->witnesses ? servers_text(incident->witness_count) : NULL;
    values[FIELD_MESSAGE_ID] = g_strdup(incident->message_id);
    values[FIELD_HEADERS] = *incident->returned_lines ? g_strdup(incident->returned_lines) : NULL;
}

static void fill_incident(char **values, const FieldsInput *input)
{
    const Incident *incident = input->incident;
    values[FIELD_REPORTER] = g_strdup(incident->reporter ? incident->reporter : "that wrote this");
    values[FIELD_ORGANISATION] = g_strdup(incident->organisation);
    values[FIELD_SOURCE] = ip_format(&incident->source);
    values[FIELD_ARRIVED] = when(incident->arrived, "at a time that was not recorded");
    /* a header of the message's own is nobody's record */
    values[FIELD_IP] = incident->ip_claimed ? NULL : ip_format(&incident->ip);
    values[FIELD_TIME] = when(incident->taken, "at a time that it does not give");
    values[FIELD_LINE] = g_strdup(incident->line);
    values[FIELD_WHAT] = g_strdup(what(incident->kind));
    values[FIELD_REASON] = g_strdup(incident->reason);
    values[FIELD_RECIPIENT] = g_strdup(incident->recipient);
    values[FIELD_SUBJECT] = g_strdup(incident->returned_subject);
    values[FIELD_VIRUS] = incident->virus ? g_strdup("") : NULL;
    values[FIELD_WHOLE] = incident->whole ? g_strdup("") : NULL;
}

Fields *fields_new(const FieldsInput *input)
{
    Fields *fields = g_new0(Fields, 1);
    guint count = input->occurrences->len;
    fill_us(fields->values, input);
    fill_incident(fields->values, input);
    fill_strong(fields->values, input->incident);
    if (count > 1) {
        fields->values[FIELD_COUNT] = g_strdup_printf("%u", count);
        fields->values[FIELD_TABLE] = table(input);
    }
    fields->values[FIELD_ENCLOSED] = g_strdup(enclosed(input));
    fields->values[FIELD_MESSAGE] = g_strdup(count > 1 ? "messages" : "message");
    fields->values[FIELD_IT] = g_strdup(count > 1 ? "them" : "it");
    for (int i = 0; i < FIELD_ID_COUNT; i++)
        fields->list[i] = (LetterField){names[i], fields->values[i]};
    return fields;
}

void fields_free(Fields *fields)
{
    if (!fields)
        return;
    for (int i = 0; i < FIELD_ID_COUNT; i++)
        g_free(fields->values[i]);
    g_free(fields);
}

const LetterField *fields_list(const Fields *fields)
{
    static LetterField bare[FIELD_ID_COUNT + 1];
    if (fields)
        return fields->list;
    for (int i = 0; i < FIELD_ID_COUNT; i++)
        bare[i].name = names[i];
    return bare;
}
