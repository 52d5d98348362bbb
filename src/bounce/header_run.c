/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A block of header lines in running text: see header_run.h. */
#include "bounce/header_run.h"

#include <string.h>

#include "bounce/phrases.h"
#include "bounce/text.h"

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
    for (const char *p = text.p; p < colon; p++)
        if (!g_ascii_isalnum(*p) && *p != '-' && *p != '_')
            return NAME_NONE;
    for (gsize i = 0; i < G_N_ELEMENTS(header_names); i++)
        if (span_istarts(text, header_names[i].start))
            return header_names[i].name;
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

/* "… original message follow:> Received: …": where the header begins, or -1. */
static gssize inner_start(Span raw)
{
    gssize at = span_find(raw, "> Received: ");
    return at > 0 && at < INNER_MAX ? at : -1;
}

static RunRank run_rank(const HeaderRun *run)
{
    guint names = run->names;
    bool sender = names & (NAME_FROM | NAME_ID);
    if ((names & NAME_RECEIVED) && (run->count >= 2 || run->marked))
        return RUN_CERTAIN;
    if (run->marked && (run->count >= 2 || sender))
        return RUN_CERTAIN;
    if (run->marked)
        return RUN_STRONG;
    if (run->count >= 3 && sender && (names & (NAME_SUBJECT | NAME_DATE | NAME_TO)))
        return RUN_STRONG;
    return run->count >= 3 && (names & NAME_SUBJECT) ? RUN_WEAK : RUN_NONE;
}

static void run_close(HeaderRun *best, HeaderRun *run, gsize end, guint last)
{
    if (run->count == 0)
        return;
    run->end = end;
    run->last = last;
    run->rank = run_rank(run);
    if (run->rank > best->rank)
        *best = *run;
    *run = (HeaderRun){0};
}

/* Looks at one line; returns true once a certain run is closed. */
static bool run_feed(HeaderRun *best, HeaderRun *run, Span raw, gsize at, guint i, int *marker)
{
    gsize prefix;
    Span line = unquoted(raw, &prefix);
    gssize inner = run->count ? -1 : inner_start(raw);
    if (inner >= 0) {
        *run = (HeaderRun){.start = at + (gsize)inner,
                           .first = i,
                           .prefix = 2,
                           .names = NAME_RECEIVED,
                           .count = 1,
                           .marked = true};
        return false;
    }
    HeaderName name = name_of(line);
    if (span_istarts(line, "Content-Type: message/rfc822")) { /* MIME that was not parsed */
        run_close(best, run, at, i);
        *marker = MARKER_REACH;
    } else if (span_trim(line).n == 0) {
        run_close(best, run, at, i);
    } else if (run->count == 0 && name != NAME_NONE) {
        *run = (HeaderRun){.start = at,
                           .first = i,
                           .prefix = prefix,
                           .names = name,
                           .count = 1,
                           .marked = *marker > 0};
    } else if (run->count && name != NAME_NONE && prefix <= run->prefix) {
        run->names |= name;
        run->count++;
    } else if (run->count == 0 && span_trim(line).n) {
        *marker = is_marker(line) ? MARKER_REACH : *marker - 1;
    }
    return best->rank == RUN_CERTAIN;
}

bool header_run_find(const char *text, HeaderRun *best)
{
    Span rest = span_of(text), raw;
    HeaderRun run = {0};
    *best = run;
    int marker = 0;
    guint i = 0;
    for (; i < TEXT_LINES_MAX && span_line(&rest, &raw); i++)
        if (run_feed(best, &run, raw, (gsize)(raw.p - text), i, &marker))
            return true;
    run_close(best, &run, (gsize)(rest.p - text), i);
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
        g_string_append_len(out, raw.p + n, (gssize)(raw.n - n));
        g_string_append_c(out, '\n');
    }
    return out;
}
