/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SMTP replies and status codes in text, and the transcripts of sessions that hold them. */
#include <string.h>

#include "base/address.h"
#include "bounce/reading.h"

/* Reply codes that servers give (RFC 5321 4.2.3 and its extensions, and what is seen besides). */
static bool is_known(int code)
{
    static const short known[] = {
        421, 422, 430, 432, 441, 442, 447, 449, 450, 451, 452, 453, 454, 455, 458, 459, 471, 500,
        501, 502, 503, 504, 510, 511, 512, 513, 515, 520, 521, 522, 523, 524, 525, 530, 531, 532,
        533, 534, 535, 538, 540, 541, 542, 543, 544, 546, 547, 550, 551, 552, 553, 554, 555, 556,
        557, 558, 559, 560, 570, 571, 572, 573, 574, 577, 578, 579, 581, 582, 583, 590, 591};
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++)
        if (known[i] == code)
            return true;
    return false;
}

/* Length of a status "5.1.1" at the start of @s, or 0. */
static gsize status_length(Span s)
{
    gsize n = 0;
    if (s.n < 5 || !strchr("245", s.p[0]) || s.p[1] != '.')
        return 0;
    for (int field = 0; field < 2; field++) {
        gsize digits = 0;
        n = field ? n : 1;
        if (n >= s.n || s.p[n] != '.')
            return 0;
        n++;
        while (n < s.n && g_ascii_isdigit(s.p[n]) && digits < 3)
            n++, digits++;
        if (digits == 0 || (n < s.n && g_ascii_isdigit(s.p[n])))
            return 0;
    }
    if (n + 1 < s.n && s.p[n] == '.' && g_ascii_isdigit(s.p[n + 1]))
        return 0; /* an address */
    return n < s.n && (g_ascii_isalpha(s.p[n]) || s.p[n] == '_' || s.p[n] == '/') ? 0 : n;
}

bool status_find(Span text, char *out, gsize *at)
{
    for (gsize i = 0; i + 5 <= text.n; i++) {
        if (text.p[i + 1] != '.')
            continue;
        if (i && (g_ascii_isalnum(text.p[i - 1]) || strchr("._/", text.p[i - 1])))
            continue;
        gsize n = status_length(span_sub(text, i, 12));
        if (n && n < 12) {
            memcpy(out, text.p + i, n);
            out[n] = '\0';
            if (at)
                *at = i;
            return true;
        }
    }
    return false;
}

/* What may stand before and behind a reply code. */
static bool bounded(Span text, gsize i)
{
    char before = i ? text.p[i - 1] : ' ';
    char after = i + 3 < text.n ? text.p[i + 3] : ' ';
    char then = i + 4 < text.n ? text.p[i + 4] : ' ';
    if (g_ascii_isalnum(before) || strchr(".,_@+", before))
        return false;
    if (before == '-' && i > 1 && !g_ascii_isspace(text.p[i - 2]) && text.p[i - 2] != '-')
        return false;
    if (after == '-')
        return !g_ascii_isdigit(then) || (i + 5 < text.n && text.p[i + 5] == '.');
    return after != '\0' && strchr(" \t\n:;,.)]'\"<#=>", after) &&
           !(after == '.' && g_ascii_isdigit(then));
}

/* A number of things: "550 bytes". */
static bool counts(Span text, gsize i)
{
    static const char *const units[] = {"byte", "kb",     "mb",     "day",
                                        "hour", "minute", "second", NULL};
    Span behind = span_trim(span_sub(text, i + 3, 14));
    for (const char *const *unit = units; *unit; unit++)
        if (span_istarts(behind, *unit))
            return true;
    return i >= 5 && span_istarts(span_sub(text, i - 5, 5), "port ");
}

bool reply_find(Span text, Reply *reply)
{
    *reply = (Reply){0};
    for (gsize i = 0; i + 3 <= text.n; i++) {
        char c = text.p[i];
        if ((c != '4' && c != '5') || !g_ascii_isdigit(text.p[i + 1]) ||
            !g_ascii_isdigit(text.p[i + 2]))
            continue;
        int code = (c - '0') * 100 + (text.p[i + 1] - '0') * 10 + (text.p[i + 2] - '0');
        if (!is_known(code) || !bounded(text, i) || counts(text, i))
            continue;
        reply->code = code;
        reply->at = i;
        gsize k = i + 3;
        while (k < text.n && k < i + 8 && strchr(" \t-:#(,'\"", text.p[k]))
            k++;
        gsize n = status_length(span_sub(text, k, 12));
        if (n && n < 12) {
            memcpy(reply->status, text.p + k, n);
            reply->status[n] = '\0';
        }
        return true;
    }
    return false;
}

/* --- sessions ----------------------------------------------------------------------------------
 */

/* Behind the marks of what was sent or received in a transcript. */
static Span untagged(Span line, char *side)
{
    static const struct {
        const char *tag;
        char side;
    } tags[] = {{">>>", '>'},   {"<<<", '<'},       {"Sent <<<", '>'}, {"Received >>>", '<'},
                {"-> ", '>'},   {"<- ", '<'},       {"--> ", '>'},     {"<-- ", '<'},
                {"Sent:", '>'}, {"Received:", '<'}, {"*** ", '*'},     {"C: ", '>'},
                {"S: ", '<'}};
    *side = ' ';
    for (gsize i = 0; i < G_N_ELEMENTS(tags); i++) {
        if (span_istarts(line, tags[i].tag)) {
            *side = tags[i].side;
            return span_trim(span_sub(line, strlen(tags[i].tag), line.n));
        }
    }
    return line;
}

static char *rcpt_of(Span line)
{
    gssize at = span_ifind(line, "RCPT TO");
    return at >= 0 && at < 60 ? address_extract(span_sub(line, (gsize)at + 7, line.n)) : NULL;
}

/* "550 <a@b>... User unknown", "554 5.0.0 a@b... ": the address behind the codes, and what is said
 * of it. */
static char *address_behind(Span line, Span *said)
{
    gsize i = 0;
    while (i < line.n && (g_ascii_isdigit(line.p[i]) || strchr(" .-", line.p[i])))
        i++;
    Span rest = span_sub(line, i, line.n);
    gssize dots = span_find(rest, "...");
    if (dots <= 0)
        return NULL;
    *said = span_trim(span_sub(rest, (gsize)dots + 3, rest.n));
    return address_extract(span_sub(rest, 0, (gsize)dots));
}

static void give(Recipient *one, Span text)
{
    Reply found;
    if (!one || (one->diagnostic && reply_find(span_of(one->diagnostic), &found)))
        return;
    if (!reply_find(text, &found))
        return;
    g_free(one->diagnostic);
    one->diagnostic = span_dup_utf8(span_sub(text, 0, 2000));
}

typedef struct Session {
    char *rcpt;   /* last RCPT TO */
    Span refusal; /* last refusal of the other side that nobody was given yet */
} Session;

/* The system's own word on @address. What the other side said before, or what it repeats of it, is
 * closer to the cause. */
static void own_word(Reading *r, Session *session, const char *address, Span text, Span said)
{
    Reply inner;
    Recipient *one = recipient_add(r, address);
    if (reply_find(span_sub(said, 0, 6), &inner) && inner.at == 0)
        give(one, said);
    else if (session->refusal.n)
        give(one, session->refusal);
    else
        give(one, text);
    session->refusal.n = 0;
}

static void session_line(Reading *r, Session *session, Line *line)
{
    char side;
    Reply reply;
    Span said = {"", 0}, text = untagged(line->text, &side);
    char *named = rcpt_of(text);
    if (named) {
        g_free(session->rcpt);
        session->rcpt = named;
    }
    if (side == '>' && span_istarts(text, "MAIL F"))
        session->refusal.n = 0;
    if (text.n < 4 || !reply_find(span_sub(text, 0, 8), &reply) || reply.at != 0)
        return;
    line->used = true;
    g_autofree char *address = side == '<' ? NULL : address_behind(text, &said);
    if (address) {
        own_word(r, session, address, text, said);
    } else if ((side == '<' || side == '*') && reply.code != 503) {
        if (session->rcpt)
            give(recipient_add(r, session->rcpt), text);
        g_clear_pointer(&session->rcpt, g_free);
        session->refusal = text;
    }
}

/* Sessions as mail systems print them: what was refused, and to whom. */
void transcript_read(Reading *r)
{
    Session session = {NULL, {"", 0}};
    for (guint i = 0; i < r->lines->len; i++)
        session_line(r, &session, &g_array_index(r->lines, Line, i));
    g_free(session.rcpt);
}
