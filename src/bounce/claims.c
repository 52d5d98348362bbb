/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the bounce says, outside the returned Received lines, who handed the message over: the
 * reporter's sentence, the report's field, X-Originating-IP and its kin, the diagnostic. */
#include <string.h>

#include "bounce/reading.h"

/* Sentences of reporters; what follows holds the host and the address. */
static const char *const sentences[] = {
    "message was received at",
    "was received at",
    "message was received from",
    "message received at",
    "received the message from",
    "message was received on",
    "nachricht wurde empfangen",
    "wurde empfangen von",
    "a été reçu",
    "se recibió",
    "было получено",
    "を受信しました",
    "message arrived at",
    "message came from",
    "mail was received from",
    "message received from",
    "accepted from",
    "was submitted from",
    "sending host",
    "sent from host",
    "connecting host",
    "received from host",
    "message from host",
    "source ip",
    "sending mta",
    "sender ip",
    "client address",
};

/* Headers of the returned message in which webmail names the browser's address. */
static const char *const originating[] = {
    "X-Originating-IP",
    "X-AOL-IP",
    "X-Originating-Ip",
    "X-Sender-IP",
    "X-Client-IP",
    "X-Yahoo-Post-IP",
    "X-Sender-Ip",
    "X-Mailer-IP",
    "X-SenderIP",
    "X-Source-IP",
    "X-Remote-IP",
    "X-Forefront-Client-IP",
    "X-UserIP",
    "X-WebMail-UserIP",
    "X-PHP-Originating-IP",
    "X-SquirrelMail-UserIP",
    "X-EIP",
    "X-User-IP",
    "X-AntiAbuse-IP",
    "X-HTTP-Posting-IP",
};

/* Words before or behind the client's address in a refusal. */
static const char *const refusals[] = {
    "client host",   "client [",   "client ",     "your ip",    "your host",       "blocked",
    "access denied", "sending ip", "sender ip",   "ip address", "connection from", "from ip",
    "blacklist",     "blocklist",  "block list",  "rejected",   "listed",          "[ip",
    "not allowed",   "denied",     "mail server", "banned",
};

/* The last address in square brackets, else in round ones, of @s. */
static bool bracketed(Span s, Ip *ip)
{
    bool found = false;
    for (gsize i = 0; i < s.n; i++) {
        if (s.p[i] != '[' && s.p[i] != '(')
            continue;
        const char *close = memchr(s.p + i + 1, s.p[i] == '[' ? ']' : ')', MIN(s.n - i - 1, 80));
        Ip one;
        if (close && ip_parse(span_trim((Span){s.p + i + 1, (gsize)(close - s.p) - i - 1}), &one)) {
            *ip = one;
            found = true;
        }
    }
    return found;
}

/* Any bare IPv4 address in @s. */
static bool bare_address(Span s, Ip *ip)
{
    for (gsize i = 0; i < s.n;) {
        gsize n = 0;
        while (i + n < s.n && (g_ascii_isxdigit(s.p[i + n]) || strchr(".:", s.p[i + n])) &&
               s.p[i + n])
            n++;
        if (n >= 7 && n < 46) {
            Span word = span_sub(s, i, n);
            while (word.n && strchr(".:", word.p[word.n - 1]))
                word.n--;
            bool alone = i == 0 || !(g_ascii_isalnum(s.p[i - 1]) || strchr("-_.@", s.p[i - 1]));
            if (alone && memchr(word.p, '.', word.n) && ip_parse(word, ip) &&
                ip_kind(ip) == IP_PUBLIC)
                return true;
        }
        i += n ? n : 1;
    }
    return false;
}

static void add(Bounce *bounce, ClaimSource source, const Ip *ip, char *host, Span text)
{
    Claim claim = {.source = source, .host = host};
    if (ip)
        claim.ip = *ip;
    claim.text = span_dup_utf8(span_trim(span_sub(text, 0, 300)));
    for (char *p = claim.text; *p; p++)
        if (*p == '\n' || *p == '\r')
            *p = ' ';
    g_array_append_val(bounce->claims, claim);
}

static bool is_host(Span s)
{
    bool dot = false;
    for (gsize i = 0; i < s.n; i++) {
        if (!g_ascii_isalnum(s.p[i]) && !strchr(".-_", s.p[i]))
            return false;
        dot = dot || (s.p[i] == '.' && i > 0 && i + 1 < s.n);
    }
    return s.n > 0 && dot;
}

/* "... at DATE from HOST [IP]": the word behind the last "from". */
static char *host_behind_from(Span s)
{
    gssize at = -1;
    for (gsize i = 0; i + 5 < s.n; i++)
        if (g_ascii_strncasecmp(s.p + i, "from ", 5) == 0 &&
            (i == 0 || !g_ascii_isalnum(s.p[i - 1])))
            at = (gssize)i;
    if (at < 0)
        return NULL;
    Span word = span_trim(span_sub(s, (gsize)at + 5, s.n));
    gsize n = 0;
    while (n < word.n && !strchr(" \t\r\n(),;[", word.p[n]) && word.p[n])
        n++;
    const char *sign = memchr(word.p, '@', n);
    word.n = n;
    if (sign)
        word = span_sub(word, (gsize)(sign - word.p) + 1, word.n);
    return is_host(word) ? span_dup_utf8(word) : NULL;
}

static void read_date(Bounce *bounce, Span s)
{
    Date date;
    gssize at = span_ifind(s, " at ");
    if (bounce->arrival_date != TIME_NONE || at < 0)
        return;
    Span when = span_sub(s, (gsize)at + 4, s.n);
    gssize end = span_ifind(when, "from ");
    if (end > 0)
        when.n = (gsize)end;
    if (date_parse(when, &date))
        bounce->arrival_date = date.utc != TIME_NONE ? date.utc : date.local;
}

static void find_sentence(Reading *reading)
{
    const char *lower = reading->lower, *text = reading->text->str;
    for (gsize i = 0; i < G_N_ELEMENTS(sentences); i++) {
        const char *hit = strstr(lower, sentences[i]);
        /* lower may differ in length outside ASCII: look the words up in the text itself */
        Span whole = {text, reading->text->len};
        gssize at = hit ? span_ifind(whole, sentences[i]) : -1;
        if (at < 0)
            continue;
        Span s = span_sub(whole, (gsize)at, 400);
        const char *end = g_strstr_len(s.p, (gssize)s.n, "\n\n");
        if (end)
            s.n = (gsize)(end - s.p);
        Ip ip = {0};
        bool found = bracketed(s, &ip) || bare_address(s, &ip);
        g_autofree char *host = host_behind_from(s);
        read_date(reading->bounce, s);
        if (found || host) {
            add(reading->bounce, CLAIM_SENTENCE, found ? &ip : NULL, g_steal_pointer(&host), s);
            return;
        }
    }
}

static void find_originating(Reading *reading)
{
    for (gsize i = 0; i < G_N_ELEMENTS(originating); i++) {
        const char *value = headers_get(reading->bounce->returned.headers, originating[i]);
        Ip ip;
        if (!value)
            continue;
        Span s = span_of(value);
        if (bracketed(s, &ip) || ip_parse(span_trim(s), &ip) || bare_address(s, &ip)) {
            add(reading->bounce, CLAIM_ORIGINATING_IP, &ip, NULL, s);
            return;
        }
    }
}

static void find_in_diagnostic(Reading *reading)
{
    const GPtrArray *recipients = reading->bounce->recipients;
    for (guint i = 0; i < recipients->len && i < 20; i++) {
        const Recipient *r = recipients->pdata[i];
        Ip ip;
        if (!r->diagnostic)
            continue;
        Span s = span_of(r->diagnostic);
        for (gsize k = 0; k < G_N_ELEMENTS(refusals); k++) {
            gssize at = span_ifind(s, refusals[k]);
            if (at < 0)
                continue;
            /* the address of the host that refused stands before its words: "host x[ip] said:" */
            gssize said = span_ifind(s, " said:");
            Span words = said >= 0 ? span_sub(s, (gsize)said, s.n) : s;
            if (bracketed(words, &ip) || bare_address(words, &ip)) {
                add(reading->bounce, CLAIM_DIAGNOSTIC, &ip, NULL, words);
                return;
            }
        }
    }
}

static int by_trust(gconstpointer a, gconstpointer b)
{
    return (int)((const Claim *)a)->source - (int)((const Claim *)b)->source;
}

void claims_read(Reading *reading)
{
    find_sentence(reading);
    find_originating(reading);
    find_in_diagnostic(reading);
    g_array_sort(reading->bounce->claims, by_trust);
}
