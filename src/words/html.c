/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML to the text that a person would read: tags off, entities decoded. Linear, no tree. */
#include "words/html.h"

#include <string.h>

#include "words/text.h"

/* Longest address that a link is taken to (RFC 5321 4.5.3.1). */
#define LINK_MAX 320

static const struct {
    const char *name;
    const char *text;
} entities[] = {
    {"amp", "&"},    {"lt", "<"},     {"gt", ">"},     {"quot", "\""},  {"apos", "'"},
    {"nbsp", " "},   {"copy", "(c)"}, {"auml", "ä"},   {"ouml", "ö"},   {"uuml", "ü"},
    {"szlig", "ß"},  {"eacute", "é"}, {"egrave", "è"}, {"agrave", "à"}, {"aacute", "á"},
    {"oacute", "ó"}, {"iacute", "í"}, {"uacute", "ú"}, {"ntilde", "ñ"}, {"ccedil", "ç"},
    {"ocirc", "ô"},  {"ecirc", "ê"},  {"atilde", "ã"}, {"otilde", "õ"}, {"rsquo", "'"},
    {"lsquo", "'"},
};

static const char *const breaking[] = {"br",  "p",   "/p", "div", "/div", "tr",    "/tr",    "li",
                                       "/li", "td",  "hr", "h1",  "/h1",  "h2",    "/h2",    "h3",
                                       "/h3", "/ul", "ul", "pre", "/pre", "table", "/table", "/td",
                                       "dt",  "dd",  "th", "br/", NULL};

/* Of these, those that leave no blank line: the cells of a row belong together. */
static const char *const cells[] = {"td", "/td", "th", "tr", "/tr", NULL};

/* The character that "&…;" at @p means, appended; returns what was read, 0 if it is none. */
static gsize entity(const char *p, GString *out)
{
    const char *end = p + 1;
    while (end - p < 12 && (g_ascii_isalnum(*end) || *end == '#'))
        end++;
    if (*end != ';' || end == p + 1)
        return 0;
    if (p[1] == '#') {
        bool hex = p[2] == 'x' || p[2] == 'X';
        guint64 c = g_ascii_strtoull(p + (hex ? 3 : 2), NULL, hex ? 16 : 10);
        if (c == 0xa0)
            c = ' ';
        if (c < 0x20 || c > 0x10ffff || !g_unichar_validate((gunichar)c))
            return 0;
        g_string_append_unichar(out, (gunichar)c);
        return (gsize)(end - p) + 1;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(entities); i++) {
        if (strncmp(entities[i].name, p + 1, (gsize)(end - p) - 1) == 0 &&
            strlen(entities[i].name) == (gsize)(end - p) - 1) {
            g_string_append(out, entities[i].text);
            return (gsize)(end - p) + 1;
        }
    }
    return 0;
}

/* "<user@host>" that nobody escaped. */
static bool is_address(const char *p)
{
    bool at = false;
    for (gsize n = 1; n < 256 && p[n] && p[n] != '>'; n++) {
        if (g_ascii_isspace(p[n]) || strchr("<\"=/", p[n]))
            return false;
        at = at || p[n] == '@';
    }
    return at;
}

/* The tag that begins at @p ("<"): its name into @name (16 bytes); returns what is behind it. */
static const char *tag(const char *p, char *name)
{
    gsize n = 0;
    p++;
    while (*p && *p != '>' && !g_ascii_isspace(*p) && n < 15)
        name[n++] = g_ascii_tolower(*p++);
    name[n] = '\0';
    const char *end = strchr(p, '>');
    return end ? end + 1 : p + strlen(p);
}

/* Behind the end of a style, script or title element. */
static const char *element_end(const char *p, const char *name)
{
    g_autofree char *close = g_strdup_printf("</%s", name);
    for (const char *lt = strchr(p, '<'); lt; lt = strchr(lt + 1, '<')) {
        if (g_ascii_strncasecmp(lt, close, strlen(close)) == 0) {
            const char *end = strchr(lt, '>');
            return end ? end + 1 : lt + strlen(lt);
        }
    }
    return p + strlen(p);
}

/* A link to an address whose text is a name: what a person would be shown of it by touching it. */
typedef struct Link {
    Span address; /* empty: no link is open, or it is none to an address */
    gsize text;   /* where its text begins in the output */
} Link;

/* The address in "href=mailto:…" of the tag @tag, up to its ">"; empty for none. */
static Span mailto_of(Span tag)
{
    gssize at = span_ifind(tag, "mailto:");
    Span rest = at < 0 ? SPAN("") : span_sub(tag, (gsize)at + 7, tag.n);
    gsize n = 0;
    while (n < rest.n && n < LINK_MAX && !strchr("\"'>?& \t\n", rest.p[n]))
        n++;
    return n && memchr(rest.p, '@', n) ? span_sub(rest, 0, n) : SPAN("");
}

static void link_tag(Link *link, const char *name, Span tag, GString *out)
{
    bool close = strcmp(name, "/a") == 0;
    if (close && link->address.n && !memchr(out->str + link->text, '@', out->len - link->text))
        g_string_append_printf(out, " <%.*s>", (int)link->address.n, link->address.p);
    if (close || strcmp(name, "a") == 0)
        *link = (Link){close ? SPAN("") : mailto_of(tag), out->len};
}

char *html_text(const char *html)
{
    GString *out = g_string_new(NULL);
    bool pre = false;
    Link link = {SPAN(""), 0};
    for (const char *p = html; *p && out->len < TEXT_BYTES_MAX;) {
        char name[16];
        gsize n;
        if (*p == '<' && strncmp(p, "<!--", 4) == 0) {
            const char *end = strstr(p, "-->");
            p = end ? end + 3 : p + strlen(p);
        } else if (*p == '<' && !is_address(p) &&
                   (g_ascii_isalpha(p[1]) || p[1] == '/' || p[1] == '!')) {
            const char *start = p;
            p = tag(p, name);
            link_tag(&link, name, (Span){start, (gsize)(p - start)}, out);
            if (strcmp(name, "style") == 0 || strcmp(name, "script") == 0 ||
                strcmp(name, "title") == 0) {
                p = element_end(p, name);
            } else {
                pre = strcmp(name, "pre") == 0 || (pre && strcmp(name, "/pre") != 0);
                if (g_strv_contains(breaking, name) && out->len &&
                    !(g_strv_contains(cells, name) && out->str[out->len - 1] == '\n'))
                    g_string_append_c(out, '\n');
            }
        } else if (*p == '&' && (n = entity(p, out)) > 0) {
            p += n;
        } else if (!pre && g_ascii_isspace(*p)) {
            /* white space is one blank; none at the start of a line */
            if (out->len && out->str[out->len - 1] != '\n' && out->str[out->len - 1] != ' ')
                g_string_append_c(out, ' ');
            p++;
        } else {
            g_string_append_c(out, *p++);
        }
    }
    return g_string_free(out, FALSE);
}
