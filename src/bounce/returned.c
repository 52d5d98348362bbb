/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The returned message, in every place where servers put it (tracing.md 2): an attached message, a
 * part of headers, a part whose own header is the returned one, or a block of headers in text. */
#include <string.h>

#include "base/address.h"
#include "bounce/reading.h"

/* Names that make a line of text a mail header. */
static const char *const header_names[] = {
    "received",
    "return-path",
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "reply-to",
    "sender",
    "delivered-to",
    "in-reply-to",
    "references",
    "list-id",
    "list-unsubscribe",
    "organization",
    "user-agent",
    "dkim-signature",
    "domainkey-signature",
    "received-spf",
    "authentication-results",
    "importance",
    "priority",
    "precedence",
    "errors-to",
    "thread-index",
    "thread-topic",
    "thread-index",
    "accept-language",
    "content-language",
    "envelope-to",
    "resent-from",
    "resent-to",
    "resent-date",
    "resent-message-id",
    "apparently-to",
    "old-return-path",
    "auto-submitted",
    "content-disposition",
    "bcc",
    "status",
    "comments",
    "arc-seal",
    "arc-message-signature",
    "arc-authentication-results",
};

/* Lines behind which a copy of the returned message follows: a shorter block is believed there. */
static const char *const markers[] = {
    "this is a copy of the message",
    "below this line is a copy",
    "original message follows",
    "original message headers",
    "original message header",
    "original message",
    "message header",
    "header of the original",
    "headers of the original",
    "original headers",
    "unsent message follows",
    "returned message follows",
    "returned message",
    "your message follows",
    "your original message",
    "text of your message",
    "copy of your message",
    "the text of your mail",
    "undelivered message",
    "message text follows",
    "message follows",
    "message contents",
    "begin message",
    "start of returned",
    "beginning of original",
    "start of original",
    "rfc 822 headers",
    "rfc822 header",
    "received: ",
    "your message",
    "ursprüngliche nachricht",
    "nachrichtenkopf",
    "message d'origine",
    "en-têtes",
    "mensaje original",
    "messaggio originale",
    "mensagem original",
    "元のメッセージ",
    "オリジナルメッセージ",
    "diagnoseinformation",
    "diagnostic information for administrators",
};

typedef struct Block {
    gsize start, end; /* offsets in the text */
    int known;        /* lines with a name of the table, or X- */
    bool received, from, message_id, subject, to;
} Block;

/* A line of text without indentation and quoting. */
static Span unquote(Span line)
{
    gsize i = 0;
    while (i < line.n && i < 40 && strchr(" \t>|", line.p[i]) && line.p[i])
        i++;
    return span_sub(line, i, line.n);
}

static Span name_of(Span line)
{
    gsize n = 0;
    while (n < line.n && n < 60 &&
           (g_ascii_isalnum(line.p[n]) || line.p[n] == '-' || line.p[n] == '_'))
        n++;
    gsize colon = n;
    while (colon < line.n && colon < n + 3 && line.p[colon] == ' ')
        colon++;
    if (n < 2 || colon >= line.n || line.p[colon] != ':' ||
        (colon + 1 < line.n && line.p[colon + 1] == '/'))
        return span_sub(line, 0, 0);
    return span_sub(line, 0, n);
}

static bool is_known(Span name)
{
    if (name.n > 2 && (name.p[0] == 'X' || name.p[0] == 'x') && name.p[1] == '-')
        return true;
    for (gsize i = 0; i < G_N_ELEMENTS(header_names); i++)
        if (span_ieq(name, header_names[i]))
            return true;
    return false;
}

static void block_line(Block *block, Span name)
{
    block->known++;
    block->received = block->received || span_ieq(name, "received");
    block->from = block->from || span_ieq(name, "from");
    block->to = block->to || span_ieq(name, "to");
    block->subject = block->subject || span_ieq(name, "subject");
    block->message_id = block->message_id || span_ieq(name, "message-id");
}

/* A run of header lines is the returned header: three of them, or two behind a marker. */
static bool block_counts(const Block *block, bool marked)
{
    bool tells = block->received || block->message_id || block->from || block->subject;
    if (!tells || block->known < 2)
        return false;
    if (block->known >= 3)
        return block->received || block->message_id ||
               (block->from && (block->subject || block->to)) || (marked && block->subject);
    return marked;
}

static bool has_marker(Span line)
{
    char lower[161];
    gsize n = MIN(line.n, 160);
    for (gsize i = 0; i < n; i++)
        lower[i] = g_ascii_tolower(line.p[i] ? line.p[i] : '?');
    lower[n] = '\0';
    for (gsize i = 0; i < G_N_ELEMENTS(markers); i++)
        if (strstr(lower, markers[i]))
            return true;
    return false;
}

/* The best block of headers in @text: the first that holds Received or Message-ID, else the first
 * that counts at all. One pass. */
static bool find_block(Span text, Block *best)
{
    Block now = {0};
    bool open = false, marked = false, found = false;
    int since_marker = 100, blank = 0;
    Span rest = text, line;
    gsize offset = 0;
    for (;;) {
        bool more = span_line(&rest, &line);
        Span bare = more ? unquote(line) : span_sub(text, 0, 0);
        Span name = name_of(bare);
        bool indented = more && line.n && (line.p[0] == ' ' || line.p[0] == '\t');
        bool is_blank = span_trim(bare).n == 0;
        if (open && (!more || is_blank)) {
            now.end = offset;
            if (block_counts(&now, marked)) {
                bool good = now.received || now.message_id;
                if (!found || good)
                    *best = now;
                found = true;
                if (good)
                    return true;
            }
            open = false;
        }
        if (!more)
            break;
        if (!open && name.n && is_known(name)) {
            open = true;
            marked = since_marker <= 4;
            now = (Block){.start = offset};
        }
        if (open && name.n && is_known(name))
            block_line(&now, name);
        else if (open && !name.n && !indented && now.known < 2) /* a sentence: no header block */
            open = false;
        blank = is_blank ? blank + 1 : 0;
        since_marker = has_marker(bare) ? 0 : since_marker + !is_blank;
        offset = text.n - rest.n;
    }
    return found;
}

/* The block without quoting: each line loses the dressing of the first. */
static char *block_plain(Span text, const Block *block)
{
    Span rest = span_sub(text, block->start, text.n - block->start), line;
    GString *plain = g_string_new(NULL);
    bool first = true;
    gsize dress = 0;
    while (span_line(&rest, &line)) {
        gsize skip = 0;
        if (first)
            dress = line.n - unquote(line).n;
        while (skip < dress && skip < line.n && strchr(" \t>|", line.p[skip]) && line.p[skip])
            skip++;
        Span bare = span_sub(line, skip, line.n);
        g_string_append_len(plain, bare.p, (gssize)bare.n);
        g_string_append_c(plain, '\n');
        first = false;
    }
    return g_string_free(plain, FALSE);
}

static void take_headers(GPtrArray *to, const GPtrArray *from)
{
    g_ptr_array_set_size(to, 0);
    for (guint i = 0; i < from->len; i++) {
        const Header *header = from->pdata[i];
        g_ptr_array_add(to, header_new(span_of(header->name), span_of(header->value)));
    }
}

static bool is_message_type(const char *type)
{
    return strcmp(type, "message/rfc822") == 0 || strcmp(type, "message/global") == 0 ||
           strcmp(type, "message/partial") == 0;
}

static bool is_headers_type(const char *type)
{
    return strcmp(type, "text/rfc822-headers") == 0 || strcmp(type, "text/rfc822-header") == 0 ||
           strcmp(type, "message/rfc822-headers") == 0 ||
           strcmp(type, "message/global-headers") == 0 || strcmp(type, "text/rfc822") == 0;
}

static bool tells_something(const GPtrArray *headers)
{
    return headers_get(headers, "Received") || headers_get(headers, "From") ||
           headers_get(headers, "Message-ID") || headers_get(headers, "Subject");
}

/* Headers from text that should be nothing else. */
static bool from_header_text(Reading *reading, int at, const char *text, ReturnedWhere where)
{
    Block block;
    Span span = span_of(text), rest;
    g_autoptr(GPtrArray) headers = headers_parse(span, &rest);
    if (!tells_something(headers) || !find_block(span, &block))
        if (!tells_something(headers))
            return false;
    take_headers(reading->bounce->returned.headers, headers);
    reading->bounce->returned.where = where;
    reading->bounce->returned.whole = span_trim(rest).n > 0 && where == RETURNED_RFC822;
    reading->returned = at;
    return true;
}

static bool from_attached(Reading *reading, int at)
{
    const Message *message = reading->message;
    Returned *returned = &reading->bounce->returned;
    int root = message_child(message, at, -1);
    if (root < 0) {
        const Part *part = message_part(message, (guint)at);
        return part->text && from_header_text(reading, at, part->text, RETURNED_RFC822);
    }
    const Part *inner = message_part(message, (guint)root);
    if (!tells_something(inner->headers)) {
        /* some put a blank line or words before the headers */
        return inner->text && from_header_text(reading, at, inner->text, RETURNED_RFC822);
    }
    take_headers(returned->headers, inner->headers);
    returned->where = RETURNED_RFC822;
    returned->whole = inner->size > 0 || message_child(message, root, -1) >= 0;
    reading->returned = at;
    return true;
}

/* A part whose own header holds what only a message's header does. */
static bool from_own_header(Reading *reading, int at)
{
    const Part *part = message_part(reading->message, (guint)at);
    if (!headers_get(part->headers, "Received") ||
        !(headers_get(part->headers, "From") || headers_get(part->headers, "Message-ID")))
        return false;
    take_headers(reading->bounce->returned.headers, part->headers);
    reading->bounce->returned.where = RETURNED_RFC822;
    reading->bounce->returned.whole = part->size > 0;
    reading->returned = at;
    return true;
}

/* Parts below the root but not below an attached message, in document order. */
static bool in_reach(const Message *message, int root, int at)
{
    int up = message_part(message, (guint)at)->parent;
    for (int steps = 0; up >= 0 && steps < 200; steps++) {
        if (up == root)
            return true;
        if (is_message_type(message_part(message, (guint)up)->type))
            return false;
        up = message_part(message, (guint)up)->parent;
    }
    return false;
}

typedef bool (*PartTry)(Reading *reading, int at);

static bool try_attached(Reading *reading, int at)
{
    return is_message_type(message_part(reading->message, (guint)at)->type) &&
           from_attached(reading, at);
}

static bool try_headers(Reading *reading, int at)
{
    const Part *part = message_part(reading->message, (guint)at);
    return is_headers_type(part->type) && part->text &&
           from_header_text(reading, at, part->text, RETURNED_HEADERS);
}

/* An attached part, of whatever type, whose body begins as headers. */
static bool try_body(Reading *reading, int at)
{
    const Part *part = message_part(reading->message, (guint)at);
    Block block;
    if (!part->text || part->parent < 0 || at == reading->status ||
        message_child(reading->message, part->parent, -1) == at)
        return false;
    Span text = span_of(part->text);
    if (!find_block(text, &block) || !(block.received || block.message_id) || block.start > 400)
        return false;
    return from_header_text(reading, at, part->text + block.start, RETURNED_TEXT);
}

static bool try_parts(Reading *reading, PartTry attempt)
{
    const Message *message = reading->message;
    for (guint i = (guint)reading->root + 1; i < message->parts->len; i++)
        if (in_reach(message, reading->root, (int)i) && attempt(reading, (int)i))
            return true;
    return false;
}

static bool from_text(Reading *reading)
{
    Block block;
    Span text = {reading->text->str, reading->text->len};
    if (!find_block(text, &block))
        return false;
    g_autofree char *plain = block_plain(text, &block);
    Span rest;
    g_autoptr(GPtrArray) headers = headers_parse(span_of(plain), &rest);
    if (!tells_something(headers))
        return false;
    take_headers(reading->bounce->returned.headers, headers);
    reading->bounce->returned.where = RETURNED_TEXT;
    reading->bounce->returned.whole = span_trim(rest).n > 0;
    g_string_truncate(reading->text, block.start);
    return true;
}

/* A Message-ID without angle brackets. */
static char *id_of(const char *value)
{
    if (!value)
        return NULL;
    const char *open = strchr(value, '<');
    const char *close = open ? strchr(open, '>') : NULL;
    Span id =
        close ? (Span){open + 1, (gsize)(close - open - 1)} : span_of(open ? open + 1 : value);
    id = span_trim(id);
    return id.n ? span_dup_utf8(id) : NULL;
}

static void add_addresses(GPtrArray *to, const GPtrArray *headers, const char *name)
{
    const char *value = headers_get(headers, name);
    g_autoptr(GPtrArray) list = value ? address_list(span_of(value)) : NULL;
    for (guint i = 0; list && i < list->len; i++)
        g_ptr_array_add(to, g_strdup(list->pdata[i]));
}

static void describe(Returned *returned)
{
    Date date;
    const char *from = headers_get(returned->headers, "From");
    const char *subject = headers_get(returned->headers, "Subject");
    const char *when = headers_get(returned->headers, "Date");
    returned->from = from ? address_extract(span_of(from)) : NULL;
    add_addresses(returned->to, returned->headers, "To");
    add_addresses(returned->to, returned->headers, "Cc");
    returned->subject = header_decode(subject);
    returned->message_id = id_of(headers_get(returned->headers, "Message-ID"));
    if (!when)
        when = headers_get(returned->headers, "Sent");
    if (when && date_parse(span_of(when), &date))
        returned->date = date.utc != TIME_NONE ? date.utc : date.local;
}

void returned_find(Reading *reading)
{
    bool found = try_parts(reading, try_attached) || try_parts(reading, try_headers) ||
                 try_parts(reading, from_own_header) || try_parts(reading, try_body) ||
                 from_text(reading);
    if (found && reading->returned >= 0) {
        /* words of the report may still quote the headers: they are not the reporter's text */
        Block block;
        Span text = {reading->text->str, reading->text->len};
        if (find_block(text, &block) && (block.received || block.message_id))
            g_string_truncate(reading->text, block.start);
    }
    describe(&reading->bounce->returned);
    reading->lower = g_utf8_strdown(reading->text->str, (gssize)MIN(reading->text->len, 65536));
}
