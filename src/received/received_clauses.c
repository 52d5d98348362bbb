/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding the clauses of a Received value.
 *
 * A keyword counts only where a clause can start. That is not enough against a HELO of several
 * words, which some servers print as it came: "from x by other.example (bot.example [192.0.2.1]) by
 * mx.example". So of several "by" the one counts that stands behind the comment with an address,
 * for only the server writes that. */
#include "received/received_clauses.h"

#include <string.h>

static const struct {
    const char *word;
    ClauseKind kind;
} keywords[] = {
    {"from", CLAUSE_SENDER}, {"via", CLAUSE_VIA}, {"with", CLAUSE_WITH},
    {"id", CLAUSE_ID},       {"for", CLAUSE_FOR},
};

/* A word here is one of its own, not the tail of another. */
static bool stands_alone(const LexList *list, gsize at)
{
    const Lex *lex = &list->items[at];
    if (lex->kind != LEX_WORD)
        return false;
    if (at > 0 && lex->glued &&
        (list->items[at - 1].kind == LEX_WORD || list->items[at - 1].kind == LEX_QUOTED))
        return false;
    return at + 1 >= list->count || !list->items[at + 1].glued ||
           list->items[at + 1].kind != LEX_QUOTED;
}

/* The clause that the lexeme at @at starts; false if it is no keyword. "by" is not among them. */
static bool keyword_at(const LexList *list, gsize at, ClauseKind *kind)
{
    if (!stands_alone(list, at))
        return false;
    for (gsize i = 0; i < G_N_ELEMENTS(keywords); i++)
        if (lex_is_word(&list->items[at], keywords[i].word)) {
            *kind = keywords[i].kind;
            return true;
        }
    return false;
}

const Lex *clauses_first(const LexList *list, LexRange range)
{
    for (gsize i = range.start; i < range.end; i = lex_next(list, i))
        if (list->items[i].kind != LEX_OPEN && list->items[i].kind != LEX_SEMI)
            return &list->items[i];
    return NULL;
}

bool clauses_comment_has_address(const LexList *list, gsize open)
{
    LexRange inside = lex_inside(list, open);
    for (gsize i = inside.start; i < inside.end; i = lex_next(list, i)) {
        Lex lex = list->items[i];
        Ip ip;
        if (lex.kind == LEX_WORD)
            for (gsize k = lex.text.n; k > 0; k--)
                if (lex.text.p[k - 1] == '@') {
                    lex.text = span_sub(lex.text, k, lex.text.n);
                    break;
                }
        if (lex_address(&lex, &ip))
            return true;
    }
    return false;
}

static bool holds_address(const LexList *list, gsize at)
{
    /* "with x (version 4.8.5.36) by TLS" */
    if (list->items[at].kind == LEX_OPEN)
        return !lex_is_word(&list->items[at + 1], "version") &&
               clauses_comment_has_address(list, at);
    Ip ip;
    return list->items[at].kind == LEX_LITERAL && lex_address(&list->items[at], &ip);
}

/* A weekday or a month, cut after three letters or more. */
static bool is_day_or_month(Span word)
{
    static const char *const names[] = {
        "sunday",  "monday",    "tuesday", "wednesday", "thursday", "friday", "saturday",
        "january", "february",  "march",   "april",     "may",      "june",   "july",
        "august",  "september", "october", "november",  "december",
    };
    gsize letters = 0;

    while (letters < word.n && g_ascii_isalpha(word.p[letters]))
        letters++;
    if (letters < 3)
        return false;
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (letters <= strlen(names[i]) && g_ascii_strncasecmp(word.p, names[i], letters) == 0)
            return true;
    return false;
}

/* The lexeme at @at can be the first of a date: "Thu,", "Thu,29", "Feb 18", "3 Jun", "2003-06-03".
 */
static bool starts_date(const LexList *list, gsize at)
{
    gsize digits = 0;
    if (at >= list->count || list->items[at].kind != LEX_WORD)
        return false;
    Span word;
    word = list->items[at].text;
    if (is_day_or_month(word))
        return true;
    while (digits < word.n && g_ascii_isdigit(word.p[digits]))
        digits++;
    if (digits == 0 || digits > 4)
        return false;
    if (digits < word.n)
        return strchr("-/", word.p[digits]) != NULL || is_day_or_month(span_sub(word, digits, 12));
    return at + 1 < list->count && list->items[at + 1].kind == LEX_WORD &&
           is_day_or_month(list->items[at + 1].text);
}

static bool is_digits(Span word, gsize from, gsize n)
{
    if (from + n > word.n)
        return false;
    for (gsize i = from; i < from + n; i++)
        if (!g_ascii_isdigit(word.p[i]))
            return false;
    return true;
}

/* "2012-10-14T12:00:00+02:00", or "2012-10-14" and a time. */
static bool is_iso_date(const LexList *list, gsize at)
{
    Span word = list->items[at].text;
    if (!is_digits(word, 0, 4) || !is_digits(word, 5, 2) || !is_digits(word, 8, 2) ||
        word.p[4] != '-' || word.p[7] != '-')
        return false;
    if (word.n > 10)
        return strchr("Tt", word.p[10]) != NULL;
    return at + 1 < list->count && is_digits(list->items[at + 1].text, 0, 2) &&
           list->items[at + 1].text.n > 4 && list->items[at + 1].text.p[2] == ':';
}

/* A date without the ";" before it: a weekday with its comma and a day of the month, "14 Oct 2012",
 * or in ISO form. */
static bool is_bare_date(const LexList *list, gsize at)
{
    const Lex *lex = &list->items[at];
    Span word = lex->text;
    if (lex->kind != LEX_WORD)
        return false;
    if (word.n == 4 && word.p[3] == ',' && is_day_or_month(word))
        return at + 1 < list->count && g_ascii_isdigit(lex[1].text.p[0]);
    if (word.n <= 2 && is_digits(word, 0, word.n))
        return at + 2 < list->count && lex[1].kind == LEX_WORD && is_day_or_month(lex[1].text) &&
               is_digits(lex[2].text, 0, 4);
    return is_iso_date(list, at);
}

/* Where the clauses end. Sets the date, and the id where it follows the date (Courier). */
static gsize find_date(const LexList *list, Clauses *out)
{
    gsize end = list->count, start = list->count;
    for (gsize i = 0; i < list->count; i = lex_next(list, i))
        if (list->items[i].kind == LEX_SEMI && starts_date(list, i + 1)) {
            end = i;
            start = i + 1;
        }
    if (end == list->count)
        for (gsize i = 0; i < list->count; i = lex_next(list, i))
            if (is_bare_date(list, i) && (i == 0 || !is_bare_date(list, i - 1)))
                end = start = i;
    out->date = (LexRange){start, list->count};
    for (gsize i = start; i < list->count; i = lex_next(list, i))
        if (lex_is_word(&list->items[i], "id")) {
            out->date.end = i;
            out->has[CLAUSE_ID] = true;
            out->part[CLAUSE_ID] = (LexRange){i + 1, list->count};
            break;
        }
    return end;
}

/* "by uid 502" of qmail-scanner names nobody. */
static bool is_by(const LexList *list, gsize at, gsize end)
{
    return stands_alone(list, at) && lex_is_word(&list->items[at], "by") &&
           !(at + 1 < end && lex_is_word(&list->items[at + 1], "uid"));
}

/* The "by" in [start, end) that the server wrote, or @end. A later one counts where nothing but
 * comments stands between it and an address. */
static gsize find_by(const LexList *list, gsize start, gsize end, bool first_is_value)
{
    gsize found = end, value = end;
    bool address = false; /* only comments since an address */
    for (gsize i = start; i < end; i = lex_next(list, i)) {
        if (is_by(list, i, end)) {
            if (first_is_value && i == start)
                value = i;
            else if (found == end || address)
                found = i;
        }
        if (holds_address(list, i))
            address = true;
        else if (list->items[i].kind != LEX_OPEN && list->items[i].kind != LEX_SEMI)
            address = false;
    }
    return found == end ? value : found;
}

/* Where the from clause ends when "by" is at @by (or @end if there is none). Keywords before "by"
 * count only where no address follows (DragonFly's "id X by", "with LMTP by", "via SMTP by"). */
static gsize find_from_end(const LexList *list, gsize start, gsize by, gsize end, Clauses *out)
{
    gsize keyword = by;
    bool address = false;
    ClauseKind kind;
    for (gsize i = start; i < by; i = lex_next(list, i)) {
        if (i > start && keyword_at(list, i, &kind) && kind != CLAUSE_SENDER) {
            if (keyword == by)
                keyword = i;
        } else if (holds_address(list, i)) {
            if (by < end)
                keyword = by;
            else if (keyword < by && address)
                out->addresses_outside = true;
            else if (keyword < by)
                keyword = by;
            address = true;
        }
    }
    return keyword;
}

static void open_clause(Clauses *out, ClauseKind kind, gsize at)
{
    out->has[kind] = true;
    out->part[kind] = (LexRange){at, at};
}

/* A "for" that names no address may be part of a banner: a later one may be better. */
static bool wants_clause(const Clauses *out, const bool *seen, ClauseKind kind)
{
    if (!seen[kind])
        return true;
    if (kind != CLAUSE_FOR)
        return false;
    const Lex *lex;
    lex = clauses_first(out->list, out->part[kind]);
    return !lex || lex->kind != LEX_ANGLE;
}

/* Reads the clauses in [at, end), where a keyword is expected. The first of a kind counts. */
static void read_clauses(const LexList *list, gsize at, gsize end, Clauses *out)
{
    bool seen[CLAUSE_COUNT] = {false};
    ClauseKind current = CLAUSE_COUNT, kind;
    for (gsize i = at; i < end; i = lex_next(list, i)) {
        if (i == at && lex_is_word(&list->items[i], "by")) {
            kind = CLAUSE_BY;
        } else if (!keyword_at(list, i, &kind) || !wants_clause(out, seen, kind)) {
            if (current < CLAUSE_COUNT)
                out->part[current].end = lex_next(list, i);
            continue;
        }
        open_clause(out, kind, i + 1);
        seen[kind] = true;
        current = kind;
    }
}

/* "(from KRYPTIK [192.0.2.1]) by": the comment is the from clause if it holds an address. */
static bool read_from_comment(const LexList *list, Clauses *out)
{
    if (list->count == 0 || list->items[0].kind != LEX_OPEN)
        return false;
    LexRange inside;
    inside = lex_inside(list, 0);
    if (inside.start >= inside.end || !lex_is_word(&list->items[inside.start], "from") ||
        !clauses_comment_has_address(list, 0))
        return false;
    out->has[CLAUSE_FROM] = out->in_comment = true;
    out->part[CLAUSE_FROM] = (LexRange){inside.start + 1, inside.end};
    return true;
}

/* Finds where the from clause starts. False if there is none. */
static bool find_from(const LexList *list, gsize end, Clauses *out, gsize *start)
{
    if (end == 0)
        return false;
    if (lex_is_word(&list->items[0], "from")) {
        *start = 1;
        return true;
    }
    /* the word was lost: "mx.example (localhost [127.0.0.1]) by" */
    if (list->items[0].kind == LEX_WORD && !lex_is_word(&list->items[0], "by") && end > 1 &&
        list->items[1].kind == LEX_OPEN && find_by(list, 1, end, false) < end) {
        *start = 0;
        out->implied_from = true;
        return true;
    }
    return false;
}

void clauses_read(const LexList *list, Clauses *out)
{
    gsize end, by, start = 0, from_end;
    memset(out, 0, sizeof *out);
    out->list = list;
    end = find_date(list, out);
    if (find_from(list, end, out, &start)) {
        by = find_by(list, start, end, true);
        from_end = find_from_end(list, start, by, end, out);
        out->has[CLAUSE_FROM] = true;
        out->part[CLAUSE_FROM] = (LexRange){start, from_end};
        if (from_end < by)
            read_clauses(list, from_end, by, out);
    } else {
        by = find_by(list, 0, end, false);
        out->lead = (LexRange){0, by};
        if (!read_from_comment(list, out) && by == end)
            read_clauses(list, 0, end, out);
    }
    read_clauses(list, by, end, out);
}
