/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readable text of HTML, links and attachments of the bounce itself. */
#include <string.h>

#include "bounce/reading.h"

#define LINKS_MAX 200
#define TEXT_KEPT 20000

typedef struct Entity {
    const char *name, *text;
} Entity;

static const Entity entities[] = {{"amp;", "&"},  {"lt;", "<"},  {"gt;", ">"},   {"quot;", "\""},
                                  {"nbsp;", " "}, {"#39;", "'"}, {"apos;", "'"}, {"#64;", "@"},
                                  {"#160;", " "}, {"#8203;", ""}};

static gsize entity_at(const char *p, GString *out)
{
    for (gsize i = 0; i < G_N_ELEMENTS(entities); i++) {
        gsize n = strlen(entities[i].name);
        if (g_ascii_strncasecmp(p + 1, entities[i].name, n) == 0) {
            g_string_append(out, entities[i].text);
            return n + 1;
        }
    }
    g_string_append_c(out, '&');
    return 1;
}

static bool starts(const char *p, const char *word)
{
    gsize n = strlen(word);
    return g_ascii_strncasecmp(p, word, n) == 0 && !g_ascii_isalnum(p[n]);
}

/* Whether the tag ends a line of text. */
static bool breaks_line(const char *name)
{
    static const char *const names[] = {
        "br",  "p",    "/p",         "div", "/div", "tr",  "/tr", "li",    "h1",
        "h2",  "h3",   "h4",         "/h1", "/h2",  "/h3", "hr",  "table", "/table",
        "pre", "/pre", "blockquote", "ul",  "/ul",  "dd",  "dt"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (starts(name, names[i]))
            return true;
    return false;
}

/* Behind the element that begins at @p ("<style", "<script", "<!--"); NULL: to the end. */
static const char *skip_element(const char *p)
{
    if (strncmp(p, "<!--", 4) == 0) {
        const char *end = strstr(p, "-->");
        return end ? end + 3 : NULL;
    }
    const char *close = starts(p + 1, "style") ? "</style" : "</script";
    gsize n = strlen(close);
    for (p++; *p; p++)
        if (*p == '<' && g_ascii_strncasecmp(p, close, n) == 0)
            return p;
    return NULL;
}

void html_to_text(const char *html, GString *out)
{
    bool pre = false, blank = true;
    for (const char *p = html; p && *p;) {
        if (*p == '<' && (g_ascii_isalpha(p[1]) || p[1] == '/' || p[1] == '!')) {
            if (starts(p + 1, "style") || starts(p + 1, "script") || strncmp(p, "<!--", 4) == 0) {
                p = skip_element(p);
                continue;
            }
            if (p[1] != '/' && strchr(p + 1, '@') && !strchr("!", p[1])) {
                const char *gt = strchr(p, '>'), *at = strchr(p, '@');
                if (gt && at < gt && !memchr(p, ' ', (gsize)(gt - p)) &&
                    !memchr(p, '=', (gsize)(gt - p))) { /* <user@host> that nobody escaped */
                    g_string_append_len(out, p, gt - p + 1);
                    p = gt + 1;
                    continue;
                }
            }
            if (breaks_line(p + 1)) {
                g_string_append_c(out, '\n');
                blank = true;
            }
            pre = starts(p + 1, "pre") ? true : starts(p + 1, "/pre") ? false : pre;
            const char *gt = strchr(p, '>');
            p = gt ? gt + 1 : p + strlen(p);
        } else if (*p == '&') {
            p += entity_at(p, out);
            blank = false;
        } else if (!pre && g_ascii_isspace(*p)) {
            if (!blank)
                g_string_append_c(out, ' ');
            blank = true;
            p++;
        } else {
            g_string_append_c(out, *p++);
            blank = false;
        }
    }
}

static void add_link(GPtrArray *links, const char *start, gsize n)
{
    g_autofree char *host = g_ascii_strdown(start, (gssize)n);
    for (guint i = 0; i < links->len; i++)
        if (strcmp(links->pdata[i], host) == 0)
            return;
    if (links->len < LINKS_MAX && n > 3)
        g_ptr_array_add(links, g_steal_pointer(&host));
}

/* Hosts of "http://host/..." in @text; lines that quote a diagnostic are left out. */
static void find_links(GPtrArray *links, const char *text, const GPtrArray *recipients)
{
    for (const char *p = strstr(text, "://"); p; p = strstr(p + 3, "://")) {
        if (p - text < 4 || (g_ascii_strncasecmp(p - 4, "http", 4) != 0 &&
                             g_ascii_strncasecmp(p - 5 < text ? text : p - 5, "https", 5) != 0))
            continue;
        const char *host = p + 3;
        gsize n = strcspn(host, "/ \t\n\"'<>?:#)]},;&\\");
        const char *at = memchr(host, '@', n);
        if (at) {
            n -= (gsize)(at + 1 - host);
            host = at + 1;
        }
        while (n && host[n - 1] == '.')
            n--;
        g_autofree char *name = g_strndup(host, n);
        bool quoted = false;
        for (guint i = 0; i < recipients->len && !quoted; i++) {
            const Recipient *r = recipients->pdata[i];
            quoted = r->diagnostic && n && strstr(r->diagnostic, name);
        }
        if (!quoted)
            add_link(links, host, n);
    }
}

static bool is_bait(const Part *part)
{
    static const char *const types[] = {"application/zip",
                                        "application/x-zip-compressed",
                                        "application/x-rar",
                                        "application/x-msdownload",
                                        "application/x-msdos-program",
                                        "application/x-rar-compressed",
                                        "application/vnd.rar",
                                        "application/x-7z-compressed",
                                        "application/x-dosexec",
                                        "application/java-archive",
                                        "application/hta",
                                        "application/x-iso9660-image"};
    static const char *const ends[] = {".exe", ".scr", ".pif",  ".com",  ".bat", ".cmd",   ".vbs",
                                       ".js",  ".jse", ".wsf",  ".hta",  ".lnk", ".zip",   ".rar",
                                       ".7z",  ".iso", ".img",  ".html", ".htm", ".shtml", ".xhtml",
                                       ".jar", ".msi", ".docm", ".xlsm", ".ace", ".gz",    ".tgz",
                                       ".cab", ".svg", ".one"};
    for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
        if (strcmp(part->type, types[i]) == 0)
            return true;
    g_autofree char *name = part->name ? g_ascii_strdown(part->name, -1) : NULL;
    for (gsize i = 0; name && i < G_N_ELEMENTS(ends); i++)
        if (g_str_has_suffix(name, ends[i]))
            return true;
    return part->attachment && strcmp(part->type, "text/html") == 0;
}

static void find_baits(Reading *reading)
{
    const Message *message = reading->message;
    for (guint i = 1; i < message->parts->len; i++) {
        const Part *part = message_part(message, i);
        int up = (int)i;
        bool inside = false;
        for (int steps = 0; up > 0 && steps < 200; steps++) {
            inside = inside || up == reading->returned ||
                     strcmp(message_part(message, (guint)up)->type, "message/rfc822") == 0;
            up = message_part(message, (guint)up)->parent;
        }
        if (!inside && is_bait(part) && reading->bounce->baits->len < 50)
            g_ptr_array_add(reading->bounce->baits, g_strdup(part->name ? part->name : part->type));
    }
}

/* HTML hides its links in attributes, which the readable text has lost. */
static void find_html_links(Reading *reading)
{
    const Message *message = reading->message;
    for (guint i = 0; i < message->parts->len; i++) {
        const Part *part = message_part(message, i);
        if (part->text && strcmp(part->type, "text/html") == 0) {
            int up = (int)i;
            bool inside = false;
            for (int steps = 0; up > 0 && steps < 200; steps++) {
                inside = inside || up == reading->returned ||
                         strcmp(message_part(message, (guint)up)->type, "message/rfc822") == 0;
                up = message_part(message, (guint)up)->parent;
            }
            if (!inside && reading->bounce->returned.where != RETURNED_TEXT) {
                g_autofree char *head = g_strndup(part->text, 200000);
                for (char *p = strstr(head, "<!DOCTYPE"); p; p = NULL)
                    memset(p, ' ', strcspn(p, ">"));
                for (char *p = strstr(head, "xmlns"); p; p = strstr(p + 1, "xmlns"))
                    memset(p, ' ', strcspn(p, ">"));
                find_links(reading->bounce->links, head, reading->bounce->recipients);
            }
        }
    }
}

void text_finish(Reading *reading)
{
    Bounce *bounce = reading->bounce;
    find_links(bounce->links, reading->text->str, bounce->recipients);
    find_html_links(reading);
    find_baits(reading);
    const char *end;
    gsize n = MIN(reading->text->len, TEXT_KEPT);
    g_utf8_validate(reading->text->str, (gssize)n, &end);
    bounce->text = g_strndup(reading->text->str, (gsize)(end - reading->text->str));
    for (guint i = 0; i < bounce->recipients->len; i++) {
        const Recipient *r = bounce->recipients->pdata[i];
        bool good =
            r->action && strcmp(r->action, "failed") != 0 && strcmp(r->action, "delayed") != 0;
        bounce->has_diagnostic = bounce->has_diagnostic || r->diagnostic || (r->final && !good);
    }
}
