/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing chains. A Received line speaks of two hosts: the one that wrote it ("by") and the one it
 * took the message from. What the eye wants is a list of hosts. So the list begins with the writer
 * of the newest line; each believed line adds the host it took the message from; below the place
 * where belief ends, each line adds only the host that claims to have written it. */
#include "draw/draw_chain.h"

#include <string.h>

#include "base/count.h"
#include "model/rows.h"
#include "screen/clock.h"
#include "screen/text.h"
#include "verdict/telling.h"

/* Received lines of a chain that are drawn. */
enum { HOPS_SHOWN = 300 };

typedef struct Columns {
    int sign, host, mark, fact;
} Columns;

typedef struct HostLine {
    Glyph sign; /* GLYPH_COUNT: none */
    Role role;
    const char *host;
    const char *mark;
    const char *fact;
    gint64 time; /* TIME_NONE: not shown */
    bool whole;  /* a long fact gets lines of its own */
} HostLine;

static const struct {
    Glyph sign;
    Role role;
} marks[] = {
    [MARK_NONE] = {GLYPH_COUNT, ROLE_NORMAL},
    [MARK_OWN] = {GLYPH_GENUINE, ROLE_OWN},
    [MARK_BELIEVED] = {GLYPH_COUNT, ROLE_BELIEVED},
    [MARK_INJECTION] = {GLYPH_INJECTION, ROLE_INJECTION},
    [MARK_UNVERIFIED] = {GLYPH_UNVERIFIED, ROLE_UNVERIFIED},
    [MARK_FORGED] = {GLYPH_BACKSCATTER, ROLE_FORGED},
};

/* Beside a host whose mark is no injection's. */
static const char *mark_word(HopMark mark)
{
    return telling_mark(mark, ORIGIN_UNKNOWN);
}

static Columns columns_for(int width)
{
    int host = CLAMP(width * 32 / 100, 14, 32);
    return (Columns){1, 3, 3 + host, 3 + host + (width < 50 ? 10 : 11)};
}

static void line_draw(Doc *doc, const HostLine *line)
{
    Columns at = columns_for(doc_width(doc));
    char time[16];
    doc_tab(doc, at.sign, 0);
    doc_put(doc, line->role,
            line->sign == GLYPH_COUNT ? " " : glyph_text(line->sign, doc_utf8(doc)));
    /* one look from the sign to the mark: each change of it costs twenty bytes */
    doc_tab_as(doc, line->role, at.host, 0);
    doc_put_to(doc, line->role, line->host && *line->host ? line->host : "(not named)",
               at.mark - 1);
    doc_tab_as(doc, line->mark && *line->mark ? line->role : ROLE_NORMAL, at.mark, 1);
    doc_put(doc, line->role, line->mark);
    if (line->fact && *line->fact) {
        int room = doc_width(doc) - at.fact;
        if (line->whole && text_width(line->fact, doc_utf8(doc)) > room) {
            doc_end(doc);
            doc_tab(doc, at.host + 2, 0);
            doc_wrap(doc, ROLE_NORMAL, line->fact, at.host + 2);
        } else {
            doc_tab(doc, at.fact, 1);
            doc_put_to(doc, ROLE_NORMAL, line->fact,
                       doc_width(doc) - (line->time == TIME_NONE ? 0 : 10));
        }
    }
    if (line->time != TIME_NONE && doc_width(doc) - doc_column(doc) >= 10) {
        clock_of_day(line->time, time);
        doc_tab(doc, doc_width(doc) - 8, 2);
        doc_put(doc, ROLE_NORMAL, time);
    }
    doc_end(doc);
}

/* "mail.example.org", "[10.1.4.7]" or what else names the host a line took the message from. */
static char *from_text(const Hop *hop)
{
    return hop->from_rdns ? g_strdup(hop->from_rdns) : telling_from(hop);
}

/* @login: what it is known for is that it logged in. */
static char *sender_fact(const Hop *hop, bool own, bool login)
{
    if (login)
        return hop->login ? g_strdup_printf("login %s", hop->login) : g_strdup("logged in");
    GString *fact = g_string_new(own ? "yours" : NULL);
    if (hop->from_helo)
        g_string_append_printf(fact, "%ssaid \"%s\"", own ? "; " : "", hop->from_helo);
    if (hop->from_rdns && g_strcmp0(hop->from_rdns, hop->from_helo) != 0)
        g_string_append_printf(fact, "%sis %s", fact->len ? ", " : "", hop->from_rdns);
    return g_string_free(fact, FALSE);
}

static const Hop *hop_at(const GPtrArray *hops, guint i)
{
    return i < hops->len ? hops->pdata[i] : NULL;
}

static bool believed(const HopNote *note)
{
    return origin_is_believed(note->mark);
}

/* The fields of one Received line, under its host. */
static void field(Doc *doc, const char *name, const char *value)
{
    if (!value || !*value)
        return;
    doc_tab(doc, 5, 0);
    doc_put(doc, ROLE_DIM, name);
    doc_tab(doc, 15, 1);
    doc_wrap(doc, ROLE_NORMAL, value, 15);
    doc_end(doc);
}

static const char *const software_names[] = {
    [SOFTWARE_UNKNOWN] = NULL,          [SOFTWARE_SENDMAIL] = "sendmail",
    [SOFTWARE_POSTFIX] = "Postfix",     [SOFTWARE_EXIM] = "Exim",
    [SOFTWARE_QMAIL] = "qmail",         [SOFTWARE_EXCHANGE] = "Exchange",
    [SOFTWARE_GMAIL] = "Gmail",         [SOFTWARE_COURIER] = "Courier",
    [SOFTWARE_DOMINO] = "Domino",       [SOFTWARE_INTERMAIL] = "InterMail",
    [SOFTWARE_OPENSMTPD] = "OpenSMTPD", [SOFTWARE_OTHER] = NULL,
};

static void hop_fields(Doc *doc, const Hop *hop, const Hop *older, const HopNote *note)
{
    g_autofree char *from_ip = ip_format(&hop->from_ip);
    g_autofree char *date = hop->date.utc == TIME_NONE ? NULL : clock_long_date(hop->date.utc);
    g_autofree char *rdns = hop->from_rdns && hop->rdns_forged
                                ? g_strconcat(hop->from_rdns, " (may be forged)", NULL)
                                : g_strdup(hop->from_rdns);
    field(doc, "written by", hop->by);
    field(doc, "address", from_ip);
    field(doc, "its name", rdns);
    field(doc, "it said", hop->from_helo);
    field(doc, "with", hop->with);
    field(doc, "software", software_names[hop->software]);
    field(doc, "id", hop->id);
    field(doc, "for", hop->for_);
    field(doc, "sender", hop->envelope_from);
    field(doc, "login", hop->login);
    field(doc, "user", hop->user ? hop->user : hop->ident);
    field(doc, "time", date);
    g_autofree char *gap = telling_gap(hop, older);
    field(doc, "gap", gap);
    field(doc, "why", note->why);
    doc_end(doc);
}

static const char *writer_fact(const HopNote *note, BounceKind kind)
{
    return !believed(note)               ? note->why
           : bounce_kind_is_bounce(kind) ? "wrote the bounce"
                                         : "wrote this notice";
}

/* The host that wrote the newest line; @handed_over: to it the injecting host gave the message. */
static void writer_draw(Doc *doc, const Hop *hop, const HopNote *note, BounceKind kind,
                        bool handed_over)
{
    HopMark mark = note->mark == MARK_INJECTION || handed_over ? MARK_BELIEVED : note->mark;
    HostLine line = {marks[mark].sign,        marks[mark].role, hop->by, mark_word(mark),
                     writer_fact(note, kind), TIME_NONE,        false};
    line_draw(doc, &line);
}

static Origin finding_origin(const Finding *finding)
{
    return origin_of(finding->judgement->trace, finding->judgement->verdict);
}

/* The returned chain's line whose client sent it, or -1. */
static int finding_sender(const Finding *finding)
{
    return origin_hop(finding->judgement->trace, finding->judgement->verdict);
}

/* The host that line @i took the message from, which sent it. */
static void sender_line(Doc *doc, const Finding *finding, guint i)
{
    const Trace *trace = finding->judgement->trace;
    const Hop *hop = trace->returned->pdata[i];
    bool login = finding->judgement->verdict->warning != WARNING_NONE;
    bool own = trace->returned_notes[i].mark == MARK_OWN && !login;
    g_autofree char *host = hop->from_ip.family ? ip_format(&hop->from_ip) : from_text(hop);
    g_autofree char *fact = sender_fact(hop, own, login);
    HostLine line = {GLYPH_INJECTION,
                     own ? ROLE_OWN : ROLE_INJECTION,
                     host,
                     origin_word(finding_origin(finding)),
                     fact,
                     hop->date.utc,
                     false};
    line_draw(doc, &line);
}

static void believed_draw(Doc *doc, const Hop *hop, const HopNote *note, const HopNote *older)
{
    g_autofree char *host = from_text(hop);
    bool goes_on = older && believed(older), submitted = !older && note->mark == MARK_OWN;
    HopMark mark = goes_on ? (older->mark == MARK_OWN ? MARK_OWN : MARK_BELIEVED)
                   : older ? MARK_UNVERIFIED
                           : note->mark;
    HostLine line = {submitted ? GLYPH_COUNT : marks[mark].sign,
                     marks[mark].role,
                     host,
                     submitted ? "submitted" : mark_word(mark),
                     goes_on ? "" : note->why,
                     hop->date.utc,
                     false};
    line_draw(doc, &line);
}

/* The host that claims to have written line @hop. */
static void claimed_draw(Doc *doc, const Hop *hop, const HopNote *note, bool whole)
{
    HostLine line = {.sign = marks[note->mark].sign,
                     .role = marks[note->mark].role,
                     .host = hop->by,
                     .mark = mark_word(note->mark),
                     .fact = note->why,
                     .time = TIME_NONE,
                     .whole = whole && note->mark == MARK_FORGED};
    line_draw(doc, &line);
}

/* Where the oldest line says that the message came from. */
static void claimed_origin_draw(Doc *doc, const Hop *hop)
{
    g_autofree char *host = from_text(hop);
    HostLine line = {GLYPH_UNVERIFIED, ROLE_UNVERIFIED, host, "unverified", NULL, TIME_NONE, false};
    line_draw(doc, &line);
}

static void break_draw(Doc *doc, Origin origin, bool injected)
{
    doc_rule(doc, ROLE_BREAK, GLYPH_BREAK, origin_break(origin, injected, doc_width(doc) < 66), 3);
    doc_end(doc);
}

/* The injection where no Received line tells it. */
static void injection_draw(Doc *doc, const Finding *finding)
{
    const Injection *injection = &finding->judgement->trace->injection;
    g_autofree char *ip = ip_format(&injection->ip);
    HopMark mark = injection->own ? MARK_OWN : MARK_INJECTION;
    HostLine line = {.sign = marks[MARK_INJECTION].sign,
                     .role = marks[mark].role,
                     .host = ip,
                     .mark = origin_word(finding_origin(finding)),
                     .fact = origin_source(injection->source),
                     .time = TIME_NONE};
    line_draw(doc, &line);
}

static void claim_draw(Doc *doc, const Finding *finding)
{
    if (finding->reading->bounce->reporting_mta) {
        HostLine writer = {
            GLYPH_COUNT,
            ROLE_BELIEVED,
            finding->reading->bounce->reporting_mta,
            finding->judgement->trace->reporter == REPORTER_VOUCHED ? "believed" : "",
            bounce_kind_is_bounce(finding->reading->bounce->kind) ? "wrote the bounce"
                                                                  : "wrote this notice",
            TIME_NONE,
            false};
        line_draw(doc, &writer);
    }
    injection_draw(doc, finding);
}

static void nothing_draw(Doc *doc, const Finding *finding)
{
    const char *reporter = finding->reading->bounce->reporting_mta;
    if (reporter) {
        bool bounce = bounce_kind_is_bounce(finding->reading->bounce->kind);
        HostLine line = {.sign = GLYPH_COUNT,
                         .role = ROLE_NORMAL,
                         .host = reporter,
                         .mark = "",
                         .fact = bounce ? "wrote the bounce, so it says"
                                        : "wrote this notice, so it says",
                         .time = TIME_NONE};
        line_draw(doc, &line);
    }
    doc_tab(doc, 3, 0);
    doc_wrap(doc, ROLE_DIM, telling_nothing(finding->reading->bounce), 3);
    doc_end(doc);
}

/* A fake was sent by who brought it: nothing in it tells of anybody else. */
static void bringer_draw(Doc *doc, const Trace *trace)
{
    g_autofree char *ip = ip_format(&trace->handing_ip);
    g_autofree char *fact = trace->handing_rdns ? g_strdup_printf("is %s", trace->handing_rdns)
                            : trace->handing_helo
                                ? g_strdup_printf("said \"%s\"", trace->handing_helo)
                                : NULL;
    HostLine line = {.sign = GLYPH_INJECTION,
                     .role = ROLE_INJECTION,
                     .host = ip ? ip : "not stated",
                     .mark = origin_word(ip ? ORIGIN_KNOWN : ORIGIN_UNKNOWN),
                     .fact = fact,
                     .time = TIME_NONE};
    line_draw(doc, &line);
}

/* Mail can bring Received lines by the thousand; nobody reads them. */
static void more_draw(Doc *doc, guint hops)
{
    char count[32];
    if (hops <= HOPS_SHOWN)
        return;
    count_text(hops - HOPS_SHOWN, count);
    doc_tab(doc, 3, 0);
    doc_printf(doc, ROLE_DIM, "and %s more Received lines, which are not shown", count);
    doc_end(doc);
}

static void hops_draw(Doc *doc, const Finding *finding, ChainDetail detail)
{
    const Trace *trace = finding->judgement->trace;
    const GPtrArray *hops = trace->returned;
    guint injection = (guint)trace->injection.hop, sender = (guint)finding_sender(finding);
    Origin origin = finding_origin(finding);
    bool broken = false, injected = false;
    writer_draw(doc, hops->pdata[0], trace->returned_notes, finding->reading->bounce->kind,
                injection == 0);
    for (guint i = 0; i < MIN(hops->len, HOPS_SHOWN); i++) {
        const Hop *hop = hops->pdata[i], *older = hop_at(hops, i + 1);
        const HopNote *note = &trace->returned_notes[i];
        if (!believed(note) && !broken) {
            broken = true;
            if (i > 0)
                break_draw(doc, origin, injected);
        }
        if (i == sender)
            sender_line(doc, finding, i);
        else if (believed(note))
            believed_draw(doc, hop, note, older ? note + 1 : NULL);
        else if (i > 0)
            claimed_draw(doc, hop, note, detail != CHAIN_SHORT);
        injected = injected || i == sender;
        if (!believed(note) && !older && (hop->from_ip.family || hop->from_helo))
            claimed_origin_draw(doc, hop);
        if (detail == CHAIN_FULL)
            hop_fields(doc, hop, older, note);
    }
    more_draw(doc, hops->len);
    if (sender < hops->len && sender >= HOPS_SHOWN)
        sender_line(doc, finding, sender);
}

static void sender_draw(Doc *doc, const Finding *finding)
{
    const Trace *trace = finding->judgement->trace;
    int sender = finding_sender(finding);
    if (sender >= 0 && (guint)sender < trace->returned->len)
        sender_line(doc, finding, (guint)sender);
    else if (trace->injection.ip.family)
        injection_draw(doc, finding);
    else
        nothing_draw(doc, finding);
}

void draw_chain(Doc *doc, const Finding *finding, ChainDetail detail)
{
    const Trace *trace = finding->judgement->trace;
    if (!trace)
        return;
    if (finding->judgement->verdict && finding->judgement->verdict->value == VERDICT_FAKE) {
        bringer_draw(doc, trace);
        if (detail == CHAIN_SENDER || trace->returned->len == 0)
            return;
    }
    if (detail == CHAIN_SENDER) {
        sender_draw(doc, finding);
        return;
    }
    if (trace->returned->len == 0) {
        if (trace->injection.ip.family)
            claim_draw(doc, finding);
        else
            nothing_draw(doc, finding);
        return;
    }
    hops_draw(doc, finding, detail);
    if (trace->injection.hop < 0 && trace->injection.ip.family)
        claim_draw(doc, finding);
}

void draw_outer_chain(Doc *doc, const Finding *finding)
{
    const Trace *trace = finding->judgement->trace;
    if (!trace || trace->outer->len == 0) {
        doc_put(doc, ROLE_DIM, " The message has no Received lines of its own.");
        doc_end(doc);
        return;
    }
    for (guint i = 0; i < MIN(trace->outer->len, HOPS_SHOWN); i++) {
        const Hop *hop = trace->outer->pdata[i];
        g_autofree char *from = from_text(hop);
        const HopNote *note = &trace->outer_notes[i];
        const char *text = telling_outer_mark(note->mark);
        HostLine line = {
            marks[note->mark].sign, marks[note->mark].role, from, text, NULL, hop->date.utc, false};
        line_draw(doc, &line);
        hop_fields(doc, hop, hop_at(trace->outer, i + 1), note);
    }
    more_draw(doc, trace->outer->len);
}
