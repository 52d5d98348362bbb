/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many fixed phrases looked for in one pass. */
#include "words/phrases.h"

#include <string.h>

/* Phrases by a hash of their first four bytes; a text position looks at one bucket only. */
#define BUCKETS 4096

struct PhraseIndex {
    const Phrase *table;
    guint32 *head;          /* the first four bytes of each phrase */
    guint16 *next;          /* next row of the same bucket, + 1 */
    guint16 *length;        /* of each phrase */
    guint16 first[BUCKETS]; /* first row, + 1 */
};

static guint32 head_of(const char *p)
{
    guint32 word;
    memcpy(&word, p, sizeof word);
    return word;
}

static guint bucket_of(guint32 head)
{
    return (guint)((head * 2654435761u) >> 20) % BUCKETS;
}

static PhraseIndex *index_new(const Phrase *table)
{
    PhraseIndex *index = g_new0(PhraseIndex, 1);
    guint n = 0;
    while (table[n].text)
        n++;
    index->table = table;
    index->head = g_new0(guint32, n + 1);
    index->next = g_new0(guint16, n + 1);
    index->length = g_new0(guint16, n + 1);
    for (guint i = 0; i < n; i++) {
        index->head[i] = head_of(table[i].text);
        guint bucket = bucket_of(index->head[i]);
        index->length[i] = (guint16)strlen(table[i].text);
        index->next[i] = index->first[bucket];
        index->first[bucket] = (guint16)(i + 1);
    }
    return index;
}

const PhraseIndex *phrase_index(const Phrase *table, PhraseIndex **kept)
{
    if (g_once_init_enter(kept))
        g_once_init_leave(kept, index_new(table));
    return *kept;
}

/* The lists as one table; kept as long as its index. */
static const Phrase *lists_flat(const PhraseList *lists)
{
    GArray *flat = g_array_new(TRUE, TRUE, sizeof(Phrase));
    for (; lists->texts; lists++)
        for (const char *const *text = lists->texts; *text; text++) {
            Phrase phrase = {*text, lists->means};
            g_array_append_val(flat, phrase);
        }
    return (const Phrase *)(void *)g_array_free(flat, FALSE);
}

const PhraseIndex *phrase_index_lists(const PhraseList *lists, PhraseIndex **kept)
{
    if (g_once_init_enter(kept))
        g_once_init_leave(kept, index_new(lists_flat(lists)));
    return *kept;
}

const Phrase *phrase_row(const PhraseIndex *index, guint row)
{
    return &index->table[row];
}

void phrase_scan(const PhraseIndex *index, Span folded, PhraseFound found, void *data)
{
    for (gsize i = 0; i + 4 <= folded.n; i++) {
        const char *p = folded.p + i;
        guint32 head = head_of(p);
        for (guint row = index->first[bucket_of(head)]; row; row = index->next[row - 1]) {
            gsize n = index->length[row - 1];
            if (index->head[row - 1] == head && n <= folded.n - i &&
                memcmp(p, index->table[row - 1].text, n) == 0 && !found(row - 1, i, data))
                return;
        }
    }
}

bool phrase_begins_word(Span text, gsize at)
{
    return at == 0 || !g_ascii_isalnum(text.p[at]) || !g_ascii_isalnum(text.p[at - 1]);
}

typedef struct Gathered {
    const PhraseIndex *index;
    guint set;
} Gathered;

static bool gather(guint row, gsize at, void *data)
{
    Gathered *gathered = data;
    (void)at;
    gathered->set |= MEANS(phrase_row(gathered->index, row)->means);
    return true;
}

guint phrases_in(Span folded)
{
    static PhraseIndex *kept;
    Gathered gathered = {phrase_index_lists(phrase_meanings, &kept), 0};
    phrase_scan(gathered.index, folded, gather, &gathered);
    return gathered.set;
}
