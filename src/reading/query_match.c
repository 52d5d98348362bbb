/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Own terms are looked up in the row; the store's parts by whoever knows the store. */
#include "reading/query_match.h"

#include <string.h>

#include "reading/handle.h"

/* @value, in lower case, is part of @text. */
static bool text_has(const char *text, const char *value)
{
    if (!text)
        return false;
    g_autofree char *low = g_utf8_strdown(text, -1);
    return strstr(low, value) != NULL;
}

/* @name is @value or below it. */
static bool host_has(const char *name, const char *value)
{
    gsize n = name ? strlen(name) : 0, m = strlen(value);
    if (m == 0 || n < m || g_ascii_strcasecmp(name + n - m, value) != 0)
        return false;
    return n == m || name[n - m - 1] == '.';
}

static bool handle_match(const char *value, const Row *row)
{
    char handle[HANDLE_SIZE];
    if (!row->id)
        return false;
    handle_of(row->id, row->file, handle);
    return strcmp(handle + 1, value) == 0;
}

static bool own_match(const Query *query, const Row *row)
{
    switch (query->term) {
    case OWN_IP:
        return row->injection.family && network_contains(&query->network, &row->injection);
    case OWN_VERDICT:
        return (int)row->verdict == query->number;
    case OWN_REASON:
        return row->recipient && (int)row->reason == query->number;
    case OWN_KIND:
        return (int)row->kind == query->number;
    case OWN_WARNING:
        return (int)row->warning == query->number;
    case OWN_ABUSED:
        return text_has(row->abused, query->value);
    case OWN_REPORTER:
        return host_has(row->reporter, query->value) ||
               host_has(row->reporter_domain, query->value);
    case OWN_RECIPIENT:
        return text_has(row->recipient, query->value);
    case OWN_ABOUT:
        return text_has(row->returned_subject, query->value);
    case OWN_CAMPAIGN:
        return g_ascii_strcasecmp(row->campaign, query->value) == 0;
    case OWN_HANDLE:
        return handle_match(query->value, row);
    default:
        return false;
    }
}

bool query_match(const Query *query, const Row *row, QueryHas has, gpointer data)
{
    bool is_or = query->kind == QUERY_OR;
    switch (query->kind) {
    case QUERY_ALL:
        return true;
    case QUERY_OWN:
        return own_match(query, row);
    case QUERY_NOTMUCH:
        return query->implied || (has && has(query->part, row->id, data));
    case QUERY_NOT:
        return !query_match(query->children->pdata[0], row, has, data);
    default:
        for (guint i = 0; i < query->children->len; i++)
            if (query_match(query->children->pdata[i], row, has, data) == is_or)
                return is_or;
        return !is_or;
    }
}
