/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lexemes of a Received value. See received_lex.h. */
#include "received/received_lex.h"

#include <string.h>

/* In a value of a usual length. */
enum { LEXEMES_USUAL = 48 };

typedef struct Reader {
    Span value;
    gsize at;
    gsize quote_barrier; /* a quote that opens before this offset is not closed in time */
    GArray *items;       /* of Lex */
    GArray *open;        /* of gsize: "(" not yet closed */
    bool unbalanced;     /* a ")" closed nothing */
} Reader;

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';
}

/* Ends a word wherever it stands. */
static bool is_break(char c)
{
    return is_space(c) || c == '(' || c == ')' || c == ';' || c == '<' || c == '[' || c == '"';
}

static void add(Reader *r, LexKind kind, gsize length, bool glued)
{
    Lex lex = {kind, glued, 0, span_sub(r->value, r->at, length)};
    g_array_append_val(r->items, lex);
    r->at += length;
}

/* The length of a quoted string that starts at @at, or 0. Quotes count only where they close before
 * anything that has a meaning of its own, so that a stray one spoils nothing. */
static gsize quoted_length(Reader *r, gsize at, const char *forbidden)
{
    if (at < r->quote_barrier)
        return 0;
    for (gsize i = at + 1; i < r->value.n; i++) {
        char c = r->value.p[i];
        if (c == '"')
            return i + 1 - at;
        if (c == '\\' && i + 1 < r->value.n)
            i++;
        else if (c != '\0' && strchr(forbidden, c)) {
            r->quote_barrier = i;
            return 0;
        }
    }
    r->quote_barrier = r->value.n;
    return 0;
}

/* The length of <...> at @at, or 0. Inside, a quoted local part may hold anything but angles. */
static gsize angle_length(Reader *r, gsize at)
{
    for (gsize i = at + 1; i < r->value.n; i++) {
        char c = r->value.p[i];
        if (c == '>')
            return i + 1 - at;
        if (c == '"') {
            gsize quoted = quoted_length(r, i, "<>");
            i += quoted ? quoted - 1 : 0;
        } else if (c != '\0' && strchr("<();", c)) {
            return 0;
        }
    }
    return 0;
}

static gsize literal_length(const Reader *r, gsize at)
{
    for (gsize i = at + 1; i < r->value.n; i++) {
        char c = r->value.p[i];
        if (c == ']')
            return i + 1 - at;
        if (c != '\0' && strchr("[();<>\"", c))
            return 0;
    }
    return 0;
}

/* Up to white space or a delimiter; inside a comment a backslash takes the next byte along. */
static gsize word_length(const Reader *r)
{
    bool escapes = r->open->len > 0;
    gsize i = r->at;
    do
        i += escapes && r->value.p[i] == '\\' && i + 1 < r->value.n ? 2 : 1;
    while (i < r->value.n && !is_break(r->value.p[i]));
    return i - r->at;
}

/* A date that lost the ";" and the blank before it: "...oak.exampleTue, 14 Oct". The length of the
 * word without its "Tue,", or @length. */
static gsize unglue_weekday(const Reader *r, gsize length)
{
    static const char days[] = "Mon,Tue,Wed,Thu,Fri,Sat,Sun,";
    const char *tail = r->value.p + r->at + length - 4;
    gsize next = r->at + length;
    if (r->open->len > 0 || length <= 4 || next + 1 >= r->value.n || r->value.p[next] != ' ' ||
        !g_ascii_isdigit(r->value.p[next + 1]))
        return length;
    for (const char *day = days; *day; day += 4)
        if (memcmp(tail, day, 4) == 0)
            return length - 4;
    return length;
}

static void read_open(Reader *r, bool glued)
{
    gsize index = r->items->len;
    g_array_append_val(r->open, index);
    add(r, LEX_OPEN, 1, glued);
}

/* A ")" closes the nearest "("; one too many is dropped. */
static void read_close(Reader *r, bool glued)
{
    gsize open;
    if (r->open->len == 0) {
        r->at++;
        r->unbalanced = true;
        return;
    }
    open = g_array_index(r->open, gsize, r->open->len - 1);
    g_array_set_size(r->open, r->open->len - 1);
    g_array_index(r->items, Lex, open).match = r->items->len;
    add(r, LEX_CLOSE, 1, glued);
    g_array_index(r->items, Lex, r->items->len - 1).match = open;
}

static void read_one(Reader *r, bool glued)
{
    char c = r->value.p[r->at];
    gsize length = 0;
    if (c == '(') {
        read_open(r, glued);
    } else if (c == ')') {
        read_close(r, glued);
    } else if (c == ';') {
        add(r, LEX_SEMI, 1, glued);
    } else if (c == '"' && (length = quoted_length(r, r->at, "();<>")) > 0) {
        add(r, LEX_QUOTED, length, glued);
    } else if (c == '<' && (length = angle_length(r, r->at)) > 0) {
        add(r, LEX_ANGLE, length, glued);
    } else if (c == '[' && (length = literal_length(r, r->at)) > 0) {
        add(r, LEX_LITERAL, length, glued);
    } else {
        add(r, LEX_WORD, unglue_weekday(r, word_length(r)), glued);
    }
}

/* A "(" that nothing closes is no comment: takes it out, and moves the matches along. */
static void drop_unclosed(Reader *r)
{
    g_autofree gsize *moved = NULL;
    gsize next = 0, kept = 0;
    Lex *items = (Lex *)(void *)r->items->data;
    if (r->open->len == 0)
        return;
    moved = g_new(gsize, r->items->len);
    for (gsize i = 0; i < r->items->len; i++) {
        moved[i] = kept;
        if (next < r->open->len && g_array_index(r->open, gsize, next) == i)
            next++;
        else
            items[kept++] = items[i];
    }
    g_array_set_size(r->items, (guint)kept);
    items = (Lex *)(void *)r->items->data;
    for (gsize i = 0; i < kept; i++)
        if (items[i].kind == LEX_OPEN || items[i].kind == LEX_CLOSE)
            items[i].match = moved[items[i].match];
}

LexList *lex_read(Span value)
{
    LexList *list = g_new0(LexList, 1);
    Reader r = {.value = value,
                .items = g_array_sized_new(FALSE, FALSE, sizeof(Lex), LEXEMES_USUAL),
                .open = g_array_new(FALSE, FALSE, sizeof(gsize))};
    bool glued = false;
    while (r.at < value.n) {
        if (is_space(value.p[r.at])) {
            r.at++;
            glued = false;
            continue;
        }
        read_one(&r, glued);
        glued = true;
    }
    list->unbalanced = r.unbalanced || r.open->len > 0;
    drop_unclosed(&r);
    list->value = value;
    list->count = r.items->len;
    list->items = (Lex *)(void *)g_array_free(r.items, FALSE);
    g_array_free(r.open, TRUE);
    return list;
}

void lex_free(LexList *list)
{
    if (!list)
        return;
    g_free(list->items);
    g_free(list);
}

gsize lex_next(const LexList *list, gsize at)
{
    return list->items[at].kind == LEX_OPEN ? list->items[at].match + 1 : at + 1;
}

LexRange lex_inside(const LexList *list, gsize open)
{
    return (LexRange){open + 1, list->items[open].match};
}

Span lex_slice(const LexList *list, LexRange range)
{
    const char *end, *start;
    if (range.start >= range.end)
        return SPAN("");
    start = list->items[range.start].text.p;
    end = list->items[range.end - 1].text.p + list->items[range.end - 1].text.n;
    return (Span){start, (gsize)(end - start)};
}

bool lex_is_word(const Lex *lex, const char *word)
{
    return lex->kind == LEX_WORD && span_ieq(lex->text, word);
}

Span lex_bare(const Lex *lex)
{
    Span text = lex->text;
    if (lex->kind == LEX_LITERAL || lex->kind == LEX_ANGLE || lex->kind == LEX_QUOTED)
        return span_sub(text, 1, text.n - 2);
    while (text.n > 0 && text.p[text.n - 1] == ',')
        text.n--;
    return text;
}

/* An IPv4 address with a mark behind it: "192.0.2.1_trustedrelay". */
static bool address_with_mark(Span text, Ip *out)
{
    const char *mark = text.n ? memchr(text.p, '_', text.n) : NULL;
    if (!mark)
        return false;
    for (const char *p = mark + 1; p < text.p + text.n; p++)
        if (!g_ascii_isalpha(*p))
            return false;
    return ip_parse((Span){text.p, (gsize)(mark - text.p)}, out) && out->family == 4;
}

/* An IPv4 address with its port behind it, after ":" or (Exim 3, BSD) another dot. */
static bool address_with_port(Span text, Ip *out)
{
    gsize cut = text.n;
    while (cut > 0 && g_ascii_isdigit(text.p[cut - 1]))
        cut--;
    if (cut == 0 || cut == text.n || text.n - cut > 5)
        return false;
    if (text.p[cut - 1] != ':' && text.p[cut - 1] != '.')
        return false;
    return ip_parse(span_sub(text, 0, cut - 1), out) && out->family == 4;
}

bool lex_address(const Lex *lex, Ip *out)
{
    Span text = lex_bare(lex);
    out->family = 0;
    if (lex->kind != LEX_WORD && lex->kind != LEX_LITERAL)
        return false;
    if (lex->kind == LEX_WORD && text.n > 0 && text.p[0] == '[')
        text = span_sub(text, 1, text.n); /* the closing bracket was lost */
    text = span_trim(text);
    return ip_parse(text, out) || address_with_port(text, out) || address_with_mark(text, out);
}
