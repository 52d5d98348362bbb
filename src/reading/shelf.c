/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See shelf.h. */
#include "reading/shelf.h"

#include <string.h>
#include <sys/stat.h>

struct Shelf {
    GHashTable *answers; /* ShelfKey -> Kept */
    gsize size, most;
};

typedef struct Kept {
    ShelfKey key;
    gsize length;
    char bytes[];
} Kept;

static guint key_hash(gconstpointer key)
{
    const ShelfKey *k = key;
    guint64 mix = k->inode * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) ^ (guint64)k->changed_ns;
    return (guint)(mix >> 32) ^ (guint)k->size;
}

static gboolean key_equal(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, sizeof(ShelfKey)) == 0;
}

Shelf *shelf_new(gsize most)
{
    Shelf *shelf = g_new0(Shelf, 1);
    shelf->answers = g_hash_table_new_full(key_hash, key_equal, NULL, g_free);
    shelf->most = most;
    return shelf;
}

void shelf_free(Shelf *shelf)
{
    if (!shelf)
        return;
    g_hash_table_unref(shelf->answers);
    g_free(shelf);
}

void shelf_clear(Shelf *shelf)
{
    g_hash_table_remove_all(shelf->answers);
    shelf->size = 0;
}

bool shelf_key(const char *file, ParserWish wish, ShelfKey *key)
{
    struct stat st;
    if (wish.what != WANT_READING || wish.more & READING_WORDS || stat(file, &st) != 0)
        return false;
    *key = (ShelfKey){.device = st.st_dev,
                      .inode = st.st_ino,
                      .size = (guint64)st.st_size,
                      .changed = st.st_mtim.tv_sec,
                      .changed_ns = st.st_mtim.tv_nsec,
                      .status = st.st_ctim.tv_sec,
                      .status_ns = st.st_ctim.tv_nsec,
                      .wish = (guint64)wish.more << 1 | wish.any};
    return S_ISREG(st.st_mode);
}

Span shelf_find(const Shelf *shelf, const ShelfKey *key)
{
    const Kept *kept = g_hash_table_lookup(shelf->answers, key);
    return kept ? (Span){kept->bytes, kept->length} : (Span){NULL, 0};
}

void shelf_keep(Shelf *shelf, const ShelfKey *key, Span answer)
{
    if (shelf->size + answer.n > shelf->most)
        return;
    Kept *kept = g_malloc(sizeof *kept + answer.n);
    kept->key = *key;
    kept->length = answer.n;
    memcpy(kept->bytes, answer.p, answer.n);
    shelf->size += answer.n;
    g_hash_table_replace(shelf->answers, &kept->key, kept);
}
