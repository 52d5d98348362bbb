/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See campaigns_renew.h. */
#include "reading/campaigns_renew.h"

#include <string.h>

#include "reading/campaigns.h"

/* What is counted for ever stays a witness when it is put away. */
static char *scope_query(const Config *config)
{
    return g_strdup_printf("(%s) or tag:\"%s\" or tag:\"%s\"", config->review.query,
                           config->tags.deleted, config->tags.quarantined);
}

/* What was not looked at yet, where something is kept; NULL: nothing. The caller frees it. */
static char *renew_query(const Config *config, bool kept, const CampaignsStamp *now,
                         const CampaignsStamp *then)
{
    g_autofree char *scope = scope_query(config);
    if (!kept || now->revision < then->revision)
        return g_steal_pointer(&scope);
    if (now->revision == then->revision)
        return NULL;
    return g_strdup_printf("(%s) and lastmod:%" G_GUINT64_FORMAT "..", scope, then->revision + 1);
}

static void stamp_now(CampaignsStamp *stamp, Store *store)
{
    const char *uuid = NULL;
    stamp->revision = store_revision(store, &uuid);
    g_free(stamp->database);
    stamp->database = g_strdup(uuid);
    stamp->looked = g_get_real_time() / G_USEC_PER_SEC;
}

void campaigns_renew(const Config *config, struct Shelf *shelf, bool (*between)(gpointer data),
                     gpointer data, bool *changed)
{
    const ReaderOptions options = {.all_folders = true,
                                   .excluded_too = true,
                                   .counting = true,
                                   .shelf = shelf,
                                   .between = between,
                                   .data = data};
    g_autoptr(Reader) reader = reader_new(config, &options, NULL);
    if (changed)
        *changed = false;
    if (!reader)
        return;
    const Config *whole = reader_config(reader); /* with notmuch's addresses */
    Campaigns *counted = reader_campaigns(reader);
    g_autoptr(Campaigns) kept = campaigns_read(whole->state_dir, whole->identity);
    CampaignsStamp *stamp = campaigns_stamp(counted), then = {0};
    if (kept)
        then = *campaigns_stamp(kept);
    stamp_now(stamp, reader_store(reader));
    bool other = g_strcmp0(stamp->database, then.database) != 0;
    if (kept && other)
        campaigns_forget(counted);
    g_autofree char *query = renew_query(whole, kept && !other, stamp, &then);
    if (!query || !reader_query(reader, query, NULL) || reader_was_stopped(reader))
        return;
    bool same = kept && campaigns_same(kept, counted);
    campaigns_write(counted, whole->state_dir);
    if (changed)
        *changed = !same;
}
