/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who logged in. See received_login.h. */
#include "received/received_login.h"

#include <string.h>

/* Longer names are nobody's (RFC 4616 allows 1024 bytes, no server so many). */
#define LOGIN_MAX 320

/* Protocols of an authenticated client: RFC 3848, RFC 6531, and the older words of Exim, VisNetic
 * and qmail's patches. Not LMTPA: there it is the mail server that logs in, to deliver. */
static const char *const protocols[] = {
    "ESMTPA", "ESMTPSA", "ASMTP",     "ASMTPS",     "ESMTP AUTH",
    "SMTPA",  "SMTPSA",  "UTF8SMTPA", "UTF8SMTPSA",
};

/* What "auth=" says besides a name. */
static const char *const mechanisms[] = {
    "yes",      "no",         "none",       "pass",          "plain",  "login",
    "cram-md5", "digest-md5", "scram-sha1", "scram-sha-256", "xoauth", "xoauth2",
    "ntlm",     "gssapi",     "external",   "oauthbearer",   "fail",
};

static bool is_one_of(Span word, const char *const *words, gsize count)
{
    for (gsize i = 0; i < count; i++)
        if (span_ieq(word, words[i]))
            return true;
    return false;
}

/* A name as a login: angles, a colon or a comma at its end taken off. */
static Span as_name(const Lex *lex)
{
    Span text = lex_bare(lex);
    while (text.n > 0 && strchr(",;:", text.p[text.n - 1]))
        text.n--;
    if (text.n > 1 && text.p[0] == '<' && text.p[text.n - 1] == '>')
        text = span_sub(text, 1, text.n - 2);
    return text;
}

/* The word at @at is @word, a ":" behind it allowed. */
static bool word_is(const LexList *list, LexRange range, gsize at, const char *word)
{
    if (at >= range.end || list->items[at].kind != LEX_WORD)
        return false;
    Span text = list->items[at].text;
    if (text.n > 0 && text.p[text.n - 1] == ':')
        text.n--;
    return span_ieq(text, word);
}

static Span name_at(const LexList *list, LexRange range, gsize at)
{
    if (at >= range.end || list->items[at].kind == LEX_OPEN || list->items[at].kind == LEX_SEMI)
        return SPAN("");
    return as_name(&list->items[at]);
}

/* "authenticated", and who: at @at behind the word. "bits=0" is nobody. */
static Span name_behind_authenticated(const LexList *list, LexRange range, gsize at)
{
    static const char *const joints[] = {"sender", "user", "as", "by", "id"};
    for (gsize i = 0; i < G_N_ELEMENTS(joints); i++)
        if (word_is(list, range, at, joints[i]))
            return name_at(list, range, at + 1);
    return SPAN("");
}

/* "user=u" or "auth=u" at @at. */
static bool keyed_name(const Lex *lex, const char *key, Span *user)
{
    if (lex->kind != LEX_WORD || !span_istarts(lex->text, key))
        return false;
    Lex value = *lex;
    value.text = span_sub(lex->text, strlen(key), lex->text.n);
    value.text = as_name(&value);
    if (!is_one_of(value.text, mechanisms, G_N_ELEMENTS(mechanisms)))
        *user = value.text;
    return true;
}

/* "(user=u mech=PLAIN bits=0)", "(auth=u)", "auth=yes user=u": "auth=" or "mech=" among the words.
 */
static bool read_keys(const LexList *list, LexRange range, Span *user)
{
    Span who = SPAN("");
    bool login = false;
    for (gsize i = range.start; i < range.end; i = lex_next(list, i)) {
        const Lex *lex = &list->items[i];
        if (keyed_name(lex, "auth=", &who) ||
            (lex->kind == LEX_WORD && span_istarts(lex->text, "mech=")))
            login = true;
        else
            keyed_name(lex, "user=", &who);
    }
    if (login)
        *user = who;
    return login;
}

/* "smtp-auth username u, mechanism login", "smtp.auth u" */
static bool read_smtp_auth(const LexList *list, LexRange range, Span *user)
{
    gsize at = range.start + 1;
    Span text = list->items[range.start].text;
    if (list->items[range.start].kind != LEX_WORD || text.n < 9 || !span_istarts(text, "smtp") ||
        !strchr(".-_", text.p[4]) || !span_istarts(span_sub(text, 5, text.n), "auth") ||
        (text.n > 9 && text.p[9] != ':'))
        return false;
    if (word_is(list, range, at, "username") || word_is(list, range, at, "user"))
        at++;
    *user = name_at(list, range, at);
    return true;
}

bool login_in_comment(const LexList *list, LexRange inside, Span *user)
{
    gsize at = inside.start;
    *user = SPAN("");
    if (inside.start >= inside.end)
        return false;
    if (word_is(list, inside, at, "account") && at + 1 < inside.end) {
        *user = name_at(list, inside, at + 1);
        return true;
    }
    if (lex_is_word(&list->items[at], "AUTH:")) {
        *user = name_at(list, inside, at + 2);
        return true;
    }
    if (word_is(list, inside, at, "authenticated")) {
        *user = name_behind_authenticated(list, inside, at + 1);
        return true;
    }
    /* "SquirrelMail authenticated user u" */
    if (word_is(list, inside, at + 1, "authenticated") && word_is(list, inside, at + 2, "user")) {
        *user = name_at(list, inside, at + 3);
        return true;
    }
    return read_smtp_auth(list, inside, user) || read_keys(list, inside, user);
}

/* --- behind "by" ------------------------------------------------------------------------------ */

static void take_login(Hop *hop, Span user)
{
    hop->authenticated = true;
    if (!hop->login && user.n > 0 && user.n <= LOGIN_MAX)
        hop->login = span_dup_utf8(user);
}

/* A single address in a comment behind "with ESMTPA": "(joe@oak.example)". */
static bool is_lone_address(const LexList *list, LexRange inside)
{
    const Lex *lex = &list->items[inside.start];
    return inside.start + 1 == inside.end && (lex->kind == LEX_WORD || lex->kind == LEX_ANGLE) &&
           memchr(lex->text.p, '@', lex->text.n);
}

static void read_comment(const LexList *list, gsize open, Hop *hop)
{
    LexRange inside = lex_inside(list, open);
    Span user;
    if (login_in_comment(list, inside, &user))
        take_login(hop, user);
    else if (hop->authenticated && inside.start < inside.end && is_lone_address(list, inside))
        take_login(hop, as_name(&list->items[inside.start]));
}

/* What stands outside comments: "by authid <u>" (Exim, schlund.de), "auth=yes user=u". */
static void read_words(const LexList *list, LexRange range, Hop *hop)
{
    Span user;
    if (read_keys(list, range, &user))
        take_login(hop, user);
    for (gsize i = range.start; i + 1 < range.end; i = lex_next(list, i))
        if (lex_is_word(&list->items[i], "authid"))
            take_login(hop, name_at(list, range, i + 1));
}

void login_read(const Clauses *clauses, Hop *hop)
{
    const LexList *list = clauses->list;
    LexRange range = {clauses->part[CLAUSE_BY].start, MIN(clauses->date.start, list->count)};
    if (hop->with && is_one_of(span_of(hop->with), protocols, G_N_ELEMENTS(protocols)))
        hop->authenticated = true;
    if (clauses->has[CLAUSE_BY]) {
        read_words(list, range, hop);
        for (gsize i = range.start; i < range.end; i = lex_next(list, i))
            if (list->items[i].kind == LEX_OPEN)
                read_comment(list, i, hop);
    }
    /* what "u@192.0.2.1" answers is who logged in, where somebody did */
    if (hop->authenticated && !hop->login && hop->ident)
        take_login(hop, span_of(hop->ident));
}
