/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gathering questions. See asked.h. */
#include "question/asked.h"

#include <string.h>

#include "base/names.h"
#include "verdict/question.h"

/* A question while it is counted. */
typedef struct Count {
    guint cases;
    gint64 first, last;
    GHashTable *reporters; /* of char * */
} Count;

struct AskedBook {
    GHashTable *counts; /* id -> Count */
};

static void count_free(gpointer data)
{
    Count *count = data;
    g_hash_table_unref(count->reporters);
    g_free(count);
}

AskedBook *asked_book_new(void)
{
    AskedBook *book = g_new0(AskedBook, 1);
    book->counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, count_free);
    return book;
}

void asked_book_free(AskedBook *book)
{
    if (!book)
        return;
    g_hash_table_unref(book->counts);
    g_free(book);
}

static Count *book_count(AskedBook *book, const char *id)
{
    Count *count = g_hash_table_lookup(book->counts, id);
    if (count)
        return count;
    count = g_new0(Count, 1);
    count->first = G_MAXINT64;
    count->last = G_MININT64;
    count->reporters = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_hash_table_insert(book->counts, g_strdup(id), count);
    return count;
}

bool asked_waits(const Row *row)
{
    return row->questions && !row->by_reviewer;
}

void asked_book_add(AskedBook *book, const Row *row)
{
    if (!asked_waits(row))
        return;
    g_auto(GStrv) ids = g_strsplit(row->questions, " ", -1);
    for (char **id = ids; *id; id++) {
        QuestionKind kind;
        const char *subject;
        if (!question_parse(*id, &kind, &subject))
            continue;
        Count *count = book_count(book, *id);
        count->cases++;
        count->first = MIN(count->first, row->timestamp);
        count->last = MAX(count->last, row->timestamp);
        if (row->reporter_domain)
            g_hash_table_add(count->reporters, g_ascii_strdown(row->reporter_domain, -1));
    }
}

bool asked_by(const Row *row, const char *id)
{
    return asked_waits(row) && names_list_has(row->questions, id);
}

/* --- the list --------------------------------------------------------------------------------- */

static void asked_free(gpointer data)
{
    Asked *asked = data;
    g_free(asked->id);
    g_free(asked->seen_by);
    g_free(asked);
}

static gint compare_asked(gconstpointer a, gconstpointer b)
{
    const Asked *x = *(const Asked *const *)a, *y = *(const Asked *const *)b;
    if (x->cases != y->cases)
        return x->cases > y->cases ? -1 : 1;
    return strcmp(x->id, y->id);
}

GPtrArray *asked_book_list(const AskedBook *book)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(asked_free);
    GHashTableIter each;
    gpointer id, value;
    g_hash_table_iter_init(&each, book->counts);
    while (g_hash_table_iter_next(&each, &id, &value)) {
        const Count *count = value;
        Asked *asked = g_new0(Asked, 1);
        asked->id = g_strdup(id);
        asked->cases = count->cases;
        asked->reporters = g_hash_table_size(count->reporters);
        asked->seen_by = names_join(count->reporters);
        asked->first = count->first;
        asked->last = count->last;
        g_ptr_array_add(list, asked);
    }
    g_ptr_array_sort(list, compare_asked);
    return list;
}
