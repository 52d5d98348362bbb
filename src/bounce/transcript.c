/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions as mail systems print them: see transcript.h. */
#include "bounce/transcript.h"

#include <string.h>

#include "base/address.h"
#include "words/reply.h"

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
    if (!one || recipient_has_reply(one))
        return;
    if (!reply_find(text, &found))
        return;
    g_free(one->diagnostic);
    one->diagnostic = span_dup_utf8(span_sub(text, 0, DIAGNOSTIC_MAX / 2));
}

typedef struct Session {
    char *rcpt;   /* last RCPT TO */
    Span refusal; /* last refusal of the other side that nobody was given yet */
} Session;

/* The system's own word on @address. What the other side said before, or what it repeats of it, is
 * closer to the cause. */
static void own_word(RecipientList *list, Session *session, const char *address, Span text,
                     Span said)
{
    Reply inner;
    Recipient *one = recipient_list_add(list, address);
    if (reply_find(span_sub(said, 0, 6), &inner) && inner.at == 0)
        give(one, said);
    else if (session->refusal.n)
        give(one, session->refusal);
    else
        give(one, text);
    session->refusal.n = 0;
}

static void session_line(RecipientList *list, Session *session, Line *line)
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
        own_word(list, session, address, text, said);
    } else if ((side == '<' || side == '*') && reply.code != 503) {
        if (session->rcpt)
            give(recipient_list_add(list, session->rcpt), text);
        g_clear_pointer(&session->rcpt, g_free);
        session->refusal = text;
    }
}

void transcript_read(BounceText *text, RecipientList *list)
{
    Session session = {NULL, {"", 0}};
    for (guint i = 0; i < text->lines->len; i++)
        session_line(list, &session, bounce_text_line(text, i));
    g_free(session.rcpt);
}
