/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One Received line: lexemes, clauses, and what they mean. See received.h. */
#include "received/received.h"

#include "received/received_clauses.h"
#include "received/received_from.h"
#include "received/received_login.h"
#include "received/received_names.h"
#include "received/received_software.h"
#include "received/received_user.h"

#include <string.h>

/* Longest value that is read, in bytes; real ones are of some hundreds. What stands behind is not
 * kept. */
#define VALUE_MOST (16u << 10)

/* Protocol names of more than one word. */
static const char *const phrases[] = {
    "Microsoft SMTP Server",
    "Microsoft SMTPSVC",
    "Internet Mail Service",
    "ESMTP AUTH",
    "InterScan Message Security Suite",
    "InterScan Messaging Security Suite",
    "neuf telecom",
};

/* The first lexeme of a clause and what is glued to it, brackets off; stops at ";" and comments. */
static Span glued_value(const Clauses *c, ClauseKind kind)
{
    const LexList *list = c->list;
    LexRange range = c->part[kind];
    gsize start = range.start, end;
    while (start < range.end && list->items[start].kind == LEX_OPEN)
        start = lex_next(list, start);
    if (start >= range.end || list->items[start].kind == LEX_SEMI)
        return SPAN("");
    end = start + 1;
    while (end < range.end && list->items[end].glued && list->items[end].kind != LEX_OPEN &&
           list->items[end].kind != LEX_SEMI)
        end++;
    if (end == start + 1)
        return lex_bare(&list->items[start]);
    return lex_slice(list, (LexRange){start, end});
}

static Span strip_angles(Span text)
{
    while (text.n > 0 && text.p[0] == '<')
        text = span_sub(text, 1, text.n);
    while (text.n > 0 && (text.p[text.n - 1] == '>' || text.p[text.n - 1] == ','))
        text.n--;
    return text;
}

static char *dup_or_null(Span text)
{
    text = span_trim(text);
    return text.n ? span_dup_utf8(text) : NULL;
}

/* --- by --------------------------------------------------------------------------------------- */

/* The receiver's own address beside its name: "by host (192.0.2.1)", "by host (mx1 [192.0.2.1])",
 * "by host [192.0.2.1]". */
static void read_by_address(const Clauses *c, Hop *hop)
{
    const LexList *list = c->list;
    LexRange range = c->part[CLAUSE_BY];
    for (gsize i = range.start; i < range.end && !hop->by_ip.family; i = lex_next(list, i)) {
        LexRange inside = {i, i + 1};
        if (list->items[i].kind == LEX_OPEN)
            inside = lex_inside(list, i);
        else if (list->items[i].kind != LEX_LITERAL)
            continue;
        for (gsize k = inside.start; k < inside.end && !hop->by_ip.family; k = lex_next(list, k))
            if (list->items[k].kind == LEX_LITERAL || inside.end == inside.start + 1)
                lex_address(&list->items[k], &hop->by_ip);
    }
}

static void read_by(const Clauses *c, Hop *hop)
{
    LexRange range = c->part[CLAUSE_BY];
    const Lex *lex = clauses_first(c->list, range);
    if (!c->has[CLAUSE_BY])
        return;
    Lex next;
    /* "by host mx.example (invoked for bounce)" (indimail) */
    if (lex && lex_is_word(lex, "host") && range.start + 1 < range.end) {
        next = c->list->items[range.start + 1];
        if (next.kind == LEX_WORD && memchr(next.text.p, '.', next.text.n))
            lex = &c->list->items[range.start + 1];
    }
    if (lex) {
        hop->by = dup_or_null(lex_bare(lex));
        lex_address(lex, &hop->by_ip);
    }
    if (!hop->by_ip.family)
        read_by_address(c, hop);
}

/* --- with ------------------------------------------------------------------------------------- */

/* "DHE-RSA-AES256-SHA encrypted SMTP", "(AES256-SHA encrypted) SMTP" */
static Span encrypted_phrase(Span with)
{
    gssize at = span_ifind(with, "encrypted");
    gssize smtp = span_ifind(with, "smtp");
    if (at > 0 && smtp > at && smtp - at < 12)
        return span_sub(with, 0, (gsize)smtp + 4);
    return SPAN("");
}

static bool is_protocol(const Lex *lex)
{
    return lex_is_word(lex, "SMTP") || lex_is_word(lex, "ESMTP") || lex_is_word(lex, "ESMTPS");
}

static void read_with(const Clauses *c, Hop *hop)
{
    LexRange range = c->part[CLAUSE_WITH];
    Span with = lex_slice(c->list, range), value = encrypted_phrase(with);
    gsize at = range.start;
    if (range.start >= range.end || c->list->items[at].kind == LEX_SEMI)
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(phrases) && value.n == 0; i++)
        if (span_istarts(with, phrases[i]))
            value = span_sub(with, 0, strlen(phrases[i]));
    if (value.n == 0 && at + 1 < range.end && c->list->items[at].kind == LEX_WORD &&
        is_protocol(&c->list->items[at + 1]) && !is_protocol(&c->list->items[at]))
        value = lex_slice(c->list, (LexRange){at, at + 2}); /* "StormMail ESMTP" */
    if (value.n == 0 && c->list->items[at].kind == LEX_LITERAL)
        value = c->list->items[at].text; /* "[XMail 1.20 ESMTP Server]" */
    if (value.n == 0)
        value = glued_value(c, CLAUSE_WITH);
    hop->with = dup_or_null(value);
}

/* --- id, for, sender -------------------------------------------------------------------------- */

/* A sendmail id and the "for" that its configuration glued to it. */
static Span unglue_for(Span id)
{
    if (span_iends(id, "for") && software_id_is_sendmail(span_sub(id, 0, id.n - 3)))
        id.n -= 3;
    return id;
}

static void read_id(const Clauses *c, const Style *style, Hop *hop)
{
    Span id = strip_angles(glued_value(c, CLAUSE_ID));
    if (style->software == SOFTWARE_SENDMAIL)
        id = unglue_for(id);
    hop->id = dup_or_null(id);
}

/* The address of the first angle or word with "@" in it; NULL for "<multiple recipients>". */
static char *read_address(const LexList *list, LexRange range)
{
    for (gsize i = range.start; i < range.end && i < range.start + 4; i = lex_next(list, i)) {
        const Lex *lex = &list->items[i];
        Span text = strip_angles(lex_bare(lex));
        if (lex->kind == LEX_SEMI)
            return NULL;
        if ((lex->kind == LEX_ANGLE || lex->kind == LEX_WORD) && text.n > 2 &&
            memchr(text.p + 1, '@', text.n - 2))
            return dup_or_null(text);
        if (lex->kind == LEX_ANGLE)
            return NULL;
    }
    return NULL;
}

/* Exim glues the id to "for": then the address stands in the id's clause. */
static void read_for(const Clauses *c, Hop *hop)
{
    if (c->has[CLAUSE_FOR])
        hop->for_ = read_address(c->list, c->part[CLAUSE_FOR]);
    else if (hop->id && c->part[CLAUSE_ID].start + 1 < c->part[CLAUSE_ID].end &&
             span_iends(c->list->items[c->part[CLAUSE_ID].start].text, "for"))
        hop->for_ =
            read_address(c->list, (LexRange){c->part[CLAUSE_ID].start + 1, c->part[CLAUSE_ID].end});
}

/* "(envelope-from <a@b>)" or "envelope-from <a@b>", anywhere behind "by". */
static void read_envelope(const Clauses *c, Hop *hop)
{
    const LexList *list = c->list;
    if (c->has[CLAUSE_SENDER] && !hop->envelope_from)
        hop->envelope_from = read_address(list, c->part[CLAUSE_SENDER]);
    for (gsize i = c->part[CLAUSE_BY].start; i + 1 < list->count && !hop->envelope_from; i++)
        if (list->items[i].kind == LEX_WORD && span_istarts(list->items[i].text, "envelope-"))
            hop->envelope_from = read_address(list, (LexRange){i + 1, list->count});
}

/* "(Postfix, from userid 1000)" behind "by": a program on the machine. */
static void read_userid(const Clauses *c, Hop *hop)
{
    const LexList *list = c->list;
    for (gsize i = c->part[CLAUSE_BY].start; i < c->date.start && i < list->count;
         i = lex_next(list, i)) {
        Span text;
        if (list->items[i].kind != LEX_OPEN)
            continue;
        text = lex_slice(list, lex_inside(list, i));
        if (span_ifind(text, ", from userid") >= 0)
            hop->local = true;
    }
}

/* The number behind the last @mark in @raw, or -1. */
static int number_behind(const char *raw, const char *mark)
{
    const char *at = NULL;
    for (const char *p = strstr(raw, mark); p; p = strstr(p + 1, mark))
        at = p;
    if (!at || !g_ascii_isdigit(at[strlen(mark)]))
        return -1;
    return (int)MIN(g_ascii_strtoull(at + strlen(mark), NULL, 10), (guint64)RELEASE_MOST);
}

/* See Hop.release. */
static int release_of(Software software, const char *raw)
{
    switch (software) {
    case SOFTWARE_EXIM:
        return number_behind(raw, "(Exim 4.");
    case SOFTWARE_SENDMAIL:
        return number_behind(raw, "(8.");
    case SOFTWARE_POSTFIX:
        return strstr(raw, "Postfix") ? 0 : -1;
    case SOFTWARE_DOMINO:
        return strstr(raw, "Domino") ? 0 : -1;
    default:
        return -1;
    }
}

Hop *received_parse(Span value)
{
    value = span_sub(value, 0, VALUE_MOST);
    g_autoptr(LexList) list = lex_read(value);
    Hop *hop = hop_new();
    Clauses clauses;
    clauses_read(list, &clauses);
    Style style;
    style = software_recognise(&clauses);
    hop->raw = span_dup_utf8(span_trim(value));
    hop->release = release_of(style.software, hop->raw);
    hop->pickup = span_istarts(span_of(hop->raw), "from mail pickup service");
    hop->software = style.software;
    hop->software_named = style.named;
    FromParts parts;
    if (clauses.has[CLAUSE_FROM]) {
        from_read(&clauses, &style, &parts);
        names_interpret(&clauses, &style, &parts, hop);
    } else {
        hop->local = true;
    }
    read_by(&clauses, hop);
    read_with(&clauses, hop);
    hop->via = dup_or_null(glued_value(&clauses, CLAUSE_VIA));
    read_id(&clauses, &style, hop);
    read_for(&clauses, hop);
    read_envelope(&clauses, hop);
    read_userid(&clauses, hop);
    login_read(&clauses, hop);
    user_read(&clauses, clauses.has[CLAUSE_FROM] ? &parts : NULL, hop);
    if (clauses.date.start < clauses.date.end)
        date_parse(lex_slice(list, clauses.date), &hop->date);
    if (!hop->date.has_zone)
        hop->date.utc = TIME_NONE;
    return hop;
}
