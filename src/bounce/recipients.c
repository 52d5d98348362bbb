/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recipients that only the text names, by general readers: an address at the start of a line, an
 * address behind a label, an address in a session, the header X-Failed-Recipients. */
#include "bounce/recipients.h"

#include <string.h>

#include "base/address.h"
#include "bounce/recipient_lines.h"
#include "bounce/report.h"
#include "bounce/transcript.h"
#include "words/labels.h"
#include "words/phrases.h"
#include "words/reply.h"

/* How much of a line, and of a sentence over two lines, is looked at. */
#define PIECE_MAX 1000
/* Longest sentence that becomes a diagnostic. */
#define SENTENCE_MAX 400
/* Most local names whose address is looked for. */
#define NAMES_MAX 100

/* What all of the readers work on. */
typedef struct Search {
    const BounceSource *source;
    BounceText *text;
    RecipientList *list;
    Bounce *out;
} Search;

static bool is_system(const Search *s)
{
    return s->source->sender.daemon || s->source->sender.null_return_path;
}

static void read_lines(Search *s)
{
    recipient_lines_read(s->text, s->list, s->text->in_subject != 0 || s->list->closed);
}

/* A mail system that speaks a language whose words for failure nobody listed. */
static void read_all_lines(Search *s)
{
    if (is_system(s))
        recipient_lines_read(s->text, s->list, true);
}

static void read_transcript(Search *s)
{
    transcript_read(s->text, s->list);
}

static void from_header(Search *s)
{
    const char *value = source_header(s->source, "X-Failed-Recipients");
    if (!value)
        return;
    g_autoptr(GPtrArray) list = address_list(span_of(value));
    for (guint i = 0; i < list->len; i++)
        recipient_list_add(s->list, list->pdata[i]);
}

/* Whom the session named. */
static void from_rcpt(Search *s)
{
    for (guint i = 0; i < s->text->lines->len; i++) {
        Span line = bounce_text_line(s->text, i)->text;
        gssize at = span_ifind(line, "RCPT TO");
        g_autofree char *address =
            at >= 0 ? label_first_address(span_sub(line, (gsize)at + 7, line.n)) : NULL;
        if (address)
            recipient_list_add(s->list, address);
    }
}

/* What stands before an address to write to. */
static bool is_contact(const char *folded)
{
    return strstr(folded, "contact") || strstr(folded, "assistance") ||
           strstr(folded, "questions") || strstr(folded, "send mail to");
}

/* The address that follows in a list, *@rest in front of it; NULL for none. The caller frees it. */
static char *next_address(Span *rest)
{
    gsize n = 0;
    bool comma = false;
    while (n < rest->n && rest->p[n] && strchr("<>,;'\" ", rest->p[n])) {
        comma = comma || rest->p[n] == ',' || rest->p[n] == ';';
        n++;
    }
    *rest = span_sub(*rest, n, rest->n);
    n = comma ? label_bare_length(*rest) : 0;
    return n ? span_dup_utf8(span_sub(*rest, 0, n)) : NULL;
}

/* @first, and the addresses that stand right behind it in @piece: "<a@b>, <c@d>". */
static void add_row(Search *s, const char *first, Span piece, Span said)
{
    g_autofree char *address = g_strdup(first);
    while (address) {
        Recipient *one = recipient_list_add(s->list, address);
        if (one && !one->diagnostic)
            recipient_say(one, said);
        gssize at = span_find(piece, address);
        piece = at < 0 ? SPAN("") : span_sub(piece, (gsize)at + strlen(address), piece.n);
        g_free(address);
        address = next_address(&piece);
    }
}

/* The first addresses in a piece of text that speaks of failure, but the sender's own. */
static void talk_address(Search *s, Span piece, const char *own)
{
    g_autofree char *folded = text_fold(span_sub(piece, 0, 2 * PIECE_MAX));
    if (!memchr(piece.p, '@', piece.n) || !(phrases_in(span_of(folded)) & MEANS_TALK) ||
        is_contact(folded))
        return;
    g_autofree char *address = label_first_address(piece);
    if (!address || address_same(address, own) || address_same(address, s->source->sender.from))
        return;
    add_row(s, address, piece, span_sub(piece, 0, SENTENCE_MAX));
}

/* Line by line, then sentences over two lines. */
static void from_talk(Search *s)
{
    const char *to = source_header(s->source, "To");
    g_autofree char *own = to ? address_extract(span_of(to)) : NULL;
    for (guint size = 1; size <= 2 && s->list->all->len == 0; size++) {
        for (guint i = 0; i + size <= s->text->lines->len; i++) {
            const Span first = bounce_text_line(s->text, i)->text;
            const Span last = bounce_text_line(s->text, i + size - 1)->text;
            if (first.n && last.n && first.n + last.n < PIECE_MAX)
                talk_address(s, (Span){first.p, (gsize)(last.p + last.n - first.p)}, own);
        }
    }
}

/* Names without a domain behind a line that ends in ":", as AOL wrote them. */
static void from_local_names(Search *s)
{
    bool list = false;
    if (!s->source->sender.from_domain || !s->source->sender.daemon)
        return;
    for (guint i = 0; i < s->text->lines->len; i++) {
        Line *line = bounce_text_line(s->text, i);
        Span name = line->text;
        gsize n = 0;
        while (n < name.n && label_is_local(name.p[n]))
            n++;
        bool whole = n == name.n || (n + 1 < name.n && name.p[n] <= ' ' && name.p[n + 1] <= ' ');
        if (list && n && whole && n < 64 && line->indent > 0) {
            g_autofree char *address =
                g_strdup_printf("%.*s@%s", (int)n, name.p, s->source->sender.from_domain);
            recipient_list_add(s->list, address);
            line->used = true;
            continue;
        }
        if (name.n == 0)
            continue;
        g_autofree char *folded = text_fold(span_sub(name, 0, PIECE_MAX));
        list = name.p[name.n - 1] == ':' && (phrases_in(span_of(folded)) & MEANS_TALK);
    }
}

/* A report that a mail system wrapped in text: what stands behind its header is read as the text.
 */
static void from_inner(Search *s)
{
    const Returned *returned = &s->out->returned;
    if (returned->where != RETURNED_TEXT || !returned->from ||
        span_ifind(span_of(returned->from), "mailer-daemon@") != 0)
        return;
    BounceText inner = *s->text;
    inner.human = span_sub(span_of(s->text->whole), s->text->human.n, strlen(s->text->whole));
    inner.lines = text_lines(inner.human);
    if (!report_read_text(&inner, s->list, s->out))
        recipient_lines_read(&inner, s->list, inner.in_subject != 0);
    g_array_unref(inner.lines);
}

/* A line "To:" in the text of a mail system, as of gateways to telephones. */
static void from_to_line(Search *s)
{
    for (guint i = 0; i < s->text->lines->len && (s->text->in_text & MEANS_TALK); i++) {
        Span line = bounce_text_line(s->text, i)->text;
        g_autofree char *address =
            span_istarts(line, "To:") ? label_first_address(span_sub(line, 3, line.n)) : NULL;
        if (address && is_system(s) && !address_same(address, s->source->sender.from))
            recipient_list_add(s->list, address);
    }
}

/* The one address in the text of a mail system that is neither the sender's nor somebody's to write
 * to, in a language whose words nobody listed. */
static void from_only(Search *s)
{
    const char *to = source_header(s->source, "To");
    g_autofree char *own = to ? address_extract(span_of(to)) : NULL;
    g_autofree char *only = NULL;
    Span place = {"", 0};
    for (guint i = 0; is_system(s) && s->text->in_subject && i < s->text->lines->len; i++) {
        Span line = bounce_text_line(s->text, i)->text;
        g_autofree char *folded = text_fold(span_sub(line, 0, PIECE_MAX));
        g_autofree char *address = is_contact(folded) ? NULL : label_first_address(line);
        if (!address || address_same(address, own) || address_same(address, s->source->sender.from))
            continue;
        if (only && !address_same(address, only))
            return;
        if (!only) {
            only = g_steal_pointer(&address);
            place = line;
        }
    }
    if (only)
        add_row(s, only, place, SPAN(""));
}

/* The one whom the returned message was for, where nothing else says it. */
static void from_returned(Search *s)
{
    const GPtrArray *to = s->out->returned.to;
    guint talk = MEANS_TALK | MEANS(MEANS_SUBJECT);
    bool brought = s->source->sender.automatic && s->out->returned.where == RETURNED_RFC822;
    if (span_ifind(s->text->human, "no recipient addresses") >= 0) /* Exim (moan.c) */
        return;
    if (to->len == 1 && (is_system(s) || brought) &&
        ((s->text->in_subject | s->text->in_text) & talk))
        recipient_list_add(s->list, to->pdata[0]);
}

/* "5.1.1 no such mailbox", "[5.7.1] …", "#5.4.4 …" */
static bool begins_with_status(Span text)
{
    char status[STATUS_SIZE];
    gsize at;
    return reply_status_find(span_sub(text, 0, 20), status, &at) && at < 4 && status[0] != '2';
}

static bool is_coded(const Recipient *one)
{
    char status[STATUS_SIZE];
    return one->status || one->reply_code || recipient_has_reply(one) ||
           (one->diagnostic && reply_status_find(span_of(one->diagnostic), status, NULL));
}

/* A code for those that have none: the first line with a reply or a status, whoever it names. */
static void spread_reply(Search *s)
{
    GPtrArray *all = s->list->all;
    Reply reply;
    bool lacking = all->len > 0;
    for (guint i = 0; i < all->len; i++)
        lacking = lacking && !is_coded(all->pdata[i]);
    for (guint i = 0; lacking && i < s->text->lines->len; i++) {
        Line *line = bounce_text_line(s->text, i);
        if (!reply_find(line->text, &reply) && !begins_with_status(line->text))
            continue;
        line->used = true;
        for (guint k = 0; k < all->len; k++)
            recipient_say(all->pdata[k], line->text);
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
static void name_final(const Search *s, Recipient *one)
{
    Label label;
    g_autofree char *folded = text_fold(span_of(one->diagnostic));
    g_autofree char *named =
        one->diagnostic ? label_address(span_of(one->diagnostic), folded, &label) : NULL;
    if (!named || label != LABEL_MAILBOX || one->original || !one->final ||
        g_ascii_strcasecmp(named, one->final) == 0)
        return;
    const char *to = source_header(s->source, "To");
    g_autofree char *own = to ? address_extract(span_of(to)) : NULL;
    if (own && address_same(named, own))
        return;
    one->original = one->final;
    one->final = g_steal_pointer(&named);
}

/* The address of the local user @name that @text names, or NULL. The caller frees it. */
static char *address_of_name(const char *name, Span text)
{
    g_autofree char *found = text.n ? label_first_address(text) : NULL;
    gsize n = strlen(name);
    return found && g_ascii_strncasecmp(found, name, n) == 0 && found[n] == '@'
               ? g_steal_pointer(&found)
               : NULL;
}

static bool is_known_by_name(const GPtrArray *all, const char *name)
{
    gsize n = strlen(name);
    for (guint i = 0; i < all->len; i++) {
        const Recipient *one = all->pdata[i];
        if (one->final && g_ascii_strncasecmp(one->final, name, n) == 0 && one->final[n] == '@')
            return true;
    }
    return false;
}

/* A local name whose address stands elsewhere too: some texts say it in two languages. */
static void complete_names(GPtrArray *all)
{
    guint looks = 0;
    for (guint i = 0; i < all->len && looks < NAMES_MAX;) {
        Recipient *one = all->pdata[i];
        if (!one->final || strchr(one->final, '@') || one->final[0] == '|' || one->original) {
            i++;
            continue;
        }
        looks++;
        char *address = address_of_name(one->final, span_of(one->diagnostic));
        if (is_known_by_name(all, one->final)) {
            g_free(address);
            g_ptr_array_remove_index(all, i);
            continue;
        }
        if (address) {
            g_free(one->final);
            one->final = address;
        }
        i++;
    }
}

/* The readers in the order of how exact they are; each is asked only where none before it found
 * anybody. */
static void (*const readers[])(Search *) = {
    read_lines, read_transcript, from_header,  from_rcpt, from_local_names, read_all_lines,
    from_talk,  from_inner,      from_to_line, from_only, from_returned};

static void read_unreported(Search *s)
{
    for (gsize i = 0; i < G_N_ELEMENTS(readers) && (i == 0 || s->list->all->len == 0); i++)
        readers[i](s);
    s->list->closed = s->list->all->len > 0;
    read_transcript(s);
}

void recipients_read(const BounceSource *source, BounceText *text, RecipientList *list, Bounce *out)
{
    Search search = {source, text, list, out};
    recipient_list_know(list);
    bool report =
        source->structure.status >= 0 || out->has_report || report_read_text(text, list, out);
    list->closed = report = report && list->all->len > 0;
    if (report) {
        read_lines(&search);
        read_transcript(&search);
    } else {
        read_unreported(&search);
    }
    spread_reply(&search);
    if (!report) {
        complete_names(list->all);
        recipient_list_know(list);
    }
    for (guint i = 0; i < list->all->len; i++) {
        Recipient *one = list->all->pdata[i];
        name_remote(one);
        if (!report)
            name_final(&search, one);
        out->has_diagnostic = out->has_diagnostic || one->final || one->diagnostic;
    }
}
