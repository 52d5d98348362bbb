/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One comment of a from clause. See received_comment.h. */
#include "received/received_comment.h"

#include <string.h>

#include "received/received_login.h"

/* Where the brackets of a comment stand. Quoted strings, nested comments and the values of keys
 * ("helo=[192.0.2.1]") are not looked into. */
typedef struct Brackets {
    gsize count;
    gsize first, last;
    bool starts; /* the comment begins with one */
    bool ends;   /* it ends with one; "(may be forged)" and a port may follow */
    bool differ; /* they hold different addresses */
} Brackets;

bool comment_is_bracketed(const Lex *lex)
{
    return lex->kind == LEX_LITERAL ||
           (lex->kind == LEX_WORD && lex->text.n > 1 && lex->text.p[0] == '[');
}

/* The part behind the last @sign, or the whole. */
static Span behind_at(Span word)
{
    for (gsize i = word.n; i > 0; i--)
        if (word.p[i - 1] == '@')
            return span_sub(word, i, word.n);
    return word;
}

static bool is_word_at(const LexList *list, LexRange range, gsize at, const char *word)
{
    return at < range.end && lex_is_word(&list->items[at], word);
}

/* The word at @at begins with @start. */
static bool starts_at(const LexList *list, LexRange range, gsize at, const char *start)
{
    return at < range.end && list->items[at].kind == LEX_WORD &&
           span_istarts(list->items[at].text, start);
}

/* --- brackets --------------------------------------------------------------------------------- */

/* The bracket at @at is the value of a key, or part of an address: "helo=[", "[192.0.2.1]@x". */
static bool is_part_of_word(const LexList *list, LexRange range, gsize at)
{
    const Lex *lex = &list->items[at];
    if (lex->glued && at > range.start && span_iends(list->items[at - 1].text, "="))
        return true;
    return at + 1 < range.end && lex[1].glued && lex[1].kind == LEX_WORD && lex[1].text.p[0] == '@';
}

/* What may stand behind the bracket that ends a comment: a port or a mark glued to it
 * ("[192.0.2.1]:25", "[192.0.2.1]_trustedrelay"), and "(may be forged)". */
static bool is_tail(const LexList *list, gsize at)
{
    const Lex *lex = &list->items[at];
    if (lex->kind == LEX_OPEN)
        return span_istarts(lex_slice(list, lex_inside(list, at)), "may be forged");
    return lex->kind == LEX_WORD && lex->glued && strchr(":_", lex->text.p[0]);
}

static Brackets find_brackets(const LexList *list, LexRange inside)
{
    Brackets found = {0};
    Ip first = {0}, ip;
    for (gsize i = inside.start; i < inside.end; i = lex_next(list, i)) {
        if (!comment_is_bracketed(&list->items[i]) || is_part_of_word(list, inside, i)) {
            found.ends = found.ends && is_tail(list, i);
            continue;
        }
        if (!lex_address(&list->items[i], &ip))
            ip.family = 0;
        if (found.count++ == 0) {
            found.first = i;
            first = ip;
        } else if (!ip_equal(&ip, &first)) {
            found.differ = true;
        }
        found.last = i;
        found.starts = found.starts || i == inside.start;
        found.ends = true;
    }
    return found;
}

/* --- what the client said --------------------------------------------------------------------- */

/* Servers write it in capitals. */
static bool is_greeting_word(const Lex *lex)
{
    return lex->kind == LEX_WORD &&
           (span_eq(lex->text, "HELO") || span_eq(lex->text, "EHLO") || span_eq(lex->text, "LHLO"));
}

/* The words of "(HELO x)" from @at on; may be none. */
static void read_greeting_words(const LexList *list, LexRange inside, gsize at, Comment *out)
{
    out->helo = span_trim(lex_slice(list, (LexRange){at + 1, inside.end}));
    out->has_helo = true;
}

/* The value of "helo=x" or "helo=[192.0.2.1]" at @at, all that is glued to it. Returns the index
 * behind it, or @at where @key is not there. */
static gsize keyed_value(const LexList *list, LexRange range, gsize at, const char *key, Span *out)
{
    if (!starts_at(list, range, at, key))
        return at;
    gsize end = at + 1;
    while (end < range.end && list->items[end].glued && list->items[end].kind != LEX_OPEN &&
           list->items[end].kind != LEX_SEMI)
        end++;
    Span all = lex_slice(list, (LexRange){at, end});
    *out = span_sub(all, strlen(key), all.n);
    return end;
}

static bool is_keyed(const LexList *list, LexRange range, gsize at)
{
    return starts_at(list, range, at, "helo=") || starts_at(list, range, at, "port=") ||
           starts_at(list, range, at, "ident=");
}

/* ZMailer's "EHLO x" in quotes. */
static bool read_quoted_greeting(const Lex *lex, Comment *out)
{
    Span quoted = lex->kind == LEX_QUOTED ? lex_bare(lex) : SPAN("");
    if (!span_istarts(quoted, "EHLO ") && !span_istarts(quoted, "HELO "))
        return false;
    out->helo = span_trim(span_sub(quoted, 5, quoted.n));
    out->has_helo = true;
    return true;
}

/* Exim's "helo=", "ident=", "port=", and ZMailer's greeting. True if one is there. */
static bool read_keys(const LexList *list, LexRange inside, Comment *out)
{
    bool found = false;
    for (gsize i = inside.start, next; i < inside.end; i = next) {
        found = found || is_keyed(list, inside, i);
        next = keyed_value(list, inside, i, "helo=", &out->helo);
        if (next > i) {
            out->has_helo = true;
            continue;
        }
        next = keyed_value(list, inside, i, "ident=", &out->ident);
        if (next > i)
            continue;
        if (read_quoted_greeting(&list->items[i], out))
            found = true;
        next = lex_next(list, i);
    }
    return found;
}

/* --- the peer --------------------------------------------------------------------------------- */

static void forget(Comment *out)
{
    out->has_helo = false;
    out->helo = out->ident = SPAN("");
}

/* The name and the ident reply before the address at @at: "user@name [", "IDENT:user@name [". */
static void read_looked_up(const LexList *list, LexRange inside, gsize at, Comment *out)
{
    if (at == inside.start || list->items[at - 1].kind != LEX_WORD)
        return;
    Span word = lex_bare(&list->items[at - 1]);
    Span all = lex_slice(list, (LexRange){inside.start, at});
    out->name = behind_at(word);
    if (out->name.n < word.n) {
        all.n = (gsize)(out->name.p - all.p) - 1;
        out->ident = span_istarts(all, "IDENT:") ? span_sub(all, 6, all.n) : all;
    }
}

static void take_bracket(const LexList *list, LexRange inside, gsize at, Comment *out)
{
    out->kind = COMMENT_PEER;
    if (lex_address(&list->items[at], &out->ip)) {
        read_looked_up(list, inside, at, out);
        return;
    }
    out->ip.family = 0;
    Span inside_brackets = lex_bare(&list->items[at]);
    out->local = span_eq(inside_brackets, "local") ||      /* OpenSMTPD */
                 span_ieq(inside_brackets, "unix socket"); /* Cyrus, amavis */
}

/* "[192.0.2.1]:25 helo=x": the first is the server's, and all behind it the client's. Where the
 * writer is not known to write keys, a bracket at the end may be the server's as well. */
static void read_first_bracket(const LexList *list, LexRange inside, const Brackets *brackets,
                               const Style *style, Comment *out)
{
    bool keys = !(style->traits & TRAIT_PLAIN) && read_keys(list, inside, out);
    if (brackets->differ && brackets->ends && keys && style->habit != HABIT_LOOKED_UP) {
        out->kind = COMMENT_UNCLEAR;
        return;
    }
    gsize at = brackets->differ && brackets->ends && !keys ? brackets->last : brackets->first;
    out->disputed = brackets->differ && !(keys && style->habit == HABIT_LOOKED_UP);
    take_bracket(list, inside, at, out);
    out->verified = span_iends(lex_slice(list, inside), " verified");
}

/* "using TLSv1.3 with ...", "Client CN "x"", "Authenticated sender: x": a form of two words, which
 * no name can be. What else stands in it may be the client's. */
static bool is_long_remark(const LexList *list, LexRange inside)
{
    static const struct {
        const char *first, *second;
    } forms[] = {
        {"using", "TLS"},       {"using", "SSL"},        {"Client", "CN"},
        {"Client", "did"},      {"No", "client"},        {"Authenticated", "sender"},
        {"envelope", "sender"}, {"authenticated", "as"}, {"Client", "hostname"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++)
        if (is_word_at(list, inside, inside.start, forms[i].first) &&
            starts_at(list, inside, inside.start + 1, forms[i].second))
            return true;
    return false;
}

/* A comment with brackets that begins with none. */
static void read_later_bracket(const LexList *list, LexRange inside, const Brackets *brackets,
                               Comment *out)
{
    if (brackets->ends) {
        out->disputed = brackets->differ;
        take_bracket(list, inside, brackets->last, out);
    } else if (is_long_remark(list, inside)) {
        out->kind = COMMENT_REMARK;
    } else if (brackets->differ || brackets->first > inside.start + 2) {
        out->kind = COMMENT_UNCLEAR;
    } else {
        take_bracket(list, inside, brackets->first, out); /* "name [192.0.2.1] RDNS failed" */
    }
}

/* A comment that begins with a greeting's word or key, and holds brackets besides: of who writes
 * such comments it is the client's word; of who never does, a name that looks like it; else nobody
 * can tell. */
static void read_greeting_with_bracket(const LexList *list, LexRange inside,
                                       const Brackets *brackets, const Style *style, Comment *out)
{
    if ((style->traits & TRAIT_PLAIN))
        read_later_bracket(list, inside, brackets, out);
    else if (style->habit != HABIT_LOOKED_UP)
        out->kind = COMMENT_UNCLEAR;
    else
        out->kind = COMMENT_GREETING;
}

static void read_brackets(const LexList *list, LexRange inside, const Brackets *brackets,
                          const Style *style, Comment *out)
{
    const Lex *first = &list->items[inside.start];
    if (is_greeting_word(first)) {
        read_greeting_words(list, inside, inside.start, out);
        read_greeting_with_bracket(list, inside, brackets, style, out);
    } else if (is_keyed(list, inside, inside.start)) {
        read_keys(list, inside, out);
        read_greeting_with_bracket(list, inside, brackets, style, out);
    } else if (style->habit == HABIT_LOOKED_UP && lex_is_word(first, "account") &&
               login_in_comment(list, inside, &out->user)) {
        out->login = true; /* CommuniGate: "account u HELO [192.0.2.1]" */
        for (gsize i = inside.start + 2; i < inside.end && !out->has_helo; i = lex_next(list, i))
            if (is_greeting_word(&list->items[i]))
                read_greeting_words(list, inside, i, out);
        out->kind = COMMENT_GREETING;
    } else if (brackets->starts) {
        read_first_bracket(list, inside, brackets, style, out);
    } else {
        read_later_bracket(list, inside, brackets, out);
    }
    if (out->kind == COMMENT_PEER && ((style->traits & TRAIT_PLAIN) || !brackets->starts)) {
        Span ident = out->ident;
        forget(out);
        out->ident = ident;
    }
}

/* --- addresses without brackets --------------------------------------------------------------- */

/* Words that stand before an address which is not the peer's, or may not be. */
static bool is_doubtful_word(const Lex *lex)
{
    static const char *const words[] = {
        "account", "actually",      "auth:", "authenticated", "by",    "client",   "envelope-from",
        "for",     "from",          "id",    "identity",      "ident", "original", "port",
        "sender",  "authenticated", "tls",   "ssl",           "using", "version",  "via",
        "with",    "proxying",      "to",    "helo",          "ehlo",  "lhlo",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (lex_is_word(lex, words[i]))
            return true;
    return false;
}

/* "user@192.0.2.1", "user@domain@192.0.2.1": qmail's, the last behind the "@". */
static bool read_behind_at(const LexList *list, LexRange inside, gsize last, Comment *out)
{
    Lex lex = list->items[last];
    Span address = behind_at(lex.text);
    if (lex.kind != LEX_WORD || address.n == lex.text.n)
        return false;
    lex.text = address;
    if (!lex_address(&lex, &out->ip))
        return false;
    out->ident = lex_slice(list, inside);
    out->ident.n = (gsize)(address.p - out->ident.p) - 1;
    return true;
}

/* "192.0.2.1", "user@192.0.2.1", "192.0.2.1 with plain", "name 192.0.2.1". */
static bool read_bare(const LexList *list, LexRange inside, Comment *out)
{
    gsize words = 0, last = inside.start;
    for (gsize i = inside.start; i < inside.end; i = lex_next(list, i))
        if (list->items[i].kind != LEX_OPEN) {
            last = i;
            words++;
        }
    if (words == 2 && last == inside.start + 1 && lex_address(&list->items[last], &out->ip)) {
        if (is_doubtful_word(&list->items[inside.start])) {
            out->kind = COMMENT_UNCLEAR;
            return true;
        }
        read_looked_up(list, inside, last, out);
    } else if (words == 1 && lex_address(&list->items[last], &out->ip)) {
        out->bare = true;
    } else if ((words <= 2 && read_behind_at(list, inside, last, out)) ||
               (is_word_at(list, inside, inside.start + 1, "with") &&
                lex_address(&list->items[inside.start], &out->ip))) {
        out->bare = true;
    } else {
        return false;
    }
    out->kind = COMMENT_PEER;
    return true;
}

/* --- remarks ---------------------------------------------------------------------------------- */

/* "envelope-from <a@b>", "envelope sender: <a@b>" */
static bool read_sender(const LexList *list, LexRange inside, Comment *out)
{
    if (!starts_at(list, inside, inside.start, "envelope-") &&
        !is_word_at(list, inside, inside.start, "envelope"))
        return false;
    for (gsize i = inside.start + 1; i < inside.end; i = lex_next(list, i))
        if (list->items[i].kind == LEX_ANGLE ||
            (list->items[i].kind == LEX_WORD &&
             memchr(list->items[i].text.p, '@', list->items[i].text.n))) {
            out->sender = lex_bare(&list->items[i]);
            break;
        }
    return true;
}

/* A name alone: "(localhost)", "(user@localhost)", PP's "(actually host x)". */
static void read_name(const LexList *list, LexRange inside, Comment *out)
{
    const Lex *lex = &list->items[inside.start];
    if (is_word_at(list, inside, inside.start, "actually") &&
        is_word_at(list, inside, inside.start + 1, "host") && inside.end == inside.start + 3)
        lex = &list->items[inside.start + 2];
    else if (lex_next(list, inside.start) != inside.end)
        return;
    if (lex->kind != LEX_WORD)
        return;
    out->kind = COMMENT_NAME;
    out->name = behind_at(lex->text);
}

/* Without any bracket. */
static void read_words(const LexList *list, LexRange inside, const Style *style, Comment *out)
{
    const Lex *first = &list->items[inside.start];
    Ip ip;
    if (is_greeting_word(first) && lex_next(list, inside.start) <= inside.end) {
        bool address = inside.end == inside.start + 2 && lex_address(first + 1, &ip);
        read_greeting_words(list, inside, inside.start, out);
        out->kind = address && style->habit != HABIT_LOOKED_UP ? COMMENT_UNCLEAR : COMMENT_GREETING;
    } else if (!(style->traits & TRAIT_PLAIN) && is_keyed(list, inside, inside.start)) {
        read_keys(list, inside, out);
        out->kind = COMMENT_GREETING;
    } else if (read_sender(list, inside, out) || read_bare(list, inside, out)) {
        return;
    } else if (login_in_comment(list, inside, &out->user)) {
        out->login = true;
        for (gsize i = inside.start + 2; i < inside.end && !out->has_helo; i = lex_next(list, i))
            if (is_greeting_word(&list->items[i]) && lex_is_word(first, "account"))
                read_greeting_words(list, inside, i, out);
    } else if (is_word_at(list, inside, inside.start, "uid")) {
        out->local = true;
    } else {
        read_name(list, inside, out);
    }
}

Comment comment_read(const LexList *list, gsize open, const Style *style)
{
    LexRange inside = lex_inside(list, open);
    Comment out = {.kind = COMMENT_REMARK,
                   .name = SPAN(""),
                   .ident = SPAN(""),
                   .helo = SPAN(""),
                   .user = SPAN(""),
                   .sender = SPAN("")};
    if (inside.start >= inside.end)
        return out;
    Brackets brackets = find_brackets(list, inside);
    if (brackets.count)
        read_brackets(list, inside, &brackets, style, &out);
    else
        read_words(list, inside, style, &out);
    if (out.kind == COMMENT_PEER || out.kind == COMMENT_REMARK)
        out.forged = span_ifind(lex_slice(list, inside), "may be forged") >= 0;
    return out;
}
