/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The returned message: in a part of its own, in a part's own header, or as a block of headers in
 * the text, indented, quoted or neither. */
#include <string.h>

#include "base/address.h"
#include "bounce/phrases.h"

/* --- in parts ----------------------------------------------------------------------------------
 */

static bool is_header_block(const GPtrArray *headers)
{
    return headers_get(headers, "Received") || headers_get(headers, "From") ||
           headers_get(headers, "Message-ID") || headers_get(headers, "Subject") ||
           headers_get(headers, "To");
}

static void take_headers(Returned *returned, const GPtrArray *headers)
{
    g_ptr_array_set_size(returned->headers, 0);
    for (guint i = 0; i < headers->len; i++) {
        const Header *header = headers->pdata[i];
        g_ptr_array_add(returned->headers,
                        header_new(span_of(header->name), span_of(header->value)));
    }
}

/* True if part @i holds the returned message. */
static bool take_part(Reading *r, guint i)
{
    Returned *returned = &r->bounce->returned;
    const Part *part = message_part(r->message, i);
    int child = message_child(r->message, (int)i, -1);
    bool headers_only = strstr(part->type, "headers") || strstr(part->type, "rfc822-header");
    if (child >= 0 && r->role[child] == ROLE_INSIDE) {
        const Part *root = message_part(r->message, (guint)child);
        if (!is_header_block(root->headers))
            return false;
        take_headers(returned, root->headers);
        returned->whole = root->size > 0 || message_child(r->message, child, -1) >= 0;
        r->returned_part = child;
    } else if (strcmp(part->type, "text/plain") == 0 || strcmp(part->type, "text/html") == 0) {
        take_headers(returned, part->headers);
        r->returned_part = (int)i;
    } else {
        Span rest = {"", 0};
        g_autoptr(GPtrArray) headers =
            part->text ? headers_parse(span_of(part->text), &rest) : g_ptr_array_new();
        const GPtrArray *best = is_header_block(headers) ? headers : part->headers;
        if (!is_header_block(best))
            return false;
        take_headers(returned, best);
        returned->whole = !headers_only && span_trim(rest).n > 0;
        r->returned_part = (int)i;
    }
    returned->where = headers_only ? RETURNED_HEADERS : RETURNED_RFC822;
    return true;
}

/* An attachment without a telling type whose text begins as a header does. */
static bool take_attachment(Reading *r, guint i)
{
    const Part *part = message_part(r->message, i);
    Span rest;
    if (!part->text || r->role[i] != ROLE_OTHER)
        return false;
    g_autoptr(GPtrArray) headers = headers_parse(span_of(part->text), &rest);
    if (!headers_get(headers, "Received") && !headers_get(headers, "Message-ID"))
        return false;
    take_headers(&r->bounce->returned, headers);
    r->bounce->returned.where = RETURNED_RFC822;
    r->bounce->returned.whole = span_trim(rest).n > 0;
    r->returned_part = (int)i;
    return true;
}

static bool from_parts(Reading *r)
{
    guint n = r->message->parts->len;
    for (int pass = 0; pass < 2; pass++) /* the one behind the report first */
        for (guint i = 0; i < n; i++)
            if (r->role[i] == ROLE_MESSAGE && (pass == 1 || (int)i > r->status) &&
                (int)i != r->base && take_part(r, i))
                return true;
    for (guint i = 0; i < n; i++)
        if (take_attachment(r, i))
            return true;
    return false;
}

/* --- in text -----------------------------------------------------------------------------------
 */

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

/* A run of header lines in the text. */
typedef struct Run {
    gsize start, end;  /* offsets in the text: its first byte, and behind its last line */
    guint first, last; /* lines */
    gsize prefix;      /* bytes in front of each line */
    guint names;       /* set of HeaderName */
    guint count;
    bool marked; /* words before it announce it */
} Run;

static bool is_marker(Span line)
{
    if (line.n == 0 || line.n > 300)
        return false;
    g_autofree char *folded = text_fold(line);
    return (phrases_in(span_of(folded)) & MEANS(MEANS_RETURNED)) && !strstr(folded, "was received");
}

/* "… original message follow:> Received: …": where the header begins, or -1. */
static gssize inner_start(Span raw)
{
    gssize at = span_find(raw, "> Received: ");
    return at > 0 && at < 200 ? at : -1;
}

typedef struct Search {
    Run best;
    int rank; /* 0 none, 1 weak, 2 strong, 3 certain */
} Search;

static int run_rank(const Run *run)
{
    guint names = run->names;
    bool sender = names & (NAME_FROM | NAME_ID);
    if ((names & NAME_RECEIVED) && (run->count >= 2 || run->marked))
        return 3;
    if (run->marked && (run->count >= 2 || sender))
        return 3;
    if (run->marked)
        return 2;
    if (run->count >= 3 && sender && (names & (NAME_SUBJECT | NAME_DATE | NAME_TO)))
        return 2;
    return run->count >= 3 && (names & NAME_SUBJECT) ? 1 : 0;
}

static void run_close(Search *search, Run *run, gsize end, guint last)
{
    if (run->count == 0)
        return;
    run->end = end;
    run->last = last;
    int rank = run_rank(run);
    if (rank > search->rank) {
        search->rank = rank;
        search->best = *run;
    }
    *run = (Run){0};
}

/* Looks at one line; returns true once a certain run is closed. */
static bool run_feed(Search *search, Run *run, Span raw, gsize at, guint i, int *marker)
{
    gsize prefix;
    Span line = unquoted(raw, &prefix);
    gssize inner = run->count ? -1 : inner_start(raw);
    if (inner >= 0) {
        *run = (Run){.start = at + (gsize)inner,
                     .first = i,
                     .prefix = 2,
                     .names = NAME_RECEIVED,
                     .count = 1,
                     .marked = true};
        return false;
    }
    HeaderName name = name_of(line);
    if (span_istarts(line, "Content-Type: message/rfc822")) { /* MIME that was not parsed */
        run_close(search, run, at, i);
        *marker = 3;
    } else if (span_trim(line).n == 0) {
        run_close(search, run, at, i);
    } else if (run->count == 0 && name != NAME_NONE) {
        *run = (Run){.start = at,
                     .first = i,
                     .prefix = prefix,
                     .names = name,
                     .count = 1,
                     .marked = *marker > 0};
    } else if (run->count && name != NAME_NONE && prefix <= run->prefix) {
        run->names |= name;
        run->count++;
    } else if (run->count == 0 && span_trim(line).n) {
        *marker = is_marker(line) ? 3 : *marker - 1;
    }
    return search->rank == 3;
}

static bool find_run(const char *text, Search *search)
{
    Span rest = span_of(text), raw;
    Run run = {0};
    int marker = 0;
    guint i = 0;
    for (; i < READ_LINES_MAX && span_line(&rest, &raw); i++)
        if (run_feed(search, &run, raw, (gsize)(raw.p - text), i, &marker))
            return true;
    run_close(search, &run, (gsize)(rest.p - text), i);
    return search->rank > 0;
}

/* The lines of @run without what is in front of each. */
static GString *run_text(const char *text, const Run *run)
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

static void from_text(Reading *r)
{
    Search search = {.rank = 0};
    Returned *returned = &r->bounce->returned;
    if (!find_run(r->text, &search))
        return;
    const Run *run = &search.best;
    r->announced = run->marked;
    if (r->bounce->returned.where == RETURNED_NONE) {
        GString *block = run_text(r->text, run);
        g_autoptr(GPtrArray) headers = headers_parse((Span){block->str, block->len}, NULL);
        take_headers(returned, headers);
        g_string_free(block, TRUE);
        returned->where = headers->len ? RETURNED_TEXT : RETURNED_NONE;
        returned->whole = search.rank == 3 && span_trim(span_of(r->text + run->end)).n > 0;
    }
    if (search.rank == 3)
        r->human.n = run->start;
    else
        for (guint i = run->first; i <= run->last && i < r->lines->len; i++)
            g_array_index(r->lines, Line, i).used = true;
    if (search.rank == 3)
        g_array_set_size(r->lines, MIN(r->lines->len, run->first));
}

/* --- what it says ------------------------------------------------------------------------------
 */

static char *bare_id(const char *value)
{
    Span id = span_trim(span_of(value));
    const char *open = id.n ? memchr(id.p, '<', id.n) : NULL;
    if (open)
        id = span_sub(id, (gsize)(open - id.p) + 1, id.n);
    const char *close = id.n ? memchr(id.p, '>', id.n) : NULL;
    if (close)
        id.n = (gsize)(close - id.p);
    id = span_trim(id);
    return id.n ? span_dup_utf8(id) : NULL;
}

static void add_addresses(GPtrArray *to, const GPtrArray *headers, const char *name)
{
    g_autoptr(GPtrArray) values = headers_all(headers, name);
    for (guint i = 0; i < values->len && to->len < READ_RECIPIENTS_MAX; i++) {
        g_autoptr(GPtrArray) list = address_list(span_of(values->pdata[i]));
        for (guint k = 0; k < list->len; k++)
            g_ptr_array_add(to, g_strdup(list->pdata[k]));
    }
}

void returned_describe(Returned *returned)
{
    const GPtrArray *headers = returned->headers;
    const char *from = headers_get(headers, "From");
    const char *subject = headers_get(headers, "Subject");
    const char *id = headers_get(headers, "Message-ID");
    const char *when = headers_get(headers, "Date");
    Date date;
    returned->from = from ? address_extract(span_of(from)) : NULL;
    returned->subject = subject ? header_decode(subject) : NULL;
    returned->message_id = id ? bare_id(id) : NULL;
    if (when && date_parse(span_of(when), &date))
        returned->date = date.utc != TIME_NONE ? date.utc : date.local;
    add_addresses(returned->to, headers, "To");
    add_addresses(returned->to, headers, "Cc");
}

void returned_read(Reading *r)
{
    r->human = span_of(r->text);
    r->lines = lines_of(r->human);
    from_parts(r);
    from_text(r);
    returned_describe(&r->bounce->returned);
}
