/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See candidate.h. */
#include "reading/candidate.h"

#include <string.h>

#include "reading/store_facts.h"

Candidate *candidate_new(const char *id, const char *file)
{
    Candidate *candidate = g_new0(Candidate, 1);
    candidate->id = g_strdup(id);
    candidate->file = g_strdup(file);
    candidate->files = 1;
    candidate->tags = g_strdup("");
    return candidate;
}

void candidate_free(Candidate *candidate)
{
    if (!candidate)
        return;
    g_free(candidate->id);
    g_free(candidate->file);
    g_free(candidate->tags);
    g_free(candidate->word);
    store_facts_free(candidate->facts);
    g_free(candidate->sighting);
    g_free(candidate);
}

static guint mix(guint hash, guint more)
{
    return hash * 31 + more;
}

static guint mix_text(guint hash, const char *text)
{
    return mix(hash, text ? g_str_hash(text) : 0);
}

guint candidate_judged(const Row *row)
{
    guint hash = (guint)row->verdict * 8 + (guint)row->warning * 4 + row->injection_own * 2u +
                 row->by_reviewer;
    for (gsize i = 0; i < sizeof row->injection.bytes; i++)
        hash = mix(hash, row->injection.bytes[i]);
    hash = mix_text(mix_text(hash, row->questions), row->abused);
    hash = mix_text(mix_text(hash, row->reporter), row->reporter_domain);
    return mix_text(hash, row->campaign);
}

VerdictValue candidate_word_value(const char *word, const char *sha256)
{
    const char *colon = word ? strchr(word, ':') : NULL;
    if (!colon || !sha256 || g_ascii_strcasecmp(colon + 1, sha256) != 0)
        return VERDICT_NONE;
    g_autofree char *name = g_strndup(word, (gsize)(colon - word));
    int value = verdict_from_name(name);
    return value > 0 ? (VerdictValue)value : VERDICT_NONE;
}
