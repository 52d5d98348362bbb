/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recipients that only the text names, by general readers: an address at the start of a line, an
 * address behind a label, an address in a session, the header X-Failed-Recipients. */
#include <string.h>

#include "base/address.h"
#include "bounce/labels.h"

#define TALK (MEANS(MEANS_FAILURE) | MEANS(MEANS_DELAY) | MEANS(MEANS_SUCCESS))

/* Longest diagnostic that is kept, in bytes. */
#define DIAGNOSTIC_MAX 4000

Recipient *recipient_add(Reading *r, const char *address)
{
    GPtrArray *all = r->bounce->recipients;
    g_autofree char *key = g_ascii_strdown(address, -1);
    Recipient *one = g_hash_table_lookup(r->known, key);
    if (one)
        return one;
    if (r->enrich)
        return all->len == 1 ? all->pdata[0] : NULL;
    if (all->len >= READ_RECIPIENTS_MAX)
        return NULL;
    one = recipient_new();
    one->final = g_strdup(address);
    g_ptr_array_add(all, one);
    g_hash_table_insert(r->known, g_steal_pointer(&key), one);
    return one;
}

static void know(Reading *r)
{
    r->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < r->bounce->recipients->len; i++) {
        Recipient *one = r->bounce->recipients->pdata[i];
        if (one->final)
            g_hash_table_insert(r->known, g_ascii_strdown(one->final, -1), one);
        if (one->original)
            g_hash_table_insert(r->known, g_ascii_strdown(one->original, -1), one);
    }
}

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
    Reading *r;
    Recipient *one;   /* whose diagnostic is being read, or NULL */
    guint indent;     /* of its line */
    bool open;        /* lines still belong to it */
    bool quiet;       /* ... but say nothing that the report does not say */
    bool intro;       /* failure was spoken of */
    bool contact;     /* the line before asks to write to somebody */
    guint first_bare; /* first recipient without a diagnostic */
} Reader;

static void append_diagnostic(Recipient *one, Span text)
{
    if (text.n == 0 || (one->diagnostic && strlen(one->diagnostic) > DIAGNOSTIC_MAX))
        return;
    g_autofree char *more = span_dup_utf8(span_sub(text, 0, DIAGNOSTIC_MAX));
    g_strdelimit(more, "\r\n\t", ' ');
    if (one->diagnostic && strstr(one->diagnostic, more)) /* said in two languages, or twice */
        return;
    char *joined = one->diagnostic ? g_strconcat(one->diagnostic, " ", more, NULL) : g_strdup(more);
    g_free(one->diagnostic);
    one->diagnostic = joined;
}

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

static bool has_reply(const Recipient *one)
{
    Reply reply;
    return one->diagnostic && reply_find(span_of(one->diagnostic), &reply) &&
           is_said(span_of(one->diagnostic), &reply);
}

static void begin(Reader *reader, const char *address, Line *line, Span rest)
{
    Recipient *one = recipient_add(reader->r, address);
    reader->one = one;
    reader->indent = line->indent;
    reader->open = one != NULL;
    reader->quiet = one && has_reply(one);
    line->used = line->used || one;
    if (one && !reader->quiet)
        append_diagnostic(one, unwrapped(rest));
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
    return text.n && text.n < 120 && text.p[text.n - 1] == ':' && !reply_find(text, &reply);
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
    char status[12];
    gsize at;
    return status_find(span_sub(text, 0, 20), status, &at) && at < 4 && status[0] != '2';
}

/* A reply or a reason that names nobody: of all that have no diagnostic yet. */
static void follow_all(Reader *reader, Line *line, const char *folded)
{
    GPtrArray *all = reader->r->bounce->recipients;
    Reply reply;
    bool why = says_why(folded) && all->len == 1 && !has_reply(all->pdata[0]);
    if (why && is_lead(line->text)) {
        reader->one = all->pdata[0];
        reader->open = true;
        reader->quiet = false;
        return;
    }
    bool replies = reply_find(line->text, &reply);
    if (!(why || replies || starts_with_status(line->text)) || (reader->r->enrich && all->len > 1))
        return;
    line->used = true;
    for (guint i = reader->first_bare; i < all->len; i++) {
        Recipient *one = all->pdata[i];
        if (!one->diagnostic || !has_reply(one))
            append_diagnostic(one, line->text);
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
            append_diagnostic(reader->one, unwrapped(line->text));
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
            return g_str_has_suffix(folded, ":") && strlen(folded) < 60;
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
    g_autofree char *folded = text_fold(span_sub(line->text, 0, 1000));
    bool talks = phrases_in(span_of(folded)) & TALK;
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

static void read_lines_from(Reading *r, bool intro)
{
    Reader reader = {.r = r, .intro = intro};
    for (guint i = 0; i < r->lines->len; i++) {
        Line *line = &g_array_index(r->lines, Line, i);
        if (!line->used)
            read_line(&reader, line);
        else
            reader.open = false;
    }
}

static void read_lines(Reading *r)
{
    read_lines_from(r, r->in_subject != 0 || r->enrich);
}

/* A mail system that speaks a language whose words for failure nobody listed. */
static void read_all_lines(Reading *r)
{
    if (r->daemon || r->bounce->null_return_path)
        read_lines_from(r, true);
}

/* --- what is left ------------------------------------------------------------------------------
 */

static void from_header(Reading *r)
{
    const char *value = message_header(r->message, "X-Failed-Recipients");
    if (!value)
        return;
    g_autoptr(GPtrArray) list = address_list(span_of(value));
    for (guint i = 0; i < list->len; i++)
        recipient_add(r, list->pdata[i]);
}

/* Whom the session named. */
static void from_rcpt(Reading *r)
{
    for (guint i = 0; i < r->lines->len; i++) {
        Span line = g_array_index(r->lines, Line, i).text;
        gssize at = span_ifind(line, "RCPT TO");
        g_autofree char *address =
            at >= 0 ? label_first_address(span_sub(line, (gsize)at + 7, line.n)) : NULL;
        if (address)
            recipient_add(r, address);
    }
}

/* What stands before an address to write to. */
static bool is_contact(const char *folded)
{
    return strstr(folded, "contact") || strstr(folded, "assistance") ||
           strstr(folded, "questions") || strstr(folded, "send mail to");
}

/* The first address in a piece of text that speaks of failure, but the sender's own. */
static void talk_address(Reading *r, Span piece, const char *own)
{
    g_autofree char *folded = text_fold(span_sub(piece, 0, 2000));
    if (!memchr(piece.p, '@', piece.n) || !(phrases_in(span_of(folded)) & TALK) ||
        is_contact(folded))
        return;
    g_autofree char *address = label_first_address(piece);
    if (!address || address_same(address, own) || address_same(address, r->bounce->from))
        return;
    Recipient *one = recipient_add(r, address);
    if (one && !one->diagnostic)
        append_diagnostic(one, span_sub(piece, 0, 400));
}

/* Line by line, then sentences over two lines. */
static void from_talk(Reading *r)
{
    const char *to = message_header(r->message, "To");
    g_autofree char *own = to ? address_extract(span_of(to)) : NULL;
    for (guint size = 1; size <= 2 && r->bounce->recipients->len == 0; size++) {
        for (guint i = 0; i + size <= r->lines->len; i++) {
            const Span first = g_array_index(r->lines, Line, i).text;
            const Span last = g_array_index(r->lines, Line, i + size - 1).text;
            if (first.n && last.n && first.n + last.n < 1000)
                talk_address(r, (Span){first.p, (gsize)(last.p + last.n - first.p)}, own);
        }
    }
}

/* Names without a domain behind a line that ends in ":", as AOL wrote them. */
static void from_local_names(Reading *r)
{
    bool list = false;
    if (!r->bounce->from_domain || !r->daemon)
        return;
    for (guint i = 0; i < r->lines->len; i++) {
        Line *line = &g_array_index(r->lines, Line, i);
        Span name = line->text;
        gsize n = 0;
        while (n < name.n && label_is_local(name.p[n]))
            n++;
        bool whole = n == name.n || (n + 1 < name.n && name.p[n] <= ' ' && name.p[n + 1] <= ' ');
        if (list && n && whole && n < 64 && line->indent > 0) {
            g_autofree char *address =
                g_strdup_printf("%.*s@%s", (int)n, name.p, r->bounce->from_domain);
            recipient_add(r, address);
            line->used = true;
            continue;
        }
        if (name.n == 0)
            continue;
        g_autofree char *folded = text_fold(span_sub(name, 0, 1000));
        list = name.p[name.n - 1] == ':' && (phrases_in(span_of(folded)) & TALK);
    }
}

/* A report that a mail system wrapped in text: what stands behind its header is read as the text.
 */
static void from_inner(Reading *r)
{
    const Returned *returned = &r->bounce->returned;
    Span human = r->human, whole = span_of(r->text);
    GArray *lines = r->lines;
    if (returned->where != RETURNED_TEXT || !returned->from ||
        span_ifind(span_of(returned->from), "mailer-daemon@") != 0)
        return;
    r->human = span_sub(whole, human.n, whole.n);
    r->lines = lines_of(r->human);
    if (!report_read_text(r))
        read_lines(r);
    g_array_unref(r->lines);
    r->human = human;
    r->lines = lines;
}

/* A line "To:" in the text of a mail system, as of gateways to telephones. */
static void from_to_line(Reading *r)
{
    for (guint i = 0; i < r->lines->len && (r->in_text & TALK); i++) {
        Span line = g_array_index(r->lines, Line, i).text;
        g_autofree char *address =
            span_istarts(line, "To:") ? label_first_address(span_sub(line, 3, line.n)) : NULL;
        if (address && (r->daemon || r->bounce->null_return_path) &&
            !address_same(address, r->bounce->from))
            recipient_add(r, address);
    }
}

/* The one whom the returned message was for, where nothing else says it. */
static void from_returned(Reading *r)
{
    const GPtrArray *to = r->bounce->returned.to;
    guint talk = TALK | MEANS(MEANS_SUBJECT);
    if (to->len == 1 && (r->daemon || r->bounce->null_return_path) &&
        ((r->in_subject | r->in_text) & talk))
        recipient_add(r, to->pdata[0]);
}

/* A diagnostic for those that have none: the first line with a reply, whoever it names. */
static void spread_reply(Reading *r)
{
    GPtrArray *all = r->bounce->recipients;
    Reply reply;
    bool lacking = all->len > 0;
    for (guint i = 0; i < all->len; i++)
        lacking = lacking && !((Recipient *)all->pdata[i])->diagnostic;
    for (guint i = 0; lacking && i < r->lines->len; i++) {
        Line *line = &g_array_index(r->lines, Line, i);
        if (!reply_find(line->text, &reply))
            continue;
        line->used = true;
        for (guint k = 0; k < all->len; k++) {
            Recipient *one = all->pdata[k];
            if (!one->diagnostic)
                append_diagnostic(one, line->text);
        }
        return;
    }
}

/* The other host, where the diagnostic names it: "host mx.example.net [192.0.2.1] said". */
static void name_remote(Recipient *one)
{
    static const char *const words[] = {"host ", "talking to ", "by server ", "Server ", NULL};
    Span text = span_of(one->diagnostic);
    for (const char *const *word = words; *word && !one->remote_mta; word++) {
        gssize at = span_ifind(text, *word);
        if (at < 0 || (at > 0 && g_ascii_isalnum(text.p[at - 1])))
            continue;
        Span rest = span_sub(text, (gsize)at + strlen(*word), 256);
        gsize n = 0;
        while (n < rest.n && (g_ascii_isalnum(rest.p[n]) || strchr(".-_", rest.p[n])))
            n++;
        while (n && rest.p[n - 1] == '.')
            n--;
        if (n && memchr(rest.p, '.', n))
            one->remote_mta = span_dup_utf8(span_sub(rest, 0, n));
    }
}

/* A diagnostic may name another mailbox, to which the recipient's mail goes: that one failed. */
static void name_final(Recipient *one)
{
    Label label;
    g_autofree char *folded = text_fold(span_of(one->diagnostic));
    g_autofree char *named =
        one->diagnostic ? label_address(span_of(one->diagnostic), folded, &label) : NULL;
    if (!named || label != LABEL_FINAL || one->original || !one->final ||
        g_ascii_strcasecmp(named, one->final) == 0)
        return;
    one->original = one->final;
    one->final = g_steal_pointer(&named);
}

void recipients_read(Reading *r)
{
    GPtrArray *all = r->bounce->recipients;
    void (*const readers[])(Reading *) = {
        read_lines,     transcript_read, from_header, from_rcpt,    from_local_names,
        read_all_lines, from_talk,       from_inner,  from_to_line, from_returned};
    r->enrich = r->status >= 0 || r->bounce->has_report;
    if (!r->enrich)
        r->enrich = report_read_text(r);
    r->enrich = r->enrich && all->len > 0;
    bool report = r->enrich;
    know(r);
    if (r->enrich) {
        read_lines(r);
        transcript_read(r);
    } else {
        for (gsize i = 0; i < G_N_ELEMENTS(readers) && (i == 0 || all->len == 0); i++)
            readers[i](r);
        r->enrich = all->len > 0;
        transcript_read(r);
    }
    spread_reply(r);
    for (guint i = 0; i < all->len; i++) {
        Recipient *one = all->pdata[i];
        name_remote(one);
        if (!report)
            name_final(one);
        r->bounce->has_diagnostic = r->bounce->has_diagnostic || one->final || one->diagnostic;
    }
    g_hash_table_unref(r->known);
    r->known = NULL;
}
