/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See reader_counted.h. */
#include "reading/reader_counted.h"
#include "reading/query_store.h"

#include <string.h>

#include "reading/campaigns_renew.h"
#include "reading/reader_private.h"

/* @query is that of the review, and all that it gives is in its scope. */
static bool is_review(Reader *reader, const char *query)
{
    g_autoptr(Query) parsed = query_parse(query, store_prefixes(reader->store), NULL);
    return strcmp(query, reader->config->review.query) == 0 && parsed && !query_has_own(parsed);
}

bool reader_query_counted(Reader *reader, const char *query, GError **error)
{
    bool kept = campaigns_are_kept(reader);
    if (!reader->options.shelf) /* what is read for one is not read again for the other */
        reader->options.shelf = reader->own_shelf =
            shelf_new(kept ? (gsize)SHELF_MOST / 8 : 2 * (gsize)SHELF_MOST);
    bool held = !kept && is_review(reader, query);
    if (held && !reader_hold(reader, query, error))
        return false;
    campaigns_renew(reader->config, held ? reader : NULL, reader->options.shelf,
                    reader->options.between, reader->options.data, NULL);
    reader_load_campaigns(reader);
    if (!held)
        return reader_query(reader, query, error);
    reader_tell_held(reader);
    return true;
}
