/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mail addresses: see address.h. */
#include "base/address.h"

#include <string.h>

/* Longest addr-spec that is believed: RFC 5321 4.5.3.1 allows 64 + 1 + 255; wrapped ones are
 * longer. */
#define WRAPPED_MAX 512

/* Longest text that may be an addr-spec with its dressing. */
#define BARE_MAX 4096

/* Openings that are not closed, after which no more are looked for in one text: each costs a look
 * ahead. */
#define UNCLOSED_MAX 16

/* Offset behind the quoted string, comment or angle that begins at @i; @i + 1 where it is not
 * closed, which @unclosed counts. */
static gsize behind(Span s, gsize i, char open, char close, int *unclosed)
{
    int depth = 0;
    if (*unclosed >= UNCLOSED_MAX)
        return i + 1;
    for (gsize k = i; k < s.n && k - i < 4096; k++) {
        char c = s.p[k];
        if (c == '\\' && k + 1 < s.n && open != '<')
            k++;
        else if (c == close && (open == close ? k > i : --depth == 0))
            return k + 1;
        else if (c == open && open != close)
            depth++;
    }
    ++*unclosed;
    return i + 1;
}

static bool is_space(char c)
{
    return g_ascii_isspace(c) || c == '\0';
}

/* @s as an addr-spec: dressing taken off its ends. */
static char *bare(Span s)
{
    if (s.n > BARE_MAX) /* dressing of any length costs a look at each byte */
        return NULL;
    s = span_trim(s);
    if (span_istarts(s, "mailto:"))
        s = span_sub(s, 7, s.n);
    if (span_istarts(s, "smtp:"))
        s = span_sub(s, 5, s.n);
    if (s.n && s.p[0] == '@') { /* a source route: RFC 5321 appendix C */
        const char *colon = memchr(s.p, ':', s.n);
        if (!colon)
            return NULL;
        s = span_sub(s, (gsize)(colon - s.p) + 1, s.n);
    }
    while (s.n && strchr("'`<[({,;:", s.p[0]) && s.p[0])
        s = span_sub(s, 1, s.n);
    while (s.n && s.p[s.n - 1] && strchr("'`>)},;:.", s.p[s.n - 1]))
        s.n--;
    if (s.n > 1 && s.p[0] == '"' && s.p[s.n - 1] == '"')
        s = span_sub(s, 1, s.n - 2);
    if (s.n < 3 || s.n > WRAPPED_MAX || s.p[0] == '@' || s.p[s.n - 1] == '@')
        return NULL;
    gssize at = -1;
    for (gsize i = 0; i < s.n; i++) {
        if (s.p[i] == '@')
            at = (gssize)i;
        if ((guchar)s.p[i] < 0x20)
            return NULL;
    }
    if (at < 1)
        return NULL;
    for (gsize i = (gsize)at; i < s.n; i++) /* no blank or quote in a domain */
        if (is_space(s.p[i]) || strchr("\"'<>(),;\\", s.p[i]))
            return NULL;
    return span_dup_utf8(s);
}

char *address_extract(Span text)
{
    Span best = {"", 0};
    gsize i = 0;
    int unclosed = 0;
    const char *semi;
    text = span_trim(text);
    if (text.n && (semi = memchr(text.p, ';', MIN(text.n, 24)))) {
        Span type = span_trim(span_sub(text, 0, (gsize)(semi - text.p)));
        bool word = type.n > 0;
        for (gsize k = 0; k < type.n; k++)
            word = word && (g_ascii_isalnum(type.p[k]) || type.p[k] == '-' || type.p[k] == '_');
        if (word)
            text = span_trim(span_sub(text, (gsize)(semi - text.p) + 1, text.n));
    }
    while (i < text.n) {
        char c = text.p[i];
        if (c == '(') {
            i = behind(text, i, '(', ')', &unclosed);
        } else if (c == '<') {
            gsize end = behind(text, i, '<', '>', &unclosed);
            bool closed = end > i + 1;
            Span inside = span_sub(text, i + 1, closed ? end - i - 2 : text.n);
            char *found = closed || unclosed < UNCLOSED_MAX ? bare(inside) : NULL;
            if (found)
                return found;
            i = end;
        } else if (is_space(c) || c == ',') {
            i++;
        } else {
            gsize start = i;
            while (i < text.n && !is_space(text.p[i]) && !strchr("<,(", text.p[i]))
                i = text.p[i] == '"' ? behind(text, i, '"', '"', &unclosed) : i + 1;
            Span word = span_sub(text, start, i - start);
            if (best.n == 0 && word.n && memchr(word.p, '@', word.n))
                best = word;
        }
    }
    return best.n ? bare(best) : NULL;
}

GPtrArray *address_list(Span value)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    gsize i = 0, start = 0;
    int unclosed = 0;
    while (i <= value.n && list->len < 10000) {
        char c = i < value.n ? value.p[i] : ',';
        if (c == '"')
            i = behind(value, i, '"', '"', &unclosed);
        else if (c == '(')
            i = behind(value, i, '(', ')', &unclosed);
        else if (c == '<')
            i = behind(value, i, '<', '>', &unclosed);
        else if (c == ',' || c == ';' || (c == ':' && i + 1 < value.n && start < i)) {
            /* ":" ends the name of a group */
            char *found = c == ':' ? NULL : address_extract(span_sub(value, start, i - start));
            if (found)
                g_ptr_array_add(list, found);
            start = ++i;
        } else {
            i++;
        }
    }
    return list;
}

/* Nine to eleven hexadecimal digits or digits: a BATV tag. */
static bool is_tag(Span s)
{
    if (s.n < 9 || s.n > 11)
        return false;
    for (gsize i = 0; i < s.n; i++)
        if (!g_ascii_isxdigit(s.p[i]))
            return false;
    return true;
}

static gssize find_char(Span s, char c)
{
    const char *p = s.n ? memchr(s.p, c, s.n) : NULL;
    return p ? p - s.p : -1;
}

static bool unwrap_prvs(Span local, Span *out)
{
    gssize i = find_char(local, '=');
    if (i <= 0)
        return false;
    Span first = span_sub(local, 0, (gsize)i), second = span_sub(local, (gsize)i + 1, local.n);
    if (is_tag(first) && second.n) {
        *out = second;
        return true;
    }
    for (i = (gssize)local.n - 1; i > 0 && local.p[i] != '='; i--)
        ;
    if (i > 0 && is_tag(span_sub(local, (gsize)i + 1, local.n))) {
        *out = span_sub(local, 0, (gsize)i);
        return true;
    }
    return false;
}

/* BATV and its relatives: @out gets the local part inside. */
static bool unwrap_batv(Span local, Span *out)
{
    if (span_istarts(local, "prvs="))
        return unwrap_prvs(span_sub(local, 5, local.n), out);
    if (span_istarts(local, "msprvs1=")) {
        Span rest = span_sub(local, 8, local.n);
        gssize i = find_char(rest, '=');
        if (i <= 0 || (gsize)i + 1 >= rest.n)
            return false;
        *out = span_sub(rest, (gsize)i + 1, rest.n);
        return true;
    }
    if (span_istarts(local, "btv1==")) {
        Span rest = span_sub(local, 6, local.n);
        gssize i = span_find(rest, "==");
        if (i <= 0 || (gsize)i + 2 >= rest.n)
            return false;
        *out = span_sub(rest, (gsize)i + 2, rest.n);
        return true;
    }
    gssize i = span_ifind(local, "+prvs=");
    if (i > 0 && is_tag(span_sub(local, (gsize)i + 6, local.n))) {
        *out = span_sub(local, 0, (gsize)i);
        return true;
    }
    return false;
}

/* Takes "field=" off the front of @rest. */
static bool take_field(Span *rest, Span *field)
{
    gssize i = find_char(*rest, '=');
    if (i < 0)
        return false;
    *field = span_sub(*rest, 0, (gsize)i);
    *rest = span_sub(*rest, (gsize)i + 1, rest->n);
    return true;
}

/* SRS (Mengwong 2004): read from the left; returns "local@domain" or NULL. */
static char *unwrap_srs(Span local)
{
    Span hash, day, domain, forwarder;
    if (local.n < 6 || !strchr("=-+", local.p[4]))
        return NULL;
    Span rest = span_sub(local, 5, local.n);
    if (span_istarts(local, "SRS1")) {
        if (!take_field(&rest, &hash) || !take_field(&rest, &forwarder))
            return NULL;
        while (rest.n && strchr("=-+", rest.p[0]))
            rest = span_sub(rest, 1, rest.n);
        if (span_istarts(rest, "SRS0") && rest.n > 5)
            rest = span_sub(rest, 5, rest.n);
    } else if (!span_istarts(local, "SRS0")) {
        return NULL;
    }
    if (!take_field(&rest, &hash) || !take_field(&rest, &day) || !take_field(&rest, &domain) ||
        day.n > 4 || domain.n < 1 || rest.n < 1)
        return NULL;
    return g_strdup_printf("%.*s@%.*s", (int)rest.n, rest.p, (int)domain.n, domain.p);
}

char *address_unwrap(const char *address, AddressWrap *wrap)
{
    char *now = g_strdup(address ? address : "");
    if (wrap)
        *wrap = ADDRESS_PLAIN;
    for (int layer = 0; layer < 4; layer++) {
        const char *at = strrchr(now, '@');
        if (!at)
            break;
        Span local = {now, (gsize)(at - now)}, inside;
        char *next = NULL;
        AddressWrap kind = ADDRESS_BATV;
        if (unwrap_batv(local, &inside)) {
            next = g_strdup_printf("%.*s%s", (int)inside.n, inside.p, at);
        } else {
            next = unwrap_srs(local);
            kind = ADDRESS_SRS;
        }
        if (!next)
            break;
        if (wrap && *wrap == ADDRESS_PLAIN)
            *wrap = kind;
        g_free(now);
        now = next;
    }
    return now;
}

const char *address_plain(const char *address, char **own)
{
    *own = strchr(address, '=') ? address_unwrap(address, NULL) : NULL;
    return *own ? *own : address;
}

bool address_same(const char *a, const char *b)
{
    if (!a || !b)
        return false;
    g_autofree char *x = address_unwrap(a, NULL), *y = address_unwrap(b, NULL);
    return g_ascii_strcasecmp(x, y) == 0;
}

char *address_domain(const char *address)
{
    const char *at = address ? strrchr(address, '@') : NULL;
    return at && at[1] ? g_ascii_strdown(at + 1, -1) : NULL;
}

char *address_bounded(const char *value)
{
    g_autofree char *address = value ? address_extract(span_of(value)) : NULL;
    return address && strlen(address) <= ADDRESS_MAX ? g_steal_pointer(&address) : NULL;
}

void address_list_add(GPtrArray *out, const char *value, guint most)
{
    g_autoptr(GPtrArray) list = address_list(span_of(value));
    for (guint i = 0; i < list->len && out->len < most; i++)
        if (strlen(list->pdata[i]) <= ADDRESS_MAX)
            g_ptr_array_add(out, g_strdup(list->pdata[i]));
}
