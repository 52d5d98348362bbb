/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the bounce says, outside the returned Received lines, of who handed the message over: the
 * reporter's sentence, Received-From-MTA, X-Originating-IP, a diagnostic that names the client. */
#include <string.h>

#include "bounce/reading.h"

#define CLAIMS_MAX 20

static void claim_add(Reading *r, ClaimSource source, const Ip *ip, Span host, Span text)
{
    GArray *claims = r->bounce->claims;
    if (claims->len >= CLAIMS_MAX)
        return;
    Claim claim = {.source = source, .ip = *ip};
    claim.host = host.n ? span_dup_utf8(host) : NULL;
    claim.text = span_dup_utf8(span_sub(span_trim(text), 0, 400));
    g_strdelimit(claim.text, "\r\n\t", ' ');
    g_array_append_val(claims, claim);
}

/* The address in the last round or square bracket of @text that holds one. */
static bool bracket_ip(Span text, Ip *ip)
{
    for (gsize end = text.n; end > 0; end--) {
        char close = text.p[end - 1];
        if (close != ']' && close != ')')
            continue;
        gsize start = end - 1;
        while (start > 0 && end - start < 60 && !strchr("[(", text.p[start - 1]))
            start--;
        if (start > 0 && ip_parse_literal(span_trim(span_sub(text, start, end - 1 - start)), ip))
            return true;
    }
    return false;
}

/* The host name at the start of @text; empty for an address or none. */
static Span host_head(Span text)
{
    gsize n = 0;
    Ip ip;
    while (n < text.n && (g_ascii_isalnum(text.p[n]) || strchr(".-_", text.p[n])))
        n++;
    Span host = span_sub(text, 0, n);
    if (n && host.p[n - 1] == '.')
        host.n--;
    bool local = n < text.n && text.p[n] == '@';
    return local || ip_parse(host, &ip) || !host.n ? (Span){"", 0} : host;
}

/* @text is "HOST [IP] …" behind the "from" of a sentence. */
static void add_from(Reading *r, ClaimSource source, Span text, Span sentence)
{
    Ip ip = {0};
    Span host = host_head(text);
    if (!bracket_ip(text, &ip)) {
        gsize n = 0;
        while (n < text.n && !g_ascii_isspace(text.p[n]) && text.p[n] != ',')
            n++;
        if (n && text.p[n - 1] == '.')
            n--;
        ip_parse_literal(span_sub(text, 0, n), &ip);
    }
    if (ip.family || host.n)
        claim_add(r, source, &ip, host, sentence);
}

/* How reporters begin the sentence that says from where the message came. */
static const char *const sentences[] = {"original message was received",
                                        "original mail was received",
                                        "message was received from",
                                        "message was received at",
                                        "mail was received from",
                                        "message has been received from",
                                        "message received from",
                                        "mail received from",
                                        "nachricht wurde empfangen",
                                        "message original a été reçu",
                                        "mensaje original fue recibido",
                                        "mensaje original se recibió",
                                        "mensagem original foi recebida",
                                        "messaggio originale è stato ricevuto",
                                        "исходное сообщение было получено",
                                        "元のメールは",
                                        NULL};

static const char *const froms[] = {"from ", "von ", "de ", "da ", "от ", NULL};

/* Offset behind "from" in @line, or -1; at its start only where @start. */
static gssize behind_from(Span line, bool start)
{
    for (const char *const *word = froms; *word; word++) {
        if (span_istarts(line, *word))
            return (gssize)strlen(*word);
        if (start)
            continue;
        g_autofree char *inner = g_strconcat(" ", *word, NULL);
        gssize at = span_ifind(line, inner);
        if (at >= 0)
            return at + (gssize)strlen(inner);
    }
    return -1;
}

static bool is_sentence(Span line)
{
    for (const char *const *start = sentences; *start; start++)
        if (span_ifind(line, *start) >= 0)
            return true;
    return false;
}

static void read_date(Reading *r, Span line)
{
    Date date;
    gssize at = span_ifind(line, " at ");
    if (r->bounce->arrival_date == TIME_NONE && at >= 0 &&
        date_parse(span_sub(line, (gsize)at + 4, 60), &date))
        r->bounce->arrival_date = date.utc;
}

static void from_sentence(Reading *r)
{
    for (guint i = 0; i < r->lines->len; i++) {
        Span line = g_array_index(r->lines, Line, i).text;
        if (line.n > 400 || !is_sentence(line))
            continue;
        read_date(r, line);
        gssize at = behind_from(line, false);
        if (at >= 0) {
            add_from(r, CLAIM_SENTENCE, span_sub(line, (gsize)at, line.n), line);
            continue;
        }
        for (guint k = i + 1; k < r->lines->len && k <= i + 2; k++) {
            Span next = g_array_index(r->lines, Line, k).text;
            if ((at = behind_from(next, true)) >= 0) {
                add_from(r, CLAIM_SENTENCE, span_sub(next, (gsize)at, next.n), next);
                break;
            }
        }
    }
}

static void from_report(Reading *r)
{
    for (guint i = 0; i < r->message->parts->len; i++) {
        const Part *part = message_part(r->message, i);
        if (r->role[i] != ROLE_STATUS || !part->text)
            continue;
        Span text = span_of(part->text);
        g_autoptr(GPtrArray) fields = headers_parse(text, NULL);
        const char *value = headers_get(fields, "Received-From-MTA");
        if (!value)
            continue;
        Span bare = report_untyped(span_of(value));
        Span host = host_head(bare);
        Ip ip = {0};
        if (!bracket_ip(bare, &ip))
            ip_parse_literal(bare, &ip);
        if (ip.family || host.n)
            claim_add(r, CLAIM_DSN_FIELD, &ip, host, span_of(value));
    }
}

static void from_headers(Reading *r)
{
    static const char *const names[] = {"X-Originating-IP", "X-AOL-IP",        "X-Sender-IP",
                                        "X-Client-IP",      "X-Yahoo-Post-IP", "X-Source-IP",
                                        "X-MDRemoteIP",     "X-SenderIP",      NULL};
    for (const char *const *name = names; *name; name++) {
        const char *value = headers_get(r->bounce->returned.headers, *name);
        Ip ip = {0};
        if (!value)
            continue;
        Span text = span_trim(span_of(value));
        if (!ip_parse_literal(text, &ip) && !bracket_ip(text, &ip)) {
            gsize n = 0;
            while (n < text.n && !g_ascii_isspace(text.p[n]) && text.p[n] != ',')
                n++;
            ip_parse_literal(span_sub(text, 0, n), &ip);
        }
        if (ip.family)
            claim_add(r, CLAIM_ORIGINATING_IP, &ip, (Span){"", 0}, text);
    }
}

/* Words behind which a diagnostic names the client that it refused. */
static const char *const clients[] = {
    "client host [",       "client [",     "banned sending ip [", "connecting ip [",
    "client ip address [", "sending ip [", "from ip [",           NULL};

static void from_diagnostics(Reading *r)
{
    for (guint i = 0; i < r->bounce->recipients->len && i < 50; i++) {
        const Recipient *one = r->bounce->recipients->pdata[i];
        Span text = span_of(one->diagnostic);
        /* a refusal by another host is of the reporter's own connection */
        if (one->remote_mta || span_ifind(text, "said:") >= 0 || span_ifind(text, "host ") == 0)
            continue;
        for (const char *const *client = clients; *client; client++) {
            gssize at = span_ifind(text, *client);
            Ip ip;
            if (at < 0)
                continue;
            Span rest = span_sub(text, (gsize)at + strlen(*client), 60);
            const char *close = rest.n ? memchr(rest.p, ']', rest.n) : NULL;
            if (close && ip_parse_literal(span_sub(rest, 0, (gsize)(close - rest.p)), &ip)) {
                claim_add(r, CLAIM_DIAGNOSTIC, &ip, (Span){"", 0}, text);
                return;
            }
        }
    }
}

/* Words behind which a reporter names itself. */
static const char *const reporters[] = {"qmail-send program at ",
                                        "program at host ",
                                        "mail system at host ",
                                        "mta program at ",
                                        "deliver program at ",
                                        "on the queue on ",
                                        "mail server at ",
                                        "mail server on ",
                                        "generating server: ",
                                        "reporting-mta: ",
                                        "reporting host: ",
                                        "delivery agent at ",
                                        "email server at ",
                                        "message from  ",
                                        "message from ",
                                        "mailer at ",
                                        "server name: ",
                                        "mail gateway ",
                                        "this is the dragonfly mail agent",
                                        NULL};

/* The host that the text names as its writer. */
static void name_reporter(Reading *r)
{
    for (guint i = 0; i < r->lines->len && !r->bounce->reporting_mta; i++) {
        Span line = g_array_index(r->lines, Line, i).text;
        for (const char *const *words = reporters; *words && line.n < 300; words++) {
            gssize at = span_ifind(line, *words);
            if (at < 0)
                continue;
            Span rest = span_trim(span_sub(line, (gsize)at + strlen(*words), line.n));
            gssize agent = span_ifind(rest, " at ");
            if (g_str_has_suffix(*words, "agent") && agent >= 0)
                rest = span_trim(span_sub(rest, (gsize)agent + 4, rest.n));
            if (rest.n && rest.p[0] == '<')
                rest = span_sub(rest, 1, rest.n);
            Span host = host_head(rest);
            if (host.n && memchr(host.p, '.', host.n)) {
                r->bounce->reporting_mta = span_dup_utf8(host);
                break;
            }
        }
    }
}

void claims_read(Reading *r)
{
    name_reporter(r);
    from_sentence(r);
    from_report(r);
    from_headers(r);
    from_diagnostics(r);
}
