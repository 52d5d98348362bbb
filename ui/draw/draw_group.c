/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See draw_group.h. */
#include "draw/draw_group.h"

#include <string.h>

#include "screen/clock.h"
#include "screen/text.h"

enum { LABEL = 10, NAMED = 3, COUNTED = 5, REST = 16, BARS_MOST = 120 };

typedef struct Share {
    const char *key; /* of the table */
    guint count;
} Share;

static int compare_shares(gconstpointer pa, gconstpointer pb)
{
    const Share *a = pa, *b = pb;
    return a->count != b->count ? (a->count < b->count ? 1 : -1) : strcmp(a->key, b->key);
}

/* "subjects  12 Invoice overdue, 3 Parcel, and 4 more" */
static void shares_line(Doc *doc, const char *label, const Group *group, const Model *model,
                        GroupBy by)
{
    g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) shares = g_array_new(FALSE, FALSE, sizeof(Share));
    for (guint i = 0; i < group->rows->len; i++) {
        char *key = group_key(model_row(model, g_array_index(group->rows, guint, i)), by);
        guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, key));
        g_hash_table_replace(counts, key, GUINT_TO_POINTER(count + 1));
    }
    GHashTableIter iter;
    gpointer key, count;
    g_hash_table_iter_init(&iter, counts);
    while (g_hash_table_iter_next(&iter, &key, &count)) {
        const Share share = {key, GPOINTER_TO_UINT(count)};
        g_array_append_val(shares, share);
    }
    g_array_sort(shares, compare_shares);
    doc_tab(doc, 1, 0);
    doc_put(doc, ROLE_DIM, label);
    doc_tab(doc, LABEL, 1);
    guint named = MIN(shares->len, NAMED);
    int end = doc_width(doc) - (shares->len > NAMED ? REST : 0);
    for (guint i = 0; i < named; i++) {
        const Share *share = &g_array_index(shares, Share, i);
        char text[32];
        text_count(share->count, text);
        doc_printf(doc, ROLE_DIM, "%s%s ", i ? "  " : "", text);
        /* what a short one leaves is for those behind it */
        int room = (end - doc_column(doc)) / (int)(named - i) - (i + 1 < named ? COUNTED : 0);
        doc_put_to(doc, ROLE_NORMAL, share->key, doc_column(doc) + MAX(room, 8));
    }
    if (shares->len > NAMED)
        doc_printf(doc, ROLE_DIM, "  and %u more", shares->len - NAMED);
    doc_end(doc);
}

static void newest_line(Doc *doc, const Group *group, const Model *model)
{
    const Row *row = NULL;
    for (guint i = 0; i < group->rows->len; i++) {
        const Row *other = model_row(model, g_array_index(group->rows, guint, i));
        if (!row || other->timestamp > row->timestamp)
            row = other;
    }
    g_autofree char *date = clock_long_date(row->timestamp);
    doc_tab(doc, 1, 0);
    doc_put(doc, ROLE_DIM, "newest");
    doc_tab(doc, LABEL, 1);
    doc_printf(doc, ROLE_NORMAL, "%s  %s, %s", row->recipient ? row->recipient : "(nobody named)",
               row_reason_text(row), date);
    doc_end(doc);
}

/* One bar for each equal part of the time; the time itself stands in the row. */
static void bars_line(Doc *doc, const Group *group, const Model *model)
{
    guint bars[BARS_MOST] = {0}, most = 1;
    int count = CLAMP(doc_width(doc) - LABEL - 1, 1, BARS_MOST);
    gint64 span = group->last - group->first + 1;
    g_autoptr(Screen) glyphs = screen_new(doc_utf8(doc));
    for (guint i = 0; i < group->rows->len; i++) {
        const Row *row = model_row(model, g_array_index(group->rows, guint, i));
        gint64 at = (row->timestamp - group->first) * count / span;
        guint *bar = &bars[CLAMP(at, 0, count - 1)];
        most = MAX(most, ++*bar);
    }
    doc_tab(doc, 1, 0);
    doc_put(doc, ROLE_DIM, "when");
    doc_tab(doc, LABEL, 1);
    for (int i = 0; i < count; i++) {
        guint level = (bars[i] * 8 + most - 1) / most;
        doc_put(doc, ROLE_BAR, level ? glyph_text(GLYPH_BARS + level - 1, glyphs->utf8) : " ");
    }
    doc_end(doc);
}

Doc *group_preview(const Group *group, const Model *model, int width, bool utf8)
{
    Doc *doc = doc_new(width, utf8);
    shares_line(doc, "subjects", group, model, GROUP_SUBJECT);
    shares_line(doc, "reporter", group, model, GROUP_REPORTER);
    shares_line(doc, "sender", group, model, GROUP_INJECTION);
    newest_line(doc, group, model);
    bars_line(doc, group, model);
    return doc;
}
