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

VerdictValue candidate_word_value(const char *word, const char *sha256)
{
    const char *colon = word ? strchr(word, ':') : NULL;
    if (!colon || !sha256 || g_ascii_strcasecmp(colon + 1, sha256) != 0)
        return VERDICT_NONE;
    g_autofree char *name = g_strndup(word, (gsize)(colon - word));
    int value = verdict_from_name(name);
    return value > 0 ? (VerdictValue)value : VERDICT_NONE;
}
