/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The from clause. The rule that matters: the address that the receiver saw is never what the
 * client said. So an address counts as the peer's only where servers write it: in a comment of one
 * of the known forms, or in brackets behind a name. The last such place counts, for a client can
 * smuggle a look-alike only into what stands before it. A literal directly after "from" is the
 * client's word as soon as any such place is there. */
#include "trace/received_from.h"

#include <string.h>

#include "trace/received_login.h"

/* Comments that hold the client's or the administrator's words, never the peer. */
static const char *const no_peer[] = {
    "authenticat", "auth:",    "using ",   "no client", "client ",        "envelope-", "envelope ",
    "tls",         "ssl",      "version=", "cipher=",   "account ",       "uid ",      "original ",
    "orcpt",       "sender",   "may be ",  "invoked ",  "HELO",           "EHLO",      "LHLO",
    "helo=",       "port=",    "ident=",   "identity ", "with ",          "via ",      "for ",
    "verified ",   "expired ", "not ",     "actually ", "misconfigured ",
};

/* Words that stand where the looked-up name would. */
static const char *const no_names[] = {
    "unknown", "unverified", "softdnserr", "nodnsquery", "unavailable", "no.rdns", "nothing",
};

static bool is_placeholder(Span name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(no_names); i++)
        if (span_ieq(name, no_names[i]))
            return true;
    return false;
}

/* The part behind the last @sign, or the whole. */
static Span behind_at(Span word)
{
    for (gsize i = word.n; i > 0; i--)
        if (word.p[i - 1] == '@')
            return span_sub(word, i, word.n);
    return word;
}

/* A literal, or a word that has lost its closing bracket. */
static bool is_bracketed(const Lex *lex)
{
    return lex->kind == LEX_LITERAL ||
           (lex->kind == LEX_WORD && lex->text.n > 1 && lex->text.p[0] == '[');
}

/* The value of "helo=x" or "helo=[192.0.2.1]" at @at, all that is glued to it. */
static bool keyed_value(const LexList *list, LexRange range, gsize at, const char *key, Span *out)
{
    gsize end = at + 1, length = strlen(key);
    Span all;

    if (list->items[at].kind != LEX_WORD || !span_istarts(list->items[at].text, key))
        return false;
    while (end < range.end && list->items[end].glued &&
           (list->items[end].kind == LEX_LITERAL || list->items[end].kind == LEX_QUOTED ||
            list->items[end].kind == LEX_WORD))
        end++;
    all = lex_slice(list, (LexRange){at, end});
    *out = span_sub(all, length, all.n);
    return true;
}

/* Exim's "helo=", "ident=" and ZMailer's "EHLO x" in quotes. */
static void read_keys(const LexList *list, LexRange inside, FromParts *out)
{
    for (gsize i = inside.start; i < inside.end; i = lex_next(list, i)) {
        const Lex *lex = &list->items[i];
        Span quoted;

        if (keyed_value(list, inside, i, "helo=", &out->helo)) {
            out->has_helo = out->keyed = true;
        } else if (keyed_value(list, inside, i, "ident=", &out->ident)) {
            continue;
        } else if (lex->kind == LEX_QUOTED) {
            quoted = lex_bare(lex);
            if (span_istarts(quoted, "EHLO ") || span_istarts(quoted, "HELO ")) {
                out->helo = span_trim(span_sub(quoted, 5, quoted.n));
                out->has_helo = out->keyed = true;
            }
        }
    }
}

/* The words of "(HELO x)" from @at on; may be none. */
static void read_helo_words(const LexList *list, LexRange inside, gsize at, FromParts *out)
{
    out->helo = span_trim(lex_slice(list, (LexRange){at + 1, inside.end}));
    out->has_helo = true;
}

static bool is_helo_word(const Lex *lex)
{
    return lex_is_word(lex, "HELO") || lex_is_word(lex, "EHLO") || lex_is_word(lex, "LHLO");
}

/* Who logged in; "(account u HELO x)" holds the greeting too. */
static void read_login(const LexList *list, LexRange inside, FromParts *out)
{
    if (!login_in_comment(list, inside, &out->user))
        return;
    out->authenticated = true;
    if (!lex_is_word(&list->items[inside.start], "account"))
        return;
    for (gsize i = inside.start + 2; i < inside.end; i = lex_next(list, i))
        if (is_helo_word(&list->items[i])) {
            read_helo_words(list, inside, i, out);
            return;
        }
}

static void read_sender(const LexList *list, LexRange inside, FromParts *out)
{
    if (!span_istarts(lex_slice(list, inside), "envelope"))
        return;
    for (gsize i = inside.start; i < inside.end; i = lex_next(list, i))
        if (list->items[i].kind == LEX_ANGLE ||
            (list->items[i].kind == LEX_WORD &&
             memchr(list->items[i].text.p, '@', list->items[i].text.n))) {
            out->sender = lex_bare(&list->items[i]);
            return;
        }
}

/* A peer was found: what came before it may be a look-alike out of the HELO. */
static void take_peer(FromParts *out, const Ip *ip)
{
    if (out->peer.family && !ip_equal(&out->peer, ip))
        out->disputed = true;
    out->peer = *ip;
    out->seen = true;
    out->authenticated = out->forged = out->bare = out->local = false;
    out->looked_up = out->user = out->ident = SPAN("");
}

/* The name and the ident reply beside the address at @at: "user@name [", "IDENT:user@name [". */
static void read_looked_up(const LexList *list, LexRange inside, gsize at, FromParts *out)
{
    const Lex *lex;
    Span all;

    if (at == inside.start)
        return;
    lex = &list->items[at - 1];
    if (lex->kind != LEX_WORD)
        return;
    out->looked_up = behind_at(lex_bare(lex));
    all = lex_slice(list, (LexRange){inside.start, at});
    if (out->looked_up.n < lex_bare(lex).n && out->looked_up.p > all.p) {
        all.n = (gsize)(out->looked_up.p - all.p) - 1;
        out->ident = span_istarts(all, "IDENT:") ? span_sub(all, 6, all.n) : all;
    }
}

/* "name [192.0.2.1]", "[192.0.2.1]:25 helo=...", "[192.0.2.1] verified": the address in brackets.
 * The first if the comment starts with it, but never before one that ends the comment; else the
 * last. False if there are no brackets. */
static bool read_bracketed(const LexList *list, LexRange inside, FromParts *out)
{
    gsize found = inside.end, last = inside.start;
    bool first = is_bracketed(&list->items[inside.start]), keyed = false;
    Ip ip;

    for (gsize i = inside.start; i < inside.end; i = lex_next(list, i)) {
        const Lex *lex = &list->items[i];
        bool tail = i + 1 < inside.end && list->items[i + 1].glued &&
                    list->items[i + 1].kind == LEX_WORD && list->items[i + 1].text.p[0] == '@';

        if (lex->kind != LEX_OPEN)
            last = i;
        keyed = keyed || (lex->kind == LEX_WORD && memchr(lex->text.p, '=', lex->text.n));
        if (!is_bracketed(lex) || tail ||
            (lex->glued && i > inside.start && span_iends(list->items[i - 1].text, "=")))
            continue;
        found = i;
    }
    if (found == inside.end)
        return false;
    if (first && (found != last || keyed))
        found = inside.start;
    out->seen = true;
    if (!lex_address(&list->items[found], &ip)) {
        out->local = span_eq(lex_bare(&list->items[found]), "local");
        out->peer.family = 0;
        out->looked_up = SPAN("");
        return true;
    }
    if (first && found != inside.start && lex_address(&list->items[inside.start], &out->peer) &&
        !ip_equal(&out->peer, &ip))
        out->disputed = true;
    take_peer(out, &ip);
    read_looked_up(list, inside, found, out);
    return true;
}

/* "192.0.2.1", "user@192.0.2.1", "192.0.2.1 with plain", "name 192.0.2.1": without brackets. */
static bool read_bare(const LexList *list, LexRange inside, FromParts *out)
{
    Lex first = list->items[inside.start], last = first;
    gsize words = 0, last_at = inside.start;
    Ip ip;

    for (gsize i = inside.start; i < inside.end; i = lex_next(list, i))
        if (list->items[i].kind != LEX_OPEN) {
            last = list->items[i];
            last_at = i;
            words++;
        }
    if (last.kind == LEX_WORD && behind_at(last.text).n < last.text.n) {
        last.text = behind_at(last.text);
        if (!lex_address(&last, &ip))
            return false;
        take_peer(out, &ip);
        out->ident = lex_slice(list, inside);
        out->ident.n = (gsize)(last.text.p - out->ident.p) - 1;
    } else if (words <= 2 && lex_address(&last, &ip)) {
        take_peer(out, &ip);
        read_looked_up(list, inside, last_at, out);
        out->bare = words == 1;
        return true;
    } else if (lex_address(&first, &ip) && lex_is_word(&list->items[inside.start + 1], "with")) {
        take_peer(out, &ip);
    } else {
        return false;
    }
    out->bare = true;
    return true;
}

/* A name alone: "(localhost)", "(user@localhost)". */
static void read_lone_name(const LexList *list, LexRange inside, FromParts *out)
{
    const Lex *lex = &list->items[inside.start];

    if (lex_next(list, inside.start) == inside.end && lex->kind == LEX_WORD && out->alone.n == 0)
        out->alone = behind_at(lex->text);
}

/* "actually host x" (PP): the looked-up name without an address. */
static void read_actual_host(const LexList *list, LexRange inside, FromParts *out)
{
    if (span_istarts(lex_slice(list, inside), "actually host ") && inside.end == inside.start + 3)
        out->alone = list->items[inside.end - 1].text;
}

/* The comment is known not to hold the peer. "(HELO [192.0.2.1])" is one, unless the writer's
 * comments are all of the form "(name [address])": then somebody named his host "HELO". */
static bool holds_no_peer(const LexList *list, LexRange inside, const Writer *writer)
{
    Span text = lex_slice(list, inside);
    bool plain = inside.end == inside.start + 2 && is_bracketed(&list->items[inside.start + 1]);

    if (plain && writer->plain_comment)
        return false;
    for (gsize i = 0; i < G_N_ELEMENTS(no_peer); i++)
        if (span_istarts(text, no_peer[i]))
            return true;
    Span user;
    return !plain && login_in_comment(list, inside, &user);
}

static void read_comment(const Clauses *c, gsize open, const Writer *writer, FromParts *out)
{
    const LexList *list = c->list;
    LexRange inside = lex_inside(list, open);
    Span text = lex_slice(list, inside);

    if (inside.start >= inside.end)
        return;
    if (span_ifind(text, "may be forged") >= 0)
        out->forged = true;
    if (holds_no_peer(list, inside, writer)) {
        if (is_helo_word(&list->items[inside.start]))
            read_helo_words(list, inside, inside.start, out);
        read_keys(list, inside, out);
        read_login(list, inside, out);
        read_sender(list, inside, out);
        read_actual_host(list, inside, out);
        out->local = out->local || span_istarts(text, "uid ");
        return;
    }
    if (!writer->plain_comment)
        read_keys(list, inside, out);
    if (read_bracketed(list, inside, out) || read_bare(list, inside, out)) {
        bool forged = span_ifind(text, "may be forged") >= 0;

        out->forged = forged;
        out->verified = span_iends(text, " verified");
        out->glued = list->items[open].glued;
    } else {
        read_lone_name(list, inside, out);
    }
}

static bool is_name_tail(const LexList *list, gsize at)
{
    const Lex *lex = &list->items[at];

    if (!lex->glued || lex->kind == LEX_OPEN || lex->kind == LEX_SEMI)
        return false;
    return lex->kind != LEX_LITERAL || span_iends(list->items[at - 1].text, "@");
}

/* The words directly after "from"; returns the index behind them. */
static gsize read_name(const LexList *list, LexRange range, FromParts *out)
{
    gsize end = range.start;

    if (end < range.end && list->items[end].kind != LEX_OPEN && list->items[end].kind != LEX_SEMI) {
        out->literal = list->items[end].kind == LEX_LITERAL;
        lex_address(&list->items[end], &out->name_ip);
        end++;
        while (end < range.end && is_name_tail(list, end))
            end++; /* "[192.0.2.1]:25", "user@[192.0.2.1]" */
        while (end < range.end && !out->name_ip.family && list->items[end].kind == LEX_WORD &&
               !list->items[end].glued && !is_bracketed(&list->items[end]) &&
               !lex_is_word(&list->items[end], "from"))
            end++; /* a name of several words */
    }
    out->name = lex_slice(list, (LexRange){range.start, end});
    return end;
}

/* Brackets behind the name, outside a comment: "name [192.0.2.1] by" (fetchmail, MDaemon, IMail).
 */
static void read_outer_literal(const LexList *list, gsize at, FromParts *out)
{
    Ip ip;

    out->seen = out->outer = true;
    if (lex_address(&list->items[at], &ip))
        take_peer(out, &ip);
    else
        out->peer.family = 0;
}

void from_read(const Clauses *clauses, const Writer *writer, FromParts *out)
{
    const LexList *list = clauses->list;
    LexRange range = clauses->part[CLAUSE_FROM];

    memset(out, 0, sizeof *out);
    out->name = out->looked_up = out->alone = out->helo = out->ident = out->user = out->sender =
        SPAN("");
    for (gsize i = read_name(list, range, out); i < range.end; i = lex_next(list, i)) {
        const Lex *lex = &list->items[i];

        if (lex->kind == LEX_OPEN) {
            read_comment(clauses, i, writer, out);
        } else if (is_bracketed(lex) && (i > range.start || range.start == 0)) {
            read_outer_literal(list, i, out);
        } else if (lex->kind == LEX_QUOTED && i > range.start + 3 &&
                   lex_is_word(&list->items[i - 1], "be")) {
            out->helo = lex_bare(lex); /* 'claiming to be "x"' of Obtuse smtpd */
            out->has_helo = true;
        }
    }
    /* where the greeting has a place of its own, the literal is nobody's word; and a greeting with
     * a parenthesis in it can shift what follows into or out of a comment */
    if (clauses->addresses_outside || list->unbalanced ||
        (out->has_helo && out->seen && out->name_ip.family && !ip_equal(&out->name_ip, &out->peer)))
        out->disputed = true;
    if (!out->seen)
        out->peer = out->name_ip;
}

/* ---- by habit ---- */

static char *text_or_null(Span text)
{
    text = span_trim(text);
    return text.n ? span_dup_utf8(text) : NULL;
}

/* A looked-up name: no placeholder, no address, no dot at the end. */
static char *name_or_null(Span name)
{
    Ip ip;

    while (name.n > 0 && name.p[name.n - 1] == '.')
        name.n--;
    if (is_placeholder(name) || ip_parse_literal(name, &ip) || memchr(name.p, '[', name.n))
        return NULL;
    return text_or_null(name);
}

/* The name as the client's word. An address that is the peer's is nobody's word. */
static char *said_or_null(const FromParts *parts)
{
    if (!parts->seen && (parts->name_ip.family || parts->literal))
        return NULL;
    return text_or_null(parts->name);
}

/* The habit, where the software is not known. */
static Habit habit_of_shape(const Clauses *c, const FromParts *parts)
{
    gsize date = c->date.start;

    if (parts->has_helo || parts->verified || (parts->outer && parts->alone.n))
        return HABIT_LOOKED_UP;
    if (parts->glued && parts->bare)
        return HABIT_NAMELESS;
    if (parts->bare && parts->ident.n)
        return HABIT_LOOKED_UP; /* qmail's "user@address" */
    if (parts->bare && c->has[CLAUSE_WITH] && !c->has[CLAUSE_ID] && date < c->list->count &&
        g_ascii_isdigit(c->list->items[date].text.p[0]))
        return HABIT_LOOKED_UP; /* qmail's date has no weekday */
    return HABIT_SAID;
}

static void read_said(const Writer *writer, const FromParts *parts, Hop *hop)
{
    bool unknown = is_placeholder(parts->name) && (writer->habit == HABIT_SHAPE || parts->outer);

    hop->from_helo = unknown ? NULL : said_or_null(parts);
    hop->from_rdns =
        name_or_null(parts->looked_up.n || parts->seen ? parts->looked_up : parts->alone);
}

static void read_looked_up_first(const FromParts *parts, Hop *hop)
{
    if (!parts->literal)
        hop->from_rdns = name_or_null(parts->name);
    if (parts->has_helo)
        hop->from_helo = text_or_null(parts->helo);
    else if (parts->alone.n && parts->outer)
        hop->from_helo = text_or_null(parts->alone);
    else if (!is_placeholder(parts->name))
        hop->from_helo = said_or_null(parts);
}

static void read_nameless(const FromParts *parts, Hop *hop)
{
    hop->from_rdns = name_or_null(parts->name);
    hop->from_helo = text_or_null(parts->helo);
}

static void read_constant(const FromParts *parts, Hop *hop)
{
    hop->from_rdns = name_or_null(parts->looked_up);
}

static Habit habit_of(const Clauses *c, const Writer *writer, const FromParts *parts)
{
    if (writer->habit == HABIT_SHAPE)
        return habit_of_shape(c, parts);
    /* "HELO (RDNS [IP])" is nobody's form but that of those who write what was said first */
    if (writer->habit == HABIT_LOOKED_UP && parts->looked_up.n && !parts->has_helo)
        return HABIT_SAID;
    if (writer->habit == HABIT_SAID && parts->has_helo)
        return HABIT_LOOKED_UP;
    return writer->habit;
}

/* ---- local steps ---- */

static bool clause_starts(const Clauses *c, ClauseKind kind, const char *text)
{
    return span_istarts(lex_slice(c->list, c->part[kind]), text);
}

static bool is_network_protocol(Span word)
{
    return span_ifind(word, "smtp") >= 0 || span_ifind(word, "lmtp") >= 0 ||
           span_ifind(word, "http") >= 0;
}

/* The line says that the message came from the same machine: "with local", "(uid 0)", "[local]", a
 * spool; of Exim also its own protocol names for filters ("spam-scanned"). */
static bool is_local(const Clauses *c, const Writer *writer, const FromParts *parts)
{
    const Lex *with = clauses_first(c->list, c->part[CLAUSE_WITH]);

    if (parts->seen || parts->name_ip.family)
        return parts->local;
    if (parts->local || clause_starts(c, CLAUSE_WITH, "local") ||
        clause_starts(c, CLAUSE_WITH, "RULES") || span_istarts(parts->name, "mail pickup service"))
        return true;
    if (writer->software == SOFTWARE_EXIM && with && !is_network_protocol(with->text))
        return true;
    if (span_ifind(lex_slice(c->list, c->part[CLAUSE_BY]), "(DragonFly") >= 0 ||
        span_ifind(lex_slice(c->list, c->part[CLAUSE_BY]), " by uid ") >= 0)
        return true;
    return writer->software == SOFTWARE_SENDMAIL && span_ieq(parts->name, "localhost") &&
           span_ieq(parts->alone, "localhost");
}

/* What stands after "from" is an envelope sender or a queue, no client. */
static bool is_no_client(const Clauses *c, const FromParts *parts)
{
    if (parts->seen || parts->name_ip.family)
        return false;
    return memchr(parts->name.p, '@', parts->name.n) || span_istarts(parts->name, "<") ||
           span_ieq(parts->name, "MAILER-DAEMON") || (parts->literal && c->has[CLAUSE_FROM]);
}

static void interpret_names(const Clauses *c, const Writer *writer, const FromParts *parts,
                            Hop *hop)
{
    switch (habit_of(c, writer, parts)) {
    case HABIT_LOOKED_UP:
        read_looked_up_first(parts, hop);
        break;
    case HABIT_NAMELESS:
        read_nameless(parts, hop);
        break;
    case HABIT_CONSTANT:
        read_constant(parts, hop);
        break;
    case HABIT_SAID:
    case HABIT_SHAPE:
        read_said(writer, parts, hop);
        break;
    }
}

/* What the line says of a name for the peer's address. @habit is how its name was read. */
static Lookup lookup_of(const Writer *writer, const FromParts *parts, Habit habit, const Hop *hop)
{
    if (!hop->from_ip.family || hop->ip_disputed)
        return LOOKUP_NOT;
    if (parts->forged)
        return LOOKUP_NONE;
    if (!writer->verifies || (writer->habit == HABIT_LOOKED_UP) != (habit == HABIT_LOOKED_UP))
        return LOOKUP_NOT;
    if (hop->from_rdns)
        return LOOKUP_NAME;
    /* Postfix writes "unknown"; without it the line is not as Postfix makes them */
    return writer->software != SOFTWARE_POSTFIX || is_placeholder(parts->looked_up) ? LOOKUP_NONE
                                                                                    : LOOKUP_NOT;
}

void from_interpret(const Clauses *clauses, const Writer *writer, const FromParts *parts, Hop *hop)
{
    hop->from_ip = parts->peer;
    hop->ip_disputed = parts->disputed;
    hop->rdns_forged = parts->forged;
    hop->authenticated = parts->authenticated;
    hop->login = text_or_null(parts->user);
    hop->ident = text_or_null(parts->ident);
    hop->envelope_from = text_or_null(parts->sender);
    hop->local = is_local(clauses, writer, parts);
    bool localhost = writer->software == SOFTWARE_SENDMAIL && span_ieq(parts->name, "localhost");
    if (is_no_client(clauses, parts)) {
        if (!hop->envelope_from && memchr(parts->name.p, '@', parts->name.n))
            hop->envelope_from = text_or_null(parts->name);
    } else if (!hop->local || localhost) {
        interpret_names(clauses, writer, parts, hop);
    }
    hop->lookup = lookup_of(writer, parts, habit_of(clauses, writer, parts), hop);
    if (hop->from_helo)
        ip_parse_literal(span_of(hop->from_helo), &hop->helo_ip);
}
