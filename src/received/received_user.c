/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which user of a machine handed a message in. See received_user.h. */
#include "received/received_user.h"

#include <string.h>

/* Longer names are no user's (login names are at most 32 bytes on Linux, 256 on Solaris). */
#define USER_MAX 256

/* Users under which mail servers, filters and list managers run, as their packages make them. */
static const char *const system_users[] = {
    "root",         "mail",         "Debian-exim", "exim",      "exim4",    "mailnull",
    "postfix",      "smmsp",        "smmta",       "sendmail",  "amavis",   "amavisd",
    "amavisd-new",  "vscan",        "vexira",      "spamd",     "spam",     "spamfilter",
    "debian-spamd", "spamassassin", "clamav",      "clamd",     "clam",     "clamilt",
    "defang",       "mimedefang",   "filter",      "list",      "mailman",  "mailman2",
    "mailman3",     "majordom",     "majordomo",   "sympa",     "listar",   "ecartis",
    "qmaild",       "qmaill",       "qmailp",      "qmailq",    "qmailr",   "qmails",
    "qscand",       "alias",        "vpopmail",    "courier",   "cyrus",    "dovecot",
    "opensmtpd",    "_smtpd",       "_smtpq",      "dkim",      "opendkim", "dkim-filter",
    "dk-filter",    "mailscanner",  "MailScanner", "rspamd",    "_rspamd",  "nullmail",
    "srs",          "postsrsd",     "policyd",     "fetchmail", "getmail",
};

/* Users under which web servers and what their pages call run. */
static const char *const web_users[] = {
    "nobody",  "www-data", "apache",  "apache2", "httpd",     "http",     "www",
    "nginx",   "web",      "wwwrun",  "webuser", "webmaster", "lighttpd", "daemon",
    "phpuser", "_www",     "php-fpm", "php",     "litespeed",
};

/* Their numbers: Debian, Red Hat, FreeBSD, nobody of old and of now. */
static const char *const web_uids[] = {"33", "48", "80", "99", "65534", "60001"};

static bool is_uid(Span text)
{
    for (gsize i = 0; i < text.n; i++)
        if (!g_ascii_isdigit(text.p[i]))
            return false;
    return text.n > 0 && text.n <= 10;
}

/* The lexeme as a user's name: one word, quotes and "@host" off; empty if it is none. */
static Span user_of(const Lex *lex)
{
    Span text = lex_bare(lex);
    if (lex->kind != LEX_WORD && lex->kind != LEX_QUOTED)
        return SPAN("");
    while (text.n > 0 && strchr(",;)", text.p[text.n - 1]))
        text.n--;
    const char *at = text.n ? memchr(text.p, '@', text.n) : NULL;
    if (at)
        text.n = (gsize)(at - text.p);
    return text.n <= USER_MAX ? text : SPAN("");
}

static void take_user(Hop *hop, Span user)
{
    if (!hop->user && user.n > 0)
        hop->user = span_dup_utf8(user);
}

/* "uid N", "userid N", "invoked by alias" among the lexemes of @range. */
static void read_numbers(const LexList *list, LexRange range, Hop *hop)
{
    for (gsize i = range.start; i + 1 < range.end; i++) {
        const Lex *lex = &list->items[i], *next = lex + 1;
        if ((lex_is_word(lex, "uid") || lex_is_word(lex, "userid")) && is_uid(user_of(next)))
            take_user(hop, user_of(next));
        else if (i > range.start && lex_is_word(lex, "by") && lex_is_word(lex - 1, "invoked") &&
                 !lex_is_word(next, "uid"))
            take_user(hop, user_of(next));
    }
}

/* "(from USER@h)" before "by": sendmail's, for what a program on the machine hands in. */
static void read_lead(const Clauses *c, Hop *hop)
{
    const LexList *list = c->list;
    if (list->count < 4 || list->items[0].kind != LEX_OPEN)
        return;
    LexRange inside = lex_inside(list, 0);
    if (inside.start + 2 == inside.end && lex_is_word(&list->items[inside.start], "from"))
        take_user(hop, user_of(&list->items[inside.start + 1]));
    else
        read_numbers(list, inside, hop);
}

/* A user's name is one word without a dot: "localhost" and "mx.oak.example" are hosts. */
static bool is_user_name(const FromParts *parts)
{
    Span name = parts->name;
    return name.n > 0 && !parts->literal && !parts->name_ip.family &&
           !memchr(name.p, ' ', name.n) && !memchr(name.p, '.', name.n) &&
           !memchr(name.p, '@', name.n) && name.p[0] != '<' && !span_ieq(name, "localhost") &&
           !span_ieq(name, "MAILER-DAEMON");
}

static bool is_with_local(const Clauses *c)
{
    const Lex *with = clauses_first(c->list, c->part[CLAUSE_WITH]);
    return with && with->kind == LEX_WORD && span_ifind(with->text, "smtp") < 0 &&
           span_ifind(with->text, "lmtp") < 0 && span_ifind(with->text, "http") < 0;
}

void user_read(const Clauses *clauses, const FromParts *parts, Hop *hop)
{
    const LexList *list = clauses->list;
    if (!hop->local)
        return;
    if (!parts)
        read_lead(clauses, hop);
    else if (is_user_name(parts) && (is_with_local(clauses) || (parts->local && !parts->seen)))
        take_user(hop, user_of(&(Lex){LEX_WORD, false, 0, parts->name}));
    if (parts)
        read_numbers(list, clauses->part[CLAUSE_FROM], hop);
    if (clauses->has[CLAUSE_BY])
        read_numbers(
            list, (LexRange){clauses->part[CLAUSE_BY].start, MIN(clauses->date.start, list->count)},
            hop);
}

static bool is_one_of(const char *word, const char *const *words, gsize count)
{
    for (gsize i = 0; i < count; i++)
        if (g_ascii_strcasecmp(word, words[i]) == 0)
            return true;
    return false;
}

bool received_is_by_program(const Hop *hop)
{
    return hop->local && !hop->from_ip.family && !hop->user &&
           (hop->software == SOFTWARE_OPENSMTPD || hop->pickup);
}

UserKind received_user_kind(const Hop *hop)
{
    if (!hop->user)
        return USER_NONE;
    if (is_uid(span_of(hop->user))) {
        if (strspn(hop->user, "0") == strlen(hop->user))
            return USER_SYSTEM;
        return is_one_of(hop->user, web_uids, G_N_ELEMENTS(web_uids)) ? USER_WEB : USER_PERSON;
    }
    if (is_one_of(hop->user, system_users, G_N_ELEMENTS(system_users)))
        return USER_SYSTEM;
    return is_one_of(hop->user, web_users, G_N_ELEMENTS(web_users)) ? USER_WEB : USER_PERSON;
}
