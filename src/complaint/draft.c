/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See draft.h. All of the draft is made by GMime, which encodes what has to be; what comes from the
 * mail was made one safe line each before (incident.c). */
#include "complaint/draft.h"

#include <gio/gio.h>
#include <string.h>

#include "base/address.h"
#include "base/domain.h"
#include "message/gmime_types.h"

enum { LINE_MAX_COLUMNS = 78, SUBJECT_WORD_MAX = 60, SUBJECT_CHUNK = 39 };

const char *draft_headers(const Incident *incident, Side side)
{
    return side == SIDE_REPORTER ? incident->headers : incident->returned_headers;
}

bool draft_can_report(const Incident *incident, Side side)
{
    const Ip *ip = incident_ip(incident, side);
    return ip->family && incident_headers_show(draft_headers(incident, side), ip);
}

const char *draft_mail_from(const Draft *draft)
{
    const Incident *incident = draft->incident;
    if (draft->side == SIDE_REPORTER)
        return "";
    /* what bounced was bounced to the sender of its envelope: to us */
    return incident->spoofed ? incident->spoofed : incident->forged_from;
}

const char *draft_rcpt_to(const Draft *draft)
{
    return draft->side == SIDE_REPORTER ? draft->incident->spoofed : draft->incident->recipient;
}

/* --- one address ------------------------------------------------------------------------------ */

static bool disagree(GError **error, const char *what, const char *ip)
{
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                "no draft was made: %s %s, the address that the complaint is about", what, ip);
    return false;
}

/* @text names @ip as a word of its own. */
static bool names_address(const char *text, const char *ip)
{
    gsize n = strlen(ip);
    for (const char *p = text; (p = strstr(p, ip)); p += n) {
        char before = p > text ? p[-1] : ' ', after = p[n];
        bool longer = g_ascii_isalnum(before) || before == ':' || g_ascii_isalnum(after) ||
                      (after == '.' && g_ascii_isdigit(p[n + 1])) ||
                      (before == '.' && p - 1 > text && g_ascii_isdigit(p[-2]));
        if (!longer)
            return true;
    }
    return false;
}

static bool draft_agrees(const Draft *draft, GError **error)
{
    const Incident *incident = draft->incident;
    const Ip *ip = incident_ip(incident, draft->side);
    g_autofree char *text = ip_format(ip);
    if (!text) /* a letter about a server that is known by name only */
        return true;
    if (!names_address(draft->letter, text))
        return disagree(error, "its letter does not name", text);
    if (draft->contact_ip.family && !ip_equal(&draft->contact_ip, ip))
        return disagree(error, "its addressee was not looked up for", text);
    if (draft->format != DRAFT_LETTER && !draft_can_report(incident, draft->side))
        return disagree(error, "the headers that it encloses do not show", text);
    return true;
}

/* --- parts ------------------------------------------------------------------------------------ */

/* Lines that mail can carry as they are. */
static bool is_plain(const char *text)
{
    gsize column = 0;
    for (; *text; text++) {
        column = *text == '\n' ? 0 : column + 1;
        if ((guchar)*text >= 0x7f || column > LINE_MAX_COLUMNS)
            return false;
    }
    return true;
}

static GMimeObject *make_part(const char *type, const char *subtype, const char *text)
{
    bool plain = is_plain(text);
    GMimePart *part = g_mime_part_new_with_type(type, subtype);
    g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer(text, strlen(text));
    g_autoptr(GMimeDataWrapper) content =
        g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    g_mime_part_set_content(part, content);
    g_mime_part_set_content_encoding(part, plain ? GMIME_CONTENT_ENCODING_7BIT
                                                 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    if (strcmp(subtype, "feedback-report") != 0 && strcmp(subtype, "json") != 0)
        g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset",
                                                 plain ? "us-ascii" : "utf-8");
    return GMIME_OBJECT(part);
}

static void add_field(GString *report, const char *name, const char *value)
{
    if (!value)
        return;
    bool fits = strlen(name) + strlen(value) + 2 <= LINE_MAX_COLUMNS;
    g_string_append_printf(report, "%s:%s%s\n", name, fits ? " " : "\n ", value);
}

static void add_bracketed(GString *report, const char *name, const char *address)
{
    g_autofree char *value = address ? g_strdup_printf("<%s>", address) : NULL;
    add_field(report, name, value);
}

static char *mail_date(gint64 time)
{
    g_autoptr(GDateTime) date = time == TIME_NONE ? NULL : g_date_time_new_from_unix_utc(time);
    return date ? g_mime_utils_header_format_date(date) : NULL;
}

/* Who recorded the address: our server, or the one that bounced. */
static char *recording_server(const Draft *draft)
{
    const Incident *incident = draft->incident;
    const char *name = draft->side == SIDE_REPORTER ? incident->own_server : incident->reporter;
    g_autofree char *domain = address_domain(draft->from);
    return g_strdup_printf("dns; %s", name ? name : domain);
}

/* The machine-readable part (RFC 5965 3). */
static char *feedback_report(const Draft *draft)
{
    const Incident *incident = draft->incident;
    bool to_reporter = draft->side == SIDE_REPORTER;
    GString *report = g_string_new(NULL);
    /* where the reporter recorded no time: when word of it came to us */
    bool recorded = !to_reporter && incident->taken != TIME_NONE;
    g_autofree char *date = mail_date(recorded ? incident->taken : incident->arrived);
    g_autofree char *ip = ip_format(incident_ip(incident, draft->side));
    g_autofree char *server = recording_server(draft),
                    *of_name = domain_organisation(incident->ip_name);
    add_field(report, "Feedback-Type", incident->virus ? "virus" : "abuse");
    add_field(report, "User-Agent", "notme/" NOTME_VERSION);
    add_field(report, "Version", "1");
    add_bracketed(report, "Original-Mail-From", draft_mail_from(draft));
    add_bracketed(report, "Original-Rcpt-To", draft_rcpt_to(draft));
    add_field(report, "Arrival-Date", date);
    add_field(report, "Source-IP", ip);
    add_field(report, "Reporting-MTA", server);
    add_field(report, "Reported-Domain", to_reporter ? incident->organisation : of_name);
    if (draft->count > 1)
        g_string_append_printf(report, "Incidents: %u\n", draft->count);
    return g_string_free(report, FALSE);
}

/* --- the whole -------------------------------------------------------------------------------- */

static void add_part(GMimeMultipart *multipart, GMimeObject *part)
{
    g_mime_multipart_add(multipart, part);
    g_object_unref(part);
}

static GMimeObject *make_report(const Draft *draft)
{
    GMimeMultipart *multipart = g_mime_multipart_new_with_subtype("report");
    g_autofree char *report = feedback_report(draft), *unique = g_uuid_string_random();
    g_autofree char *boundary = g_strconcat("notme-", unique, NULL);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(multipart), "report-type",
                                             "feedback-report");
    g_mime_multipart_set_boundary(multipart, boundary);
    add_part(multipart, make_part("text", "plain", draft->letter));
    add_part(multipart, make_part("message", "feedback-report", report));
    add_part(multipart,
             make_part("text", "rfc822-headers", draft_headers(draft->incident, draft->side)));
    return GMIME_OBJECT(multipart);
}

/* A report has three parts (RFC 5965, 2), so the part for XARF stands beside it. */
static GMimeObject *make_with_xarf(const Draft *draft)
{
    GMimeMultipart *multipart = g_mime_multipart_new_with_subtype("mixed");
    g_autofree char *json = draft_xarf(draft), *unique = g_uuid_string_random();
    g_autofree char *boundary = g_strconcat("notme-", unique, NULL);
    GMimeObject *part = make_part("application", "json", json);
    g_mime_multipart_set_boundary(multipart, boundary);
    add_part(multipart, make_report(draft));
    g_mime_part_set_filename(GMIME_PART(part), "xarf.json");
    g_mime_object_set_disposition(part, "attachment");
    add_part(multipart, part);
    return GMIME_OBJECT(multipart);
}

/* ASCII whose words fit into lines, and none of them would be taken for an encoded word. */
static bool is_plain_subject(const char *subject)
{
    gsize word = 0;
    for (const char *p = subject; *p; p++) {
        word = *p == ' ' ? 0 : word + 1;
        if ((guchar)*p >= 0x7f || word > SUBJECT_WORD_MAX)
            return false;
    }
    return !strstr(subject, "=?");
}

/* @subject as its header is written: folded at blanks, or in encoded words (RFC 2047), which GMime
 * makes longer than they may be. */
static char *subject_raw(const char *subject)
{
    GString *raw = g_string_new(NULL);
    gsize column = strlen("Subject:");
    if (!is_plain_subject(subject)) {
        for (const char *p = subject; *p;) {
            gsize n = MIN(strlen(p), SUBJECT_CHUNK);
            while (n > 1 && ((guchar)p[n] & 0xc0) == 0x80)
                n--;
            g_autofree char *word = g_base64_encode((const guchar *)p, n);
            g_string_append_printf(raw, "%s =?utf-8?B?%s?=", raw->len ? "\n" : "", word);
            p += n;
        }
    } else {
        g_auto(GStrv) words = g_strsplit(subject, " ", -1);
        for (char **word = words; *word; word++) {
            if (!**word)
                continue;
            bool fold = column + 1 + strlen(*word) > LINE_MAX_COLUMNS;
            column = (fold ? 0 : column) + 1 + strlen(*word);
            g_string_append_printf(raw, "%s %s", fold ? "\n" : "", *word);
        }
    }
    g_string_append_c(raw, '\n');
    return g_string_free(raw, FALSE);
}

static void set_subject(GMimeMessage *message, const char *subject)
{
    GMimeHeaderList *headers = g_mime_object_get_header_list(GMIME_OBJECT(message));
    g_autofree char *raw = subject_raw(subject);
    g_mime_message_set_subject(message, "FW", NULL);
    GMimeHeader *header = g_mime_header_list_get_header(headers, "Subject");
    g_mime_header_set_raw_value(header, raw);
}

static void set_date(GMimeMessage *message, gint64 now)
{
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_local(now);
    g_mime_message_set_date(message, date);
}

static GMimeMessage *make_message(const Draft *draft, const char *id)
{
    GMimeMessage *message = g_mime_message_new(TRUE);
    bool xarf = draft->format == DRAFT_XARF && draft_can_xarf(draft->incident, draft->side);
    g_autoptr(GMimeObject) body = draft->format == DRAFT_LETTER
                                      ? make_part("text", "plain", draft->letter)
                                  : xarf ? make_with_xarf(draft)
                                         : make_report(draft);
    g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, draft->name, draft->from);
    for (guint i = 0; i < draft->to->len; i++)
        g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_TO, NULL, draft->to->pdata[i]);
    set_subject(message, draft->subject);
    set_date(message, draft->now);
    g_mime_message_set_message_id(message, id);
    g_mime_object_set_header(GMIME_OBJECT(message), "MIME-Version", "1.0", NULL);
    g_mime_object_set_header(GMIME_OBJECT(message), "User-Agent", "notme/" NOTME_VERSION, NULL);
    g_mime_message_set_mime_part(message, body);
    return message;
}

char *draft_write(const Draft *draft, char **message_id, GError **error)
{
    *message_id = NULL;
    if (!draft_agrees(draft, error))
        return NULL;
    g_autofree char *unique = g_uuid_string_random(), *domain = address_domain(draft->from);
    char *id = g_strdup_printf("notme.%s@%s", unique, domain);
    g_autoptr(GMimeMessage) message = make_message(draft, id);
    char *text = g_mime_object_to_string(GMIME_OBJECT(message), NULL);
    *message_id = id;
    if (draft->to->len == 0) { /* GMime writes no empty header */
        g_autofree char *rest = text;
        text = g_strconcat("To:\n", rest, NULL);
    }
    return text;
}
