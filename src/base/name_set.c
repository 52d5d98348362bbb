/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See name_set.h. A table with open addresses; the hash of a name goes from its last letter to its
 * first, so that those of all parents of a name come up on the way. */
#include "base/name_set.h"

#include <string.h>

#include "base/domain.h"

typedef struct Place {
    guint32 hash;
    guint32 name; /* index, + 1; 0 for none */
} Place;

struct NameSet {
    GPtrArray *names;
    Place *places;
    guint32 mask;
    gsize shortest, longest;
};

/* FNV-1a, over small letters. */
#define HASH_START 2166136261u

static guint32 hash_add(guint32 hash, char c)
{
    return (hash ^ (guchar)span_lower(c)) * 16777619u;
}

static guint32 hash_of(Span name)
{
    guint32 hash = HASH_START;
    for (gsize i = name.n; i > 0; i--)
        hash = hash_add(hash, name.p[i - 1]);
    return hash;
}

static void place_add(NameSet *set, guint32 index)
{
    Span name = domain_trimmed(set->names->pdata[index]);
    if (name.n == 0)
        return;
    guint32 hash = hash_of(name), at = hash & set->mask;
    while (set->places[at].name)
        at = (at + 1) & set->mask;
    set->places[at] = (Place){hash, index + 1};
    set->shortest = MIN(set->shortest, name.n);
    set->longest = MAX(set->longest, name.n);
}

NameSet *name_set_new(GPtrArray *names)
{
    NameSet *set = g_new0(NameSet, 1);
    guint32 size = 16;
    while (size < 3 * names->len)
        size *= 2;
    set->names = g_ptr_array_ref(names);
    set->places = g_new0(Place, size);
    set->mask = size - 1;
    set->shortest = G_MAXSIZE;
    for (guint32 i = 0; i < names->len; i++)
        place_add(set, i);
    return set;
}

void name_set_free(NameSet *set)
{
    if (!set)
        return;
    g_ptr_array_unref(set->names);
    g_free(set->places);
    g_free(set);
}

/* The name of the set that is @name, or NULL. */
static const char *find(const NameSet *set, Span name, guint32 hash)
{
    for (guint32 at = hash & set->mask; set->places[at].name; at = (at + 1) & set->mask) {
        const char *one = set->names->pdata[set->places[at].name - 1];
        Span its = set->places[at].hash == hash ? domain_trimmed(one) : (Span){"", 0};
        if (its.n == name.n && g_ascii_strncasecmp(its.p, name.p, name.n) == 0)
            return one;
    }
    return NULL;
}

bool name_set_has(const NameSet *set, const char *name)
{
    Span span = domain_trimmed(name);
    return span.n >= set->shortest && span.n <= set->longest && find(set, span, hash_of(span));
}

bool name_set_above(const NameSet *set, const char *name, NameFits fits, const void *data)
{
    Span span = domain_trimmed(name);
    guint32 hash = HASH_START;
    gsize least = span.n - MIN(set->longest, span.n); /* what is longer is no name of the set */
    for (gsize i = span.n; i > least; i--) {
        hash = hash_add(hash, span.p[i - 1]);
        if (span.n - i + 1 < set->shortest || (i > 1 && span.p[i - 2] != '.'))
            continue;
        const char *found = find(set, span_sub(span, i - 1, span.n), hash);
        if (found && fits(found, data))
            return true;
    }
    return false;
}

/* Those that end at @end. */
static bool ends_within(const NameSet *set, const char *text, gsize end, NameFits fits,
                        const void *data)
{
    guint32 hash = HASH_START;
    for (gsize n = 1; n <= end && n <= set->longest; n++) {
        hash = hash_add(hash, text[end - n]);
        if (n < set->shortest || set->places[hash & set->mask].name == 0)
            continue;
        const char *found = find(set, (Span){text + end - n, n}, hash);
        if (found && fits(found, data))
            return true;
    }
    return false;
}

bool name_set_within(const NameSet *set, const char *text, NameFits fits, const void *data)
{
    gsize n = strlen(text);
    for (gsize end = set->shortest; end <= n; end++)
        if (ends_within(set, text, end, fits, data))
            return true;
    return false;
}
