/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a query: words, then a tree by precedence (or binds weakest, then and, which stands
 * between words without an operator too), then the parts without own terms are put together again.
 */
#include "reading/query.h"

#include <gio/gio.h>
#include <string.h>

#include "base/nearest.h"
#include "reading/handle.h"

enum { DEPTH_MOST = 100, WORDS_MOST = 10000 };

static const char *const own_prefixes[OWN_COUNT + 1] = {
    [OWN_IP] = "ip:",
    [OWN_VERDICT] = "verdict:",
    [OWN_REASON] = "reason:",
    [OWN_KIND] = "kind:",
    [OWN_WARNING] = "warning:",
    [OWN_REPORTER] = "reporter:",
    [OWN_RECIPIENT] = "recipient:",
    [OWN_ABUSED] = "abused:",
    [OWN_ABOUT] = "about:",
    [OWN_CAMPAIGN] = "campaign:",
    [OWN_HANDLE] = "@",
    [OWN_COUNT] = NULL,
};

/* notmuch-search-terms(7) of 0.39 */
static const char *const notmuch_prefixes[] = {
    "body:",   "from:", "to:",      "subject:",  "attachment:", "mimetype:",
    "tag:",    "is:",   "id:",      "mid:",      "thread:",     "path:",
    "folder:", "date:", "lastmod:", "property:", "query:",      NULL,
};

typedef enum WordKind {
    WORD_END,
    WORD_OPEN,
    WORD_CLOSE,
    WORD_AND,
    WORD_OR,
    WORD_NOT,
    WORD_JOIN, /* xor, near, adj: between words of notmuch only */
    WORD_TERM
} WordKind;

typedef struct Word {
    WordKind kind;
    gsize from, to; /* in the text */
    int own;        /* TERM: OwnTerm, or -1 */
} Word;

typedef struct Parser {
    const char *text;
    const char *const *prefixes;
    GArray *words; /* of Word */
    guint at;
    guint depth;
    char *why; /* what is wrong, or NULL */
} Parser;

const char *query_own_prefix(guint i)
{
    return i < OWN_HANDLE ? own_prefixes[i] : NULL;
}

static void parser_fail(Parser *p, char *why)
{
    if (p->why)
        g_free(why);
    else
        p->why = why;
}

/* --- words ------------------------------------------------------------------------------------ */

static int prefix_index(const char *const *list, const char *name)
{
    for (int i = 0; list && list[i]; i++)
        if (strcmp(list[i], name) == 0)
            return i;
    return -1;
}

/* notmuch_config's name of a header is its prefix: "List" for index.header.List. */
static bool prefix_configured(const Parser *p, const char *name)
{
    for (const char *const *it = p->prefixes; it && *it; it++) {
        gsize n = strlen(*it);
        if (strncmp(*it, name, n) == 0 && strcmp(name + n, ":") == 0)
            return true;
    }
    return false;
}

static void prefix_unknown(Parser *p, const char *name)
{
    Nearest nearest = nearest_to(name);
    for (int i = 0; own_prefixes[i]; i++)
        nearest_try(&nearest, own_prefixes[i]);
    for (int i = 0; notmuch_prefixes[i]; i++)
        nearest_try(&nearest, notmuch_prefixes[i]);
    if (nearest.found)
        parser_fail(
            p, g_strdup_printf("\"%s\" is no prefix; did you mean \"%s\"?", name, nearest.found));
    else
        parser_fail(p, g_strdup_printf("\"%s\" is no prefix; text with a colon goes between "
                                       "quotation marks",
                                       name));
}

/* The length of "prefix:" at @s, or 0. */
static gsize prefix_length(const char *s)
{
    gsize n = 0;
    if (!g_ascii_isalpha(*s))
        return 0;
    while (g_ascii_isalnum(s[n]) || s[n] == '_' || s[n] == '-' || s[n] == '.')
        n++;
    return s[n] == ':' ? n + 1 : 0;
}

/* Behind the value at @s, which ends at white space or a bracket outside of quotation marks and of
 * brackets that it opened itself: subject:(a b). */
static const char *value_end(Parser *p, const char *s)
{
    int open = 0;
    bool quoted = false;
    for (; *s; s++) {
        if (*s == '"')
            quoted = !quoted;
        else if (quoted)
            continue;
        else if (*s == '(')
            open++;
        else if (*s == ')' && open == 0)
            break;
        else if (*s == ')')
            open--;
        else if (g_ascii_isspace(*s) && open == 0)
            break;
    }
    if (quoted)
        parser_fail(p, g_strdup("a quotation mark is not closed"));
    else if (open)
        parser_fail(p, g_strdup("a bracket is not closed"));
    return s;
}

/* The root folder is a value: folder:"". */
static bool value_is_empty(const char *name, const char *from, const char *to)
{
    bool folder = strcmp(name, "folder:") == 0 || strcmp(name, "path:") == 0;
    return from == to || (!folder && to - from == 2 && strncmp(from, "\"\"", 2) == 0);
}

static const char *term_read(Parser *p, const char *s, Word *word)
{
    gsize n = prefix_length(s);
    word->kind = WORD_TERM;
    word->own = -1;
    if (n == 0) {
        const char *end = value_end(p, s);
        g_autofree char *text = g_strndup(s, (gsize)(end - s));
        word->own = handle_is(text) ? OWN_HANDLE : -1;
        return end;
    }
    g_autofree char *name = g_strndup(s, n);
    const char *end = value_end(p, s + n);
    word->own = prefix_index(own_prefixes, name);
    if (word->own < 0 && prefix_index(notmuch_prefixes, name) < 0 && !prefix_configured(p, name))
        prefix_unknown(p, name);
    else if (value_is_empty(name, s + n, end))
        parser_fail(p, g_strdup_printf("\"%s\" needs a value", name));
    return end;
}

static WordKind operator_kind(const char *s, gsize n)
{
    static const struct {
        const char *word;
        WordKind kind;
    } operators[] = {{"and", WORD_AND},  {"or", WORD_OR},     {"not", WORD_NOT},
                     {"xor", WORD_JOIN}, {"near", WORD_JOIN}, {"adj", WORD_JOIN}};
    for (gsize i = 0; i < G_N_ELEMENTS(operators); i++) {
        gsize m = strlen(operators[i].word);
        if (g_ascii_strncasecmp(s, operators[i].word, m) != 0)
            continue;
        /* near/10 */
        if (n == m || (operators[i].kind == WORD_JOIN && m < n && s[m] == '/'))
            return operators[i].kind;
    }
    return WORD_TERM;
}

/* "-term" is not term; "+term" is term; alone they are words of the text. */
static bool word_sign(const char *s, Word *word)
{
    if ((*s != '-' && *s != '+') || !s[1] || g_ascii_isspace(s[1]) || s[1] == ')')
        return false;
    word->kind = *s == '-' ? WORD_NOT : WORD_END;
    return true;
}

static void words_read(Parser *p)
{
    const char *s = p->text;
    while (!p->why) {
        Word word = {.own = -1};
        while (g_ascii_isspace(*s))
            s++;
        const char *from = s;
        if (!*s)
            return;
        if (*s == '(' || *s == ')')
            word.kind = *s++ == '(' ? WORD_OPEN : WORD_CLOSE;
        else if (word_sign(s, &word))
            s++;
        else {
            gsize n = strcspn(s, " \t\r\n\v\f()\"");
            word.kind = s[n] == '"' ? WORD_TERM : operator_kind(s, n);
            s = word.kind == WORD_TERM ? term_read(p, s, &word) : s + n;
        }
        word.from = (gsize)(from - p->text);
        word.to = (gsize)(s - p->text);
        if (word.kind != WORD_END)
            g_array_append_val(p->words, word);
        if (p->words->len > WORDS_MOST)
            parser_fail(p, g_strdup_printf("it has more than %d words", WORDS_MOST));
    }
}

static void words_balance(Parser *p)
{
    int open = 0;
    for (guint i = 0; i < p->words->len && open >= 0; i++) {
        WordKind kind = g_array_index(p->words, Word, i).kind;
        open += (kind == WORD_OPEN) - (kind == WORD_CLOSE);
    }
    if (open < 0)
        parser_fail(p, g_strdup("a bracket is closed that was not opened; text with brackets goes "
                                "between quotation marks"));
    else if (open > 0)
        parser_fail(p, g_strdup("a bracket is not closed"));
}

/* --- the tree --------------------------------------------------------------------------------- */

/* A node while it is built: @from and @to are its place in the text, @pure: no own term in it. */
typedef struct Node {
    Query *query;
    gsize from, to;
    bool pure;
} Node;

static Query *query_new(QueryKind kind)
{
    Query *query = g_new0(Query, 1);
    query->kind = kind;
    if (kind == QUERY_AND || kind == QUERY_OR || kind == QUERY_NOT)
        query->children = g_ptr_array_new_with_free_func((GDestroyNotify)query_free);
    return query;
}

void query_free(Query *query)
{
    if (!query)
        return;
    if (query->children)
        g_ptr_array_unref(query->children);
    g_free(query->text);
    g_free(query->value);
    g_free(query);
}

static Query *notmuch_new(const Parser *p, gsize from, gsize to)
{
    Query *query = query_new(QUERY_NOTMUCH);
    query->text = g_strndup(p->text + from, to - from);
    return query;
}

static const Word *word_at(const Parser *p)
{
    static const Word end = {WORD_END, 0, 0, -1};
    return p->at < p->words->len ? &g_array_index(p->words, Word, p->at) : &end;
}

static Node or_parse(Parser *p);

/* The names that a value can have, for the error: "genuine, backscatter, fake, undecided". */
static char *names_of(const char *(*name)(int), int count)
{
    GString *names = g_string_new(NULL);
    for (int i = 1; i < count; i++)
        if (name(i))
            g_string_append_printf(names, "%s%s", names->len ? ", " : "", name(i));
    return g_string_free(names, FALSE);
}

static const char *verdict_at(int i)
{
    return verdict_name((VerdictValue)i);
}

static const char *reason_at(int i)
{
    return reason_name((Reason)i);
}

static const char *kind_at(int i)
{
    return bounce_kind_name((BounceKind)i);
}

static const char *warning_at(int i)
{
    return warning_name((Warning)i);
}

static void value_check(Parser *p, Query *query)
{
    static const struct {
        OwnTerm term;
        const char *(*name)(int);
        int count;
    } named[] = {{OWN_VERDICT, verdict_at, VERDICT_COUNT},
                 {OWN_REASON, reason_at, REASON_COUNT},
                 {OWN_KIND, kind_at, KIND_COUNT},
                 {OWN_WARNING, warning_at, WARNING_COUNT}};
    for (gsize i = 0; i < G_N_ELEMENTS(named); i++) {
        if (named[i].term != query->term)
            continue;
        for (int k = 0; k < named[i].count; k++)
            if (g_strcmp0(named[i].name(k), query->value) == 0) {
                query->number = k;
                return;
            }
        g_autofree char *names = names_of(named[i].name, named[i].count);
        parser_fail(p, g_strdup_printf("\"%s\" is one of %s", own_prefixes[query->term], names));
    }
    if (query->term == OWN_IP && !network_parse(span_of(query->value), &query->network))
        parser_fail(p,
                    g_strdup_printf("\"ip:%s\" is neither an address nor a network", query->value));
}

static Query *own_new(Parser *p, const Word *word)
{
    Query *query = query_new(QUERY_OWN);
    gsize skip = strlen(own_prefixes[word->own]);
    Span value = {p->text + word->from + skip, word->to - word->from - skip};
    if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
        value = (Span){value.p + 1, value.n - 2};
    g_autofree char *text = g_strndup(value.p, value.n);
    query->term = (OwnTerm)word->own;
    query->value = g_utf8_strdown(text, -1);
    value_check(p, query);
    return query;
}

static Node term_parse(Parser *p)
{
    const Word *word = word_at(p);
    Node node = {NULL, word->from, word->to, word->own < 0};
    node.query = node.pure ? notmuch_new(p, word->from, word->to) : own_new(p, word);
    p->at++;
    /* "a near b": one text for notmuch */
    while (word_at(p)->kind == WORD_JOIN) {
        p->at++;
        const Word *next = word_at(p);
        if (next->kind != WORD_TERM || next->own >= 0 || !node.pure) {
            parser_fail(p, g_strdup("near, adj and xor stand between words of notmuch only"));
            break;
        }
        node.to = next->to;
        query_free(node.query);
        node.query = notmuch_new(p, node.from, node.to);
        p->at++;
    }
    return node;
}

static Node unary_parse(Parser *p)
{
    const Word *word = word_at(p);
    gsize from = word->from;
    if (++p->depth > DEPTH_MOST)
        parser_fail(p, g_strdup_printf("its brackets are more than %d deep", DEPTH_MOST));
    Node node = {NULL, from, word->to, true};
    if (p->why) {
        node.query = query_new(QUERY_ALL);
    } else if (word->kind == WORD_NOT) {
        p->at++;
        Node inner = unary_parse(p);
        node = (Node){query_new(QUERY_NOT), from, inner.to, inner.pure};
        g_ptr_array_add(node.query->children, inner.query);
    } else if (word->kind == WORD_OPEN) {
        p->at++;
        node = or_parse(p);
        node.from = from;
        node.to = word_at(p)->to; /* they are balanced */
        p->at++;
    } else if (word->kind == WORD_TERM) {
        node = term_parse(p);
    } else {
        parser_fail(p, word->kind == WORD_END
                           ? g_strdup("it ends where a word should stand")
                           : g_strdup_printf("\"%.*s\" stands where a word should stand",
                                             (int)(word->to - word->from), p->text + word->from));
        node.query = query_new(QUERY_ALL);
        p->at++;
    }
    p->depth--;
    return node;
}

/* Neighbours without own terms become one text again. */
static void list_add(const Parser *p, Query *list, Node *last, Node next)
{
    if (list->children->len && last->pure && next.pure) {
        last->to = next.to;
        query_free(next.query);
        g_ptr_array_set_size(list->children, (gint)list->children->len - 1);
        g_ptr_array_add(list->children, notmuch_new(p, last->from, last->to));
        return;
    }
    g_ptr_array_add(list->children, next.query);
    *last = next;
}

/* A list of one is that one; one without own terms is one text. */
static Node list_end(const Parser *p, Query *list, Node node)
{
    if (node.pure) {
        query_free(list);
        node.query = notmuch_new(p, node.from, node.to);
    } else if (list->children->len == 1) {
        node.query = g_ptr_array_steal_index(list->children, 0);
        query_free(list);
    } else
        node.query = list;
    return node;
}

/* @join: the operator between the members; and stands between neighbours without one, too. */
static Node list_parse(Parser *p, WordKind join, Node (*member)(Parser *))
{
    Query *list = query_new(join == WORD_AND ? QUERY_AND : QUERY_OR);
    Node last = member(p);
    Node node = last;
    g_ptr_array_add(list->children, last.query);
    while (!p->why) {
        WordKind kind = word_at(p)->kind;
        bool neighbours =
            join == WORD_AND && (kind == WORD_TERM || kind == WORD_OPEN || kind == WORD_NOT);
        if (kind != join && !neighbours)
            break;
        if (kind == join)
            p->at++;
        Node next = member(p);
        node.pure = node.pure && next.pure;
        node.to = next.to;
        list_add(p, list, &last, next);
    }
    return list_end(p, list, node);
}

static Node and_parse(Parser *p)
{
    return list_parse(p, WORD_AND, unary_parse);
}

static Node or_parse(Parser *p)
{
    return list_parse(p, WORD_OR, and_parse);
}

/* Numbers the parts; those that stand in a row of ands from the root are implied. */
static void parts_number(Query *query, bool implied, guint *count)
{
    if (query->kind == QUERY_NOTMUCH) {
        query->implied = implied;
        if (!implied)
            query->part = (*count)++;
    }
    for (guint i = 0; query->children && i < query->children->len; i++)
        parts_number(query->children->pdata[i], implied && query->kind == QUERY_AND, count);
}

/* "*" is all, alone and among ands. */
static void stars_drop(Query *query)
{
    g_autofree char *text = query->text ? g_strstrip(g_strdup(query->text)) : NULL;
    if (query->kind == QUERY_NOTMUCH && strcmp(text, "*") == 0)
        query->kind = QUERY_ALL;
    for (guint i = 0; query->children && i < query->children->len; i++)
        stars_drop(query->children->pdata[i]);
}

Query *query_parse(const char *text, const char *const *prefixes, GError **error)
{
    Parser p = {.text = text, .prefixes = prefixes};
    g_autoptr(Query) query = NULL;
    guint parts = 0;
    p.words = g_array_new(FALSE, FALSE, sizeof(Word));
    words_read(&p);
    if (!p.why)
        words_balance(&p);
    if (!p.why && p.words->len)
        query = or_parse(&p).query;
    g_array_unref(p.words);
    if (p.why) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                    "query \"%s\": %s; nothing was looked for", text, p.why);
        g_free(p.why);
        return NULL;
    }
    if (!query)
        query = query_new(QUERY_ALL);
    stars_drop(query);
    parts_number(query, true, &parts);
    return g_steal_pointer(&query);
}
