/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The from clause. The rule that matters: the address that the receiver saw is never what the
 * client said. An address counts as the peer's only where servers write it: in a comment of one of
 * the known forms, or in brackets behind a name. The last such place counts, for a client can
 * smuggle a look-alike only into what stands before it; but where the software is known to write
 * its own words first, the first. A literal directly after "from" is the client's word as soon as
 * there is any such place, or a comment that may be one. */
#include "received/received_from.h"

#include <string.h>

#include "received/received_login.h"

/* --- the name --------------------------------------------------------------------------------- */

static bool is_name_tail(const LexList *list, gsize at)
{
    const Lex *lex = &list->items[at];
    if (!lex->glued || lex->kind == LEX_OPEN || lex->kind == LEX_SEMI)
        return false;
    return lex->kind != LEX_LITERAL || span_iends(list->items[at - 1].text, "@");
}

static bool is_further_word(const Lex *lex)
{
    return lex->kind == LEX_WORD && !lex->glued && !comment_is_bracketed(lex) &&
           !lex_is_word(lex, "from");
}

/* The words directly after "from"; returns the index behind them. */
static gsize read_name(const LexList *list, LexRange range, FromParts *out)
{
    gsize end = range.start;
    if (end >= range.end || list->items[end].kind == LEX_OPEN || list->items[end].kind == LEX_SEMI)
        return end;
    out->literal = list->items[end].kind == LEX_LITERAL;
    lex_address(&list->items[end], &out->name_ip);
    end++;
    while (end < range.end && is_name_tail(list, end))
        end++; /* "[192.0.2.1]:25", "user@[192.0.2.1]" */
    gsize behind = end;
    bool cut = false;
    while (end < range.end && !out->name_ip.family && is_further_word(&list->items[end])) {
        /* what a parenthesis that is never closed holds is none of it */
        cut = cut || list->items[end].text.p[-1] == '(';
        if (!cut) {
            behind = end + 1;
            out->words = true;
        }
        end++;
    }
    out->name = lex_slice(list, (LexRange){range.start, behind});
    return end;
}

/* --- what stands behind it -------------------------------------------------------------------- */

/* A peer was found: what came before it may be a look-alike out of the greeting. */
static void take_peer(FromParts *out, const Ip *ip)
{
    if (out->peer.family && !ip_equal(&out->peer, ip))
        out->disputed = true;
    out->peer = *ip;
    out->seen = true;
    out->unclear = false;
    out->authenticated = out->forged = out->bare = out->local = out->verified = false;
    out->looked_up = out->user = out->ident = SPAN("");
}

static void take_peer_comment(const Comment *comment, bool glued, FromParts *out)
{
    take_peer(out, &comment->ip);
    out->disputed = out->disputed || comment->disputed;
    out->looked_up = comment->name;
    out->ident = comment->ident;
    out->bare = comment->bare;
    out->verified = comment->verified;
    out->forged = comment->forged;
    out->local = comment->local;
    out->glued = glued;
}

/* An address that may be the peer's or the client's: with it, nothing is readable. */
static void take_unclear(const Comment *comment, FromParts *out)
{
    out->seen = out->unclear = true;
    out->peer.family = 0;
    out->looked_up = SPAN("");
    if (comment->has_helo) {
        out->has_helo = true;
        out->helo = comment->helo;
    }
}

static void take_words(const Comment *comment, FromParts *out)
{
    if (comment->has_helo) {
        out->has_helo = true;
        out->helo = comment->helo;
    }
    if (comment->ident.n)
        out->ident = comment->ident;
    if (comment->login) {
        out->authenticated = true;
        out->user = comment->user;
    }
    if (comment->sender.n)
        out->sender = comment->sender;
    if (comment->kind == COMMENT_NAME && out->alone.n == 0)
        out->alone = comment->name;
    out->forged = out->forged || comment->forged;
    out->local = out->local || comment->local;
}

static void take_comment(const Comment *comment, bool glued, FromParts *out)
{
    switch (comment->kind) {
    case COMMENT_PEER:
        take_peer_comment(comment, glued, out);
        if (comment->has_helo)
            take_words(&(Comment){.kind = COMMENT_GREETING,
                                  .has_helo = true,
                                  .helo = comment->helo,
                                  .ident = comment->ident},
                       out);
        break;
    case COMMENT_UNCLEAR:
        take_unclear(comment, out);
        break;
    case COMMENT_REMARK:
    case COMMENT_GREETING:
    case COMMENT_NAME:
        take_words(comment, out);
        break;
    }
}

/* Brackets behind the name, outside a comment: "name [192.0.2.1] by" (fetchmail, MDaemon, IMail).
 */
static void take_outer_literal(const LexList *list, gsize at, FromParts *out)
{
    Ip ip;
    out->seen = out->outer = true;
    if (lex_address(&list->items[at], &ip))
        take_peer(out, &ip);
    else
        out->peer.family = 0;
}

/* A place too many: the client's, but the literal before it may be so as well. */
static void take_surplus(FromParts *out)
{
    if (!out->seen)
        out->unclear = true;
    out->seen = out->disputed = true;
}

/* Exim and CommuniGate write what they saw first: once it, or what the client said, was read, a
 * later place is the client's. */
static bool is_complete(const Style *style, const FromParts *out)
{
    return (style->traits & TRAIT_SEEN) && out->has_helo && (out->seen || out->name_ip.family);
}

static void read_behind_name(const Clauses *clauses, const Style *style, gsize at, FromParts *out)
{
    const LexList *list = clauses->list;
    LexRange range = clauses->part[CLAUSE_FROM];
    for (gsize i = at; i < range.end; i = lex_next(list, i)) {
        const Lex *lex = &list->items[i];
        if (lex->kind == LEX_OPEN) {
            Comment comment = comment_read(list, i, style);
            bool place = comment.kind == COMMENT_PEER || comment.kind == COMMENT_UNCLEAR;
            if (place && is_complete(style, out))
                take_surplus(out);
            else
                take_comment(&comment, lex->glued, out);
        } else if (comment_is_bracketed(lex) && (i > range.start || range.start == 0)) {
            take_outer_literal(list, i, out);
        } else if (lex_is_word(lex, "claiming") && i + 3 < range.end &&
                   list->items[i + 3].kind == LEX_QUOTED) {
            out->helo = lex_bare(&list->items[i + 3]); /* 'claiming to be "x"' of Obtuse smtpd */
            out->has_helo = true;
            return;
        }
    }
}

/* --- the literal ------------------------------------------------------------------------------ */

/* The literal after "from" is what the server saw only where nothing behind it may be, and not of
 * software that writes there what the client said. */
static bool is_literal_seen(const Clauses *c, const Style *style, const FromParts *parts)
{
    if (parts->seen || ((style->traits & TRAIT_SAID) && parts->literal))
        return false;
    /* who writes a name beside it, looked up or said, and no address? */
    return !(parts->alone.n && style->habit == HABIT_SAID && c->has[CLAUSE_BY]);
}

/* Another address that the server did not write itself: a literal is nobody's word where the
 * greeting has a place of its own (but Yahoo writes its own proxy there), and a parenthesis in a
 * greeting can shift what follows into or out of a comment. */
static bool is_disputed(const Clauses *c, const FromParts *parts)
{
    if (c->addresses_outside || c->list->unbalanced)
        return true;
    return parts->has_helo && parts->seen && parts->name_ip.family &&
           !ip_equal(&parts->name_ip, &parts->peer) &&
           !(!parts->literal && ip_is_inside(&parts->name_ip));
}

/* The clause holds two different addresses. */
static bool has_two_addresses(const LexList *list, LexRange range)
{
    Ip first = {0}, ip;
    for (gsize i = range.start; i < range.end; i++) {
        if (!lex_address(&list->items[i], &ip) || !ip.family)
            continue;
        if (first.family && !ip_equal(&first, &ip))
            return true;
        first = ip;
    }
    return false;
}

/* A "by" and a date's ";" stand within the clause: what was written there ended before, and goes
 * on.
 */
static bool holds_a_line(const LexList *list, LexRange range)
{
    bool by = false;
    for (gsize i = range.start; i < range.end; i++) {
        by = by || lex_is_word(&list->items[i], "by");
        if (by && list->items[i].kind == LEX_SEMI)
            return true;
    }
    return false;
}

void from_read(const Clauses *clauses, const Style *style, FromParts *out)
{
    memset(out, 0, sizeof *out);
    out->name = out->looked_up = out->alone = out->helo = out->ident = out->user = out->sender =
        SPAN("");
    gsize at = read_name(clauses->list, clauses->part[CLAUSE_FROM], out);
    read_behind_name(clauses, style, at, out);
    if (out->unclear || is_disputed(clauses, out))
        out->disputed = true;
    if (is_literal_seen(clauses, style, out)) {
        out->peer = out->name_ip;
        /* software that nobody knows may write there what the client said */
        out->disputed = out->disputed || (out->literal && style->software == SOFTWARE_UNKNOWN);
    }
    /* a parenthesis in what the client said hides which of them the server wrote, and so does a
     * line of his that the server took for the rest of its own */
    LexRange range = clauses->part[CLAUSE_FROM];
    if ((clauses->list->unbalanced || (out->disputed && holds_a_line(clauses->list, range))) &&
        has_two_addresses(clauses->list, range))
        out->peer.family = 0;
}
