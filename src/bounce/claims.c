/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the bounce says, outside the returned Received lines, of who handed the message over: the
 * reporter's sentence, Received-From-MTA, X-Originating-IP, a diagnostic that names the client. */
#include "bounce/claims.h"

#include <string.h>

#include "bounce/report_field.h"

#define CLAIMS_MAX 20
/* Longest text that is kept of a claim, and longest line that is looked at. */
#define CLAIM_TEXT_MAX 400
/* ... and longest beginning of a line before the reporter's sentence. */
#define LEAD_MAX 40
/* Most recipients whose diagnostics are looked at. */
#define DIAGNOSTICS_MAX 50

static void claim_add(Bounce *out, ClaimSource source, const Ip *ip, Span host, Span text)
{
    GArray *claims = out->claims;
    if (claims->len >= CLAIMS_MAX)
        return;
    Claim claim = {.source = source, .ip = *ip};
    claim.host = host.n ? span_dup_utf8(host) : NULL;
    claim.text = span_dup_utf8(span_sub(span_trim(text), 0, CLAIM_TEXT_MAX));
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
static void add_from(Bounce *out, ClaimSource source, Span text, Span sentence)
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
        claim_add(out, source, &ip, host, sentence);
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

/* Nothing but a few words before it: what stands behind a name with a colon, a reply's code or a
 * mark of quoting is somebody else's. */
static bool is_lead(Span text)
{
    for (gsize i = 0; i < text.n; i++)
        if ((guchar)text.p[i] < 0x80 && !g_ascii_isalpha(text.p[i]) && text.p[i] != ' ')
            return false;
    return text.n <= LEAD_MAX;
}

/* Which of them @folded holds, a bit for each. */
static guint sentences_in(const char *folded)
{
    guint set = 0;
    for (guint i = 0; sentences[i]; i++)
        set |= strstr(folded, sentences[i]) ? 1u << i : 0;
    return set;
}

/* @set: those that the text holds. */
static bool is_sentence(Span line, guint set)
{
    for (guint i = 0; sentences[i]; i++) {
        gssize at = set & (1u << i) ? span_ifind(line, sentences[i]) : -1;
        if (at >= 0 && is_lead(span_trim(span_sub(line, 0, (gsize)at))))
            return true;
    }
    return false;
}

static void read_date(Bounce *out, Span line)
{
    Date date;
    gssize at = span_ifind(line, " at ");
    if (out->arrival_date == TIME_NONE && at >= 0 &&
        date_parse(span_sub(line, (gsize)at + 4, 60), &date))
        out->arrival_date = date.utc;
}

static void from_sentence(const BounceText *text, Bounce *out)
{
    guint set = sentences_in(text->folded);
    for (guint i = 0; set && i < text->lines->len; i++) {
        Span line = bounce_text_line(text, i)->text;
        if (line.n > CLAIM_TEXT_MAX || !is_sentence(line, set))
            continue;
        read_date(out, line);
        gssize at = behind_from(line, false);
        if (at >= 0) {
            add_from(out, CLAIM_SENTENCE, span_sub(line, (gsize)at, line.n), line);
            continue;
        }
        for (guint k = i + 1; k < text->lines->len && k <= i + 2; k++) {
            Span next = bounce_text_line(text, k)->text;
            if ((at = behind_from(next, true)) >= 0) {
                add_from(out, CLAIM_SENTENCE, span_sub(next, (gsize)at, next.n), next);
                break;
            }
        }
    }
}

static void from_report(const BounceSource *source, Bounce *out)
{
    for (guint i = 0; i < source->message->parts->len; i++) {
        const Part *part = message_part(source->message, i);
        if (source->structure.role[i] != ROLE_STATUS || !part->text)
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
            claim_add(out, CLAIM_DSN_FIELD, &ip, host, span_of(value));
    }
}

/* RFC 5965 3.2: from where the receiver took the message that is complained about. */
static void from_complaint(const BounceSource *source, Bounce *out)
{
    int i = source->structure.feedback;
    const Part *part = i >= 0 ? message_part(source->message, (guint)i) : NULL;
    if (!part || !part->text)
        return;
    g_autoptr(GPtrArray) fields = headers_parse(span_of(part->text), NULL);
    const char *value = headers_get(fields, "Source-IP");
    Ip ip;
    if (value && ip_parse_literal(span_trim(span_of(value)), &ip))
        claim_add(out, CLAIM_DSN_FIELD, &ip, (Span){"", 0}, span_of(value));
}

static void from_headers(Bounce *out)
{
    static const char *const names[] = {"X-Originating-IP", "X-AOL-IP",        "X-Sender-IP",
                                        "X-Client-IP",      "X-Yahoo-Post-IP", "X-Source-IP",
                                        "X-MDRemoteIP",     "X-SenderIP",      NULL};
    for (const char *const *name = names; *name; name++) {
        const char *value = headers_get(out->returned.headers, *name);
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
            claim_add(out, CLAIM_ORIGINATING_IP, &ip, (Span){"", 0}, text);
    }
}

/* Words behind which a diagnostic names the client that it refused. */
static const char *const clients[] = {
    "client host [",       "client [",     "banned sending ip [", "connecting ip [",
    "client ip address [", "sending ip [", "from ip [",           NULL};

static void from_diagnostics(Bounce *out)
{
    for (guint i = 0; i < out->recipients->len && i < DIAGNOSTICS_MAX; i++) {
        const Recipient *one = out->recipients->pdata[i];
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
                claim_add(out, CLAIM_DIAGNOSTIC, &ip, (Span){"", 0}, text);
                return;
            }
        }
    }
}

void claims_read(const BounceSource *source, const BounceText *text, Bounce *out)
{
    from_sentence(text, out);
    from_report(source, out);
    from_complaint(source, out);
    from_headers(out);
    from_diagnostics(out);
}
