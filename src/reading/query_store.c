/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree of a query back to text, without what notmuch cannot decide.
 */
#include "reading/query_store.h"

#include <string.h>

bool query_has_own(const Query *query)
{
    bool own = query->kind == QUERY_OWN;
    for (guint i = 0; !own && query->children && i < query->children->len; i++)
        own = query_has_own(query->children->pdata[i]);
    return own;
}

/* NULL: everything. */
static char *store_text(const Query *query)
{
    bool or = query->kind == QUERY_OR;
    if (query->kind == QUERY_NOTMUCH || (query->kind == QUERY_OWN && query->text))
        return g_strdup_printf("(%s)", query->text);
    if (query->kind != QUERY_AND && ! or)
        return NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < query->children->len; i++) {
        g_autofree char *part = store_text(query->children->pdata[i]);
        if (!part && or)
            return NULL;
        if (part)
            g_string_append_printf(text, "%s%s", text->len ? or ? " or " : " and " : "", part);
    }
    return text->len ? g_strdup_printf("(%s)", text->str) : NULL;
}

char *query_for_store(const Query *query)
{
    if (query->kind == QUERY_NOTMUCH)
        return g_strdup(query->text);
    char *text = store_text(query);
    return text ? text : g_strdup("*");
}

static void parts_gather(const Query *query, GPtrArray *parts)
{
    if (query->kind == QUERY_NOTMUCH && !query->implied)
        g_ptr_array_add(parts, query->text);
    for (guint i = 0; query->children && i < query->children->len; i++)
        parts_gather(query->children->pdata[i], parts);
}

GPtrArray *query_parts(const Query *query)
{
    GPtrArray *parts = g_ptr_array_new();
    parts_gather(query, parts);
    return parts;
}

/* Within the text of a part: outside of quotation marks, and no not or - in front. */
static bool text_asks_for(const char *text, const char *prefix, const char *value)
{
    gsize n = strlen(prefix), m = strlen(value);
    for (const char *at = strstr(text, prefix); at; at = strstr(at + n, prefix)) {
        const char *word = at + n + (at[n] == '"'), *before = at;
        if (strncmp(word, value, m) != 0 || (word[m] && !strchr(" \")/", word[m])))
            continue;
        if (at > text && (g_ascii_isalnum(at[-1]) || at[-1] == '-'))
            continue;
        while (before > text && (before[-1] == ' ' || before[-1] == '('))
            before--;
        if (before - text < 3 || g_ascii_strncasecmp(before - 3, "not", 3) != 0)
            return true;
    }
    return false;
}

bool query_asks_for(const Query *query, const char *prefix, const char *value)
{
    if (query->kind == QUERY_NOTMUCH)
        return text_asks_for(query->text, prefix, value);
    for (guint i = 0; query->children && query->kind != QUERY_NOT && i < query->children->len; i++)
        if (query_asks_for(query->children->pdata[i], prefix, value))
            return true;
    return false;
}
