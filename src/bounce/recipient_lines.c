/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recipients line by line: see recipient_lines.h. */
#include "bounce/recipient_lines.h"

#include <string.h>

#include "bounce/line_head.h"
#include "words/labels.h"
#include "words/phrases.h"
#include "words/reply.h"

/* How much of a line is looked at, and the longest that only announces what follows it. */
#define LINE_MAX_READ 1000
#define LEAD_MAX      120
/* Shortest rule above the foot of a list. */
#define FOOTER_RULE 20

/* --- line by line ----------------------------------------------------------------------------- */

typedef struct Reader {
    const BounceText *text;
    RecipientList *list;
    guint at;         /* the line that is being read */
    Recipient *one;   /* whose diagnostic is being read, or NULL */
    guint indent;     /* of its line */
    bool open;        /* lines still belong to it */
    bool quiet;       /* ... but say nothing that the report does not say */
    bool intro;       /* failure was spoken of */
    bool contact;     /* the line before asks to write to somebody */
    bool wrapped;     /* deeper lines are nothing but the rest of the diagnostic */
    bool named;       /* the line before announces, or was, a name with an address */
    bool footer;      /* of a list, a scanner or a signature: nothing more is said of a delivery */
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
    reader->wrapped = false;
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
        g_autofree char *address = line_head_address(span_trim(span_sub(rest, 1, rest.n)), &behind);
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
    return reply_status_find(span_sub(text, 0, 20), status, &at) && at < 4 && status[0] != '2';
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
    line->used = line->used || all->len > 0;
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

/* "Sender Address:", "A message sent by": the next line, or cell of a table, is not the recipient.
 */
static bool names_sender(const char *folded)
{
    static const char *const starts[] = {
        "sender",      "from",      "reply-to",  "return path", "envelope",   "expéditeur",
        "absender",    "remitente", "mittente",  "remetente",   "afzender",   "avsändare",
        "afsender",    "avsender",  "lähettäjä", "nadawca",     "odesílatel", "feladó",
        "отправитель", "送信者",    "发件人",    "寄件者",      "보낸 사람",  NULL};
    static const char *const ends[] = {"sent by", "message from", "mail from", "received from",
                                       NULL};
    for (const char *const *start = starts; *start; start++)
        if (g_str_has_prefix(folded, *start))
            return strlen(folded) == strlen(*start) ||
                   (g_str_has_suffix(folded, ":") && strlen(folded) < LEAD_MAX / 2);
    for (const char *const *end = ends; *end; end++)
        if (g_str_has_suffix(folded, *end))
            return true;
    return false;
}

/* Words that ask to write to somebody. */
static bool asks_to_write(const char *folded)
{
    return strstr(folded, "contact ") || strstr(folded, "assistance") ||
           strstr(folded, "write to") || strstr(folded, "send mail to");
}

/* Where mail that is not the bounce's own word begins: a signature, or the foot that a list puts
 * under a rule. */
static bool is_footer(const Reader *reader, Span text)
{
    if (span_eq(text, "--"))
        return true;
    for (gsize i = 0; i < text.n; i++)
        if (text.p[i] != '_')
            return false;
    if (text.n < FOOTER_RULE || reader->at + 1 >= reader->text->lines->len)
        return false;
    g_autofree char *next =
        text_fold(span_sub(bounce_text_line(reader->text, reader->at + 1)->text, 0, LEAD_MAX));
    return strstr(next, "mailing list") || strstr(next, "unsubscribe");
}

/* Goes on with the diagnostic of a wrapped paragraph. */
static void go_on(Reader *reader, Line *line)
{
    line->used = true;
    if (!reader->quiet)
        recipient_go_on(reader->one, line->text);
}

/* "(expanded from <kim@oak.example>): …", as Postfix writes it behind an address: what is behind.
 */
static Span take_expanded(Recipient *one, Span rest)
{
    static const char words[] = "(expanded from ";
    const char *close = span_istarts(rest, words) ? memchr(rest.p, ')', rest.n) : NULL;
    if (!close)
        return rest;
    Span inside = {rest.p + sizeof words - 1, (gsize)(close - rest.p) - (sizeof words - 1)};
    if (one && !one->original)
        one->original = label_first_address(inside);
    rest = span_trim(span_sub(rest, (gsize)(close - rest.p) + 1, rest.n));
    return rest.n && rest.p[0] == ':' ? span_trim(span_sub(rest, 1, rest.n)) : rest;
}

/* @after is what follows the address or name at the start of @line, @rest what of it is said of it.
 */
static void begin_entry(Reader *reader, const char *address, Line *line, Span after, Span rest)
{
    after = span_trim(after);
    Recipient *known = recipient_list_add(reader->list, address);
    bool expanded = span_istarts(after, "(expanded from ");
    begin(reader, address, line, expanded ? take_expanded(known, after) : rest);
    /* Postfix wraps what it says of "<address>:"; Exim indents it below the address */
    bool colon = after.n && after.p[0] == ':';
    reader->wrapped = line->indent == 0 ? colon || expanded : after.n == 0 || colon;
}

/* A recipient at the start of the line; false if there is none. */
static bool read_head(Reader *reader, Line *line)
{
    Span rest = {"", 0}, more = {"", 0};
    guint next = reader->at + 1 < reader->text->lines->len
                     ? bounce_text_line(reader->text, reader->at + 1)->indent
                     : 0;
    g_autofree char *address = line_head_address(line->text, &rest);
    Span after = rest;
    if (address && after.n && after.p[0] == ',') {
        g_autofree char *second = line_head_address(span_trim(span_sub(after, 1, after.n)), &more);
        begin(reader, address, line,
              second ? (Span){"", 0} : span_trim(span_sub(after, 1, after.n)));
        begin_more(reader, line, after);
        return true;
    }
    if (address && line_head_entry(&rest)) {
        begin_entry(reader, address, line, after, rest);
        return true;
    }
    g_autofree char *name = address ? NULL : line_head_name(line->text, line->indent, next, &after);
    if (!name)
        return false;
    rest = after.n && after.p[0] == ':' ? span_trim(span_sub(after, 1, after.n)) : after;
    begin_entry(reader, name, line, after, rest);
    return true;
}

/* "Kim Lee <kim@oak.example>" in a list that failed. */
static bool read_named(Reader *reader, Line *line)
{
    bool may = reader->named && reader->intro && !reader->contact;
    g_autofree char *address = may ? line_head_named(line->text) : NULL;
    reader->named = address || span_iends(line->text, ":");
    if (address)
        begin(reader, address, line, (Span){"", 0});
    return address != NULL;
}

/* A line of a wrapped paragraph, or of Exim's on a recipient that came from another address. */
static bool read_wrapped(Reader *reader, Line *line, const char *folded)
{
    Label label;
    if (!reader->wrapped || line->indent <= reader->indent || !reader->one)
        return false;
    bool from = strstr(folded, "generated from") || strstr(folded, "generated by");
    g_autofree char *labelled = from ? label_address(line->text, folded, &label) : NULL;
    if (labelled && !reader->one->original) {
        reader->one->original = g_steal_pointer(&labelled);
        line->used = true;
    } else {
        go_on(reader, line);
    }
    return true;
}

/* A recipient that words name, or what is said of one. */
static void read_words(Reader *reader, Line *line, const char *folded, bool contact)
{
    Label label;
    Reply reply;
    bool may = !contact && (!reader->open || !reader->one->diagnostic);
    g_autofree char *labelled = may ? label_address(line->text, folded, &label) : NULL;
    if (!labelled || (label != LABEL_FINAL && label != LABEL_MAILBOX)) {
        follow(reader, line, folded);
        return;
    }
    bool replies = reply_find(line->text, &reply);
    begin(reader, labelled, line, replies ? line->text : (Span){"", 0});
    begin_more(reader, line, behind_address(line->text, labelled));
}

static void read_line(Reader *reader, Line *line)
{
    if (line->text.n == 0) {
        reader->open = reader->wrapped = false;
        return;
    }
    reader->footer = reader->footer || is_footer(reader, line->text);
    if (reader->footer)
        return;
    if (span_istarts(line->text, "pipe to |") || span_istarts(line->text, "save to /")) {
        reader->open = reader->wrapped = false; /* Exim's: who it is for stands in the next line */
        reader->one = NULL;
        return;
    }
    g_autofree char *folded = text_fold(span_sub(line->text, 0, LINE_MAX_READ));
    bool intro = reader->intro || (phrases_in(span_of(folded)) & MEANS_TALK);
    if (read_wrapped(reader, line, folded)) {
        reader->intro = intro;
        return;
    }
    bool contact = names_sender(folded) || (!reader->open && asks_to_write(folded));
    bool named = read_named(reader, line);
    if (!named && (!reader->intro || reader->contact || !read_head(reader, line)))
        read_words(reader, line, folded, contact);
    reader->intro = intro;
    reader->contact = contact;
}

void recipient_lines_read(BounceText *text, RecipientList *list, bool intro)
{
    Reader reader = {.text = text, .list = list, .intro = intro};
    for (guint i = 0; i < text->lines->len; i++) {
        Line *line = bounce_text_line(text, i);
        reader.at = i;
        if (!line->used)
            read_line(&reader, line);
        else
            reader.open = false;
    }
}
