/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recipients line by line: see recipient_lines.h. */
#include "bounce/recipient_lines.h"

#include <string.h>

#include "bounce/labels.h"
#include "bounce/phrases.h"
#include "bounce/reply.h"

/* How much of a line is looked at, and the longest that only announces what follows it. */
#define LINE_MAX_READ 1000
#define LEAD_MAX      120

/* --- an address at the start of a line ---------------------------------------------------------
 */

/* The address that @line begins with, past bullets and brackets; @rest is what follows. */
static char *address_head(Span line, Span *rest)
{
    static const char *const labels[] = {"mailto:", "smtp:", "rfc822;", "rfc822:", "to:", "addr:"};
    gsize i = 0;
    while (i < line.n && strchr("*->o ", line.p[i]) && line.p[i] &&
           (line.p[i] != 'o' || (i + 1 < line.n && line.p[i + 1] == ' ')))
        i++;
    if (g_str_has_prefix(line.p + i, "•") && line.n - i > 3)
        i += 3;
    Span s = span_trim(span_sub(line, i, line.n));
    bool angle = s.n && s.p[0] == '<', quote = s.n && (s.p[0] == '\'' || s.p[0] == '"');
    if (angle || (quote && s.n > 1 && label_is_local(s.p[1])))
        s = span_sub(s, 1, s.n);
    for (gsize k = 0; k < 4; k++)
        if (span_istarts(s, labels[k]) && (k > 1 || angle || !quote))
            s = span_trim(span_sub(s, strlen(labels[k]), s.n));
    gsize n = label_bare_length(s);
    if (n == 0 && quote) /* a quoted local part after all */
        n = label_bare_length(s = span_trim(span_sub(line, i, line.n)));
    if (n == 0)
        return NULL;
    char *address = span_dup_utf8(span_sub(s, 0, n));
    s = span_sub(s, n, s.n);
    while (s.n && s.p[0] && strchr("'\">", s.p[0]))
        s = span_sub(s, 1, s.n);
    *rest = s;
    return address;
}

static bool is_weekday(Span s)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++)
        if (span_istarts(s, days[i]))
            return true;
    return s.n && g_ascii_isdigit(s.p[0]);
}

/* What follows an address at the start of a line says whether it is a recipient; what of it is a
 * diagnostic is left in @rest. */
static bool is_entry(Span *rest)
{
    Span s = span_trim(*rest);
    Reply reply;
    *rest = s;
    if (s.n == 0)
        return true;
    if (s.p[0] == ':' || s.p[0] == ';') {
        *rest = span_trim(span_sub(s, 1, s.n));
        return true;
    }
    if (span_istarts(s, "...") || s.p[0] == '[' || s.p[0] == '(')
        return true;
    if (s.p[0] == '<') {
        gssize close = span_find(s, ">");
        *rest = close > 0 ? span_trim(span_sub(s, (gsize)close + 1, s.n)) : SPAN("");
        if (rest->n && rest->p[0] == ':')
            *rest = span_trim(span_sub(*rest, 1, rest->n));
        return close > 0;
    }
    if (span_istarts(s, "on ") && is_weekday(span_sub(s, 3, s.n))) {
        *rest = SPAN("");
        return true;
    }
    if (span_istarts(s, "- ")) {
        *rest = span_trim(span_sub(s, 1, s.n));
        return true;
    }
    return reply_find(s, &reply);
}

/* --- line by line ------------------------------------------------------------------------------
 */

typedef struct Reader {
    RecipientList *list;
    Recipient *one;   /* whose diagnostic is being read, or NULL */
    guint indent;     /* of its line */
    bool open;        /* lines still belong to it */
    bool quiet;       /* ... but say nothing that the report does not say */
    bool intro;       /* failure was spoken of */
    bool contact;     /* the line before asks to write to somebody */
    guint first_bare; /* first recipient without a diagnostic */
} Reader;

/* "(reason: 550 …)" without its wrapping. */
static Span unwrapped(Span text)
{
    if (text.n > 2 && text.p[0] == '(' && text.p[text.n - 1] == ')')
        text = span_trim(span_sub(text, 1, text.n - 2));
    if (text.n > 2 && text.p[0] == '[' && text.p[text.n - 1] == ']')
        text = span_trim(span_sub(text, 1, text.n - 2));
    if (span_istarts(text, "reason:"))
        text = span_trim(span_sub(text, 7, text.n));
    return text;
}

static bool is_rule(Span text)
{
    gsize marks = 0;
    for (gsize i = 0; i < text.n && i < 8; i++)
        marks += text.p[i] == '-' || text.p[i] == '=' || text.p[i] == '*' || text.p[i] == '_' ||
                 text.p[i] == '#';
    return marks >= 3 && text.p[0] != '>';
}

/* Whether words follow the reply in @text; "Status code: 550 5.1.10" alone explains nothing. */
static bool is_said(Span text, const Reply *reply)
{
    gsize words = 0;
    for (gsize i = reply->at + 3; i < text.n && words < 3; i++)
        words = g_ascii_isalpha(text.p[i]) || (guchar)text.p[i] >= 0x80 ? words + 1 : 0;
    return words >= 3;
}

/* Whether a reply that explains something is known. */
static bool has_words(const Recipient *one)
{
    Reply reply;
    return one->diagnostic && reply_find(span_of(one->diagnostic), &reply) &&
           is_said(span_of(one->diagnostic), &reply);
}

static void begin(Reader *reader, const char *address, Line *line, Span rest)
{
    Recipient *one = recipient_list_add(reader->list, address);
    reader->one = one;
    reader->indent = line->indent;
    reader->open = one != NULL;
    reader->quiet = one && has_words(one);
    line->used = line->used || one;
    if (one && !reader->quiet)
        recipient_say(one, unwrapped(rest));
}

/* Addresses that follow another after a comma. */
static void begin_more(Reader *reader, Line *line, Span rest)
{
    while (rest.n && (rest.p[0] == ',' || rest.p[0] == ';')) {
        Span behind = {"", 0};
        g_autofree char *address = address_head(span_trim(span_sub(rest, 1, rest.n)), &behind);
        if (!address)
            return;
        begin(reader, address, line, (Span){"", 0});
        rest = span_trim(behind);
    }
}

/* What follows @address in @line. */
static Span behind_address(Span line, const char *address)
{
    gssize at = span_find(line, address);
    Span rest = at < 0 ? (Span){"", 0} : span_sub(line, (gsize)at + strlen(address), line.n);
    while (rest.n && rest.p[0] && strchr("'\"> ", rest.p[0]))
        rest = span_sub(rest, 1, rest.n);
    return rest;
}

/* "Technical details of permanent failure:", "Reason:": what they announce is behind them. */
static bool is_lead(Span text)
{
    Reply reply;
    return text.n && text.n < LEAD_MAX && text.p[text.n - 1] == ':' && !reply_find(text, &reply);
}

/* Words that begin a reason. */
static bool says_why(const char *folded)
{
    static const char *const starts[] = {
        "reason",    "error",      "diagnostic", "technical details",
        "the error", "the reason", "because",    "details:",
        "raison",    "grund",      "motivo",     "причина",
        NULL};
    for (const char *const *start = starts; *start && strchr(folded, ':'); start++)
        if (g_str_has_prefix(folded, *start))
            return true;
    return false;
}

/* "-- 5.1.1 no such mailbox", "#5.4.4 …" */
static bool starts_with_status(Span text)
{
    char status[STATUS_SIZE];
    gsize at;
    return status_find(span_sub(text, 0, 20), status, &at) && at < 4 && status[0] != '2';
}

/* A reply or a reason that names nobody: of all that have no diagnostic yet. */
static void follow_all(Reader *reader, Line *line, const char *folded)
{
    GPtrArray *all = reader->list->all;
    Reply reply;
    bool why = says_why(folded) && all->len == 1 && !has_words(all->pdata[0]);
    if (why && is_lead(line->text)) {
        reader->one = all->pdata[0];
        reader->open = true;
        reader->quiet = false;
        return;
    }
    bool replies = reply_find(line->text, &reply);
    if (!(why || replies || starts_with_status(line->text)) ||
        (reader->list->closed && all->len > 1))
        return;
    line->used = true;
    for (guint i = reader->first_bare; i < all->len; i++) {
        Recipient *one = all->pdata[i];
        if (!one->diagnostic || !has_words(one))
            recipient_say(one, line->text);
    }
    if (all->len != 1 || !replies || is_said(line->text, &reply))
        reader->first_bare = all->len;
    if (all->len) { /* the rest of a reply of several lines */
        reader->one = all->pdata[all->len - 1];
        reader->open = all->len == 1;
    }
}

/* A line that stands behind an address, or tells of all that have no diagnostic yet. */
static void follow(Reader *reader, Line *line, const char *folded)
{
    Label label;
    if (is_rule(line->text)) {
        reader->open = false;
        return;
    }
    g_autofree char *labelled = label_address(line->text, folded, &label);
    if (labelled && label == LABEL_ORIGINAL) {
        Recipient *one = reader->one;
        if (!one)
            begin(reader, labelled, line, (Span){"", 0});
        else if (!one->original && g_ascii_strcasecmp(labelled, one->final ? one->final : ""))
            one->original = g_steal_pointer(&labelled);
        line->used = true;
    } else if (reader->open && reader->one) {
        line->used = true;
        if (!reader->quiet && !is_lead(line->text))
            recipient_say(reader->one, unwrapped(line->text));
    } else {
        follow_all(reader, line, folded);
    }
}

/* "Sender Address:": the next line, or cell of a table, is not the recipient. */
static bool names_sender(const char *folded)
{
    static const char *const starts[] = {"sender",    "from",     "expéditeur", "absender",
                                         "remitente", "mittente", "remetente",  "отправитель",
                                         "送信者",    NULL};
    for (const char *const *start = starts; *start; start++)
        if (g_str_has_prefix(folded, *start))
            return g_str_has_suffix(folded, ":") && strlen(folded) < LEAD_MAX / 2;
    return false;
}

static void read_line(Reader *reader, Line *line)
{
    Span rest = {"", 0};
    Label label;
    if (line->text.n == 0) {
        reader->open = false;
        return;
    }
    if (span_istarts(line->text, "pipe to |") || span_istarts(line->text, "save to /")) {
        reader->open = false; /* Exim's: who it is for stands in the next line */
        reader->one = NULL;
        return;
    }
    g_autofree char *folded = text_fold(span_sub(line->text, 0, LINE_MAX_READ));
    bool talks = phrases_in(span_of(folded)) & MEANS_TALK;
    bool contact = !reader->open && (strstr(folded, "contact ") || strstr(folded, "assistance") ||
                                     strstr(folded, "write to") || strstr(folded, "send mail to") ||
                                     names_sender(folded));
    g_autofree char *address =
        reader->intro && !reader->contact ? address_head(line->text, &rest) : NULL;
    Span after = rest;
    if (address && (is_entry(&rest) || (rest.n && rest.p[0] == ','))) {
        bool list = after.n && after.p[0] == ',';
        begin(reader, address, line, list ? (Span){"", 0} : rest);
        if (list)
            begin_more(reader, line, after);
    } else if (!contact && (!reader->open || !reader->one->diagnostic)) {
        Reply reply;
        g_autofree char *labelled = label_address(line->text, folded, &label);
        bool replies = reply_find(line->text, &reply);
        if (labelled && label == LABEL_FINAL) {
            begin(reader, labelled, line, replies ? line->text : (Span){"", 0});
            begin_more(reader, line, behind_address(line->text, labelled));
        } else {
            follow(reader, line, folded);
        }
    } else {
        follow(reader, line, folded);
    }
    reader->intro = reader->intro || talks;
    reader->contact = contact;
}

void recipient_lines_read(BounceText *text, RecipientList *list, bool intro)
{
    Reader reader = {.list = list, .intro = intro};
    for (guint i = 0; i < text->lines->len; i++) {
        Line *line = bounce_text_line(text, i);
        if (!line->used)
            read_line(&reader, line);
        else
            reader.open = false;
    }
}
