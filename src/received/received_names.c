/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the names of a from clause mean. See received_names.h. */
#include "received/received_names.h"

#include <string.h>

/* Words that stand where the looked-up name would. */
static const char *const no_names[] = {
    "unknown",     "unverified", "verified", "softdnserr", "nodnsquery",
    "unavailable", "no.rdns",    "nothing",  "nxdomain",
};

static bool is_placeholder(Span name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(no_names); i++)
        if (span_ieq(name, no_names[i]))
            return true;
    return false;
}

/* --- the names, by habit ---------------------------------------------------------------------- */

static char *text_or_null(Span text)
{
    text = span_trim(text);
    return text.n ? span_dup_utf8(text) : NULL;
}

/* A looked-up name: no placeholder, no address, no dot at the end. */
static char *name_or_null(Span name)
{
    while (name.n > 0 && name.p[name.n - 1] == '.')
        name.n--;
    Ip ip;
    if (is_placeholder(name) || ip_parse_literal(name, &ip) || memchr(name.p, '[', name.n))
        return NULL;
    return text_or_null(name);
}

/* The name as the client's word. An address that is the peer's is nobody's word. */
static char *said_or_null(const Style *style, const FromParts *parts)
{
    if (parts->name_ip.family && !parts->seen && ip_equal(&parts->name_ip, &parts->peer))
        return NULL;
    if (parts->words && !(style->traits & TRAIT_WORDS)) /* a greeting is one word, or none */
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

static void read_said(const Style *style, const FromParts *parts, Hop *hop)
{
    bool unknown = is_placeholder(parts->name) && (style->habit == HABIT_SHAPE || parts->outer);
    hop->from_helo = unknown ? NULL : said_or_null(style, parts);
    /* "[192.0.2.1] (name)": the address was seen, and a name that nobody is known to look up is
     * what the client said */
    if (style->habit == HABIT_SHAPE && !parts->seen && parts->peer.family && parts->alone.n) {
        hop->from_helo = name_or_null(parts->alone);
        return;
    }
    hop->from_rdns =
        name_or_null(parts->looked_up.n || parts->seen ? parts->looked_up : parts->alone);
}

static void read_looked_up_first(const Style *style, const FromParts *parts, Hop *hop)
{
    if (!parts->literal)
        hop->from_rdns = name_or_null(parts->name);
    if (parts->has_helo)
        hop->from_helo = text_or_null(parts->helo);
    else if (parts->alone.n && parts->outer)
        hop->from_helo = text_or_null(parts->alone);
    else if (!is_placeholder(parts->name))
        hop->from_helo = said_or_null(style, parts);
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

static Habit habit_of(const Clauses *c, const Style *style, const FromParts *parts)
{
    if (style->habit == HABIT_SHAPE)
        return habit_of_shape(c, parts);
    /* "HELO (RDNS [IP])" is nobody's form but that of those who write what was said first */
    if (style->habit == HABIT_LOOKED_UP && parts->looked_up.n && !parts->has_helo)
        return HABIT_SAID;
    if (style->habit == HABIT_SAID && parts->has_helo)
        return HABIT_LOOKED_UP;
    return style->habit;
}

/* --- local steps ------------------------------------------------------------------------------ */

static bool clause_starts(const Clauses *c, ClauseKind kind, const char *text)
{
    return span_istarts(lex_slice(c->list, c->part[kind]), text);
}

static bool is_network_protocol(Span word)
{
    return span_ifind(word, "smtp") >= 0 || span_ifind(word, "lmtp") >= 0 ||
           span_ifind(word, "http") >= 0;
}

/* PMDF and its heirs hand a message from channel to channel: "from ims-ms-daemon by host",
 * "from tcp-daemon.host by host", "from conversion.host by host". */
static bool is_channel(const Style *style, const FromParts *parts)
{
    static const char *const channels[] = {"conversion.", "process.", "reprocess.", "defragment."};
    if (!(style->traits & TRAIT_CHANNELS) || parts->literal)
        return false;
    for (gsize i = 0; i < G_N_ELEMENTS(channels); i++)
        if (span_istarts(parts->name, channels[i]))
            return true;
    const char *dot = parts->name.n ? memchr(parts->name.p, '.', parts->name.n) : NULL;
    Span first = dot ? span_sub(parts->name, 0, (gsize)(dot - parts->name.p)) : parts->name;
    return span_iends(first, "-daemon");
}

/* The line says that the message came from the same machine: "with local", "(uid 0)", "[local]", a
 * spool; of Exim also its own protocol names for filters ("spam-scanned"). */
static bool is_local(const Clauses *c, const Style *style, const FromParts *parts)
{
    const Lex *with = clauses_first(c->list, c->part[CLAUSE_WITH]);
    if (parts->seen || parts->name_ip.family)
        return parts->local;
    if (parts->local || clause_starts(c, CLAUSE_WITH, "local") ||
        clause_starts(c, CLAUSE_WITH, "RULES") || span_istarts(parts->name, "mail pickup service"))
        return true;
    if (is_channel(style, parts))
        return true;
    if (style->software == SOFTWARE_EXIM && with && !is_network_protocol(with->text))
        return true;
    if (span_ifind(lex_slice(c->list, c->part[CLAUSE_BY]), "(DragonFly") >= 0 ||
        span_ifind(lex_slice(c->list, c->part[CLAUSE_BY]), " by uid ") >= 0)
        return true;
    return style->software == SOFTWARE_SENDMAIL && span_ieq(parts->name, "localhost") &&
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

static void interpret_names(const Clauses *c, const Style *style, const FromParts *parts, Hop *hop)
{
    switch (habit_of(c, style, parts)) {
    case HABIT_LOOKED_UP:
        read_looked_up_first(style, parts, hop);
        break;
    case HABIT_NAMELESS:
        read_nameless(parts, hop);
        break;
    case HABIT_CONSTANT:
        read_constant(parts, hop);
        break;
    case HABIT_SAID:
    case HABIT_SHAPE:
        read_said(style, parts, hop);
        break;
    }
}

/* What the line says of a name for the peer's address. @habit is how its name was read. */
static Lookup lookup_of(const Style *style, const FromParts *parts, Habit habit, const Hop *hop)
{
    if (!hop->from_ip.family || hop->ip_disputed)
        return LOOKUP_NOT;
    if (parts->forged)
        return LOOKUP_NONE;
    if (!(style->traits & TRAIT_VERIFIES) ||
        (style->habit == HABIT_LOOKED_UP) != (habit == HABIT_LOOKED_UP))
        return LOOKUP_NOT;
    if (hop->from_rdns)
        return LOOKUP_NAME;
    /* Postfix writes "unknown"; without it the line is not as Postfix makes them */
    if (style->software == SOFTWARE_POSTFIX && !is_placeholder(parts->looked_up))
        return LOOKUP_NOT;
    return style->traits & TRAIT_ALWAYS ? LOOKUP_NONE : LOOKUP_NOT;
}

/* Roundcube: "from a [192.0.2.1] via b [198.51.100.1] with HTTP/1.1 (POST)". What stands first the
 * browser's side says (X-Forwarded-For); the web server saw the last one. */
static void read_web_proxy(const Clauses *c, Hop *hop)
{
    const LexList *list = c->list;
    LexRange via = c->part[CLAUSE_VIA];
    if (c->has[CLAUSE_BY] || !clause_starts(c, CLAUSE_WITH, "HTTP"))
        return;
    for (gsize i = via.end; i > via.start; i--) {
        Ip ip;
        if (list->items[i - 1].kind != LEX_LITERAL || !lex_address(&list->items[i - 1], &ip))
            continue;
        hop->from_ip = ip;
        hop->ip_disputed = false;
        g_clear_pointer(&hop->from_helo, g_free);
        const Lex *name = i - 1 > via.start ? &list->items[i - 2] : NULL;
        g_free(hop->from_rdns);
        hop->from_rdns = name && !lex_is_word(name, "via") ? name_or_null(lex_bare(name)) : NULL;
        return;
    }
}

void names_interpret(const Clauses *clauses, const Style *style, const FromParts *parts, Hop *hop)
{
    /* Gmail's API: "from PROJECT named NAME by gmailapi.google.com with HTTPREST" names no client
     * of the network, and whoever made the project chose its name */
    if (clause_starts(clauses, CLAUSE_WITH, "HTTPREST"))
        return;
    hop->from_ip = parts->peer;
    hop->ip_disputed = parts->disputed;
    hop->rdns_forged = parts->forged;
    hop->authenticated = parts->authenticated;
    hop->login = text_or_null(parts->user);
    hop->ident = text_or_null(parts->ident);
    hop->envelope_from = text_or_null(parts->sender);
    hop->local = is_local(clauses, style, parts);
    bool localhost = style->software == SOFTWARE_SENDMAIL && span_ieq(parts->name, "localhost");
    if (is_no_client(clauses, parts)) {
        if (!hop->envelope_from && memchr(parts->name.p, '@', parts->name.n))
            hop->envelope_from = text_or_null(parts->name);
    } else if (!hop->local || localhost) {
        interpret_names(clauses, style, parts, hop);
    }
    Habit habit = habit_of(clauses, style, parts);
    read_web_proxy(clauses, hop);
    hop->lookup = lookup_of(style, parts, habit, hop);
    /* an id of Exim's shape in a line of Exim's form */
    if (style->software == SOFTWARE_EXIM && habit == HABIT_LOOKED_UP &&
        (hop->local || parts->has_helo))
        hop->software_named = true;
    if (hop->from_helo)
        ip_parse_literal(span_of(hop->from_helo), &hop->helo_ip);
}
