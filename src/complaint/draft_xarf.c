/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An XARF 4 report (github.com/xarf/xarf-spec): category messaging, type spam. Required there: what
 * every report has (version, id, time, reporter, sender, source), the protocol, and for SMTP the
 * sender of the envelope, which a bounce has not, and the port of the client. So it is made about
 * the forged mail only, and where the reporter recorded the port. */
#include <jansson.h>
#include <string.h>

#include "base/address.h"
#include "base/autoptr.h"
#include "base/date.h"
#include "complaint/draft.h"

/* Most letters of an organisation's name and of a subject, most bytes of evidence, by the schemas
 * (xarf-core.json, types/messaging-spam.json). */
enum { ORG_MOST = 200, SUBJECT_MOST = 500, EVIDENCE_MOST = 5 << 20 };

bool draft_can_xarf(const Incident *incident, Side side)
{
    return side == SIDE_NETWORK && incident->ip.family && incident->port &&
           strlen(draft_headers(incident, side)) <= EVIDENCE_MOST &&
           (incident->spoofed || incident->forged_from) && incident->taken != TIME_NONE &&
           draft_can_report(incident, side);
}

static json_t *party(const Draft *draft)
{
    g_autofree char *domain = address_domain(draft->from);
    g_autofree char *org = g_strdup(draft->name ? draft->name : domain);
    if (g_utf8_strlen(org, -1) > ORG_MOST)
        *g_utf8_offset_to_pointer(org, ORG_MOST) = '\0';
    return json_pack("{s:s, s:s, s:s}", "org", org, "contact", draft->from, "domain", domain);
}

static json_t *evidence(const char *headers)
{
    g_autofree char *payload = g_base64_encode((const guchar *)headers, strlen(headers));
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, headers, -1);
    return json_pack("[{s:s, s:s, s:s, s:s+, s:I}]", "content_type", "text/rfc822-headers",
                     "description", "headers of the message, as they came back in the bounce",
                     "payload", payload, "hash", "sha256:", hash, "size",
                     (json_int_t)strlen(headers));
}

char *draft_xarf(const Draft *draft)
{
    const Incident *incident = draft->incident;
    g_autofree char *id = g_uuid_string_random(), *time = date_format_rfc3339(incident->taken);
    g_autofree char *ip = ip_format(&incident->ip);
    g_autoptr(json_t) report = json_pack(
        "{s:s, s:s, s:s, s:o, s:o, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:o}", "xarf_version",
        "4.0.0", "report_id", id, "timestamp", time, "reporter", party(draft), "sender",
        party(draft), "source_identifier", ip, "category", "messaging", "type", "spam",
        "evidence_source", "user_complaint", "protocol", "smtp", "smtp_from",
        draft_mail_from(draft), "source_port", (json_int_t)incident->port, "evidence",
        evidence(draft_headers(incident, draft->side)));
    if (incident->recipient)
        json_object_set_new(report, "smtp_to", json_string(incident->recipient));
    if (incident->returned_subject && g_utf8_strlen(incident->returned_subject, -1) <= SUBJECT_MOST)
        json_object_set_new(report, "subject", json_string(incident->returned_subject));
    return json_dumps(report, JSON_INDENT(2));
}
