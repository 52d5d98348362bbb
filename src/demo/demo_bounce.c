/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sample bounces, in the manner of five mail servers. */
#include <string.h>

#include "demo/demo.h"

typedef struct Report {
    const DemoServer *by;
    const DemoSent *sent;
    const DemoFate *fate;
    gint64 time;
    guint salt;
    char *date;    /* of the bounce */
    char *arrival; /* of the message at the server */
    char *id;      /* of the bounce at the server */
    char *boundary;
} Report;

static void add_top(GString *out, const Report *r, const char *from, const char *subject,
                    const char *more)
{
    const DemoPeer server = {r->by->host, r->by->host, r->by->ip, NULL};
    if (strcmp(r->by->host, DEMO_HOST) == 0)
        g_string_append_printf(out,
                               "Return-Path: <>\nDelivered-To: " DEMO_ADDRESS
                               "\nReceived: by " DEMO_HOST " (Postfix)\n\tid %s; %s (UTC)\n",
                               r->id, r->date);
    else
        demo_add_arrival(out, &server, "", r->time + 2, r->salt + 900);
    g_string_append_printf(out,
                           "Date: %s\nFrom: %s\nTo: " DEMO_ADDRESS
                           "\nSubject: %s\nMessage-ID: <%s@%s>\nAuto-Submitted: auto-replied\n%s",
                           r->date, from, subject, r->id, r->by->host, more);
}

static void add_part(GString *out, const Report *r, const char *type)
{
    g_string_append_printf(out, "\n--%s\nContent-Type: %s\n\n", r->boundary, type);
}

static void add_status(GString *out, const Report *r)
{
    add_part(out, r, "message/delivery-status");
    g_string_append_printf(out,
                           "Reporting-MTA: dns; %s\nArrival-Date: %s\n\nFinal-Recipient: rfc822; "
                           "%s\nAction: %s\nStatus: %s\nDiagnostic-Code: smtp; %s\n",
                           r->by->host, r->arrival, r->sent->to,
                           r->fate->delayed ? "delayed" : "failed", r->fate->status,
                           r->fate->reply);
}

static char *report_type(const Report *r)
{
    return g_strdup_printf("MIME-Version: 1.0\nContent-Type: multipart/report; "
                           "report-type=delivery-status;\n\tboundary=\"%s\"\n",
                           r->boundary);
}

static void add_message(GString *out, const Report *r)
{
    add_part(out, r, "message/rfc822");
    demo_add_sent(out, r->sent, r->by, r->salt);
    g_string_append_printf(out, "\n--%s--\n", r->boundary);
}

static void bounce_postfix(GString *out, const Report *r)
{
    g_autofree char *type = report_type(r);
    g_autofree char *from = g_strdup_printf("MAILER-DAEMON@%s (Mail Delivery System)", r->by->host);
    add_top(out, r, from,
            r->fate->delayed ? "Delayed Mail (still being retried)"
                             : "Undelivered Mail Returned to Sender",
            type);
    add_part(out, r, "text/plain; charset=us-ascii");
    g_string_append_printf(out, "This is the mail system at host %s.\n\n", r->by->host);
    if (r->fate->delayed)
        g_string_append(out, "THIS IS A WARNING ONLY. Your message could not be delivered for more "
                             "than four hours.\nIt will be tried again until it is five days old.");
    else
        g_string_append(out, "Your message could not be delivered to one or more recipients.");
    g_string_append_printf(out, "\n\n<%s>: %s\n", r->sent->to, r->fate->reply);
    add_status(out, r);
    add_message(out, r);
}

static void bounce_sendmail(GString *out, const Report *r)
{
    g_autofree char *type = report_type(r);
    g_autofree char *from =
        g_strdup_printf("Mail Delivery Subsystem <MAILER-DAEMON@%s>", r->by->host);
    add_top(out, r, from, "Returned mail: see transcript for details", type);
    add_part(out, r, "text/plain; charset=us-ascii");
    g_string_append_printf(out,
                           "The original message was received at %s\nfrom %s [%s]\n\n"
                           "   ----- The following addresses had permanent fatal errors -----\n"
                           "<%s>\n    (reason: %s)\n\n"
                           "   ----- Transcript of session follows -----\n%s\n",
                           r->arrival, r->sent->peer.name ? r->sent->peer.name : "",
                           r->sent->peer.ip, r->sent->to, r->fate->reply, r->fate->reply);
    add_status(out, r);
    add_message(out, r);
}

static void bounce_exim(GString *out, const Report *r)
{
    g_autofree char *from = g_strdup_printf("Mail Delivery System <Mailer-Daemon@%s>", r->by->host);
    g_autofree char *more = g_strdup_printf("X-Failed-Recipients: %s\n", r->sent->to);
    add_top(out, r, from, "Mail delivery failed: returning message to sender", more);
    g_string_append_printf(
        out,
        "\nThis message was created automatically by mail delivery software.\n\n"
        "A message that you sent could not be delivered to one or more of its\n"
        "recipients. This is a permanent error. The following address(es) failed:\n\n"
        "  %s\n    SMTP error from remote mail server after RCPT TO:<%s>:\n    %s\n\n"
        "------ This is a copy of the message, including all the headers. ------\n\n"
        "Return-path: <" DEMO_ADDRESS ">\n",
        r->sent->to, r->sent->to, r->fate->reply);
    demo_add_sent(out, r->sent, r->by, r->salt);
}

static void bounce_qmail(GString *out, const Report *r)
{
    g_autofree char *from = g_strdup_printf("MAILER-DAEMON@%s", r->by->host);
    add_top(out, r, from, "failure notice", "");
    g_string_append_printf(
        out,
        "\nHi. This is the qmail-send program at %s.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        "<%s>:\n%s\n\n--- Below this line is a copy of the message.\n\n"
        "Return-Path: <" DEMO_ADDRESS ">\n",
        r->by->host, r->sent->to, r->fate->reply);
    demo_add_sent(out, r->sent, r->by, r->salt);
}

static void bounce_exchange(GString *out, const Report *r)
{
    g_autofree char *type = report_type(r);
    const char *domain = strchr(r->by->host, '.') + 1;
    g_autofree char *from = g_strdup_printf("<postmaster@%s>", domain);
    g_autofree char *subject = g_strdup_printf("Undeliverable: %s", r->sent->subject);
    add_top(out, r, from, subject, type);
    add_part(out, r, "text/plain; charset=us-ascii");
    g_string_append_printf(out,
                           "Delivery has failed to these recipients or groups:\n\n%s\n\n"
                           "Diagnostic information for administrators:\n\nGenerating server: %s\n\n"
                           "%s\n%s\n",
                           r->sent->to, r->by->host, r->sent->to, r->fate->reply);
    add_status(out, r);
    add_message(out, r);
}

char *demo_bounce(const DemoServer *by, const DemoSent *sent, const DemoFate *fate, gint64 time,
                  guint salt)
{
    static void (*const writers[])(GString *, const Report *) = {
        [DEMO_POSTFIX] = bounce_postfix,   [DEMO_SENDMAIL] = bounce_sendmail,
        [DEMO_EXIM] = bounce_exim,         [DEMO_QMAIL] = bounce_qmail,
        [DEMO_EXCHANGE] = bounce_exchange,
    };
    GString *out = g_string_new(NULL);
    Report r = {.by = by, .sent = sent, .fate = fate, .time = time, .salt = salt};
    r.date = demo_date(time);
    r.arrival = demo_date(sent->time + 4);
    r.id =
        demo_queue_id(by->style == DEMO_QMAIL || by->style == DEMO_EXCHANGE ? DEMO_EXIM : by->style,
                      time, salt + 300);
    r.boundary = g_strdup_printf("report-%u-%s", salt, by->host);
    writers[by->style](out, &r);
    g_free(r.date);
    g_free(r.arrival);
    g_free(r.id);
    g_free(r.boundary);
    return g_string_free(out, FALSE);
}
