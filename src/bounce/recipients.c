/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Failed recipients from the text, where no report names them: lines that begin with an address,
 * addresses beside a marker, transcripts of SMTP sessions, and headers. General readers, the
 * surest first. */
#include <string.h>

#include "base/address.h"
#include "bounce/dialects.h"
#include "bounce/reading.h"

#define RECIPIENTS_MAX 2000
#define DIAGNOSTIC_MAX 1000

typedef struct Lines {
    GArray *lines;    /* of Span */
    GPtrArray *lower; /* of char * */
} Lines;

typedef struct Find {
    Reading *reading;
    Lines lines;
    GPtrArray *found; /* of Recipient */
    GHashTable *seen; /* addresses in lower case */
} Find;

/* Words behind which failed addresses follow, on the line or on the next ones. */
static const char *const markers[] = {
    "following address",
    "following recipient",
    "following user",
    "following destination",
    "following e-mail",
    "following email",
    "following person",
    "following mail",
    "following entries",
    "recipients failed",
    "addresses failed",
    "failed recipient",
    "failed address",
    "failing address",
    "addresses follow",
    "recipient(s)",
    "recipients:",
    "recipient address",
    "recipient:",
    "recipients of",
    "intended recipient",
    "following recipients",
    "delivered to",
    "deliver to",
    "deliver message to",
    "deliver your message to",
    "delivery to",
    "deliver mail to",
    "deliver your mail to",
    "deliver the message to",
    "delivery failed for",
    "message to",
    "mail to",
    "sent to",
    "undeliverable to",
    "undeliverable address",
    "reach the following",
    "fatal errors",
    "non-fatal errors",
    "delivery failure",
    "could not be reached",
    "not been delivered to",
    "unknown user",
    "user unknown",
    "no such user",
    "unknown recipient",
    "invalid recipient",
    "mailbox unavailable",
    "mailbox not found",
    "mailbox is full",
    "over quota",
    "address:",
    "addressee",
    "to:",
    "user:",
    "failed to deliver",
    "unable to deliver",
    "recipient name",
    "does not exist",
    "doesn't exist",
    "empfänger",
    "adresse",
    "destinataire",
    "destinatario",
    "dirección",
    "получател",
    "адрес",
    "宛先",
    "受信者",
    "以下のメールアドレス",
    "アドレス",
    "收件人",
    "地址",
    "following addresses",
    "was rejected for",
    "your message for",
};

static void lines_read(Lines *lines, const GString *text)
{
    Span rest = {text->str, text->len}, line;
    lines->lines = g_array_new(FALSE, FALSE, sizeof(Span));
    lines->lower = g_ptr_array_new_with_free_func(g_free);
    while (lines->lines->len < 5000 && span_line(&rest, &line)) {
        g_array_append_val(lines->lines, line);
        g_ptr_array_add(lines->lower, g_utf8_strdown(line.p, (gssize)MIN(line.n, 1000)));
    }
}

static Span line_at(const Find *find, guint i)
{
    return i < find->lines.lines->len ? g_array_index(find->lines.lines, Span, i) : span_of(NULL);
}

static const char *lower_at(const Find *find, guint i)
{
    return i < find->lines.lower->len ? find->lines.lower->pdata[i] : "";
}

static bool is_address_char(char c)
{
    return g_ascii_isalnum(c) || (c && strchr(".!#$%&*+-/=?^_`{|}~", c));
}

static bool is_domain_char(char c)
{
    return g_ascii_isalnum(c) || c == '.' || c == '-' || c == '_';
}

/* The first address in @s: its extent in *@where. */
static bool find_address(Span s, Span *where)
{
    for (gsize i = 1; i + 1 < s.n; i++) {
        if (s.p[i] != '@')
            continue;
        gsize a = i, b = i + 1;
        if (s.p[i - 1] == '"') { /* "quoted local"@domain */
            a = i - 1;
            while (a > 0 && s.p[a - 1] != '"')
                a--;
            a = a ? a - 1 : i;
        } else {
            while (a > 0 && is_address_char(s.p[a - 1]))
                a--;
        }
        while (b < s.n && is_domain_char(s.p[b]))
            b++;
        while (b > i + 1 && strchr(".-_", s.p[b - 1]))
            b--;
        while (a < i && strchr("'`*=.#", s.p[a]) && s.p[a])
            a++;
        if (a < i && b > i + 1) {
            *where = span_sub(s, a, b - a);
            return true;
        }
    }
    return false;
}

/* Addresses that are named for other purposes: whom to ask, who sent it. */
static bool is_other(const Find *find, const char *address)
{
    const Bounce *bounce = find->reading->bounce;
    static const char *const locals[] = {"postmaster@", "mailer-daemon@", "abuse@",     "support@",
                                         "helpdesk@",   "webmaster@",     "hostmaster@"};
    if (address_same(address, bounce->from) || address_same(address, bounce->returned.from))
        return true;
    const char *to = message_header(find->reading->message, "To");
    g_autofree char *own = to ? address_extract(span_of(to)) : NULL;
    if (address_same(address, own))
        return true;
    for (gsize i = 0; i < G_N_ELEMENTS(locals); i++)
        if (g_ascii_strncasecmp(address, locals[i], strlen(locals[i])) == 0)
            return true;
    return false;
}

static Recipient *add(Find *find, Span address, bool sure)
{
    g_autofree char *text = span_dup_utf8(address);
    if (find->found->len >= RECIPIENTS_MAX || (!sure && is_other(find, text)))
        return NULL;
    if (!g_hash_table_add(find->seen, g_ascii_strdown(text, -1)))
        return NULL;
    Recipient *r = recipient_new();
    r->final = g_steal_pointer(&text);
    g_ptr_array_add(find->found, r);
    return r;
}

/* Words of a line's start that are no part of an address: bullets, quotes, keys. */
static Span skip_bullet(Span s)
{
    while (s.n && s.p[0] && strchr(" \t*-o>|\"'(", s.p[0]) &&
           !(s.p[0] == 'o' && s.n > 1 && s.p[1] != ' ') &&
           !(s.p[0] == '-' && s.n > 1 && s.p[1] != ' '))
        s = span_sub(s, 1, s.n);
    return s;
}

/* The line begins with an address: "<a@b>: why", "a@b", "a@b: why", "a@b (reason)". *@rest is what
 * follows. *@angle: in angle brackets. */
static bool leads(Span line, Span *address, Span *rest, bool *angle)
{
    Span s = skip_bullet(line);
    *angle = s.n && s.p[0] == '<';
    if (*angle)
        s = span_sub(s, 1, s.n);
    if (span_istarts(s, "mailto:"))
        s = span_sub(s, 7, s.n);
    if (!find_address(s, address) || address->p != s.p)
        return false;
    Span after = span_sub(s, address->n, s.n);
    if (after.n && after.p[0] == '>')
        after = span_sub(after, 1, after.n);
    if (after.n && strchr("\"')", after.p[0]) && after.p[0])
        after = span_sub(after, 1, after.n);
    if (after.n && after.p[0] && !strchr(":;, \t(.-<[", after.p[0]))
        return false;
    *rest = span_trim(after);
    if (rest->n && rest->p[0] == ':')
        *rest = span_trim(span_sub(*rest, 1, rest->n));
    return true;
}

static void append_diagnostic(GString *diagnostic, Span more)
{
    more = span_trim(more);
    while (more.n && (more.p[0] == '>' || more.p[0] == '<') && more.n > 3 && more.p[1] == more.p[0])
        more = span_trim(span_sub(more, 3, more.n));
    if (more.n == 0 || diagnostic->len > DIAGNOSTIC_MAX)
        return;
    if (diagnostic->len)
        g_string_append_c(diagnostic, ' ');
    g_string_append_len(diagnostic, more.p, (gssize)MIN(more.n, DIAGNOSTIC_MAX));
}

static void set_diagnostic(Recipient *r, GString *diagnostic)
{
    g_autofree char *text = g_string_free(diagnostic, FALSE);
    if (*text && !r->diagnostic)
        r->diagnostic = g_utf8_make_valid(text, -1);
}

static bool is_rule(Span line)
{
    Span s = span_trim(line);
    return span_istarts(s, "---") || span_istarts(s, "===") || span_istarts(s, "___") ||
           span_istarts(s, "***");
}

/* What is said of the address that leads line @i: its rest, and the lines under it. */
static void read_below(Find *find, guint i, Span rest, Recipient *r)
{
    GString *diagnostic = g_string_new(NULL);
    append_diagnostic(diagnostic, rest);
    int blanks = 0;
    for (guint k = i + 1; k < find->lines.lines->len && k < i + 14; k++) {
        Span line = line_at(find, k), address, after;
        bool angle;
        if (span_trim(line).n == 0) {
            if (diagnostic->len || ++blanks > 1)
                break;
            continue;
        }
        if (is_rule(line) || (leads(line, &address, &after, &angle)))
            break;
        append_diagnostic(diagnostic, line);
    }
    set_diagnostic(r, diagnostic);
}

static bool has_marker(const char *lower)
{
    for (gsize i = 0; i < G_N_ELEMENTS(markers); i++)
        if (strstr(lower, markers[i]))
            return true;
    return false;
}

/* Lines that begin with an address: in angle brackets anywhere, bare ones behind a marker. */
static void find_leading(Find *find)
{
    int since = 100;
    for (guint i = 0; i < find->lines.lines->len; i++) {
        Span line = line_at(find, i), address, rest;
        bool angle;
        if (leads(line, &address, &rest, &angle)) {
            bool colon = address.p + address.n < line.p + line.n &&
                         (memchr(address.p + address.n, ':',
                                 MIN(2, (gsize)(line.p + line.n - address.p - address.n))) != NULL);
            bool indented = line.n && (line.p[0] == ' ' || line.p[0] == '\t');
            bool alone = rest.n == 0 || rest.p[0] == '(';
            if (since <= 8 || (angle && (colon || alone)) || (colon && alone && indented)) {
                Recipient *r = add(find, address, angle && colon);
                if (r)
                    read_below(find, i, rest, r);
                since = MIN(since, 6);
            }
        }
        if (has_marker(lower_at(find, i)))
            since = 0;
        else if (span_trim(line).n)
            since++;
    }
}

/* "5xx" at the start of a reply line, dressed or not; 0 for none. */
static int reply_start(Span line)
{
    Span s = span_trim(line);
    while (s.n && s.p[0] && strchr("<>*-( ", s.p[0]))
        s = span_sub(s, 1, s.n);
    if (s.n < 4 || (s.p[0] != '5' && s.p[0] != '4') || !g_ascii_isdigit(s.p[1]) ||
        !g_ascii_isdigit(s.p[2]) || !strchr(" -:,", s.p[3]) || !s.p[3])
        return 0;
    return (s.p[0] - '0') * 100 + (s.p[1] - '0') * 10 + (s.p[2] - '0');
}

/* A transcript: ">>> RCPT To:<a@b>" and the refusal under it; "550 5.1.1 <a@b>... User unknown". */
static void find_transcript(Find *find)
{
    for (guint i = 0; i < find->lines.lines->len; i++) {
        Span line = line_at(find, i), address;
        const char *lower = lower_at(find, i);
        if (strstr(lower, "rcpt to") && find_address(line, &address)) {
            for (guint k = i + 1; k < i + 4 && k < find->lines.lines->len; k++)
                if (reply_start(line_at(find, k))) {
                    Recipient *r = add(find, address, true);
                    if (r)
                        r->diagnostic = span_dup_utf8(span_trim(line_at(find, k)));
                    break;
                }
        } else if (reply_start(line) && find_address(line, &address)) {
            Recipient *r = add(find, address, false);
            if (r)
                r->diagnostic = span_dup_utf8(span_trim(line));
        }
    }
}

/* An address on the line of a marker, or on one of the next three. */
static void find_beside(Find *find)
{
    for (guint i = 0; i < find->lines.lines->len && find->found->len == 0; i++) {
        if (!has_marker(lower_at(find, i)))
            continue;
        for (guint k = i; k < i + 4 && find->found->len == 0; k++) {
            Span line = line_at(find, k), address;
            if (!find_address(line, &address))
                continue;
            Recipient *r = add(find, address, false);
            if (r) {
                Span after = span_sub(line, (gsize)(address.p + address.n - line.p), line.n);
                read_below(find, k, after, r);
                if (!r->diagnostic)
                    r->diagnostic = span_dup_utf8(span_trim(line));
            }
        }
    }
}

static void find_header(Find *find, const char *name)
{
    g_autoptr(GPtrArray) values = headers_all(message_headers(find->reading->message), name);
    for (guint i = 0; i < values->len; i++) {
        g_autoptr(GPtrArray) list = address_list(span_of(values->pdata[i]));
        for (guint k = 0; k < list->len; k++)
            add(find, span_of(list->pdata[k]), true);
    }
}

/* Any address of the text that is not somebody else's; else the returned message's own addressee.
 */
static void find_any(Find *find)
{
    for (guint i = 0; i < find->lines.lines->len && find->found->len == 0; i++) {
        Span address;
        if (find_address(line_at(find, i), &address))
            add(find, address, false);
    }
    const GPtrArray *to = find->reading->bounce->returned.to;
    if (find->found->len == 0 && to->len >= 1)
        add(find, span_of(to->pdata[0]), false);
}

/* Lines of the text that hold a reply code: the words of the refusing server. */
static char *general_diagnostic(const Find *find, const char *address)
{
    g_autofree char *lower = address ? g_ascii_strdown(address, -1) : NULL;
    char *best = NULL;
    for (guint i = 0; i < find->lines.lines->len; i++) {
        Span line = line_at(find, i);
        g_autofree char *text = span_dup_utf8(span_trim(line));
        bool start = reply_start(line) > 0;
        if (!start && reply_code_in(text) < 400 && !status_in(text))
            continue;
        bool named = lower && strstr(lower_at(find, i), lower);
        if (best && !named)
            continue;
        GString *diagnostic = g_string_new(NULL);
        append_diagnostic(diagnostic, line);
        for (guint k = i + 1; k < i + 4; k++) { /* continuation */
            Span next = line_at(find, k);
            if (span_trim(next).n == 0 || is_rule(next) || span_istarts(span_trim(next), ">>>"))
                break;
            append_diagnostic(diagnostic, next);
        }
        g_free(best);
        best = g_string_free(diagnostic, FALSE);
        if (named)
            break;
    }
    return best;
}

/* Code, status and permanence out of what is known. */
static void complete(const Find *find, Recipient *r, BounceKind kind)
{
    if (!r->diagnostic || (!r->reply_code && !reply_code_in(r->diagnostic))) {
        g_autofree char *more = general_diagnostic(find, r->final ? r->final : r->original);
        if (more && !r->diagnostic)
            r->diagnostic = g_utf8_make_valid(more, -1);
        else if (more && !r->reply_code)
            r->reply_code = reply_code_in(more);
        if (more && !r->status)
            r->status = status_in(more);
    }
    if (r->diagnostic && !r->reply_code)
        r->reply_code = reply_code_in(r->diagnostic);
    if (r->diagnostic) {
        g_autofree char *said = status_in(r->diagnostic);
        bool vague = !r->status || g_str_has_suffix(r->status, ".0.0");
        if (said && vague && !(r->status && g_str_has_suffix(said, ".0.0"))) {
            g_free(r->status);
            r->status = g_steal_pointer(&said);
        }
    }
    if (!r->action)
        r->action = g_strdup(kind == KIND_DELAY     ? "delayed"
                             : kind == KIND_SUCCESS ? "delivered"
                                                    : "failed");
    if (kind == KIND_SUCCESS)
        r->permanent = TRI_UNKNOWN;
    else if (strcmp(r->action, "delayed") == 0)
        r->permanent = TRI_NO;
    else if (r->status && *r->status != '2')
        r->permanent = *r->status == '5' ? TRI_YES : TRI_NO;
    else if (r->reply_code >= 400)
        r->permanent = r->reply_code >= 500 ? TRI_YES : TRI_NO;
}

void recipients_read(Reading *reading)
{
    Bounce *bounce = reading->bounce;
    Find find = {.reading = reading, .found = bounce->recipients};
    dialect_name(reading);
    if (!bounce_kind_is_bounce(bounce->kind))
        return;
    find.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    lines_read(&find.lines, reading->text);
    if (bounce->recipients->len == 0) {
        find_leading(&find);
        if (find.found->len == 0)
            find_header(&find, "X-Failed-Recipients");
        if (find.found->len == 0)
            find_transcript(&find);
        if (find.found->len == 0)
            find_beside(&find);
        if (find.found->len == 0)
            find_any(&find);
    }
    for (guint i = 0; i < bounce->recipients->len; i++)
        complete(&find, bounce->recipients->pdata[i], bounce->kind);
    g_hash_table_unref(find.seen);
    g_array_unref(find.lines.lines);
    g_ptr_array_unref(find.lines.lower);
}
