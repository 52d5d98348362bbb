/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A block of header lines in running text: see header_run.h. */
#include "words/header_run.h"

#include "words/phrases.h"
#include "words/text.h"

#include <string.h>

/* Lines within which a header follows the words that announce it. */
#define MARKER_REACH 3
/* Longest line that announces, and farthest that a header begins inside a line. */
#define MARKER_MAX 300
#define INNER_MAX  200

typedef enum HeaderName {
    NAME_NONE = 0,
    NAME_OTHER = 1,
    NAME_RECEIVED = 2,
    NAME_FROM = 4,
    NAME_TO = 8,
    NAME_SUBJECT = 16,
    NAME_DATE = 32,
    NAME_ID = 64
} HeaderName;

static const struct {
    const char *start; /* of the header's name; with ":" the whole of it */
    HeaderName name;
} header_names[] = {
    {"Received:", NAME_RECEIVED},
    {"From:", NAME_FROM},
    {"To:", NAME_TO},
    {"Subject:", NAME_SUBJECT},
    {"Date:", NAME_DATE},
    {"Sent:", NAME_DATE},
    {"Message-Id:", NAME_ID},
    {"Return-Path:", NAME_OTHER},
    {"MIME-Version:", NAME_OTHER},
    {"Content-", NAME_OTHER},
    {"X-", NAME_OTHER},
    {"DKIM-", NAME_OTHER},
    {"DomainKey", NAME_OTHER},
    {"Reply-To:", NAME_OTHER},
    {"Sender:", NAME_OTHER},
    {"Cc:", NAME_OTHER},
    {"Bcc:", NAME_OTHER},
    {"Delivered-To:", NAME_OTHER},
    {"Authentication-", NAME_OTHER},
    {"List-", NAME_OTHER},
    {"In-Reply-To:", NAME_OTHER},
    {"References:", NAME_OTHER},
    {"User-Agent:", NAME_OTHER},
    {"Precedence:", NAME_OTHER},
    {"Importance:", NAME_OTHER},
    {"ARC-", NAME_OTHER},
    {"Received-SPF:", NAME_OTHER},
    {"Resent-", NAME_OTHER},
    {"Organization:", NAME_OTHER},
    {"Errors-To:", NAME_OTHER},
    {"Feedback-Id:", NAME_OTHER},
    {"Auto-Submitted:", NAME_OTHER},
    {"Thread-", NAME_OTHER},
    {"Accept-Language:", NAME_OTHER},
    {"Envelope-", NAME_OTHER},
    {"Old-", NAME_OTHER},
    {"Priority:", NAME_OTHER},
    {"Mailing-List:", NAME_OTHER},
};

/* What header @text (prefix taken off) begins with. */
static HeaderName name_of(Span text)
{
    const char *colon = text.n ? memchr(text.p, ':', MIN(text.n, 60)) : NULL;
    if (!colon || !g_ascii_isalpha(text.p[0]))
        return NAME_NONE;
    gsize n = (gsize)(colon - text.p), blanks = 0;
    while (n > 1 && (text.p[n - 1] == ' ' || text.p[n - 1] == '\t')) /* "Received : from" */
        n--, blanks++;
    for (gsize i = 0; i < n; i++)
        if (!g_ascii_isalnum(text.p[i]) && text.p[i] != '-' && text.p[i] != '_')
            return NAME_NONE;
    for (gsize i = 0; i < G_N_ELEMENTS(header_names); i++) {
        Span start = span_of(header_names[i].start);
        bool whole = start.p[start.n - 1] == ':';
        if (!span_istarts(text, header_names[i].start) &&
            !(whole && blanks && n == start.n - 1 && g_ascii_strncasecmp(text.p, start.p, n) == 0))
            continue;
        return header_names[i].name;
    }
    return NAME_NONE;
}

/* @raw without blanks and quote marks in front; @prefix gets their number. */
static Span unquoted(Span raw, gsize *prefix)
{
    gsize i = 0, end = 0;
    while (i < raw.n && (raw.p[i] == ' ' || raw.p[i] == '\t' || raw.p[i] == '>' || raw.p[i] == '|'))
        end = ++i;
    *prefix = end;
    return span_sub(raw, end, raw.n);
}

static bool is_marker(Span line)
{
    if (line.n == 0 || line.n > MARKER_MAX)
        return false;
    g_autofree char *folded = text_fold(line);
    return (phrases_in(span_of(folded)) & MEANS(MEANS_RETURNED)) && !strstr(folded, "was received");
}

/* "The first lines of your text:" and the like: what follows is the sender's. */
static bool is_quoting(Span line)
{
    static const char *const words[] = {
        "your text",    "you wrote",           "first lines",      "text of your",
        "body of your", "text of the message", "message text",     "body of the",
        "message body", "content of your",     "contents of your", "beginning of your",
        "excerpt"};
    line = span_trim(line);
    if (line.n == 0 || line.n > MARKER_MAX || line.p[line.n - 1] != ':')
        return false;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (span_ifind(line, words[i]) >= 0)
            return true;
    return false;
}

/* MIME that was not parsed: a part that holds the returned message begins. */
static bool is_part_of_message(Span line)
{
    static const char *const types[] = {"message/rfc822", "message/global", "text/rfc822",
                                        "message/rfc822-headers"};
    if (!span_istarts(line, "Content-Type:"))
        return false;
    Span type = span_trim(span_sub(line, 13, line.n));
    for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
        if (span_istarts(type, types[i]))
            return true;
    return false;
}

/* "… original message follow:> Received: …": where the header begins, or -1. Behind @prefix, what
 * quotes the line. */
static gssize inner_start(Span raw, gsize prefix)
{
    gssize at = span_find(raw, "> Received: ");
    return at > 0 && (gsize)at > prefix && at < INNER_MAX ? at : -1;
}

/* What only tells how a part is made (Content-Type and the like) is no sign of a message. */
static RunRank run_rank(const HeaderRun *run)
{
    guint names = run->names;
    bool sender = names & (NAME_FROM | NAME_ID);
    bool other = names & (NAME_SUBJECT | NAME_DATE | NAME_TO);
    /* a reply may hold such words, and whoever refuses writes it: an announced copy wins */
    if (run->inner)
        return names & NAME_RECEIVED ? RUN_QUOTED : RUN_NONE;
    if ((names & NAME_RECEIVED) && (run->count >= 2 || run->marked))
        return RUN_CERTAIN;
    if (run->marked && (sender || (other && run->count >= 2)))
        return RUN_CERTAIN;
    if (run->marked && other)
        return RUN_STRONG;
    if (run->count >= 3 && sender && other)
        return RUN_STRONG;
    return run->count >= 3 && (names & NAME_SUBJECT) ? RUN_WEAK : RUN_NONE;
}

/* A search on its way through the lines of a text. */
typedef struct Search {
    HeaderRun best, run;
    Span lines[MARKER_REACH]; /* the last that are in no run, in turn */
    guint count;              /* of those that were */
    int marker;               /* lines for which an announcement still counts */
    gsize blank_at;           /* where the blank line stands behind the run, which may go on */
    guint blank;              /* its line, 0 where there is none */
    bool quoting;             /* the text of the message was announced */
    bool in_part;             /* inside the fields of a part that holds the returned message */
} Search;

static void run_close(Search *s, gsize end, guint last)
{
    HeaderRun *run = &s->run;
    s->blank = 0;
    if (run->count == 0)
        return;
    run->end = end;
    run->last = last;
    run->rank = run_rank(run);
    if (run->rank > s->best.rank)
        s->best = *run;
    if (run->marked && run->rank == RUN_NONE) /* only a part's own fields */
        s->marker = MARKER_REACH;
    *run = (HeaderRun){0};
}

static bool is_announced(const Search *s)
{
    if (s->marker > 0)
        return true;
    for (guint i = 0; i < MIN(s->count, MARKER_REACH); i++)
        if (is_marker(s->lines[i]))
            return true;
    return false;
}

static void run_begin(Search *s, gsize at, guint i, gsize prefix, HeaderName name)
{
    s->run = (HeaderRun){.start = at,
                         .first = i,
                         .prefix = prefix,
                         .names = name,
                         .count = 1,
                         .marked = is_announced(s),
                         .quoted = s->quoting};
}

/* The line behind the blank one behind a run: a page or a careless program put a blank line between
 * all fields, or the run is over. */
static void behind_blank(Search *s, HeaderName name, gsize prefix, bool folded)
{
    bool goes_on = (s->run.spaced || s->run.count == 1) &&
                   (folded || (name != NAME_NONE && prefix <= s->run.prefix));
    if (goes_on)
        s->run.spaced = true;
    else
        run_close(s, s->blank_at, s->blank);
    s->blank = 0;
}

/* Looks at one line; returns true once a certain run is closed. */
static bool run_feed(Search *s, Span raw, gsize at, guint i)
{
    gsize prefix;
    Span line = unquoted(raw, &prefix);
    gssize inner = s->run.count ? -1 : inner_start(raw, prefix);
    HeaderName name = name_of(line);
    bool blank = span_trim(line).n == 0;
    if (s->blank && !blank)
        behind_blank(s, name, prefix, prefix > s->run.prefix && s->run.spaced);
    if (inner >= 0) {
        run_begin(s, at + (gsize)inner, i, 2, NAME_RECEIVED);
        s->run.inner = true;
        return false;
    }
    if (s->in_part) {
        s->in_part = !blank;
    } else if (is_part_of_message(line)) {
        run_close(s, at, i);
        s->marker = MARKER_REACH;
        s->in_part = true;
    } else if (blank) {
        if (s->run.count && !s->blank && (s->run.spaced || s->run.count == 1)) {
            s->blank = i;
            s->blank_at = at;
        } else {
            run_close(s, s->blank ? s->blank_at : at, s->blank ? s->blank : i);
        }
    } else if (s->run.count == 0 && name != NAME_NONE) {
        run_begin(s, at, i, prefix, name);
    } else if (s->run.count && name != NAME_NONE && prefix <= s->run.prefix) {
        s->run.names |= name;
        s->run.count++;
    } else if (s->run.count == 0) {
        s->quoting = s->quoting || is_quoting(line);
        s->marker--;
        s->lines[s->count++ % MARKER_REACH] = line;
    }
    return s->best.rank == RUN_CERTAIN;
}

bool header_run_find(const char *text, HeaderRun *best)
{
    Span rest = span_of(text), raw;
    Search search = {.marker = 0};
    guint i = 0;
    bool certain = false;
    for (; !certain && i < TEXT_LINES_MAX && span_line(&rest, &raw); i++)
        certain = run_feed(&search, raw, (gsize)(raw.p - text), i);
    if (!certain)
        run_close(&search, (gsize)(rest.p - text), i);
    *best = search.best;
    if (best->rank == RUN_QUOTED) { /* there is nothing better */
        best->rank = RUN_CERTAIN;
        best->marked = true;
    }
    return best->rank > RUN_NONE;
}

GString *header_run_text(const char *text, const HeaderRun *run)
{
    GString *out = g_string_new(NULL);
    Span rest = {text + run->start, run->end - run->start}, raw;
    while (span_line(&rest, &raw)) {
        gsize n = 0;
        while (n < run->prefix && n < raw.n && strchr(" \t>|", raw.p[n]) && raw.p[n])
            n++;
        if (run->spaced && span_trim(raw).n == 0)
            continue;
        g_string_append_len(out, raw.p + n, (gssize)(raw.n - n));
        g_string_append_c(out, '\n');
    }
    return out;
}
