/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See decision.h. */
#include "decision/decision.h"

#include <string.h>

enum { NAME_MOST = 300 };

const char *decision_of(const Config *config, const char *campaign)
{
    if (g_hash_table_size(config->decisions) == 0)
        return NULL;
    g_autofree char *key = g_ascii_strdown(campaign, -1);
    return g_hash_table_lookup(config->decisions, key);
}

bool decision_is_word(const char *word)
{
    static const char *const words[] = {"delete", "quarantine", "nothing", NULL};
    return g_strv_contains(words, word);
}

/* A key of a GKeyFile has no brackets and no equals sign, and no blanks at its ends. */
bool decision_may_name(const char *campaign)
{
    gsize n = strlen(campaign);
    if (n == 0 || n > NAME_MOST || campaign[n - 1] == ' ' || strpbrk(campaign, "[]=") ||
        !(g_str_has_prefix(campaign, "ip ") || g_str_has_prefix(campaign, "reporter ")) ||
        !g_utf8_validate(campaign, (gssize)n, NULL))
        return false;
    gsize length = 1;
    for (const char *p = campaign; *p; p += length) {
        gunichar c = g_utf8_get_char(p);
        if (!g_unichar_isprint(c))
            return false;
        length = (gsize)g_unichar_to_utf8(c, NULL);
    }
    return true;
}

static bool has_tag(const char *tags, const char *tag)
{
    g_auto(GStrv) list = g_strsplit(tags, " ", -1);
    return g_strv_contains((const char *const *)list, tag);
}

static bool was_seen(const Config *config, const Row *row)
{
    const char *const tags[] = {config->tags.bounce,      config->tags.genuine,
                                config->tags.backscatter, config->tags.fake,
                                config->tags.undecided,   config->tags.deleted,
                                config->tags.quarantined, config->tags.complained};
    for (gsize i = 0; i < G_N_ELEMENTS(tags); i++)
        if (has_tag(row->tags, tags[i]))
            return true;
    return false;
}

bool decision_is_due(const Config *config, const Row *row)
{
    return row->id && row->files == 1 && row->verdict == VERDICT_BACKSCATTER && !row->by_reviewer &&
           !row->questions && !row->warning && decision_of(config, row->campaign) &&
           !was_seen(config, row);
}

GHashTable *decision_due(const Config *config, const GPtrArray *rows)
{
    GHashTable *due =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < rows->len && g_hash_table_size(config->decisions); i++) {
        Row *row = rows->pdata[i];
        if (!decision_is_due(config, row))
            continue;
        GPtrArray *list = g_hash_table_lookup(due, row->campaign);
        if (!list) {
            list = g_ptr_array_new();
            g_hash_table_insert(due, g_strdup(row->campaign), list);
        }
        g_ptr_array_add(list, row);
    }
    return due;
}
