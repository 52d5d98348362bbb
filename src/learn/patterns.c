/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patterns of servers' names: see patterns.h. */
#include "learn/patterns.h"

#include <string.h>

#include "base/domain.h"
#include "base/ip.h"
#include "trace/identity.h"

/* So many first labels before one domain that they are nobody's list any more. */
enum { LABELS_MANY = 6 };

/* Names that one pattern fits. */
typedef struct Family {
    char *first; /* one of them */
    guint names, messages;
} Family;

static void family_free(gpointer data)
{
    Family *family = data;
    g_free(family->first);
    g_free(family);
}

/* "*" for each run of digits in the first @length bytes. The caller frees it. */
static char *digits_off(const char *name, gsize length)
{
    GString *text = g_string_new(NULL);
    for (gsize i = 0; name[i]; i++) {
        if (i >= length || !g_ascii_isdigit(name[i]))
            g_string_append_c(text, name[i]);
        else if (i == 0 || !g_ascii_isdigit(name[i - 1]))
            g_string_append_c(text, '*');
    }
    return g_string_free(text, FALSE);
}

static bool is_address(const char *name)
{
    Ip ip;
    return ip_parse_literal(span_of(name), &ip) || ip_parse(span_of(name), &ip);
}

char *pattern_group(const char *name)
{
    if (!name || !*name || is_address(name))
        return NULL;
    char *organisation = strchr(name, '.') ? domain_organisation(name) : NULL;
    if (organisation && (domain_is_public_name(name) || !domain_same(organisation, name)))
        return organisation;
    g_free(organisation);
    return digits_off(name, strlen(name));
}

/* The part of @name before its registered domain, in bytes; 0: it stays as it is. */
static gsize free_part(const char *name)
{
    g_autofree char *organisation = strchr(name, '.') ? domain_organisation(name) : NULL;
    gsize n = organisation ? strlen(organisation) : 0, all = strlen(name);
    return n && n < all ? all - n : 0;
}

char *pattern_family(const char *name)
{
    return digits_off(name, free_part(name));
}

/* @key -> Family, which is made where there is none. */
static Family *family_of(GHashTable *families, const char *key, const char *name)
{
    Family *family = g_hash_table_lookup(families, key);
    if (!family) {
        family = g_new0(Family, 1);
        family->first = g_strdup(name);
        g_hash_table_insert(families, g_strdup(key), family);
    }
    return family;
}

static void families_add(GHashTable *families, const char *key, const char *name, guint messages)
{
    Family *family = family_of(families, key, name);
    family->names++;
    family->messages += messages;
}

static GHashTable *families_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, family_free);
}

/* By what is left without digits. */
static GHashTable *families_by_digits(GHashTable *names)
{
    GHashTable *families = families_new();
    GHashTableIter iter;
    gpointer name, messages;
    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &name, &messages)) {
        g_autofree char *key = pattern_family(name);
        families_add(families, key, name, GPOINTER_TO_UINT(messages));
    }
    return families;
}

/* "*" for the first label of @pattern where that leaves a registered domain; or NULL. The caller
 * frees it. */
static char *label_off(const char *pattern)
{
    const char *dot = strchr(pattern, '.');
    return dot && free_part(pattern) ? g_strconcat("*", dot, NULL) : NULL;
}

/* How many families there are for each first label taken off. */
static GHashTable *labels_count(GHashTable *families)
{
    GHashTable *labels = families_new();
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, families);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        g_autofree char *wide = label_off(key);
        if (wide)
            families_add(labels, wide, wide, ((Family *)value)->messages);
    }
    return labels;
}

typedef struct Text {
    const char *text;
    guint messages;
} Text;

static gint text_compare(gconstpointer a, gconstpointer b)
{
    const Text *one = a, *other = b;
    if (one->messages != other->messages)
        return one->messages < other->messages ? 1 : -1;
    return strcmp(one->text, other->text);
}

static void most_frequent(GHashTable *patterns, GHashTable *into)
{
    g_autoptr(GArray) texts = g_array_new(FALSE, FALSE, sizeof(Text));
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, patterns);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        Text text = {key, ((Family *)value)->messages};
        if (identity_pattern_is_good(key) && !strpbrk(key, ";, \t\\") && g_str_is_ascii(key))
            g_array_append_val(texts, text);
    }
    g_array_sort(texts, text_compare);
    for (guint i = 0; i < texts->len && i < PATTERNS_MOST; i++) {
        const Text *text = &g_array_index(texts, Text, i);
        g_hash_table_insert(into, g_strdup(text->text), GUINT_TO_POINTER(text->messages));
    }
}

GHashTable *patterns_of(GHashTable *names)
{
    g_autoptr(GHashTable) families = families_by_digits(names);
    g_autoptr(GHashTable) labels = labels_count(families);
    g_autoptr(GHashTable) patterns = families_new();
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, families);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const Family *family = value;
        g_autofree char *wide = label_off(key);
        const Family *label = wide ? g_hash_table_lookup(labels, wide) : NULL;
        const char *text = family->names == 1 ? family->first : key;
        if (label && label->names >= LABELS_MANY)
            text = wide;
        families_add(patterns, text, text, family->messages);
    }
    GHashTable *found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    most_frequent(patterns, found);
    return found;
}
