/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See origin.h. */
#include "verdict/origin.h"

#include <string.h>

bool origin_is_believed(HopMark mark)
{
    return mark == MARK_OWN || mark == MARK_BELIEVED || mark == MARK_INJECTION;
}

/* The believed line that the warning of @verdict is about, or -1. */
static int login_hop(const Trace *trace, const Verdict *verdict)
{
    int found = -1;
    for (guint i = 0; verdict->warning != WARNING_NONE && i < trace->returned->len; i++) {
        const Hop *hop = trace->returned->pdata[i];
        if (!origin_is_believed(trace->returned_notes[i].mark))
            break;
        if (hop->authenticated && ip_equal(&hop->from_ip, &verdict->login_ip))
            found = (int)i;
    }
    return found;
}

int origin_hop(const Trace *trace, const Verdict *verdict)
{
    int login = login_hop(trace, verdict);
    return login >= 0 ? login : trace->injection.hop;
}

Origin origin_of(const Trace *trace, const Verdict *verdict)
{
    const Injection *injection = &trace->injection;
    if (login_hop(trace, verdict) >= 0)
        return ORIGIN_KNOWN;
    if (verdict->value == VERDICT_FAKE)
        return trace->handing_ip.family ? ORIGIN_KNOWN : ORIGIN_UNKNOWN;
    if (!injection->ip.family)
        return ORIGIN_UNKNOWN;
    if (injection->source == INJECTION_ORIGINATING_IP)
        return ORIGIN_CLAIMED;
    if (verdict->value != VERDICT_UNDECIDED)
        return ORIGIN_KNOWN;
    return trace->reporter == REPORTER_VOUCHED && !trace->capped ? ORIGIN_STATED : ORIGIN_CLAIMED;
}

OriginShown origin_shown(const Trace *trace, const Verdict *verdict)
{
    const Injection *injection = &trace->injection;
    bool fake = verdict->value == VERDICT_FAKE;
    /* a client on a machine of ours, which wrote the line */
    bool local = injection->by_own && ip_kind(&injection->ip) == IP_LOOPBACK;
    OriginShown shown = {.ip = fake ? trace->handing_ip : injection->ip,
                         .own = !fake && (injection->own || local)};
    shown.open = shown.ip.family && !shown.own && origin_of(trace, verdict) != ORIGIN_KNOWN;
    return shown;
}

const char *origin_word(Origin origin)
{
    static const char *const words[] = {
        [ORIGIN_UNKNOWN] = "SENT FROM",
        [ORIGIN_CLAIMED] = "CLAIMED",
        [ORIGIN_STATED] = "SENT FROM?",
        [ORIGIN_KNOWN] = "SENT FROM",
    };
    return words[origin];
}

const char *origin_break(Origin origin, bool injected, bool narrow)
{
    if (!injected || origin != ORIGIN_KNOWN)
        return "below this line nothing is confirmed";
    return narrow ? "written by the sender" : "below this line the sender wrote it himself";
}

const char *origin_source(InjectionSource source)
{
    static const char *const texts[] = {
        [INJECTION_NONE] = NULL,
        [INJECTION_RECEIVED] = NULL,
        [INJECTION_SENTENCE] = "a sentence of the bounce says so",
        [INJECTION_DSN_FIELD] = "a field of the report says so",
        [INJECTION_ORIGINATING_IP] = "the X-Originating-IP field says so",
        [INJECTION_FILTER_HEADER] = "the front door of its house noted it",
        [INJECTION_DIAGNOSTIC] = "the server's answer names it",
    };
    return texts[source];
}

/* Who the address @ip is: by its looked-up @name, by what it called itself. */
static GString *host_text(const Ip *ip, const char *name, const char *helo, bool own)
{
    g_autofree char *address = ip_format(ip);
    GString *text = g_string_new(address);
    if (name)
        g_string_append_printf(text, " (%s)", name);
    if (own)
        g_string_append(text, ", which is yours");
    if (helo && g_strcmp0(helo, name) != 0)
        g_string_append_printf(text, ", which called itself \"%s\"", helo);
    return text;
}

/* "198.51.100.200, logged in as nell@quince.example; whose address that is, is not known" */
static char *login_text(const Verdict *verdict)
{
    g_autofree char *ip = ip_format(&verdict->login_ip);
    return g_strdup_printf("%s, logged in%s%s; %s", ip, verdict->login ? " as " : "",
                           verdict->login ? verdict->login : "",
                           verdict->login_denied ? "you said that it was not you"
                                                 : "whose address that is, is not known");
}

char *origin_text(const Trace *trace, const Verdict *verdict)
{
    static const char *const open[] = {
        [ORIGIN_CLAIMED] = "nobody who can be believed vouches for it",
        [ORIGIN_STATED] = "whether it began there is open",
        [ORIGIN_KNOWN] = NULL,
    };
    const Injection *injection = &trace->injection;
    Origin origin = origin_of(trace, verdict);
    if (origin == ORIGIN_UNKNOWN)
        return NULL;
    if (login_hop(trace, verdict) >= 0)
        return login_text(verdict);
    if (verdict->value == VERDICT_FAKE)
        return g_string_free(host_text(&trace->handing_ip, trace->handing_rdns,
                                       trace->handing_rdns ? NULL : trace->handing_helo, false),
                             FALSE);
    /* what a field or a diagnostic tells, the client may have said */
    bool recorded =
        injection->source == INJECTION_RECEIVED || injection->source == INJECTION_SENTENCE;
    GString *text =
        host_text(&injection->ip, injection->name, injection->helo, injection->own && recorded);
    const char *source = origin_source(injection->source);
    if (source)
        g_string_append_printf(text, "; %s", source);
    if (open[origin])
        g_string_append_printf(text, "; %s", open[origin]);
    return g_string_free(text, FALSE);
}
