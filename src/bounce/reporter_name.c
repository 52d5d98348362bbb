/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words behind which a reporter names itself. */
#include "bounce/reporter_name.h"

#include <string.h>

#include "base/ip.h"

/* Longest line in which a reporter names itself. */
#define NAMED_MAX 300

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

/* The host name at the start of @text; NULL for none with a dot. */
static char *host_of(Span text)
{
    gsize n = 0;
    Ip ip;
    while (n < text.n && (g_ascii_isalnum(text.p[n]) || strchr(".-_", text.p[n])))
        n++;
    bool local = n < text.n && text.p[n] == '@';
    while (n && text.p[n - 1] == '.')
        n--;
    Span host = span_sub(text, 0, n);
    return local || !n || ip_parse(host, &ip) || !memchr(host.p, '.', n) ? NULL
                                                                         : span_dup_utf8(host);
}

static char *named_in(Span line, const char *words)
{
    gssize at = span_ifind(line, words);
    if (at < 0)
        return NULL;
    Span rest = span_trim(span_sub(line, (gsize)at + strlen(words), line.n));
    gssize agent = g_str_has_suffix(words, "agent") ? span_ifind(rest, " at ") : -1;
    if (agent >= 0)
        rest = span_trim(span_sub(rest, (gsize)agent + 4, rest.n));
    if (rest.n && rest.p[0] == '<')
        rest = span_sub(rest, 1, rest.n);
    return host_of(rest);
}

char *reporter_name_read(const BounceText *text)
{
    for (guint i = 0; i < text->lines->len; i++) {
        Span line = bounce_text_line(text, i)->text;
        for (const char *const *words = reporters; *words && line.n < NAMED_MAX; words++) {
            char *host = named_in(line, *words);
            if (host)
                return host;
        }
    }
    return NULL;
}
